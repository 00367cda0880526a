#pragma once
// Replacing a key without losing access: every account of it on a ledger gets the new key, and what is sealed to the
// old one in a vault at hand is sealed to the new one as well.

#include <optional>
#include <vector>

#include "libcore/care/vault.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

// An account whose current key is an older one of a key file.
struct AccountKey {
  PublicKey account;
  std::optional<PublicKey> custodian;  // a pairwise account shown to it; absent: the key's own account
  SecretKey old_seed, new_seed;        // of the keys that sign for it
};

// The accounts that this ledger knows of any of `olds`, directly or as pairwise ones at an organisation, and how each
// goes over to the key that follows from `fresh`.
std::vector<AccountKey> accounts_to_rotate(const ledger::Pool&, const std::vector<SecretKey>& olds,
                                           const SecretKey& fresh);
// Whether this ledger knows an account whose current key follows from this seed.
bool has_accounts(const ledger::Pool&, const SecretKey& seed);

// The signed identity.rotate of one account.
Bytes sign_rotation(const ledger::Pool&, const AccountKey&, Time now, const Random&);

// Seals to the account's new key whatever of it is sealed to the old one here; with the vault in use. Returns how many
// capsules were added; durable.
std::size_t reseal_in_vault(const ledger::Pool&, const Vault&, const AccountKey&, const Random&);

}  // namespace carechain::care
