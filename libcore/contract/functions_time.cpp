#include "libcore/base/time.hpp"
#include "libcore/contract/functions.hpp"
#include "libcore/contract/instant.hpp"

namespace carechain::contract {
namespace {

using enum Type::Base;

enum class Part { year, month, day_of_year, day_of_month, date, day_of_week, hours, minutes, seconds, milliseconds };

std::int64_t day_of(std::int64_t seconds) { return seconds / day_seconds - (seconds % day_seconds < 0 ? 1 : 0); }

std::int64_t calendar_part(Part part, std::int64_t seconds) {
  const std::int64_t days = day_of(seconds);
  const CivilDate date = civil_of_days(days);
  switch (part) {
    case Part::year:
      return date.year;
    case Part::month:
      return std::int64_t{date.month} - 1;
    case Part::day_of_year:
      return days - days_of_civil(date.year, 1, 1);
    case Part::day_of_month:
      return std::int64_t{date.day} - 1;
    case Part::date:
      return date.day;
    default:
      return ((days + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  }
}

std::int64_t part_of(Part part, const Value& timestamp, std::int64_t east) {
  const std::int64_t seconds = timestamp.seconds() + east;
  const std::int64_t clock = seconds - day_of(seconds) * day_seconds;
  switch (part) {
    case Part::hours:
      return clock / 3600;
    case Part::minutes:
      return clock / 60 % 60;
    case Part::seconds:
      return clock % 60;
    case Part::milliseconds:
      return timestamp.nanos() / 1'000'000;
    default:
      return calendar_part(part, seconds);
  }
}

template <Part part>
Value of_timestamp(Evaluation& in, const Value* a, std::uint32_t position) {
  return a[0].is(Kind::timestamp) ? Value::of(part_of(part, a[0], 0)) : in.no_overload(position);
}
template <Part part>
Value in_zone(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::timestamp) || !a[1].is(Kind::text)) return in.no_overload(position);
  const auto east = parse_zone(a[1].text());
  return east ? Value::of(part_of(part, a[0], *east))
              : in.fail(position,
                        "a zone is UTC or an offset such as -05:00: named zones change from machine to machine");
}

// Durations have hours and so on in all; milliseconds are what is left below a second.
template <Part part>
Value of_either(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::duration)) return of_timestamp<part>(in, a, position);
  const std::int64_t seconds = a[0].nanoseconds() / nanos_per_second;
  if constexpr (part == Part::hours) return Value::of(seconds / 3600);
  if constexpr (part == Part::minutes) return Value::of(seconds / 60);
  if constexpr (part == Part::seconds) return Value::of(seconds);
  return Value::of(a[0].nanoseconds() % nanos_per_second / 1'000'000);
}

Value day(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  const auto midnight =
      a[0].text().size() == 10 ? parse_instant(std::string(a[0].text()) + "T00:00:00Z") : std::nullopt;
  return midnight ? *midnight : in.fail(position, "not a date: " + to_display(a[0]) + " (2026-03-01)");
}

template <Part part>
constexpr Overload plain(std::string_view name) {
  return {name, true, integer, 1, {timestamp}, of_timestamp<part>};
}
template <Part part>
constexpr Overload zoned(std::string_view name) {
  return {name, true, integer, 2, {timestamp, text}, in_zone<part>};
}
template <Part part>
constexpr Overload either(std::string_view name, Type::Base of) {
  return {name, true, integer, 1, {of}, of_either<part>};
}

constexpr std::array time_rows{
    plain<Part::year>("getFullYear"),
    zoned<Part::year>("getFullYear"),
    plain<Part::month>("getMonth"),
    zoned<Part::month>("getMonth"),
    plain<Part::day_of_year>("getDayOfYear"),
    zoned<Part::day_of_year>("getDayOfYear"),
    plain<Part::day_of_month>("getDayOfMonth"),
    zoned<Part::day_of_month>("getDayOfMonth"),
    plain<Part::date>("getDate"),
    zoned<Part::date>("getDate"),
    plain<Part::day_of_week>("getDayOfWeek"),
    zoned<Part::day_of_week>("getDayOfWeek"),
    either<Part::hours>("getHours", timestamp),
    either<Part::hours>("getHours", duration),
    zoned<Part::hours>("getHours"),
    either<Part::minutes>("getMinutes", timestamp),
    either<Part::minutes>("getMinutes", duration),
    zoned<Part::minutes>("getMinutes"),
    either<Part::seconds>("getSeconds", timestamp),
    either<Part::seconds>("getSeconds", duration),
    zoned<Part::seconds>("getSeconds"),
    either<Part::milliseconds>("getMilliseconds", timestamp),
    either<Part::milliseconds>("getMilliseconds", duration),
    zoned<Part::milliseconds>("getMilliseconds"),
    Overload{"date", false, timestamp, 1, {text}, day},
};

}  // namespace

std::span<const Overload> time_overloads() { return time_rows; }

}  // namespace carechain::contract
