#include "libcore/encoding/utf8.hpp"

#include "libcore/encoding/text.hpp"

namespace carechain::encoding {
namespace {

struct Lead {
  std::size_t more;        // continuation bytes that follow; 0: can't begin a character
  std::uint8_t low, high;  // bounds of the first of them, inclusive
};

// Unicode table 3-7 for a lead byte of 0x80 and above.
Lead lead_of(std::uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return {0, 0, 0};
  if (byte < 0xE0) return {1, 0x80, 0xBF};
  if (byte < 0xF0) return {2, std::uint8_t(byte == 0xE0 ? 0xA0 : 0x80), std::uint8_t(byte == 0xED ? 0x9F : 0xBF)};
  return {3, std::uint8_t(byte == 0xF0 ? 0x90 : 0x80), std::uint8_t(byte == 0xF4 ? 0x8F : 0xBF)};
}

std::size_t ascii_run(ByteView bytes, std::size_t at) {
  const std::size_t begin = at;
  while (bytes.size() - at >= 8 && detail::is_ascii<std::uint64_t>(bytes.data() + at)) at += 8;
  while (at < bytes.size() && bytes[at] < 0x80) ++at;
  return at - begin;
}

}  // namespace

Utf8Step utf8_step(ByteView bytes) {
  if (bytes[0] < 0x80) return {1, true};
  const Lead lead = lead_of(bytes[0]);
  if (lead.more == 0) return {1, false};
  for (std::size_t i = 1; i <= lead.more; ++i) {
    const std::uint8_t low = i == 1 ? lead.low : 0x80;
    const std::uint8_t high = i == 1 ? lead.high : 0xBF;
    if (i >= bytes.size() || bytes[i] < low || bytes[i] > high) return {i, false};
  }
  return {lead.more + 1, true};
}

std::size_t utf8_prefix(ByteView bytes) {
  for (std::size_t at = 0;;) {
    at += ascii_run(bytes, at);
    if (at == bytes.size()) return at;
    const auto [size, sound] = utf8_step(bytes.subspan(at));
    if (!sound) return at;
    at += size;
  }
}

bool is_utf8(ByteView bytes) { return is_ascii(bytes) || utf8_prefix(bytes) == bytes.size(); }

}  // namespace carechain::encoding
