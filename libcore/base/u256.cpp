#include "libcore/base/u256.hpp"

#include <bit>

namespace carechain {

__extension__ typedef unsigned __int128 Wide;  // NOLINT(modernize-use-using): __extension__ goes before a typedef only

U256 U256::from_be(ByteView bytes32) {
  U256 value;
  for (std::size_t i = 0; i < 4; ++i) value.limbs[3 - i] = load_be<std::uint64_t>(bytes32.data() + 8 * i);
  return value;
}

std::array<std::uint8_t, 32> U256::to_be() const {
  std::array<std::uint8_t, 32> bytes;
  for (std::size_t i = 0; i < 4; ++i) store_be(bytes.data() + 8 * i, limbs[3 - i]);
  return bytes;
}

U256 U256::max() { return ~U256{}; }

unsigned U256::bit_length() const {
  for (unsigned i = 4; i-- > 0;)
    if (limbs[i] != 0) return 64 * i + static_cast<unsigned>(std::bit_width(limbs[i]));
  return 0;
}

std::strong_ordering operator<=>(const U256& a, const U256& b) {
  for (unsigned i = 4; i-- > 0;)
    if (a.limbs[i] != b.limbs[i]) return a.limbs[i] <=> b.limbs[i];
  return std::strong_ordering::equal;
}

U256 operator+(const U256& a, const U256& b) {
  U256 sum;
  Wide carry = 0;
  for (unsigned i = 0; i < 4; ++i) {
    carry += Wide{a.limbs[i]} + b.limbs[i];
    sum.limbs[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return sum;
}

U256 operator~(const U256& a) {
  U256 flipped;
  for (unsigned i = 0; i < 4; ++i) flipped.limbs[i] = ~a.limbs[i];
  return flipped;
}

U256 operator-(const U256& a, const U256& b) { return a + ~b + U256{1}; }

U256 operator<<(const U256& a, unsigned bits) {
  U256 result;
  const unsigned limbs = bits / 64;
  const unsigned rest = bits % 64;
  for (unsigned i = limbs; i < 4; ++i) {
    result.limbs[i] = a.limbs[i - limbs] << rest;
    if (rest != 0 && i > limbs) result.limbs[i] |= a.limbs[i - limbs - 1] >> (64 - rest);
  }
  return result;
}

U256 operator>>(const U256& a, unsigned bits) {
  U256 result;
  const unsigned limbs = bits / 64;
  const unsigned rest = bits % 64;
  for (unsigned i = 0; i + limbs < 4; ++i) {
    result.limbs[i] = a.limbs[i + limbs] >> rest;
    if (rest != 0 && i + limbs + 1 < 4) result.limbs[i] |= a.limbs[i + limbs + 1] << (64 - rest);
  }
  return result;
}

U256 operator*(const U256& a, std::uint64_t b) {
  U256 product;
  Wide carry = 0;
  for (unsigned i = 0; i < 4; ++i) {
    carry += Wide{a.limbs[i]} * b;
    product.limbs[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return product;
}

U256 operator/(const U256& a, const U256& b) {  // long division, bit by bit: used once a block
  U256 quotient;
  U256 rest;
  for (unsigned bit = a.bit_length(); bit-- > 0;) {
    const bool carry = (rest.limbs[3] >> 63) != 0;
    rest = rest << 1;
    rest.limbs[0] |= (a.limbs[bit / 64] >> (bit % 64)) & 1;
    if (carry || rest >= b) {
      rest = rest - b;
      quotient.limbs[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  }
  return quotient;
}

}  // namespace carechain
