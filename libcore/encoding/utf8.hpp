#pragma once
// UTF-8, character by character (Unicode 15, table 3-7). Whether a whole text is sound: is_utf8 in text.hpp.

#include "libcore/base/bytes.hpp"

namespace carechain::encoding {

// One character at the front; or, when not sound, the bytes that one U+FFFD stands for (a "maximal subpart").
struct Utf8Step {
  std::size_t size;
  bool sound;
};
Utf8Step utf8_step(ByteView bytes);  // requires at least one byte

// How many bytes from the front are well-formed.
std::size_t utf8_prefix(ByteView bytes);

namespace detail {
template <class Word>
bool is_ascii(const std::uint8_t* at) {  // sizeof(Word) bytes
  Word word;
  std::memcpy(&word, at, sizeof word);
  return (word & static_cast<Word>(0x8080808080808080)) == 0;
}
}  // namespace detail

// Most texts are: keys, names and codes. In place, since CBOR is full of them.
inline bool is_ascii(ByteView bytes) {
  const std::size_t size = bytes.size();
  const std::uint8_t* const end = bytes.data() + size;
  if (size < 4) return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte < 0x80; });
  if (size < 8) return detail::is_ascii<std::uint32_t>(bytes.data()) && detail::is_ascii<std::uint32_t>(end - 4);
  for (const std::uint8_t* at = bytes.data(); end - at > 8; at += 8)
    if (!detail::is_ascii<std::uint64_t>(at)) return false;
  return detail::is_ascii<std::uint64_t>(end - 8);
}

}  // namespace carechain::encoding
