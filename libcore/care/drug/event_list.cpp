#include "libcore/care/drug/event_list.hpp"

#include <algorithm>
#include <cstring>

namespace carechain::care::drug {
namespace {

using std::string_view;

// Behind the closing quote of a string whose opening quote is at `at`; npos: it doesn't end.
std::size_t behind_string(string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    const void* quote = std::memchr(text.data() + i, '"', text.size() - i);
    if (quote == nullptr) return string_view::npos;
    i = static_cast<std::size_t>(static_cast<const char*>(quote) - text.data());
    std::size_t slashes = 0;
    while (text[i - 1 - slashes] == '\\') ++slashes;  // ends at the opening quote at the latest
    if (slashes % 2 == 0) return i + 1;
  }
  return string_view::npos;
}

std::size_t behind_blanks(string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

bool is_blank(string_view text) { return behind_blanks(text, 0) == text.size(); }

// From behind the list's '[' to its ']'.
std::optional<EventList> read_list(string_view text, std::size_t begin, std::size_t depth) {
  EventList list{begin, begin, {}, depth};
  std::size_t open = 0, part = begin;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      i = behind_string(text, i);
      if (i == string_view::npos) return std::nullopt;
      --i;
    } else if (c == '{' || c == '[') {
      ++open;
    } else if (open > 0) {
      open -= c == '}' || c == ']' ? 1 : 0;
    } else if (c == ',' || c == ']') {
      const string_view value = text.substr(part, i - part);
      // An empty list has one empty part; any other empty part is a fault that a reader of the part will find.
      if (c == ',' || !list.parts.empty() || !is_blank(value)) list.parts.push_back(value);
      part = i + 1;
      list.end = i;
      if (c == ']') return list;
    } else if (c == '}') {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<EventList> find_event_list(std::string_view text) {
  constexpr string_view name = "\"eventList\"";
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    depth += c == '{' || c == '[' ? 1u : 0u;
    depth -= (c == '}' || c == ']') && depth > 0 ? 1u : 0u;
    if (c != '"') continue;
    const std::size_t end = behind_string(text, i);
    if (end == string_view::npos) return std::nullopt;
    const bool named = text.substr(i, end - i) == name;
    i = end - 1;
    if (!named) continue;
    const std::size_t colon = behind_blanks(text, end);
    const std::size_t bracket =
        colon < text.size() && text[colon] == ':' ? behind_blanks(text, colon + 1) : text.size();
    if (bracket < text.size() && text[bracket] == '[') return read_list(text, bracket + 1, depth + 1);
  }
  return std::nullopt;
}

}  // namespace carechain::care::drug
