#pragma once
// What will be read soon, fetched by the processor while it does something else.

#include "libcore/base/bytes.hpp"

namespace carechain {

inline void prefetch_bytes(ByteView bytes) {
  constexpr std::size_t line = 64, most = 512;  // beyond, the processor sees by itself where the reading goes
  for (std::size_t at = 0; at < std::min(bytes.size(), most); at += line) __builtin_prefetch(bytes.data() + at);
}

template <class Object>
void prefetch_object(const Object& object) {
  prefetch_bytes(ByteView(reinterpret_cast<const std::uint8_t*>(&object), sizeof object));
}

}  // namespace carechain
