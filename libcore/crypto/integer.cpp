#include "libcore/crypto/integer.hpp"

#include <cryptopp/integer.h>

namespace carechain::crypto {

using Value = CryptoPP::Integer;

Integer::Integer(std::uint64_t value) : value_(std::make_unique<Value>(Value::POSITIVE, CryptoPP::lword{value})) {}
Integer::Integer(const Integer& other) : value_(std::make_unique<Value>(*other.value_)) {}
Integer::Integer(Integer&&) noexcept = default;
Integer& Integer::operator=(const Integer& other) {
  if (this != &other) value_ = std::make_unique<Value>(*other.value_);
  return *this;
}
Integer& Integer::operator=(Integer&&) noexcept = default;
Integer::~Integer() = default;

Integer& Integer::operator+=(const Integer& other) {
  *value_ += *other.value_;
  return *this;
}
Integer& Integer::operator-=(const Integer& other) {
  *value_ -= *other.value_;
  return *this;
}
Integer& Integer::operator*=(const Integer& other) {
  *value_ *= *other.value_;
  return *this;
}
Integer& Integer::operator/=(const Integer& other) {
  *value_ /= *other.value_;
  return *this;
}

std::strong_ordering operator<=>(const Integer& a, const Integer& b) { return a.value_->Compare(*b.value_) <=> 0; }

std::string Integer::decimal() const { return CryptoPP::IntToString(*value_); }
std::uint64_t Integer::low_word() const { return value_->GetBits(0, 64); }

Integer power(std::uint64_t base, std::uint64_t exponent) {
  Integer result = 1;
  for (std::uint64_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

std::string decimal_fraction(const Integer& numerator, const Integer& denominator, unsigned decimals) {
  const Integer doubled = power(10, decimals) * 2;
  // Half a unit of the last place more, then cut.
  std::string digits = ((numerator * doubled + denominator) / (denominator * 2)).decimal();
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
  return digits;
}

}  // namespace carechain::crypto
