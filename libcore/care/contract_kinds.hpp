#pragma once
// What contracts decide on in this domain: one row a kind, given by the part that calls them.

#include "libcore/contract/contract.hpp"

namespace carechain::care {

const contract::ContractKinds& all_contract_kinds();

}  // namespace carechain::care
