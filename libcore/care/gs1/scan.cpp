#include "libcore/care/gs1/scan.hpp"

#include <algorithm>

#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string_view;

// Each kind of symbol that is told apart by its AIM identifier.
struct Kind {
  string_view aim, symbology;
  enum { plain, elements, retail } holds;
  std::size_t digits;  // of a retail symbol
};
constexpr Kind kinds[] = {{"]Q1", "QR", Kind::plain, 0},
                          {"]Q3", "QR", Kind::elements, 0},
                          {"]d1", "DM", Kind::plain, 0},
                          {"]d2", "DM", Kind::elements, 0},
                          {"]J0", "DotCode", Kind::plain, 0},
                          {"]J1", "DotCode", Kind::elements, 0},
                          {"]e0", "DataBarExpanded", Kind::elements, 0},
                          {"]C1", "GS1_128_CCA", Kind::elements, 0},
                          {"]E0", "EAN13", Kind::retail, 13},
                          {"]E4", "EAN8", Kind::retail, 8}};
// Linear symbols of GS1, whose composite part is sent together with them.
constexpr string_view linear[] = {"DataBarExpanded", "GS1_128_CCA", "GS1_128_CCC", "DataBarOmni", "DataBarLimited"};
struct Retail {
  string_view symbology, aim;
  std::size_t digits, sent;  // of its number; as a scanner sends it
};
constexpr Retail retails[] = {
    {"EAN13", "]E0", 13, 13}, {"UPCA", "]E0", 12, 13}, {"UPCE", "]E0", 12, 13}, {"EAN8", "]E4", 8, 8}};

std::string written(string_view raw) {
  std::string data(raw);
  std::ranges::replace(data, fnc1, '^');
  return data;
}
std::string sent(string_view data) {
  std::string raw(data);
  std::ranges::replace(raw, '^', fnc1);
  return raw;
}

std::string checked_elements(string_view raw) {
  parse_element_string(raw);
  return '^' + written(raw);
}

// Plain data that begins with any number of '\' and then '^' gets one more '\'.
std::string plain_data(string_view raw) {
  const std::size_t at = raw.find_first_not_of('\\');
  const bool escape = at != string_view::npos && raw[at] == '^';
  return (escape ? "\\" : "") + std::string(raw);
}
std::string plain_sent(string_view data) {
  const std::size_t at = data.find_first_not_of('\\');
  const bool escaped = at != string_view::npos && at > 0 && data[at] == '^';
  return std::string(escaped ? data.substr(1) : data);
}

Scan parse_retail(const Kind& kind, string_view raw) {
  const std::size_t bar = raw.find('|');
  const string_view number = raw.substr(0, bar);
  if (number.size() != kind.digits || !has_check_digit(number))
    throw Gs1Fault("'" + std::string(number) + "' is no " + std::string(kind.symbology) + " number");
  Scan scan{std::string(kind.symbology), std::string(number)};
  if (bar == string_view::npos) return scan;
  const string_view composite = raw.substr(bar + 1);
  if (!composite.starts_with("]e0")) throw Gs1Fault("the composite part has no symbology identifier");
  scan.data += '|' + checked_elements(composite.substr(3));
  return scan;
}

// "0112345678901231" of "^0112345678901231", of a GTIN with 14 digits, or of digits that lack their check digit.
std::string gtin_14(string_view data, bool add_check_digit, std::size_t digits) {
  std::string number(data.starts_with("^01") ? data.substr(3) : data);
  if (data.starts_with("^01") && number.size() == 14) number.erase(0, std::min<std::size_t>(14 - digits, 14));
  if (add_check_digit && number.size() + 1 == digits && is_digits(number)) number += check_digit(number);
  if (number.size() != digits || !has_check_digit(number))
    throw Gs1Fault("'" + std::string(data) + "' is no GTIN of that kind");
  return number;
}

