#pragma once
// Unsigned whole numbers of 256 bits, as far as proof of work needs them. Arithmetic wraps modulo 2^256.

#include <array>
#include <compare>
#include <cstdint>

#include "libcore/base/bytes.hpp"

namespace carechain {

struct U256 {
  std::array<std::uint64_t, 4> limbs{};  // least significant first

  U256() = default;
  constexpr U256(std::uint64_t value) : limbs{value, 0, 0, 0} {}  // NOLINT: a number is a number

  static U256 from_be(ByteView bytes32);  // big-endian; requires 32 bytes
  std::array<std::uint8_t, 32> to_be() const;
  static U256 max();

  bool is_zero() const { return limbs == std::array<std::uint64_t, 4>{}; }
  // Index of the highest set bit plus one; 0 for zero.
  unsigned bit_length() const;

  friend bool operator==(const U256&, const U256&) = default;
  friend std::strong_ordering operator<=>(const U256& a, const U256& b);
  friend U256 operator+(const U256& a, const U256& b);
  friend U256 operator-(const U256& a, const U256& b);
  friend U256 operator~(const U256& a);
  friend U256 operator<<(const U256& a, unsigned bits);  // 0 when bits >= 256
  friend U256 operator>>(const U256& a, unsigned bits);
  friend U256 operator*(const U256& a, std::uint64_t b);
  friend U256 operator/(const U256& a, const U256& b);  // requires b != 0
};

}  // namespace carechain
