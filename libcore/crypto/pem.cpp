#include "libcore/crypto/pem.hpp"

#include "libcore/base/error.hpp"

namespace carechain::crypto {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr std::size_t line_length = 64;

Error malformed_armour() { return Error("the key is malformed: its PEM armour is not base64"); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Where a mark stands at the start of a line, from `from` on.
std::size_t find_line(std::string_view text, std::string_view mark, std::size_t from) {
  for (std::size_t at = text.find(mark, from); at != std::string_view::npos; at = text.find(mark, at + 1))
    if (at == 0 || text[at - 1] == '\n') return at;
  return std::string_view::npos;
}

}  // namespace

std::vector<PemBlock> pem_blocks(std::string_view text) {
  std::vector<PemBlock> blocks;
  std::size_t at = 0;
  while ((at = find_line(text, begin_mark, at)) != std::string_view::npos) {
    at += begin_mark.size();
    const std::size_t line_end = text.find('\n', at);
    const std::size_t label_end = text.find(dashes, at);
    if (label_end >= line_end) continue;  // not armour after all
    const std::string_view label = text.substr(at, label_end - at);
    const std::size_t body = label_end + dashes.size();
    const std::size_t end = find_line(text, std::string(end_mark).append(label).append(dashes), body);
    if (end == std::string_view::npos) throw Error("the key is cut: a PEM block has no end");
    blocks.push_back({label, text.substr(body, end - body)});
    at = end;
  }
  return blocks;
}

WipedBytes pem_decode(std::string_view base64) {
  WipedBytes out;
  out.bytes.reserve(base64.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  std::size_t digits = 0, padding = 0;
  for (char c : base64) {
    if (is_space(c)) continue;
    const std::size_t value = alphabet.find(c);
    if (c == '=' ? digits % 4 + padding < 2 || padding == 2 : value == std::string_view::npos || padding > 0)
      throw malformed_armour();
    if (c == '=') {
      ++padding;
      continue;
    }
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    if (++digits % 4 != 1) out.bytes.push_back(static_cast<std::uint8_t>(bits >> (6 - 2 * ((digits - 1) % 4))));
  }
  const bool loose_bits = (digits % 4 == 2 && (bits & 0xf) != 0) || (digits % 4 == 3 && (bits & 0x3) != 0);
  if ((digits + padding) % 4 != 0 || digits % 4 == 1 || loose_bits) throw malformed_armour();
  return out;
}

std::string pem_encode(std::string_view label, ByteView der) {
  const std::size_t digits = (der.size() + 2) / 3 * 4;
  std::string text;
  text.reserve(digits + digits / line_length + 2 * (label.size() + 20));  // so that nothing is copied and left behind
  text.append(begin_mark).append(label).append(dashes);
  for (std::size_t i = 0; i < der.size(); i += 3) {
    if (i / 3 * 4 % line_length == 0) text += '\n';
    const std::size_t count = std::min<std::size_t>(3, der.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < count ? der[i + j] : 0U);
    for (std::size_t j = 0; j < 4; ++j) text += j <= count ? alphabet[group >> (18 - 6 * j) & 0x3f] : '=';
  }
  return text.append("\n").append(end_mark).append(label).append(dashes).append("\n");
}

}  // namespace carechain::crypto
