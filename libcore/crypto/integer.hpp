#pragma once
// Whole numbers from 0 up, as long as they need to be: Crypto++'s, whose type stays in this room. For rules that have
// to be computed exactly, the same everywhere.

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace CryptoPP {
class Integer;
}

namespace carechain::crypto {

class Integer {
 public:
  Integer(std::uint64_t value = 0);  // NOLINT: a number is a number
  Integer(const Integer&);
  Integer(Integer&&) noexcept;  // what was moved from may only be assigned to
  Integer& operator=(const Integer&);
  Integer& operator=(Integer&&) noexcept;
  ~Integer();

  Integer& operator+=(const Integer&);
  Integer& operator-=(const Integer&);  // requires that the other is not greater
  Integer& operator*=(const Integer&);
  Integer& operator/=(const Integer&);  // cut to a whole number; requires that the other is not 0
  friend Integer operator+(Integer a, const Integer& b) { return std::move(a += b); }
  friend Integer operator-(Integer a, const Integer& b) { return std::move(a -= b); }
  friend Integer operator*(Integer a, const Integer& b) { return std::move(a *= b); }
  friend Integer operator/(Integer a, const Integer& b) { return std::move(a /= b); }

  friend bool operator==(const Integer& a, const Integer& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Integer& a, const Integer& b);

  std::string decimal() const;
  std::uint64_t low_word() const;  // modulo 2^64

 private:
  std::unique_ptr<CryptoPP::Integer> value_;
};

Integer power(std::uint64_t base, std::uint64_t exponent);

// numerator / denominator with so many decimals, rounded half away from zero: "0.0321426631". Requires denominator > 0.
std::string decimal_fraction(const Integer& numerator, const Integer& denominator, unsigned decimals);

}  // namespace carechain::crypto
