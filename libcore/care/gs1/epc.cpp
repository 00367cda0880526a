#include "libcore/care/gs1/epc.hpp"

#include <algorithm>
#include <vector>

#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::gs1 {
namespace {

using std::string;
using std::string_view;
using Parts = std::vector<string_view>;

// Which key a scheme is, and how its parts make it. `serial`: the last part is one thing's; absent in a pattern ("*").
struct Scheme {
  string_view name;
  std::size_t parts;      // of an instance
  std::size_t patterned;  // parts of a class ("idpat"), without the "*"; 0: there is none
  std::size_t digits;     // of prefix and reference together, without check digit; 0: of any length
  string (*path)(const Parts&);
};

string checked(const string& digits) { return digits + check_digit(digits); }
string joined(string_view a, string_view b) { return string(a) + string(b); }
// A part of a URN as it stands in the path of a link.
string part(string_view text) { return escape_path(unescape_path(text)); }

// "012345" behind the prefix: the first digit is the indicator.
string gtin(const Parts& p) { return checked(string(1, p[1][0]) + joined(p[0], p[1].substr(1))); }
string serial(const Parts& p, std::size_t at, string_view identifier) {
  return p.size() > at ? "/" + string(identifier) + "/" + part(p[at]) : string();
}
string appended(const Parts& p, std::size_t at) { return p.size() > at ? part(p[at]) : string(); }

constexpr Scheme schemes[] = {
    {"sgtin", 3, 2, 13, [](const Parts& p) { return "01/" + gtin(p) + serial(p, 2, "21"); }},
    {"sscc", 2, 0, 17, [](const Parts& p) { return "00/" + gtin(p); }},
    {"sgln", 3, 0, 12,
     [](const Parts& p) {
       return "414/" + checked(joined(p[0], p[1])) + (p[2] == "0" ? string() : serial(p, 2, "254"));
     }},
    {"pgln", 2, 0, 12, [](const Parts& p) { return "417/" + checked(joined(p[0], p[1])); }},
    {"grai", 3, 2, 12, [](const Parts& p) { return "8003/0" + checked(joined(p[0], p[1])) + appended(p, 2); }},
    {"giai", 2, 0, 0, [](const Parts& p) { return "8004/" + string(p[0]) + part(p[1]); }},
    {"gsrn", 2, 0, 17, [](const Parts& p) { return "8018/" + checked(joined(p[0], p[1])); }},
    {"gsrnp", 2, 0, 17, [](const Parts& p) { return "8017/" + checked(joined(p[0], p[1])); }},
    {"gdti", 3, 2, 12, [](const Parts& p) { return "253/" + checked(joined(p[0], p[1])) + appended(p, 2); }},
    {"cpi", 3, 2, 0, [](const Parts& p) { return "8010/" + string(p[0]) + part(p[1]) + serial(p, 2, "8011"); }},
    {"sgcn", 3, 2, 12, [](const Parts& p) { return "255/" + checked(joined(p[0], p[1])) + appended(p, 2); }},
    {"ginc", 2, 0, 0, [](const Parts& p) { return "401/" + string(p[0]) + part(p[1]); }},
    {"gsin", 2, 0, 16, [](const Parts& p) { return "402/" + checked(joined(p[0], p[1])); }},
    {"itip", 5, 4, 13,
     [](const Parts& p) { return "8006/" + gtin(p) + string(p[2]) + string(p[3]) + serial(p, 4, "21"); }},
    {"upui", 3, 0, 13, [](const Parts& p) { return "01/" + gtin(p) + serial(p, 2, "235"); }},
    {"lgtin", 3, 0, 13, [](const Parts& p) { return "01/" + gtin(p) + serial(p, 2, "10"); }},
};

Parts split(string_view text, char at, std::size_t most) {
  Parts parts;
  while (parts.size() + 1 < most) {
    const std::size_t end = text.find(at);
    if (end == string_view::npos) break;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

struct Urn {
  const Scheme* scheme = nullptr;
  string_view body;
  bool pattern = false;
};

Urn urn_of(string_view text) {
  Urn urn;
  for (const auto& [start, pattern] :
       {std::pair<string_view, bool>{"urn:epc:id:", false}, {"urn:epc:idpat:", true}, {"urn:epc:class:", false}}) {
    if (!text.starts_with(start)) continue;
    const string_view rest = text.substr(start.size());
    const std::size_t colon = rest.find(':');
    if (colon == string_view::npos) return {};
    const auto* scheme = std::ranges::find(schemes, rest.substr(0, colon), &Scheme::name);
    const bool classes = start == "urn:epc:class:";
    if (scheme == std::end(schemes) || classes != (scheme->name == "lgtin")) return {};
    urn = {scheme, rest.substr(colon + 1), pattern};
  }
  return urn;
}

bool sound(const Scheme& scheme, const Parts& parts) {
  if (std::ranges::any_of(parts, [](string_view p) { return p.empty(); })) return false;
  const string_view prefix = parts[0];
  if (!is_digits(prefix) || prefix.size() < 6 || prefix.size() > 12) return false;
  if (scheme.digits == 0) return is_cset82(unescape_path(parts[1]));
  if (!is_digits(parts[1]) || prefix.size() + parts[1].size() != scheme.digits) return false;
  if (scheme.name == "itip" && (parts[2].size() != 2 || parts[3].size() != 2)) return false;
  return parts.size() < 3 || is_cset82(unescape_path(parts.back()));
}

string_view segment(string_view path, string_view identifier) {
  string_view rest = path;
  for (;;) {
    const std::size_t slash = rest.find('/');
    if (slash == string_view::npos) return {};
    const string_view name = rest.substr(0, slash);
    rest.remove_prefix(slash + 1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (name == identifier) return rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace

std::optional<std::string> path_of_urn(std::string_view text) {
  const Urn urn = urn_of(text);
  if (urn.scheme == nullptr) return std::nullopt;
  Parts parts = split(urn.body, '.', urn.scheme->parts);
  if (parts.size() != urn.scheme->parts) return std::nullopt;
  if (urn.pattern) {
    if (urn.scheme->patterned == 0 || parts.back() != "*") return std::nullopt;
    parts.pop_back();
  }
  // A reference of no digits belongs to a company prefix of 12.
  if (parts.size() > 1 && parts[1].empty() && urn.scheme->digits == 12 && parts[0].size() == 12) {
    Parts filled = parts;
    filled[1] = "";
    if (!is_digits(parts[0])) return std::nullopt;
    return urn.scheme->path(filled);
  }
  if (!sound(*urn.scheme, parts)) return std::nullopt;
  return urn.scheme->path(parts);
}

namespace {

// Links that are their own canonical form need no parser, and nearly all in a document are: a unit, a case, a place.
// Empty: some other link.
string_view path_as_it_stands(string_view uri) {
  constexpr string_view stem = "https://id.gs1.org/";
  if (!uri.starts_with(stem)) return {};
  const string_view path = uri.substr(stem.size());
  const auto is_key = [&](string_view start, std::size_t digits) {
    return path.size() >= start.size() + digits && path.starts_with(start) &&
           is_digits(path.substr(start.size(), digits));
  };
  if (path.size() == 21 && is_key("00/", 18)) return path;
  if (path.size() == 17 && (is_key("414/", 13) || is_key("417/", 13))) return path;
  if (path.size() <= 21 || path.size() > 41 || !is_key("01/", 14) || path.substr(17, 4) != "/21/") return {};
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
           c == '.';
  };
  return std::ranges::all_of(path.substr(21), plain) ? path : string_view();
}

}  // namespace

std::optional<std::string> path_of_link(std::string_view uri) {
  if (const string_view path = path_as_it_stands(uri); !path.empty()) return string(path);
  if (!looks_like_link(uri)) return std::nullopt;
  try {
    const Elements elements = parse_digital_link(uri.substr(0, uri.find_first_of("?#")), {.short_gtins = true});
    string path;
    for (const Element& element : elements)
      path += (path.empty() ? "" : "/") + element.identifier + "/" + escape_path(element.value);
    return path;
  } catch (const Gs1Fault&) {
    return std::nullopt;
  }
}

std::optional<std::string> path_of(std::string_view identifier) {
  return identifier.starts_with("urn:") ? path_of_urn(identifier) : path_of_link(identifier);
}

std::string_view company_prefix(std::string_view text) {
  const Urn urn = urn_of(text);
  return urn.scheme == nullptr ? string_view() : urn.body.substr(0, urn.body.find('.'));
}

std::string_view gtin_of(std::string_view path) {
  const string_view gtin = path.starts_with("8006/") ? segment(path, "8006").substr(0, 14) : segment(path, "01");
  return gtin.size() == 14 && is_digits(gtin) ? gtin : string_view();
}
std::string_view gln_of(std::string_view path) {
  const string_view gln = path.starts_with("414/") || path.starts_with("417/") ? path.substr(4, 13) : string_view();
  return gln.size() == 13 && is_digits(gln) ? gln : string_view();
}
std::string lot_of(std::string_view path) { return unescape_path(segment(path, "10")); }
std::string serial_of(std::string_view path) { return unescape_path(segment(path, "21")); }

bool is_item(std::string_view path) {
  if (path.starts_with("01/") || path.starts_with("8006/"))
    return !segment(path, "21").empty() || !segment(path, "235").empty();
  if (path.starts_with("8003/")) return path.size() > 5 + 14;
  if (path.starts_with("253/") || path.starts_with("255/")) return path.size() > 4 + 13;
  if (path.starts_with("8010/")) return !segment(path, "8011").empty();
  return true;
}
bool is_logistic_unit(std::string_view path) { return path.starts_with("00/"); }

bool wrong_check_digit(std::string_view path) {
  if (path.starts_with("00/")) return !has_check_digit(segment(path, "00"));
  if (path.starts_with("01/")) return !has_check_digit(segment(path, "01"));
  if (!gln_of(path).empty()) return !has_check_digit(gln_of(path));
  return false;
}

std::string unit_path(std::string_view gtin, std::string_view serial) {
  return "01/" + string(gtin) + "/21/" + escape_path(serial);
}
std::string lot_path(std::string_view gtin, std::string_view lot) {
  return "01/" + string(gtin) + "/10/" + escape_path(lot);
}

std::optional<std::string> date_of_yymmdd(std::string_view text, int year) {
  if (lint("yymmd0", text)) return std::nullopt;
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  int full = year / 100 * 100 + number(0);
  if (full - year >= 51) full -= 100;
  if (full - year <= -50) full += 100;
  string date = std::to_string(full) + "-" + string(text.substr(2, 2)) + "-" + string(text.substr(4, 2));
  if (number(4) != 0) return date;
  for (const string_view day : {"31", "30", "29", "28"}) {
    date.replace(8, 2, day);
    string packed = date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2);
    if (!lint("yyyymmdd", packed)) return date;
  }
  return std::nullopt;
}

std::optional<std::string> yymmdd_of_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const string packed = string(date.substr(0, 4)) + string(date.substr(5, 2)) + string(date.substr(8, 2));
  return lint("yyyymmdd", packed) ? std::nullopt : std::optional(packed.substr(2));
}

NdcFormat ndc_format(std::string_view ndc) {
  const Parts parts = split(ndc, '-', 4);
  if (parts.size() != 3 || !std::ranges::all_of(parts, is_digits)) return NdcFormat::none;
  const auto shaped = [&](std::size_t a, std::size_t b, std::size_t c) {
    return parts[0].size() == a && parts[1].size() == b && parts[2].size() == c;
  };
  if (shaped(4, 4, 2)) return NdcFormat::ndc_4_4_2;
  if (shaped(5, 3, 2)) return NdcFormat::ndc_5_3_2;
  if (shaped(5, 4, 1)) return NdcFormat::ndc_5_4_1;
  if (shaped(5, 4, 2)) return NdcFormat::ndc_5_4_2;
  if (shaped(6, 4, 2)) return NdcFormat::ndc_6_4_2;
  return NdcFormat::none;
}

std::optional<std::string> gtin_of_ndc(std::string_view ndc, char indicator) {
  const NdcFormat format = ndc_format(ndc);
  if (format == NdcFormat::none || format == NdcFormat::ndc_5_4_2 || format == NdcFormat::ndc_6_4_2)
    return std::nullopt;
  string digits = string(1, indicator) + "03";
  std::ranges::copy_if(ndc, std::back_inserter(digits), [](char c) { return c != '-'; });
  return checked(digits);
}

}  // namespace carechain::care::gs1
