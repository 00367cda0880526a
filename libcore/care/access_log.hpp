#pragma once
// Every decision about a patient's records: sealed ones in the order of the chain, then pending ones.

#include <functional>

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

using LogVisit = std::function<void(const LogEntry&, bool sealed)>;

void log_of_patient(const ledger::Pool&, const PublicKey& patient, const LogVisit&);
void log_of_custodian(const ledger::Pool&, const PublicKey& custodian, const LogVisit&);
// For an auditor: of every custodian, one after the other.
void log_of_all(const ledger::Pool&, const LogVisit&);

}  // namespace carechain::care
