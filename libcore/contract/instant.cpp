#include "libcore/contract/instant.hpp"

#include <array>

#include "libcore/base/time.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/contract/money.hpp"

namespace carechain::contract {
namespace {

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Exactly `digits` decimal digits at `at`.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  unsigned number = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(text[i] - '0');
  }
  return number;
}

bool has(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

// "hh:mm" as seconds.
std::optional<std::int64_t> clock_at(std::string_view text, std::size_t at) {
  const auto hours = number_at(text, at, 2), minutes = number_at(text, at + 3, 2);
  if (!hours || !minutes || !has(text, at + 2, ':') || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::int64_t{*hours} * 3600 + *minutes * 60;
}

std::optional<std::int64_t> offset_of(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto seconds = clock_at(zone, 1);
  if (!seconds) return std::nullopt;
  return zone[0] == '-' ? -*seconds : *seconds;
}

// ".123" at `at`, which moves behind it.
std::optional<std::uint32_t> fraction_at(std::string_view text, std::size_t& at) {
  if (!has(text, at, '.')) return 0;
  std::uint32_t nanos = 0, digits = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
    if (digits == 9) return std::nullopt;
    nanos = nanos * 10 + static_cast<std::uint32_t>(text[at] - '0');
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 9; ++digits) nanos *= 10;
  return nanos;
}

std::string digits(std::uint64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string fraction_text(std::uint64_t nanos) {
  if (nanos == 0) return {};
  std::string text = '.' + digits(nanos, 9);
  while (text.back() == '0') text.pop_back();
  return text;
}

bool leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

struct Unit {
  std::string_view word;
  std::int64_t nanos;
};
constexpr std::array units{Unit{"h", 3600 * nanos_per_second},
                           Unit{"ms", 1'000'000},
                           Unit{"m", 60 * nanos_per_second},
                           Unit{"us", 1'000},
                           Unit{"ns", 1},
                           Unit{"s", nanos_per_second}};

// One "1.5h" at the front of `text`, which is shortened by it.
std::optional<std::int64_t> duration_part(std::string_view& text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  if (at > 1 && text[0] == '0') return std::nullopt;
  const auto whole = at == 0 ? std::optional<std::int64_t>(0) : parse_whole<std::int64_t>(text.substr(0, at), 0);
  const std::size_t point = at;
  const auto fraction = fraction_at(text, at);
  if (!whole || !fraction || (point == 0 && at == 0)) return std::nullopt;
  for (const Unit& unit : units) {
    if (!text.substr(at).starts_with(unit.word)) continue;
    text.remove_prefix(at + unit.word.size());
    const auto big = checked_multiply(*whole, unit.nanos);
    const auto small = static_cast<std::int64_t>(static_cast<Wide>(*fraction) * unit.nanos / nanos_per_second);
    return big ? checked_add(*big, small) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

// Howard Hinnant's civil calendar, on years that begin in March.
std::int64_t days_of_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (std::int64_t{month} + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

CivilDate civil_of_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = floor_divide(days, 146'097);
  const std::int64_t of_era = days - era * 146'097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t march = (5 * of_year + 2) / 153;
  const auto day = static_cast<unsigned>(of_year - (153 * march + 2) / 5 + 1);
  const auto month = static_cast<unsigned>(march < 10 ? march + 3 : march - 9);
  return {year + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool is_date(std::int64_t year, unsigned month, unsigned day) {
  static constexpr std::array<unsigned, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= lengths[month - 1] + (month == 2 && leap(year) ? 1u : 0u);
}

std::optional<Value> parse_instant(std::string_view text) {
  const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  const auto clock = clock_at(text, 11);
  const auto second = number_at(text, 17, 2);
  if (!year || !month || !day || !clock || !second || *second > 59 || *year == 0) return std::nullopt;
  if (!has(text, 4, '-') || !has(text, 7, '-') || !has(text, 16, ':')) return std::nullopt;
  if (!has(text, 10, 'T') && !has(text, 10, 't')) return std::nullopt;
  if (!is_date(*year, *month, *day)) return std::nullopt;
  std::size_t at = 19;
  const auto nanos = fraction_at(text, at);
  const auto offset = nanos ? offset_of(text.substr(at)) : std::nullopt;
  if (!offset) return std::nullopt;
  const std::int64_t seconds = days_of_civil(*year, *month, *day) * day_seconds + *clock + *second - *offset;
  if (seconds < first_instant || seconds > last_instant) return std::nullopt;
  return Value::timestamp(seconds, *nanos);
}

std::string instant_text(const Value& timestamp) {
  const std::int64_t days = floor_divide(timestamp.seconds(), day_seconds);
  const auto clock = static_cast<std::uint64_t>(timestamp.seconds() - days * day_seconds);
  const CivilDate date = civil_of_days(days);
  return digits(static_cast<std::uint64_t>(date.year), 4) + '-' + digits(date.month, 2) + '-' + digits(date.day, 2) +
         'T' + digits(clock / 3600, 2) + ':' + digits(clock / 60 % 60, 2) + ':' + digits(clock % 60, 2) +
         fraction_text(timestamp.nanos()) + 'Z';
}

std::optional<Value> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Value::duration(0);
  if (text.empty()) return std::nullopt;
  std::int64_t nanos = 0;
  while (!text.empty()) {
    const auto part = duration_part(text);
    const auto sum = part ? checked_add(nanos, *part) : std::nullopt;
    if (!sum) return std::nullopt;
    nanos = *sum;
  }
  return Value::duration(negative ? -nanos : nanos);
}

std::string duration_text(std::int64_t nanoseconds) {
  const std::uint64_t size =
      nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  const auto second = static_cast<std::uint64_t>(nanos_per_second);
  return (nanoseconds < 0 ? "-" : "") + std::to_string(size / second) + fraction_text(size % second) + 's';
}

std::optional<Value> add(const Value& timestamp, std::int64_t nanoseconds) {
  const std::int64_t whole = floor_divide(nanoseconds, nanos_per_second);
  std::int64_t nanos = timestamp.nanos() + (nanoseconds - whole * nanos_per_second);
  std::int64_t seconds = timestamp.seconds() + whole;
  if (nanos >= nanos_per_second) {
    nanos -= nanos_per_second;
    ++seconds;
  }
  if (seconds < first_instant || seconds > last_instant) return std::nullopt;
  return Value::timestamp(seconds, static_cast<std::uint32_t>(nanos));
}

std::optional<Value> between(const Value& from, const Value& to) {
  const auto seconds = checked_multiply(to.seconds() - from.seconds(), nanos_per_second);
  const auto nanos = seconds ? checked_add(*seconds, std::int64_t{to.nanos()} - from.nanos()) : std::nullopt;
  return nanos ? std::optional(Value::duration(*nanos)) : std::nullopt;
}

std::optional<std::int64_t> parse_zone(std::string_view zone) {
  if (zone == "UTC" || zone == "Z") return 0;
  if (zone.size() == 5) return clock_at(zone, 0);
  return zone.size() == 6 ? offset_of(zone) : std::nullopt;
}

}  // namespace carechain::contract
