#include <charconv>

#include "libcore/contract/functions.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::contract {
namespace {

std::string plain(Evaluation& in, const Value& value);

std::string plain_list(Evaluation& in, std::span<const Value> items) {
  std::string text = "[";
  for (const Value& item : items) text += (text.size() > 1 ? ", " : "") + plain(in, item);
  return text + ']';
}

// The order of keys as text, as the standard has it.
std::string plain_map(Evaluation& in, const MapData& map) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::uint32_t i = 0; i < map.size; ++i)
    entries.emplace_back(plain(in, map.entries[i].key), plain(in, map.entries[i].value));
  std::sort(entries.begin(), entries.end());
  std::string text = "{";
  for (const auto& [key, value] : entries) text += (text.size() > 1 ? ", " : "") + key + ": " + value;
  return text + '}';
}

// As %s writes it. Empty once the budget is used up.
std::string plain(Evaluation& in, const Value& value) {
  const bool long_one = value.is(Kind::text) || value.is(Kind::bytes);
  if (!in.budget.spend(4 + (long_one ? value.text().size() / 16 : 0))) return {};
  switch (value.kind()) {
    case Kind::text:
    case Kind::bytes:
      return std::string(value.text());
    case Kind::unsigned_integer:
      return std::to_string(value.unsigned_integer());
    case Kind::list:
      return plain_list(in, value.items());
    case Kind::map:
      return plain_map(in, value.map());
    default:
      return to_display(value);
  }
}

std::string in_base(const Value& value, int base) {
  char digits[72];
  const auto end = value.is(Kind::integer)
                       ? std::to_chars(digits, digits + sizeof digits, value.integer(), base)
                       : std::to_chars(digits, digits + sizeof digits, value.unsigned_integer(), base);
  return {digits, end.ptr};
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
  return text;
}

std::string hexadecimal(Evaluation& in, const Value& value, std::string& problem) {
  if (value.is_number()) return in_base(value, 16);
  if (value.is(Kind::text) || value.is(Kind::bytes))
    return in.afford(2 * value.text().size()) ? encoding::hex(view_of(value.text())) : std::string();
  problem = "error during formatting: only integers, byte buffers, and strings can be formatted as hex";
  return {};
}

std::string clause(Evaluation& in, char letter, const Value& value, std::string& problem) {
  switch (letter) {
    case 's':
      return plain(in, value);
    case 'x':
      return hexadecimal(in, value, problem);
    case 'X':
      return upper(hexadecimal(in, value, problem));
    case 'd':
      if (value.is_number()) return in_base(value, 10);
      problem = "error during formatting: decimal clause can only be used on integers";
      return {};
    case 'o':
      if (value.is_number()) return in_base(value, 8);
      problem = "error during formatting: octal clause can only be used on integers";
      return {};
    case 'b':
      if (value.is(Kind::boolean)) return value.boolean() ? "1" : "0";
      if (value.is_number()) return in_base(value, 2);
      problem = "error during formatting: only integers and bools can be formatted as binary";
      return {};
    case 'e':
    case 'f':
      problem = "error during formatting: there are no floating point numbers";
      return {};
    default:
      break;
  }
  problem = "could not parse formatting clause: unrecognized formatting clause \"" + std::string(1, letter) + '"';
  return {};
}

}  // namespace

std::string format_text(Evaluation& in, std::string_view pattern, std::span<const Value> values, std::string& problem) {
  std::string made;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size() && problem.empty() && in.budget.left > 0; ++at) {
    if (!in.budget.spend(1)) break;
    if (pattern[at] != '%') {
      made += pattern[at];
    } else if (++at == pattern.size()) {
      problem = "could not parse formatting clause: unexpected end of format string";
    } else if (pattern[at] == '%') {
      made += '%';
    } else if (next >= values.size()) {
      problem = "index " + std::to_string(next) + " out of range";
    } else {
      made += clause(in, pattern[at], values[next++], problem);
    }
  }
  return made;
}

}  // namespace carechain::contract
