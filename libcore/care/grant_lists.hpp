#pragma once
// Finding the grants that may speak of somebody, among however many there are.

#include <functional>

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

// Puts a grant of `patient` on its lists.
void list_grant(ledger::Changes&, const PublicKey& patient, const Policy&, const ObjectRef& grant);

// Every grant of the patient that may speak of one of these accounts, or of anyone, about that record; of each list the
// latest first. One that is on several lists comes several times. Until `visit` says false.
using GrantVisit = std::function<bool(const ObjectRef&, const Grant&)>;
void each_grant(const ledger::State&, const PublicKey& patient, const std::vector<PublicKey>& accounts,
                const ObjectRef& record, const GrantVisit& visit);

}  // namespace carechain::care
