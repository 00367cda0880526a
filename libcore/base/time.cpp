#include "libcore/base/time.hpp"

#include <chrono>

namespace carechain {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() >= width ? digits : std::string(width - digits.size(), '0') + digits;
}

// Takes `digits` decimal digits from the front of text.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> day_number(int y, int m, int d) {
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date}.time_since_epoch().count();
}

std::optional<Time> bounded(std::int64_t seconds) {
  if (seconds < 0 || seconds > max_time_seconds) return std::nullopt;
  return Time{seconds};
}

// Seconds east of UTC of "Z" or "+hh:mm", which must be all that is left.
std::optional<int> take_zone(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!west && (text.empty() || text.front() != '+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = *hours * 3600 + *minutes * 60;
  return west ? -offset : offset;
}

std::optional<Time> parse_clock(std::int64_t day, std::string_view text) {
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  if (take(text, '.')) {
    if (!take_digits(text, 1)) return std::nullopt;
    while (take_digits(text, 1)) continue;
  }
  const auto zone = take_zone(text);
  if (!zone) return std::nullopt;
  return bounded(day * day_seconds + *hour * 3600 + *minute * 60 + *second - *zone);
}

}  // namespace

std::string to_text(Time time) {
  // The calendar repeats every 400 years; std::chrono's years end at 32767.
  constexpr std::int64_t era_seconds = 146097 * day_seconds;
  const std::int64_t era = time.seconds / era_seconds;
  const std::chrono::sys_seconds instant{std::chrono::seconds{time.seconds % era_seconds}};
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const year_month_day date{midnight};
  const std::chrono::hh_mm_ss clock{instant - midnight};
  return padded(400 * era + int{date.year()}, 4) + '-' + padded(unsigned{date.month()}, 2) + '-' +
         padded(unsigned{date.day()}, 2) + 'T' + padded(clock.hours().count(), 2) + ':' +
         padded(clock.minutes().count(), 2) + ':' + padded(clock.seconds().count(), 2) + 'Z';
}

std::optional<Time> parse_time(std::string_view text, bool end) {
  const auto y = take_digits(text, 4);
  if (!y) return std::nullopt;
  if (text.empty()) {
    const auto day = day_number(end ? *y + 1 : *y, 1, 1);
    return day ? bounded(*day * day_seconds - (end ? 1 : 0)) : std::nullopt;
  }
  if (!take(text, '-')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || *m < 1 || *m > 12) return std::nullopt;
  if (text.empty()) {
    const auto day = end ? day_number(*m == 12 ? *y + 1 : *y, *m == 12 ? 1 : *m + 1, 1) : day_number(*y, *m, 1);
    return day ? bounded(*day * day_seconds - (end ? 1 : 0)) : std::nullopt;
  }
  if (!take(text, '-')) return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d) return std::nullopt;
  const auto day = day_number(*y, *m, *d);
  if (!day) return std::nullopt;
  if (text.empty()) return bounded(*day * day_seconds + (end ? day_seconds - 1 : 0));
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  return parse_clock(*day, text);
}

}  // namespace carechain
