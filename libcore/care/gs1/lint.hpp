#pragma once
// The checks that the GS1 Barcode Syntax Dictionary names for components of application identifiers ("linters").

#include <optional>
#include <string_view>

namespace carechain::care::gs1 {

// What is wrong, by the code that GS1's own linters give, and which bytes of the value are.
struct LintFault {
  std::string_view code;
  std::size_t begin = 0, size = 0;
};

// nullopt: the value passes. Names: csetnumeric cset39 cset64 cset82 csum csumalpha and the words after the comma in
// the dictionary. Those that need GS1's list of company prefixes (gcppos1, gcppos2) look at no list and pass digits.
// Throws std::logic_error for a name that is none.
std::optional<LintFault> lint(std::string_view name, std::string_view value);

bool is_digits(std::string_view);  // also of nothing
// CSET 82, what serials and lots may hold: !"%&'()*+,-./0-9:;<=>?A-Z_a-z
bool is_cset82(std::string_view);

}  // namespace carechain::care::gs1
