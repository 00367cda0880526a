#include "libcore/care/pairwise.hpp"

#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care {

SecretKey pairwise_seed(const SecretKey& root_seed, const Hash& ledger, const PublicKey& other) {
  Bytes info = bytes_of("carechain/pairwise/1");
  append(info, ledger.view());
  append(info, other.view());
  return crypto::hkdf_key(root_seed.view(), {}, info);
}

std::optional<SecretKey> seed_for_key(const std::vector<SecretKey>& seeds, const Hash& ledger, const PublicKey& key,
                                      const PublicKey& custodian) {
  for (const SecretKey& seed : seeds) {
    if (crypto::public_key(seed) == key) return seed.clone();
    SecretKey pairwise = pairwise_seed(seed, ledger, custodian);
    if (crypto::public_key(pairwise) == key) return pairwise;
  }
  return std::nullopt;
}

std::optional<SecretKey> seed_for_account(const std::vector<SecretKey>& seeds, const ledger::State& state,
                                          const Hash& ledger, const PublicKey& account, const PublicKey& custodian) {
  return seed_for_key(seeds, ledger, ledger::current_key(state, account), custodian);
}

}  // namespace carechain::care