std::string scan_of_retail(const Retail& retail, string_view data, bool add_check_digit) {
  const std::size_t bar = data.find('|');
  const std::string number = gtin_14(data.substr(0, bar), add_check_digit, retail.digits);
  std::string raw = std::string(retail.aim) + std::string(retail.sent - retail.digits, '0') + number;
  if (bar == string_view::npos) return raw;
  const string_view composite = data.substr(bar + 1);
  if (!composite.starts_with('^')) throw Gs1Fault("a composite part holds AI data");
  parse_element_string(sent(composite.substr(1)));
  return raw + "|]e0" + sent(composite.substr(1));
}

// AI data of a linear symbol and of its composite part, sent as one.
std::string scan_of_linear(string_view symbology, string_view data, bool add_check_digit) {
  const std::size_t bar = data.find('|');
  const bool composite = bar != string_view::npos;
  std::string first(data.substr(0, bar));
  if (symbology.starts_with("DataBarOmni") || symbology == "DataBarLimited") {
    first = "^01" + gtin_14(first, add_check_digit, 14);
    if (symbology == "DataBarLimited" && first[3] > '1')
      throw Gs1Fault("DataBar Limited holds GTINs that begin with 0 or 1");
  }
  if (!first.starts_with('^')) throw Gs1Fault("this symbol holds AI data");
  Elements elements = parse_element_string(sent(string_view(first).substr(1)));
  if (!composite)
    return (symbology == "GS1_128_CCA" || symbology == "GS1_128_CCC" ? "]C1" : "]e0") +
           sent(string_view(first).substr(1));
  const string_view second = data.substr(bar + 1);
  if (!second.starts_with('^')) throw Gs1Fault("a composite part holds AI data");
  const Elements more = parse_element_string(sent(second.substr(1)));
  elements.insert(elements.end(), more.begin(), more.end());
  return "]e0" + element_string(elements);
}

}  // namespace

Scan parse_scan(std::string_view raw) {
  const auto* kind = std::ranges::find(kinds, raw.substr(0, 3), &Kind::aim);
  if (kind == std::end(kinds)) throw Gs1Fault("the scan has no known symbology identifier");
  raw.remove_prefix(3);
  if (kind->holds == Kind::retail) return parse_retail(*kind, raw);
  return {std::string(kind->symbology), kind->holds == Kind::plain ? plain_data(raw) : checked_elements(raw)};
}

std::string scan_of(std::string_view symbology, std::string_view data, bool add_check_digit) {
  if (const auto* retail = std::ranges::find(retails, symbology, &Retail::symbology); retail != std::end(retails))
    return scan_of_retail(*retail, data, add_check_digit);
  if (std::ranges::find(linear, symbology) != std::end(linear)) return scan_of_linear(symbology, data, add_check_digit);
  const bool elements = data.starts_with('^');
  const auto* kind = std::ranges::find_if(kinds, [&](const Kind& row) {
    return row.symbology == symbology && row.holds == (elements ? Kind::elements : Kind::plain);
  });
  if (kind == std::end(kinds)) throw Gs1Fault("there is no symbology '" + std::string(symbology) + "'");
  if (!elements) return std::string(kind->aim) + plain_sent(data);
  parse_element_string(sent(data.substr(1)));
  return std::string(kind->aim) + sent(data.substr(1));
}

Elements read_any(std::string_view text) {
  if (text.starts_with(']')) {
    const Scan scan = parse_scan(text);
    if (scan.data.starts_with('^')) return parse_element_string(sent(string_view(scan.data).substr(1)));
    return read_any(string_view(scan.data).substr(0, scan.data.find('|')));
  }
  if (text.starts_with('(')) return parse_bracketed(text);
  if (looks_like_link(text))
    return parse_digital_link(text, {.short_gtins = true, .unknown_attributes = false, .content = true});
  if (text.starts_with(fnc1)) text.remove_prefix(1);
  const bool gtin = text.size() == 8 || (text.size() >= 12 && text.size() <= 14);
  if (gtin && has_check_digit(text)) return {{"01", std::string(14 - text.size(), '0') + std::string(text)}};
  try {
    return parse_element_string(text);
  } catch (const Gs1Fault&) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (gtin && digits) throw Gs1Fault("the check digit of " + std::string(text) + " is wrong");
    throw;
  }
}

}  // namespace carechain::care::gs1
