#include "libcore/care/rotation.hpp"

#include "libcore/care/access_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/crypto/ed25519.hpp"

namespace carechain::care {
namespace {

// The account a key now signs for, if the ledger has heard of it.
std::optional<PublicKey> known_account(const ledger::Pool& pool, const PublicKey& key) {
  const ledger::State& state = pool.pending_state();
  const auto account = ledger::account_of(state, key);
  if (!account) return std::nullopt;
  const bool known = ledger::keys.has(state, key) || ledger::private_accounts.has(state, *account) ||
                     !refs_of(pool, "grn", *account).empty() || !refs_of(pool, "gto", *account).empty();
  return known ? account : std::nullopt;
}

struct Side {
  std::optional<PublicKey> custodian;
  SecretKey seed;
};

// A key as its owner shows it: itself, and to each organisation another.
std::vector<Side> sides(const ledger::Pool& pool, const SecretKey& seed) {
  std::vector<Side> all;
  all.push_back({std::nullopt, seed.clone()});
  for (const PublicKey& organisation : organisations(pool))
    all.push_back({organisation, pairwise_seed(seed, pool.ledger().id(), organisation)});
  return all;
}

}  // namespace

bool has_accounts(const ledger::Pool& pool, const SecretKey& seed) {
  return std::ranges::any_of(sides(pool, seed), [&](const Side& side) {
    return known_account(pool, crypto::public_key(side.seed)).has_value();
  });
}

std::vector<AccountKey> accounts_to_rotate(const ledger::Pool& pool, const std::vector<SecretKey>& olds,
                                           const SecretKey& fresh) {
  std::vector<AccountKey> accounts;
  for (const SecretKey& old : olds)
    for (Side& side : sides(pool, old)) {
      const auto account = known_account(pool, crypto::public_key(side.seed));
      if (!account) continue;
      SecretKey new_seed = side.custodian ? pairwise_seed(fresh, pool.ledger().id(), *side.custodian) : fresh.clone();
      accounts.push_back({*account, side.custodian, std::move(side.seed), std::move(new_seed)});
    }
  return accounts;
}

Bytes sign_rotation(const ledger::Pool& pool, const AccountKey& account, Time now, const Random& random) {
  const ledger::Rotate rotate{account.account, crypto::public_key(account.new_seed)};
  return ledger::sign_transaction(pool.ledger().id(), crypto::Signer(account.old_seed), {ledger::operation(rotate)},
                                  now, random);
}

namespace {

// The record's keys, sealed to the old key, for the new one; nullopt: there are none, or the new one has them.
std::optional<Capsule> resealed(const Hash& ledger, const Vault& vault, const Record& record, const AccountKey& account,
                                const Random& random) {
  const PublicKey old_key = crypto::public_key(account.old_seed), new_key = crypto::public_key(account.new_seed);
  const auto patient_key = vault.patient_key(record.patient);
  if (!patient_key || vault.inner_for(ledger, *patient_key, record.handle, record.version, new_key))
    return std::nullopt;
  const auto inner = vault.inner_for(ledger, *patient_key, record.handle, record.version, old_key);
  const auto keys =
      inner ? open_keys({ledger, record.handle, record.version, old_key}, account.old_seed, *inner) : std::nullopt;
  if (!keys) return std::nullopt;
  const CapsuleAddress address{ledger, record.handle, record.version, new_key};
  return lock_capsule(address, *patient_key, seal_keys(address, *keys, random), random);
}

}  // namespace

std::size_t reseal_in_vault(const ledger::Pool& pool, const Vault& vault, const AccountKey& account,
                            const Random& random) {
  std::vector<Capsule> capsules;
  const auto visit = [&](const Record& record) {
    if (record.custodian != vault.owner() || (account.custodian && account.account != record.patient)) return;
    if (auto capsule = resealed(pool.ledger().id(), vault, record, account, random))
      capsules.push_back(std::move(*capsule));
  };
  if (account.custodian) {  // a patient: her own records only
    for (const ObjectRef& ref : records_of(pool, account.account))
      if (const auto record = records.get(pool.pending_state(), ref)) visit(*record);
  } else {
    pool.ledger().scan_state(records.key(), [&](std::string_view, std::string_view row) {
      visit(encoding::decode_fields<Record>(view_of(row)));
      return true;
    });
    for (const auto& [key, entry] : pool.pending_state().entries())
      if (key.starts_with(records.key()) && entry.after && !entry.before)
        visit(encoding::decode_fields<Record>(view_of(*entry.after)));
  }
  vault.add_capsules(capsules);
  return capsules.size();
}

}  // namespace carechain::care
