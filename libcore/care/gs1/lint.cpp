#include "libcore/care/gs1/lint.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/code_lists.hpp"

namespace carechain::care::gs1 {
namespace {

using Fault = std::optional<LintFault>;
using std::string_view;

Fault whole(string_view value, string_view code) { return LintFault{code, 0, value.size()}; }

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// The first character that does not belong.
template <class Belongs>
Fault first_stranger(string_view value, string_view code, const Belongs& belongs) {
  const auto at = std::ranges::find_if_not(value, belongs);
  if (at == value.end()) return std::nullopt;
  return LintFault{code, static_cast<std::size_t>(at - value.begin()), 1};
}

Fault digits(string_view value) { return first_stranger(value, "NON_DIGIT_CHARACTER", digit); }
Fault cset82(string_view value) {
  return first_stranger(value, "INVALID_CSET82_CHARACTER", [](char c) {
    return digit(c) || letter(c) || string_view("!\"%&'()*+,-./:;<=>?_").find(c) != string_view::npos;
  });
}
Fault cset39(string_view value) {
  return first_stranger(value, "INVALID_CSET39_CHARACTER",
                        [](char c) { return digit(c) || (c >= 'A' && c <= 'Z') || c == '#' || c == '-' || c == '/'; });
}
Fault cset64(string_view value) {
  const std::size_t last = value.find_last_not_of('=');
  const std::size_t body = last == string_view::npos ? 0 : last + 1;
  const auto belongs = [](char c) { return digit(c) || letter(c) || c == '-' || c == '_'; };
  if (auto fault = first_stranger(value.substr(0, body), "INVALID_CSET64_CHARACTER", belongs)) return fault;
  const std::size_t padding = value.size() - body;
  if (padding > 0 && (padding > 2 || (body + padding) % 3 != 0))
    return LintFault{"INVALID_CSET64_PADDING", body, padding};
  return std::nullopt;
}

Fault csum(string_view value) {
  if (value.empty()) return whole(value, "TOO_SHORT_FOR_CHECK_DIGIT");
  if (auto fault = digits(value)) return fault;
  if (!has_check_digit(value)) return LintFault{"INCORRECT_CHECK_DIGIT", value.size() - 1, 1};
  return std::nullopt;
}
Fault csumalpha(string_view value) {
  if (value.size() < 2) return whole(value, "TOO_SHORT_FOR_CHECK_PAIR");
  if (value.size() > 99) return whole(value, "TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION");
  const string_view body = value.substr(0, value.size() - 2);
  if (auto fault = cset82(body)) return fault;
  if (check_pair(body) != value.substr(value.size() - 2)) return LintFault{"INCORRECT_CHECK_PAIR", value.size() - 2, 2};
  return std::nullopt;
}

// Two digits below a limit.
struct Clock {
  string_view too_short, too_long, illegal;
  int limit;
};
constexpr Clock hours{"HOUR_TOO_SHORT", "HOUR_TOO_LONG", "ILLEGAL_HOUR", 24};
constexpr Clock minutes{"MINUTE_TOO_SHORT", "MINUTE_TOO_LONG", "ILLEGAL_MINUTE", 60};
constexpr Clock seconds{"SECOND_TOO_SHORT", "SECOND_TOO_LONG", "ILLEGAL_SECOND", 60};

int number(string_view text) {
  int value = 0;
  for (const char c : text) value = 10 * value + (c - '0');
  return value;
}

Fault clock(string_view value, const Clock& rule) {
  if (value.size() != 2) return whole(value, value.size() < 2 ? rule.too_short : rule.too_long);
  if (auto fault = digits(value)) return fault;
  if (number(value) >= rule.limit) return whole(value, rule.illegal);
  return std::nullopt;
}
Fault hour_and_minute(string_view value) {
  if (value.size() != 4)
    return whole(value, value.size() < 4 ? "HOUR_WITH_MINUTE_TOO_SHORT" : "HOUR_WITH_MINUTE_TOO_LONG");
  if (auto fault = clock(value.substr(0, 2), hours)) return fault;
  auto fault = clock(value.substr(2), minutes);
  if (fault) fault->begin += 2;
  return fault;
}

int days_in(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// `years` digits of a year, then month and day.
Fault date(string_view value, std::size_t years, bool day_may_be_zero) {
  const std::size_t wanted = years + 4;
  if (value.size() != wanted) return whole(value, value.size() < wanted ? "DATE_TOO_SHORT" : "DATE_TOO_LONG");
  if (auto fault = digits(value)) return fault;
  const int year = number(value.substr(0, years)) + (years == 2 ? 2000 : 0);
  const int month = number(value.substr(years, 2)), day = number(value.substr(years + 2));
  if (month < 1 || month > 12) return LintFault{"ILLEGAL_MONTH", years, 2};
  if (day > days_in(year, month) || (day == 0 && !day_may_be_zero)) return LintFault{"ILLEGAL_DAY", years + 2, 2};
  return std::nullopt;
}

Fault piece_of_total(string_view value) {
  if (value.empty() || value.size() % 2 != 0) return whole(value, "INVALID_LENGTH_FOR_PIECE_OF_TOTAL");
  if (auto fault = digits(value)) return fault;
  const std::size_t half = value.size() / 2;
  const string_view piece = value.substr(0, half), total = value.substr(half);
  const auto zero = [](string_view text) { return text.find_first_not_of('0') == string_view::npos; };
  if (zero(piece)) return LintFault{"ZERO_PIECE_NUMBER", 0, half};
  if (zero(total)) return LintFault{"ZERO_TOTAL_PIECES", half, half};
  if (piece > total) return whole(value, "PIECE_NUMBER_EXCEEDS_TOTAL");
  return std::nullopt;
}

constexpr string_view iban_countries =
    "ADAEALATAZBABEBGBHBRBYCHCRCYCZDEDKDOEEEGESFIFOFRGBGEGIGLGRGTHRHUIEILIQISITJOKWKZLBLCLILTLULVLYMCMDMEMKMRMTMUNLNOPK"
    "PLPSPTQARORSSASCSDSESISKSMSTSVTLTNTRUAVAVGXK";

// ISO 13616: the first four characters go to the end, letters count from ten, the rest modulo 97 is 1.
Fault iban(string_view value) {
  if (value.size() <= 4) return whole(value, "IBAN_TOO_SHORT");
  if (value.size() > 34) return whole(value, "IBAN_TOO_LONG");
  const auto belongs = [](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); };
  if (auto fault = first_stranger(value, "INVALID_IBAN_CHARACTER", belongs)) return fault;
  bool known = false;
  for (std::size_t at = 0; at < iban_countries.size(); at += 2)
    known = known || iban_countries.substr(at, 2) == value.substr(0, 2);
  if (!known) return LintFault{"ILLEGAL_IBAN_COUNTRY_CODE", 0, 2};
  int rest = 0;
  for (const char c : std::string(value.substr(4)) + std::string(value.substr(0, 4)))
    rest = digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
  if (rest != 1) return LintFault{"INCORRECT_IBAN_CHECKSUM", 2, 2};
  return std::nullopt;
}

Fault percent_encoded(string_view value) {
  const auto hex = [](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  for (std::size_t at = value.find('%'); at != string_view::npos; at = value.find('%', at + 1))
    if (at + 2 >= value.size() || !hex(value[at + 1]) || !hex(value[at + 2]))
      return LintFault{"INVALID_PERCENT_SEQUENCE", at, std::min<std::size_t>(3, value.size() - at)};
  return std::nullopt;
}

Fault zero(string_view value) {
  if (value.find_first_not_of('0') == string_view::npos) return std::nullopt;
  return whole(value, "NOT_ZERO");
}
Fault not_zero(string_view value) {
  if (auto fault = digits(value)) return fault;
  if (value.find_first_not_of('0') == string_view::npos) return whole(value, "ILLEGAL_ZERO_VALUE");
  return std::nullopt;
}
Fault no_zero_prefix(string_view value) {
  if (auto fault = digits(value)) return fault;
  if (value.size() > 1 && value.front() == '0') return LintFault{"ILLEGAL_ZERO_PREFIX", 0, 1};
  return std::nullopt;
}

Fault one_of(string_view value, string_view letters, string_view code) {
  if (value.size() == 1 && letters.find(value.front()) != string_view::npos) return std::nullopt;
  return whole(value, code);
}
Fault importer_index(string_view value) {
  if (value.size() != 1) return whole(value, "IMPORTER_IDX_MUST_BE_ONE_CHARACTER");
  if (digit(value[0]) || letter(value[0]) || value[0] == '-' || value[0] == '_') return std::nullopt;
  return whole(value, "INVALID_IMPORT_IDX_CHARACTER");
}

// Ten digits of degrees in ten-millionths, counted from a pole or the antimeridian.
Fault degrees(string_view value, string_view most, string_view wrong_length, string_view wrong) {
  if (value.size() != 10) return whole(value, wrong_length);
  if (auto fault = digits(value)) return fault;
  if (value > most) return whole(value, wrong);
  return std::nullopt;
}

Fault known(bool is, string_view value, string_view code) { return is ? std::nullopt : whole(value, code); }

Fault position_in_sequence(string_view value) {
  if (value.size() != 3 || value[1] != '/') return whole(value, "POSITION_IN_SEQUENCE_MALFORMED");
  if (!digit(value[0]) || !digit(value[2])) return whole(value, "NON_DIGIT_CHARACTER");
  if (value[0] == '0' || value[2] == '0' || value[0] > value[2]) return whole(value, "POSITION_EXCEEDS_END");
  return std::nullopt;
}
Fault media_type(string_view value) {
  const bool fine =
      value.size() == 2 && is_digits(value) && ((value >= "01" && value <= "10") || (value >= "80" && value <= "99"));
  return known(fine, value, "INVALID_MEDIA_TYPE");
}
Fault package_type(string_view value) {
  const bool fine = !value.empty() && value.size() <= 4 &&
                    std::ranges::all_of(value, [](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); });
  return known(fine, value, "INVALID_PACKAGE_TYPE");
}

struct Row {
  string_view name;
  Fault (*check)(string_view);
};
constexpr Row table[] = {
    {"csetnumeric", digits},
    {"cset82", cset82},
    {"cset39", cset39},
    {"cset64", cset64},
    {"csum", csum},
    {"csumalpha", csumalpha},
    {"gcppos1", [](string_view) { return Fault{}; }},
    {"gcppos2", [](string_view) { return Fault{}; }},
    {"hh", [](string_view v) { return clock(v, hours); }},
    {"mi", [](string_view v) { return clock(v, minutes); }},
    {"ss", [](string_view v) { return clock(v, seconds); }},
    {"hhmi", hour_and_minute},
    {"yymmdd", [](string_view v) { return date(v, 2, false); }},
    {"yymmd0", [](string_view v) { return date(v, 2, true); }},
    {"yyyymmdd", [](string_view v) { return date(v, 4, false); }},
    {"yyyymmd0", [](string_view v) { return date(v, 4, true); }},
    {"pieceoftotal", piece_of_total},
    {"iban", iban},
    {"pcenc", percent_encoded},
    {"zero", zero},
    {"nonzero", not_zero},
    {"nozeroprefix", no_zero_prefix},
    {"hyphen", [](string_view v) { return known(v == "-", v, "NOT_HYPHEN"); }},
    {"yesno", [](string_view v) { return one_of(v, "01", "NOT_ZERO_OR_ONE"); }},
    {"iso5218", [](string_view v) { return one_of(v, "0129", "INVALID_BIOLOGICAL_SEX_CODE"); }},
    {"winding", [](string_view v) { return one_of(v, "019", "INVALID_WINDING_DIRECTION"); }},
    {"importeridx", importer_index},
    {"latitude", [](string_view v) { return degrees(v, "1800000000", "LATITUDE_INVALID_LENGTH", "INVALID_LATITUDE"); }},
    {"longitude",
     [](string_view v) { return degrees(v, "3600000000", "LONGITUDE_INVALID_LENGTH", "INVALID_LONGITUDE"); }},
    {"iso3166", [](string_view v) { return known(is_country_number(v), v, "NOT_ISO3166"); }},
    {"iso3166999", [](string_view v) { return known(v == "999" || is_country_number(v), v, "NOT_ISO3166_OR_999"); }},
    {"iso3166alpha2", [](string_view v) { return known(is_country_letters(v), v, "NOT_ISO3166_ALPHA2"); }},
    {"iso4217", [](string_view v) { return known(is_currency_number(v), v, "NOT_ISO4217"); }},
    {"mediatype", media_type},
    {"packagetype", package_type},
    {"posinseqslash", position_in_sequence},
    {"hasnondigit", [](string_view v) { return known(!is_digits(v), v, "REQUIRES_NON_DIGIT_CHARACTER"); }},
    {"couponcode", [](string_view v) { return digits(v.substr(0, std::min<std::size_t>(v.size(), 1))); }},
    {"couponposoffer", digits},
};

}  // namespace

std::optional<LintFault> lint(std::string_view name, std::string_view value) {
  const auto* row = std::ranges::find(table, name, &Row::name);
  if (row == std::end(table)) throw std::logic_error("there is no linter " + std::string(name));
  return row->check(value);
}

bool is_digits(std::string_view text) { return std::ranges::all_of(text, digit); }
bool is_cset82(std::string_view text) { return !cset82(text); }

}  // namespace carechain::care::gs1
