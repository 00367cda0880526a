#pragma once
// What stands on a package: the same elements in a GS1 DataMatrix (as an element string), in a QR code (as a Digital
// Link) and in letters.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/gs1/element_string.hpp"

namespace carechain::care::gs1 {

struct Label {
  std::string gtin, sscc;                    // 14 digits, 18 digits; empty: not there
  std::string serial, lot;                   // empty: not there
  std::optional<std::string> made, expires;  // YYYY-MM-DD
  std::string place;                         // GLN of where it was made; empty: not there
  std::optional<std::string> time;           // when it was made, YYYY-MM-DDThh:mm:ssZ
  std::string name;                          // UTF-8, only in letters; empty: not there
  Elements others;                           // that were given besides
};

// What a scan or another writing of it says; `year` is for the century of dates. Throws Gs1Fault.
Label label_of(const Elements&, int year);
// AIs 00, 01, 11, 17, 416, 8008, 10, 21: those of predefined length before the others. Throws Gs1Fault: something is
// malformed, a date is outside 1951 to 2050 as seen from now, or the elements don't belong together.
Elements elements_of(const Label&);
// In letters: the name, then a line for each thing.
std::vector<std::string> lines_of(const Label&);

}  // namespace carechain::care::gs1
