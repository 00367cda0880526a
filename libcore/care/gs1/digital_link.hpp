#pragma once
// GS1 Digital Link URIs, standard 1.2 and later, uncompressed: https://id.gs1.org/01/09520123456788/21/12345?17=261231

#include <string>
#include <string_view>

#include "libcore/care/gs1/element_string.hpp"

namespace carechain::care::gs1 {

inline constexpr std::string_view canonical_stem = "https://id.gs1.org";

struct LinkReading {
  bool convenience_names = false;   // "gtin" for 01, "ser" for 21 and the like, which the standard once had
  bool short_gtins = false;         // GTIN-8, -12 and -13, filled up to 14 digits with zeros
  bool unknown_attributes = false;  // AIs in the query that the dictionary doesn't know
  bool content = false;             // also check digits, dates and codes
};
// The key, its qualifiers, then the query's AIs in their order; other words of the query and the fragment are left out.
// Percent escapes are undone after the path was taken apart. Throws Gs1Fault.
Elements parse_digital_link(std::string_view uri, const LinkReading& = {});
// http: or https: in any case; says nothing about the rest.
bool looks_like_link(std::string_view);

// The first element that may be a key, its qualifiers in their order, the others in the query: those of predefined
// length first. The same AI with the same value counts once. Throws Gs1Fault: no key, an AI that may not stand in a
// query or is a qualifier out of place.
std::string digital_link(const Elements&, std::string_view stem = canonical_stem, const LinkReading& = {});

std::string escape_path(std::string_view);    // RFC 3986: all but unreserved characters
std::string escape_query(std::string_view);   // the same, with + for a blank
std::string unescape_path(std::string_view);  // what is no escape stays as it is
std::string unescape_query(std::string_view);

}  // namespace carechain::care::gs1
