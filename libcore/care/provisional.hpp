#pragma once

#include <string_view>

namespace carechain::care {

// What such an operation brings about is decided when it is sealed: until then its line says `provisional`.
bool decided_when_sealed(std::string_view operation_name);

}  // namespace carechain::care
