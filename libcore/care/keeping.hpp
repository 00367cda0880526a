#pragma once
// Where a record may be kept and released to, and for how long it must be kept: what the constitution says of
// jurisdictions and retention classes. Also: nothing is kept of, or released from, who was erased.

#include "libcore/care/access_operations.hpp"
#include "libcore/care/erasure_tables.hpp"

namespace carechain::care {

// Why this organisation may not store this record; nothing: it may.
ledger::Outcome refuse_keeping(const PutRecord&, const ledger::Context&);
// Fills in the record's jurisdiction and retention, and notes how long its patient's keys have to be kept.
void note_keeping(const PutRecord&, ledger::Context&, Record&);

// The code of a reason (decision.hpp) for which nobody but its patient may be given a record whoever granted what:
// "erased" (not even she), "jurisdiction"; nullopt: none.
std::optional<std::string> barrier(const ledger::State&, const ObjectRef&, const Record&, const PublicKey& requester,
                                   std::uint64_t height);

// The same day so many years later; of 29 February, where there is none, 1 March.
Time years_later(Time, std::uint64_t years);

}  // namespace carechain::care
