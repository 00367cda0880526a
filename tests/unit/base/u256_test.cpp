#include "libcore/base/u256.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace carechain;

namespace {

// The slow and obvious way: 32 digits of base 256, least significant first, as taught at school.
using Digits = std::array<unsigned, 32>;

Digits digits_of(const U256& value) {
  Digits digits{};
  const auto bytes = value.to_be();
  for (std::size_t i = 0; i < 32; ++i) digits[i] = bytes[31 - i];
  return digits;
}

U256 value_of(const Digits& digits) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < 32; ++i) bytes[31 - i] = static_cast<std::uint8_t>(digits[i]);
  return U256::from_be(bytes);
}

U256 slow_add(const U256& a, const U256& b) {
  Digits sum = digits_of(a);
  const Digits other = digits_of(b);
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += sum[i] + other[i];
    sum[i] = carry % 256;
    carry /= 256;
  }
  return value_of(sum);
}

U256 slow_subtract(const U256& a, const U256& b) {
  Digits rest = digits_of(a);
  const Digits other = digits_of(b);
  unsigned borrow = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned from = rest[i] + 256 - other[i] - borrow;
    rest[i] = from % 256;
    borrow = from < 256 ? 1 : 0;
  }
  return value_of(rest);
}

U256 slow_multiply(const U256& a, const U256& b) {
  const Digits x = digits_of(a), y = digits_of(b);
  Digits product{};
  for (std::size_t i = 0; i < 32; ++i) {
    unsigned carry = 0;
    for (std::size_t j = 0; i + j < 32; ++j) {
      carry += product[i + j] + x[i] * y[j];
      product[i + j] = carry % 256;
      carry /= 256;
    }
  }
  return value_of(product);
}

bool bit(const U256& value, unsigned index) { return digits_of(value)[index / 8] >> (index % 8) & 1; }

U256 slow_shift(const U256& value, int left) {
  Digits shifted{};
  for (int i = 0; i < 256; ++i) {
    const int to = i + left;
    if (to >= 0 && to < 256 && bit(value, static_cast<unsigned>(i)))
      shifted[static_cast<std::size_t>(to) / 8] |= 1U << (to % 8);
  }
  return value_of(shifted);
}

std::vector<U256> samples() {
  std::vector<U256> all{0, 1, 2, 255, UINT64_MAX, U256::max(), U256{1} << 255, U256{1} << 64, U256{1} << 128};
  std::mt19937_64 random(1);
  for (unsigned i = 0; i < 40; ++i) {
    U256 value;
    for (auto& limb : value.limbs) limb = random();
    all.push_back(value >> (i * 6));
  }
  return all;
}

}  // namespace

TEST_CASE("256-bit numbers are 32 bytes, big-endian") {
  std::array<std::uint8_t, 32> bytes{};
  bytes[31] = 2;
  bytes[30] = 1;
  CHECK(U256::from_be(bytes) == U256{0x102});
  bytes = {0x80};
  CHECK(U256::from_be(bytes) == U256{1} << 255);
  for (const U256& value : samples()) CHECK(U256::from_be(value.to_be()) == value);
}

TEST_CASE("sums and differences wrap as slow arithmetic says") {
  for (const U256& a : samples())
    for (const U256& b : samples()) {
      CHECK(a + b == slow_add(a, b));
      CHECK(a - b == slow_subtract(a, b));
    }
  CHECK(U256::max() + 1 == U256{});
  CHECK(U256{} - 1 == U256::max());
}

TEST_CASE("products wrap as slow arithmetic says") {
  for (const U256& a : samples())
    for (std::uint64_t b : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10}, UINT64_MAX, std::uint64_t{1} << 63})
      CHECK(a * b == slow_multiply(a, b));
}

TEST_CASE("a quotient times its divisor, and a rest smaller than it, give the number back") {
  for (const U256& a : samples())
    for (const U256& b : samples()) {
      if (b.is_zero()) continue;
      const U256 quotient = a / b;
      const U256 product = slow_multiply(quotient, b);
      CHECK(product <= a);
      CHECK(a - product < b);
      CHECK((quotient.is_zero() || quotient.bit_length() + b.bit_length() <= 257));  // the product did not wrap
    }
  CHECK(U256::max() / 1 == U256::max());
  CHECK(U256::max() / U256::max() == U256{1});
}

TEST_CASE("shifts move bits and lose those that leave") {
  for (const U256& a : samples())
    for (unsigned by : {0U, 1U, 7U, 63U, 64U, 65U, 127U, 128U, 192U, 255U, 256U, 300U, 4000000000U}) {
      CAPTURE(by);
      const int distance = by > 256 ? 256 : static_cast<int>(by);
      CHECK((a << by) == slow_shift(a, distance));
      CHECK((a >> by) == slow_shift(a, -distance));
    }
}

TEST_CASE("numbers are ordered by value") {
  const U256 small{UINT64_MAX};
  const U256 large = U256{1} << 64;
  CHECK(small < large);
  CHECK(large > small);
  CHECK(large >= large);
  for (const U256& a : samples())
    for (const U256& b : samples()) CHECK((a < b) == (a.to_be() < b.to_be()));
}

TEST_CASE("bit length is the index of the highest bit plus one") {
  CHECK(U256{}.bit_length() == 0);
  CHECK(U256{1}.bit_length() == 1);
  CHECK(U256{255}.bit_length() == 8);
  CHECK(U256::max().bit_length() == 256);
  for (unsigned i = 0; i < 256; ++i) CHECK((U256{1} << i).bit_length() == i + 1);
}

TEST_CASE("flipping all bits is the distance to the largest number") {
  for (const U256& a : samples()) CHECK(~a == U256::max() - a);
}
