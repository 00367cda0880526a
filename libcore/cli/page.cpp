#include "libcore/cli/page.hpp"

#include <algorithm>

#include "libcore/care/purpose.hpp"
#include "libcore/cli/catalog.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view vocabulary[] = {"-",     "CMD",  "DID",    "DIR", "FILE",    "HASH", "HEIGHT", "ID",
                                           "MEDIA", "NAME", "NUMBER", "PIN", "PURPOSE", "ROLE", "SCOPE",  "SECONDS",
                                           "TEXT",  "TIME", "TYPE",   "URI", "WHO",     "WORD"};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_choice(std::string_view kind) { return kind.size() > 2 && kind.front() == '{' && kind.back() == '}'; }

// Whether a command may stand after this much of a line.
bool command_position(std::string_view before) {
  const auto last = before.find_last_not_of(' ');
  return last == std::string_view::npos || std::string_view("$|;&(").find(before[last]) != std::string_view::npos;
}

std::string prefixed_line(std::string_view line, std::string_view prefix) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const auto end = std::min(line.find_first_of(" |;&()", at), line.size());
    const std::string_view word = line.substr(at, end - at);
    if (!word.empty() && find_program(word) != nullptr && command_position(line.substr(0, at))) out += prefix;
    out += word;
    if (end < line.size()) out += line[end];
    at = end + 1;
  }
  return out;
}

}  // namespace

bool in_vocabulary(std::string_view value) {
  return std::ranges::all_of(split(value, '|'), [](const std::string& kind) {
    return is_choice(kind) || std::ranges::find(vocabulary, kind) != std::end(vocabulary);
  });
}

Completion completion_of(std::string_view value) {
  Completion completion;
  for (const std::string& kind : split(value, '|')) {
    if (kind == "FILE") completion.files = true;
    if (kind == "DIR") completion.directories = true;
    if (kind == "NAME" || kind == "WHO") completion.key_names = true;
    if (kind == "PURPOSE") completion.words = care::purpose_codes();
    if (!is_choice(kind)) continue;
    for (auto& word : split(std::string_view(kind).substr(1, kind.size() - 2), ',')) completion.words.push_back(word);
  }
  return completion;
}

std::vector<TextBlock> text_blocks(std::string_view text) {
  std::vector<TextBlock> blocks;
  bool fresh = true;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty()) {
      fresh = true;
      continue;
    }
    const bool literal = line.starts_with("  ");
    if (fresh || blocks.back().literal != literal) {
      blocks.push_back({literal, literal ? line.substr(2) : line});
    } else {
      blocks.back().text += (literal ? '\n' + line.substr(2) : ' ' + line);
    }
    fresh = false;
  }
  return blocks;
}

std::string with_prefix(std::string_view session, std::string_view prefix) {
  std::string out;
  for (const std::string& line : split(session, '\n')) {
    if (!out.empty()) out += '\n';
    out += line.starts_with("$ ") || line.starts_with("> ") ? prefixed_line(line, prefix) : line;
  }
  return out;
}

std::string option_usage(const OptionDoc& option) {
  std::string usage = option.short_name.empty() ? "    " : "-" + option.short_name + ", ";
  usage += "--" + option.long_name;
  return option.value.empty() ? usage : usage + ' ' + option.value;
}

}  // namespace carechain::cli
