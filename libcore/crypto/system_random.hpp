#pragma once
#include "libcore/base/random.hpp"

namespace carechain::crypto {

// The operating system's generator (getrandom). The only source of randomness in programs.
Random system_random();

// AES-256-CTR keystream of a seed: the same seed gives the same bytes on every machine. Used by the state digest, and
// by tests as a Random that repeats. The seed is no secret: what follows from it stays in memory.
void keystream(const std::array<std::uint8_t, 32>& seed, std::span<std::uint8_t> out);

}  // namespace carechain::crypto
