#pragma once
// Points in time as whole Unix seconds. Nothing below the frame of a program asks a clock: time is a parameter.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carechain {

// Seconds since 1970-01-01T00:00:00Z, without leap seconds. On the chain 0 <= seconds < 2^40.
struct Time {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Time&, const Time&) = default;
};
inline constexpr std::int64_t day_seconds = 86'400;
inline constexpr std::int64_t max_time_seconds = (std::int64_t{1} << 40) - 1;

// RFC 3339 in UTC, "2026-11-21T07:45:00Z". Years beyond 9999 are written with as many digits as they need.
std::string to_text(Time);

// RFC 3339 instants ("…Z", "…+02:00", fractions of a second are cut), and FHIR partial dates: YYYY, YYYY-MM,
// YYYY-MM-DD. A partial date means its first second in UTC, or with `end` its last (FHIR Period.end is inclusive).
// nullopt: not a date of the Gregorian calendar, or outside 0 <= seconds <= max_time_seconds.
std::optional<Time> parse_time(std::string_view text, bool end = false);

}  // namespace carechain
