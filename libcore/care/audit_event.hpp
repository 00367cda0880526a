#pragma once
// Entries of the access log as FHIR R4 AuditEvents, after IHE's Basic Audit Log Patterns: who asked whom for what, and
// what was decided. Names are those enrolled on the ledger; patients appear as the accounts they show to custodians.

#include <string>

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

// One resource, compact JSON; `urn` gives its fullUrl. `place`: of the entry among those of its decision.
struct AuditEvent {
  std::string urn, json;
};
AuditEvent audit_event(const LogEntry&, const ledger::State&, const Hash& ledger);

}  // namespace carechain::care
