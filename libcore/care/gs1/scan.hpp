#pragma once
// What a scanner sends: AIM symbology identifier, then the symbol's data ("]d2" GS1 DataMatrix, "]Q3" GS1 QR code,
// "]C1" GS1-128, "]E0" EAN-13, …; ISO/IEC 15424). GS1's way of writing data in one text: '^' for FNC1, in front of AI
// data and between its elements; "\^" where plain data begins with a '^'; '|' before the part of a composite symbol.

#include <string>
#include <string_view>

#include "libcore/care/gs1/element_string.hpp"

namespace carechain::care::gs1 {

struct Scan {
  std::string symbology;  // "QR", "DM", "DotCode", "DataBarExpanded", "GS1_128_CCA", "EAN13", "EAN8"
  std::string data;       // as described above
};
Scan parse_scan(std::string_view raw);  // throws Gs1Fault

// The other way: what a scanner would send for a symbol. Symbologies as above, and "UPCA", "UPCE", "DataBarOmni",
// "DataBarLimited", "GS1_128_CCC". With `add_check_digit` plain digits lack theirs. Throws Gs1Fault.
std::string scan_of(std::string_view symbology, std::string_view data, bool add_check_digit = false);

// The elements in anything a person or scanner gives for an item: a scan with or without symbology identifier, an
// element string with GS or in brackets, a Digital Link. A GTIN alone counts too (8, 12, 13 or 14 digits). Check digits
// and dates are checked. Throws Gs1Fault.
Elements read_any(std::string_view);

}  // namespace carechain::care::gs1
