#include "libcore/care/operations.hpp"

#include "libcore/care/access_operations.hpp"
#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/care/contract_kinds.hpp"
#include "libcore/care/drug/operations.hpp"
#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/provider/directory.hpp"
#include "libcore/care/trial/effects.hpp"
#include "libcore/care/trial/operations.hpp"
#include "libcore/contract/contract_operations.hpp"
#include "libcore/contract/effects.hpp"
#include "libcore/contract/instruction.hpp"
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
    contract::add_contract_operations<all_contract_kinds>(rows);
    contract::add_instruction_operations(rows);
    claim::add_claim_operations(rows);
    provider::add_provider_operations(rows);
    trial::add_trial_operations(rows);
    contract::TimerHandlers timers = trial::timers();
    timers.emplace(claim::review_timer, claim::claim_overdue);
    timers.emplace(claim::answer_timer, claim::answer_overdue);
    timers.emplace(claim::appeal_timer, claim::appeal_overdue);
    contract::add_timers(rows, std::move(timers));
    return rows;
  }();
  return table;
}

}  // namespace carechain::care
