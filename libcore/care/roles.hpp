#pragma once
#include <string>
#include <vector>

#include "libcore/ledger/accounts.hpp"

namespace carechain::care {

// What kind of account these roles make: patient, organisation (hospital, payer, …), else professional.
// Throws misuse(): patient together with another role.
ledger::Kind kind_of_roles(const std::vector<std::string>& roles);

}  // namespace carechain::care
