#include "libcore/care/patient_key.hpp"

#include <set>

#include "libcore/care/holdings.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/crypto/ed25519.hpp"

namespace carechain::care {

std::optional<PatientKey> key_for_record(const ledger::State& state, const Hash& ledger,
                                         const std::vector<SecretKey>& seeds, const Record& record) {
  auto seed = seed_for_account(seeds, state, ledger, record.patient, record.custodian);
  if (!seed) return std::nullopt;
  return PatientKey{std::move(*seed), record.patient, record.custodian};
}

std::vector<PublicKey> organisations(const ledger::Pool& pool) {
  std::set<PublicKey> found = {};
  const auto add = [&](std::string_view key) {
    const PublicKey account(view_of(key.substr(3)));
    const auto identity = ledger::identities.get(pool.pending_state(), account);
    if (identity && identity->kind == ledger::Kind::organisation) found.insert(account);
  };
  pool.ledger().scan_state("id/", [&](std::string_view key, std::string_view) {
    add(key);
    return true;
  });
  for (const auto& [key, entry] : pool.pending_state().entries())
    if (key.starts_with("id/")) add(key);
  return {found.begin(), found.end()};
}

std::vector<PatientKey> keys_at_custodians(const ledger::Pool& pool, const std::vector<SecretKey>& seeds,
                                           const std::optional<PublicKey>& only) {
  std::vector<PatientKey> keys;
  const auto consider = [&](const PublicKey& custodian, SecretKey seed, bool records_or_not) {
    const PublicKey key = crypto::public_key(seed);
    const auto account = ledger::account_of(pool.pending_state(), key);
    if (account && (records_or_not || !records_of(pool, *account).empty()))
      keys.push_back({std::move(seed), *account, custodian});
  };
  for (const PublicKey& custodian : only ? std::vector{*only} : organisations(pool)) {
    const std::size_t before = keys.size();
    for (const SecretKey& seed : seeds)  // retired keys too: their accounts go on under newer keys
      consider(custodian, pairwise_seed(seed, pool.ledger().id(), custodian), false);
    if (only && keys.size() == before)
      consider(custodian, pairwise_seed(seeds.front(), pool.ledger().id(), custodian), true);
  }
  return keys;
}

}  // namespace carechain::care
