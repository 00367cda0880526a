#include "libcore/base/natural.hpp"

#include <algorithm>

namespace carechain {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

void Natural::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

Natural& Natural::operator+=(const Natural& other) {
  if (limbs_.size() < other.limbs_.size()) limbs_.resize(other.limbs_.size());
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size() && (i < other.limbs_.size() || carry != 0); ++i) {
    const Wide sum = Wide{limbs_[i]} + (i < other.limbs_.size() ? other.limbs_[i] : 0) + carry;
    limbs_[i] = static_cast<std::uint64_t>(sum);
    carry = static_cast<std::uint64_t>(sum >> 64);
  }
  if (carry != 0) limbs_.push_back(carry);
  return *this;
}

Natural& Natural::operator-=(const Natural& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size() && (i < other.limbs_.size() || borrow != 0); ++i) {
    const Wide taken = Wide{i < other.limbs_.size() ? other.limbs_[i] : 0} + borrow;
    borrow = Wide{limbs_[i]} < taken ? 1 : 0;
    limbs_[i] -= static_cast<std::uint64_t>(taken);
  }
  trim();
  return *this;
}

Natural& Natural::operator*=(std::uint64_t factor) {
  std::uint64_t carry = 0;
  for (std::uint64_t& limb : limbs_) {
    const Wide product = Wide{limb} * factor + carry;
    limb = static_cast<std::uint64_t>(product);
    carry = static_cast<std::uint64_t>(product >> 64);
  }
  if (carry != 0) limbs_.push_back(carry);
  trim();
  return *this;
}

Natural& Natural::add_product(const Natural& other, std::uint64_t factor) {
  if (limbs_.size() < other.limbs_.size()) limbs_.resize(other.limbs_.size());
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size() && (i < other.limbs_.size() || carry != 0); ++i) {
    const Wide sum = Wide{i < other.limbs_.size() ? other.limbs_[i] : 0} * factor + limbs_[i] + carry;
    limbs_[i] = static_cast<std::uint64_t>(sum);
    carry = static_cast<std::uint64_t>(sum >> 64);
  }
  if (carry != 0) limbs_.push_back(carry);
  trim();
  return *this;
}

Natural operator*(const Natural& a, const Natural& b) {
  Natural product;
  for (std::size_t i = b.limbs_.size(); i-- > 0;) {
    if (!product.limbs_.empty()) product.limbs_.insert(product.limbs_.begin(), 0);
    product.add_product(a, b.limbs_[i]);
  }
  return product;
}

std::strong_ordering operator<=>(const Natural& a, const Natural& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() <=> b.limbs_.size();
  for (std::size_t i = a.limbs_.size(); i-- > 0;)
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] <=> b.limbs_[i];
  return std::strong_ordering::equal;
}

Natural power(std::uint64_t base, std::uint64_t exponent) {
  Natural result = 1;
  for (std::uint64_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

std::string decimal_fraction(Natural numerator, const Natural& denominator, unsigned decimals) {
  const Natural doubled = power(10, decimals) * 2;
  numerator = numerator * doubled + denominator;  // half a unit of the last place more, then cut
  const Natural below = denominator * doubled;
  std::string text;
  for (unsigned i = 0; i <= decimals; ++i) {
    char digit = '0';
    for (; numerator >= below; ++digit) numerator -= below;
    text += digit;
    if (i == 0 && decimals > 0) text += '.';
    numerator *= 10;
  }
  return text;
}

}  // namespace carechain
