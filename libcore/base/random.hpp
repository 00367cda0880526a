#pragma once
// Where random bytes come from is a parameter: the system's generator in programs, a seeded one in tests.

#include "libcore/base/bytes.hpp"
#include "libcore/base/secret.hpp"

namespace carechain {

// Fills the span with bytes nobody can predict. Throws Error when the system can't give any.
using Random = std::function<void(std::span<std::uint8_t>)>;

template <std::size_t N>
std::array<std::uint8_t, N> draw(const Random& random) {
  std::array<std::uint8_t, N> bytes;
  random(bytes);
  return bytes;
}

// N secret bytes straight into memory that wipes itself.
template <std::size_t N = 32>
SecretBytes<N> draw_secret(const Random& random) {
  SecretBytes<N> secret;
  random({secret.data(), N});
  return secret;
}

}  // namespace carechain
