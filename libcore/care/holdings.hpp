#pragma once
// What a ledger knows of patients' records and grants, sealed and pending.

#include <optional>
#include <vector>

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

// Rows "table/account…" of the query indexes, sealed ones in the order of their keys, then pending ones.
std::vector<ObjectRef> refs_of(const ledger::Pool&, std::string_view table, const PublicKey& account);

std::vector<ObjectRef> records_of(const ledger::Pool&, const PublicKey& patient);

struct GrantInForce {
  ObjectRef ref;
  Grant grant;
};
// Neither revoked nor expired; `from` may lie ahead.
std::vector<GrantInForce> grants_in_force(const ledger::Pool&, const PublicKey& patient, Time now);

// The one object of this kind of name that begins with `text` (at least 8 characters, or whole). Sealed or pending.
// Throws refusal(): none, or several ("is not unique").
ledger::ObjectId find_object(const ledger::Pool&, std::string_view text);

}  // namespace carechain::care
