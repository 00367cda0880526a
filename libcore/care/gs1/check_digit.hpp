#pragma once
// Check digits of GS1 keys: GTIN-8/12/13/14, GLN-13, SSCC-18, GSRN-18 and the like (GS1 General Specifications 7.9.1).

#include <string>
#include <string_view>

namespace carechain::care::gs1 {

// The digit that belongs behind these digits. The caller gives digits only.
char check_digit(std::string_view digits_without);
// Digits only, at least one, the last of them right.
bool has_check_digit(std::string_view digits);
// The pair of characters that belongs behind a Global Model Number (7.9.5); CSET 82, at most 97 characters.
std::string check_pair(std::string_view without);

}  // namespace carechain::care::gs1
