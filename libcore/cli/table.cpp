// Output for people: what may be shown, and columns.

#include <algorithm>

#include "libcore/cli/output.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// Length of the UTF-8 sequence a byte starts; 1 also for bytes that start none.
std::size_t sequence_length(char first) {
  const auto byte = static_cast<std::uint8_t>(first);
  return byte < 0xC2 || byte > 0xF4 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// C0, DEL and C1, the latter as two bytes of UTF-8.
bool is_control(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<std::uint8_t>(character[1]) < 0xA0;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80; }));
}

bool is_number(std::string_view cell) {
  return std::ranges::all_of(cell, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

using Row = std::vector<std::string>;

std::string laid_out(const Row& row, const std::vector<std::size_t>& widths, const std::vector<bool>& right) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string padding(widths[i] - width_of(row[i]), ' ');
    if (i > 0) line += "  ";
    line += right[i] ? padding + row[i] : row[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view character = text.substr(at, sequence_length(text[at]));
    if (!encoding::is_utf8(view_of(character))) {
      out += replacement;
      ++at;
      continue;
    }
    out += is_control(character) ? "\\x" + encoding::hex(view_of(character.substr(character.size() - 1)))
                                 : std::string(character);
    at += character.size();
  }
  return out;
}

void Output::table(const Row& header, const std::vector<Row>& rows) {
  std::vector<Row> all{header};
  for (const Row& row : rows) {
    all.emplace_back();
    for (const auto& cell : row) all.back().push_back(clean(cell));
    all.back().resize(header.size());
  }
  std::vector<std::size_t> widths(header.size());
  std::vector<bool> right(header.size(), !rows.empty());
  for (std::size_t r = 0; r < all.size(); ++r) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(all[r][i]));
      if (r > 0 && !is_number(all[r][i])) right[i] = false;
    }
  }
  for (const Row& row : all) line(laid_out(row, widths, right));
}

}  // namespace carechain::cli
