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

}  // namespace carechain::encoding
