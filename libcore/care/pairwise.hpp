#pragma once
// A patient shows a different account to each custodian, payer and trial, so that nobody can join what they know.

#include <optional>

#include "libcore/base/secret.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::care {

// HKDF-SHA-256(root seed, no salt, "carechain/pairwise/1" || ledger id || the other's account).
SecretKey pairwise_seed(const SecretKey& root_seed, const Hash& ledger, const PublicKey& other);

// Which key a person uses towards a custodian for an account there: one of `seeds` itself or its pairwise key, if that
// is the account's current key on the ledger. nullopt: none of them.
std::optional<SecretKey> seed_for_account(const std::vector<SecretKey>& seeds, const ledger::State&, const Hash& ledger,
                                          const PublicKey& account, const PublicKey& custodian);

// The same by public key, when it is known which key was meant (a capsule's reader, a request's signer).
std::optional<SecretKey> seed_for_key(const std::vector<SecretKey>& seeds, const Hash& ledger, const PublicKey& key,
                                      const PublicKey& custodian);

}  // namespace carechain::care
