#pragma once
// People and organisations as they are named on a command line. Institutions and professionals: did:key, the name
// enrolled on the ledger, or a key file. Patients have no name on a ledger: theirs is an alias of a key file, or a
// did:key.

#include <string>
#include <vector>

#include "libcore/cli/keys.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::cli {

// A key that the user holds: the current seed first, retired ones after it.
struct OwnKeys {
  std::vector<SecretKey> seeds;
  crypto::Signer signer() const { return crypto::Signer(seeds.front()); }
  PublicKey key() const { return crypto::public_key(seeds.front()); }
};
OwnKeys own_keys(const KeyChoice&);  // throws Error: none, only a public key

// The public key of a key file; its passphrase is asked for only when it is encrypted and there is no other way.
PublicKey public_key_of_file(const std::string& file_or_name);

// An account from did:key, the name enrolled on this ledger, or a key file. Throws refusal() with the nearest name.
PublicKey account_of_who(const std::string& who, const ledger::State&);

// A patient's account with a custodian: of her key file the pairwise one; a did:key as it stands.
PublicKey patient_account(const std::string& who, const ledger::State&, const Hash& ledger, const PublicKey& custodian);

// "mercy (did:key:z6Mk…)" or the did:key alone.
std::string display_account(const PublicKey&, const ledger::State&);

}  // namespace carechain::cli
