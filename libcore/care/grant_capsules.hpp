#pragma once
// The keys that go with a grant: for records that are stored already.

#include "libcore/care/access_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/vault.hpp"

namespace carechain::care {

// To whose keys those of a record have to be sealed for a grant: persons whom it names and who may read it, and the
// custodian where it permits people without naming them.
std::vector<PublicKey> grantee_keys(const ledger::Pool&, const GrantAccess&, const PublicKey& custodian,
                                    const ObjectRef&, const Record&);

// Where vault and its keys are at hand: opens the patient's capsule of every record the grant covers and seals it to
// the grantees as well. Returns how many capsules were added; durable. `patient_seed` is her key with this custodian.
struct GrantDesk {
  const ledger::Pool& pool;
  const Vault& vault;
  const SecretKey& patient_seed;
  PublicKey patient;  // account
  const Random& random;
};
std::size_t seal_for_grantees(const GrantDesk&, const GrantAccess&);

// A delivery that came through a pipe, from the patient, or from a reader whose key was replaced, to its new key:
// checks who signed it and that it is for this vault, locks it with the patient's key, stores it. Throws refusal()
// saying what does not fit.
void accept_delivery(const ledger::Pool&, const Vault&, ByteView message, const Random&);

}  // namespace carechain::care
