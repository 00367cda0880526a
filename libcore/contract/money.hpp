#pragma once
// Money is whole cents, rates are basis points, and rounding is half away from zero: here and nowhere else.

#include <cstdint>
#include <optional>

namespace carechain::contract {

__extension__ typedef __int128 Wide;  // NOLINT: 128 bits, for products on their way; no other spelling is let pass

inline constexpr std::int64_t basis_points_in_whole = 10'000;

// numerator * factor / divisor, half away from zero. Requires divisor > 0. nullopt: does not fit.
constexpr std::optional<std::int64_t> rounded(std::int64_t amount, std::int64_t factor, std::int64_t divisor) {
  const Wide product = static_cast<Wide>(amount) * factor;
  const Wide half = divisor / 2;
  const Wide result = product < 0 ? -((-product + half) / divisor) : (product + half) / divisor;
  if (result > INT64_MAX || result < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(result);
}

// A rate in basis points of an amount in cents. nullopt: does not fit.
constexpr std::optional<std::int64_t> share_of(std::int64_t cents, std::int64_t rate) {
  return rounded(cents, rate, basis_points_in_whole);
}

// Simple interest by the day, 31 USC 3902 in shape: cents * rate * days / (10000 * 365). nullopt: does not fit.
constexpr std::optional<std::int64_t> daily_interest(std::int64_t cents, std::int64_t rate, std::int64_t days) {
  std::int64_t rate_days = 0;
  if (__builtin_mul_overflow(rate, days, &rate_days)) return std::nullopt;
  return rounded(cents, rate_days, basis_points_in_whole * 365);
}

}  // namespace carechain::contract
