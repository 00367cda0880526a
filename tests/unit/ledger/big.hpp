#pragma once
// Whole numbers without bounds, slow and obvious: bits, the lowest first. What quick code is compared with.

#include <vector>

#include "libcore/base/u256.hpp"

namespace carechain::testing {

class Big {
 public:
  Big() = default;
  explicit Big(std::uint64_t value) {
    for (; value != 0; value >>= 1) bits_.push_back((value & 1) != 0);
  }
  explicit Big(const U256& value) {
    for (unsigned i = 0; i < 256; ++i) bits_.push_back((value.limbs[i / 64] >> (i % 64) & 1) != 0);
    trim();
  }
  std::size_t length() const { return bits_.size(); }
  bool bit(std::size_t i) const { return i < bits_.size() && bits_[i]; }

  Big up(std::size_t places) const {  // times 2^places
    Big result;
    result.bits_.assign(places, false);
    result.bits_.insert(result.bits_.end(), bits_.begin(), bits_.end());
    result.trim();
    return result;
  }
  Big down(std::size_t places) const {  // divided by 2^places, rounded down
    Big result;
    for (std::size_t i = places; i < bits_.size(); ++i) result.bits_.push_back(bits_[i]);
    return result;
  }
  friend Big operator+(const Big& a, const Big& b) {
    Big sum;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.length(), b.length()) + 1; ++i) {
      const int digit = int{a.bit(i)} + int{b.bit(i)} + carry;
      sum.bits_.push_back(digit % 2 == 1);
      carry = digit / 2;
    }
    sum.trim();
    return sum;
  }
  friend Big operator*(const Big& a, const Big& b) {
    Big product;
    for (std::size_t i = 0; i < b.length(); ++i)
      if (b.bit(i)) product = product + a.up(i);
    return product;
  }
  friend bool operator==(const Big&, const Big&) = default;
  friend bool operator<(const Big& a, const Big& b) {
    if (a.length() != b.length()) return a.length() < b.length();
    for (std::size_t i = a.length(); i-- > 0;)
      if (a.bit(i) != b.bit(i)) return b.bit(i);
    return false;
  }
  U256 cut() const {  // modulo 2^256
    U256 value;
    for (unsigned i = 0; i < 256; ++i)
      if (bit(i)) value.limbs[i / 64] |= std::uint64_t{1} << (i % 64);
    return value;
  }

 private:
  void trim() {
    while (!bits_.empty() && !bits_.back()) bits_.pop_back();
  }
  std::vector<bool> bits_;
};

}  // namespace carechain::testing
