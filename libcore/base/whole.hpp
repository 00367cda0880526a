#pragma once
// Whole numbers as people write them, and arithmetic that notices overflow.

#include <charconv>
#include <concepts>
#include <limits>
#include <optional>
#include <string_view>

namespace carechain {

// Decimal digits only, with a leading '-' where Int is signed: no plus sign, no blanks, no leading zeros, no
// "0x"; nullopt also when it does not fit or lies outside low..high (both inclusive).
template <std::integral Int>
std::optional<Int> parse_whole(std::string_view text, Int low = std::numeric_limits<Int>::min(),
                               Int high = std::numeric_limits<Int>::max()) {
  Int value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  const bool padded = digits.size() > 1 && digits.front() == '0';
  if (problem != std::errc{} || end != text.data() + text.size() || padded || text == "-0") return std::nullopt;
  if (value < low || value > high) return std::nullopt;
  return value;
}

// nullopt: the result does not fit.
template <std::integral Int>
std::optional<Int> checked_add(Int a, Int b) {
  Int sum{};
  return __builtin_add_overflow(a, b, &sum) ? std::nullopt : std::optional<Int>(sum);
}
template <std::integral Int>
std::optional<Int> checked_multiply(Int a, Int b) {
  Int product{};
  return __builtin_mul_overflow(a, b, &product) ? std::nullopt : std::optional<Int>(product);
}

}  // namespace carechain
