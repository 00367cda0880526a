#include "libcore/care/trial/exposure.hpp"

#include <numeric>

namespace carechain::care::trial {
namespace {

// The sum of the first terms of e^λ, λ = p/q, over q^m m!: first those below x, then on and on.
class Exponential {
 public:
  Exponential(const Ratio& mean, std::uint32_t x) {
    const std::uint32_t common = std::gcd(mean.numerator, mean.denominator);
    p_ = mean.numerator / common;
    q_ = mean.denominator / common;
    while (m_ + 1 < x) next();
    below_ = sum_;
  }
  void next() {
    const Integer scale = q_ * ++m_;
    power_ *= p_;
    below_ *= scale;
    sum_ *= scale;
    sum_ += power_;
  }
  bool converges() const { return q_ * (m_ + 2) > p_; }
  // Of e^λ, over q^m m!: at least sum(), at most highest() / width(). Requires converges().
  Integer width() const { return (q_ * (m_ + 2) - p_) * (m_ + 1); }
  Integer highest() const { return sum_ * width() + power_ * p_ * (m_ + 2); }
  const Integer& sum() const { return sum_; }
  const Integer& below() const { return below_; }  // the first x terms, over the same

 private:
  Integer p_, q_;
  std::uint32_t m_ = 0;
  Integer power_ = 1, sum_ = 1, below_ = 1;  // power: p^m
};

std::strong_ordering against(const Exponential& terms, const Ratio& probability, bool& decided) {
  decided = true;
  const Integer below = terms.below() * probability.denominator;
  if (below * terms.width() > terms.highest() * probability.numerator) return std::strong_ordering::greater;
  if (below < terms.sum() * probability.numerator) return std::strong_ordering::less;
  decided = false;
  return std::strong_ordering::equal;
}

bool stops(const BoundaryRule& rule, std::uint32_t units, std::uint32_t x) {
  if (rule.method == Method::gamma_poisson) {
    const Ratio mean{rule.rate.numerator * (rule.prior_b + units), rule.rate.denominator};
    return compare_poisson(mean, rule.prior_a + x, rule.alpha) > 0;
  }
  const Ratio mean{rule.rate.numerator * units, rule.rate.denominator};
  return compare_poisson(mean, x, {rule.alpha.denominator - rule.alpha.numerator, rule.alpha.denominator}) > 0;
}

}  // namespace

std::strong_ordering compare_poisson(const Ratio& mean, std::uint32_t x, const Ratio& probability) {
  if (x == 0) return std::strong_ordering::less;
  Exponential terms(mean, x);
  for (;; terms.next()) {
    if (!terms.converges()) continue;
    bool decided = false;
    const auto order = against(terms, probability, decided);
    if (decided) return order;
  }
}

std::string poisson_tail(const Ratio& mean, std::uint32_t x, unsigned decimals) {
  if (x == 0) return crypto::decimal_fraction(1, 1, decimals);
  for (Exponential terms(mean, x);; terms.next()) {
    if (!terms.converges()) continue;
    // 1 - below / e^λ, at both bounds of e^λ
    const Integer most = terms.highest();
    std::string low = crypto::decimal_fraction(terms.sum() - terms.below(), terms.sum(), decimals);
    const std::string high = crypto::decimal_fraction(most - terms.below() * terms.width(), most, decimals);
    if (low == high) return low;
  }
}

Limits exposure_limits(const BoundaryRule& rule) {
  Limits limits;
  for (std::uint32_t units = 1, x = 1; units <= rule.subjects; ++units) {
    while (!stops(rule, units, x)) ++x;
    limits.push_back(x);
  }
  return limits;
}

}  // namespace carechain::care::trial
