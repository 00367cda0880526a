#pragma once
// Whole numbers from 0 up, as long as they need to be: for rules that have to be computed exactly, the same everywhere.

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace carechain {

class Natural {
 public:
  Natural() = default;
  Natural(std::uint64_t value) {  // NOLINT: a number is a number
    if (value != 0) limbs_.push_back(value);
  }

  bool is_zero() const { return limbs_.empty(); }
  Natural& operator+=(const Natural&);
  Natural& operator-=(const Natural&);  // requires that the other is not greater
  Natural& operator*=(std::uint64_t);
  Natural& add_product(const Natural&, std::uint64_t factor);  // *this += other * factor
  friend Natural operator*(Natural a, std::uint64_t b) { return a *= b; }
  friend Natural operator*(const Natural& a, const Natural& b);
  friend Natural operator+(Natural a, const Natural& b) { return a += b; }

  friend bool operator==(const Natural&, const Natural&) = default;
  friend std::strong_ordering operator<=>(const Natural& a, const Natural& b);

 private:
  void trim();
  std::vector<std::uint64_t> limbs_;  // least significant first, the last one not zero
};

Natural power(std::uint64_t base, std::uint64_t exponent);

// numerator / denominator with so many decimals, rounded half away from zero: "0.0321426631". Requires denominator > 0
// and a quotient below 9.
std::string decimal_fraction(Natural numerator, const Natural& denominator, unsigned decimals);

}  // namespace carechain
