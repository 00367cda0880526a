#pragma once
#include "libcore/ledger/operation.hpp"

namespace carechain::care {

// Every operation this program knows. Made once; lives as long as the program.
const ledger::OperationTable& all_operations();

}  // namespace carechain::care
