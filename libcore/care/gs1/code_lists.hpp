#pragma once
// Countries and currencies, as GS1 application identifiers name them.

#include <string_view>

namespace carechain::care::gs1 {

bool is_country_number(std::string_view code);   // ISO 3166-1 numeric, three digits
bool is_country_letters(std::string_view code);  // ISO 3166-1 alpha-2, upper case
bool is_currency_number(std::string_view code);  // ISO 4217 numeric, three digits

}  // namespace carechain::care::gs1
