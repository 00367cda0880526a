#include "libcore/base/secret.hpp"

#include <cstring>

namespace carechain {

void wipe(void* at, std::size_t size) {
  if (size == 0) return;
  std::memset(at, 0, size);
  __asm__ __volatile__("" : : "r"(at) : "memory");
}

}  // namespace carechain
