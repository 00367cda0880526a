#pragma once
// EPC URNs (EPC Tag Data Standard 2.0, section 6) as GS1 keys, and GS1 keys as carechain names things: by the path of
// their canonical Digital Link, without "https://id.gs1.org/":
//
//   urn:epc:id:sgtin:030001.0012345.11          01/00300010123455/21/11
//   urn:epc:id:sscc:030001.41234567890          00/403000112345678901
//   urn:epc:id:sgln:4012345.00011.987           414/4012345000115/254/987
//   urn:epc:class:lgtin:4054739.099914.A1       01/04054739999148/10/A1
//
// A URN needs no check digit and says how long the company prefix is; a Digital Link has the one and not the other.

#include <optional>
#include <string>
#include <string_view>

namespace carechain::care::gs1 {

// nullopt: no EPC URN of a GS1 key, or malformed. Escapes ("%2F") are undone and put as a Digital Link has them.
std::optional<std::string> path_of_urn(std::string_view urn);
// The path of a Digital Link with any host: its key and qualifiers, without attributes. nullopt: it is none.
std::optional<std::string> path_of_link(std::string_view uri);
// Of either; nullopt: some other URI.
std::optional<std::string> path_of(std::string_view identifier);

// The company prefix as an EPC URN of a GS1 key has it; empty: not such a URN.
std::string_view company_prefix(std::string_view urn);

// Parts of a path.
std::string_view gtin_of(std::string_view path);  // 14 digits; empty: not of a trade item
std::string_view gln_of(std::string_view path);   // 13 digits of 414/… or 417/…; empty: neither
std::string lot_of(std::string_view path);        // unescaped; empty: no lot
std::string serial_of(std::string_view path);     // unescaped; empty: no serial
bool is_item(std::string_view path);              // one thing: a serial, an SSCC, an asset…, not a class of things
bool is_logistic_unit(std::string_view path);     // an SSCC
// Whether a key in it has a wrong check digit.
bool wrong_check_digit(std::string_view path);

std::string unit_path(std::string_view gtin, std::string_view serial);
std::string lot_path(std::string_view gtin, std::string_view lot);

// "2026-08-31" of YYMMDD; day 00 is the last day of its month. The century is the one within 50 years of `year`
// (General Specifications 7.12). nullopt: not a date.
std::optional<std::string> date_of_yymmdd(std::string_view, int year);
// The other way; nullopt: not YYYY-MM-DD.
std::optional<std::string> yymmdd_of_date(std::string_view);

// National Drug Codes: 4-4-2, 5-3-2, 5-4-1 (10 digits), 5-4-2 (11), 6-4-2 (12, in force 2033), with hyphens.
enum class NdcFormat { none, ndc_4_4_2, ndc_5_3_2, ndc_5_4_1, ndc_5_4_2, ndc_6_4_2 };
NdcFormat ndc_format(std::string_view ndc);
// The GTIN-14 of a 10-digit NDC: indicator, "03", the ten digits, check digit. nullopt: not of 10 digits (an NDC of 12
// doesn't fit into a GTIN).
std::optional<std::string> gtin_of_ndc(std::string_view ndc, char indicator = '0');

}  // namespace carechain::care::gs1
