#pragma once
// Every decision about a patient's records, sealed, in the order of the chain.

#include <functional>

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/ledger.hpp"

namespace carechain::care {

using LogVisit = std::function<bool(const LogEntry&)>;  // false: enough

void log_of_patient(const ledger::Ledger&, const PublicKey& patient, const LogVisit&);
void log_of_custodian(const ledger::Ledger&, const PublicKey& custodian, const LogVisit&);
// For an auditor: of every custodian, one after the other.
void log_of_all(const ledger::Ledger&, const LogVisit&);

}  // namespace carechain::care
