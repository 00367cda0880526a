#include "libcore/care/operations.hpp"

#include "libcore/care/access_operations.hpp"
#include "libcore/care/drug/operations.hpp"
#include "libcore/care/erasure_operations.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/governance.hpp"

namespace carechain::care {

const ledger::OperationTable& all_operations() {
  static const ledger::OperationTable table = [] {
    ledger::OperationTable rows;
    ledger::add_account_operations(rows);
    ledger::add_governance_operations(rows);
    add_access_operations(rows);
    add_erasure_operations(rows);
    drug::add_drug_operations(rows);
    return rows;
  }();
  return table;
}

}  // namespace carechain::care
