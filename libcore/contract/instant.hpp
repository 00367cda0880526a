#pragma once
// Timestamps and durations of the expression language, to the nanosecond.

#include <optional>
#include <string>
#include <string_view>

#include "libcore/contract/value.hpp"

namespace carechain::contract {

inline constexpr std::int64_t nanos_per_second = 1'000'000'000;
inline constexpr std::int64_t first_instant = -62'135'596'800;  // 0001-01-01T00:00:00Z
inline constexpr std::int64_t last_instant = 253'402'300'799;   // 9999-12-31T23:59:59Z

// RFC 3339 with zone and up to nine digits of a second; nullopt: malformed or outside years 1 to 9999.
std::optional<Value> parse_instant(std::string_view);
std::string instant_text(const Value& timestamp);  // in UTC, with as many digits of a second as it needs

// "1h30m", "-2.5s", "100ms": numbers with units h m s ms us ns; nullopt: malformed or out of range.
std::optional<Value> parse_duration(std::string_view);
std::string duration_text(std::int64_t nanoseconds);  // "5400s", "0.25s"

// nullopt: outside years 1 to 9999, or beyond what nanoseconds in int64 hold.
std::optional<Value> add(const Value& timestamp, std::int64_t nanoseconds);
std::optional<Value> between(const Value& from, const Value& to);  // to - from, a duration

// "UTC", "+05:45", "-02:30", "02:00" as seconds east; nullopt: a named zone, whose rules change from machine to
// machine.
std::optional<std::int64_t> parse_zone(std::string_view);

// The Gregorian calendar. Days count from 1970-01-01.
struct CivilDate {
  std::int64_t year;
  unsigned month, day;  // from 1
};
CivilDate civil_of_days(std::int64_t days);
std::int64_t days_of_civil(std::int64_t year, unsigned month, unsigned day);
bool is_date(std::int64_t year, unsigned month, unsigned day);

}  // namespace carechain::contract
