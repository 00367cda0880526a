#include "libcore/care/grant_capsules.hpp"

#include "libcore/care/readers.hpp"
#include "libcore/crypto/ed25519.hpp"

namespace carechain::care {

namespace {

std::optional<Capsule> capsule_for_grantee(const GrantDesk& desk, const Record& record, const PublicKey& reader) {
  const PublicKey own = crypto::public_key(desk.patient_seed);
  const auto patient_key = desk.vault.patient_key(record.patient);
  if (!patient_key) return std::nullopt;
  const Hash& ledger = desk.pool.ledger().id();
  const auto inner = desk.vault.inner_for(ledger, *patient_key, record.handle, record.version, own);
  const auto keys =
      inner ? open_keys({ledger, record.handle, record.version, own}, desk.patient_seed, *inner) : std::nullopt;
  if (!keys) return std::nullopt;
  const CapsuleAddress address{ledger, record.handle, record.version, reader};
  return lock_capsule(address, *patient_key, seal_keys(address, *keys, desk.random), desk.random);
}

// Whether one of this account's older keys has a capsule of that record.
bool reads_already(const ledger::State& state, const Vault& vault, const PublicKey& account,
                   const RecordHandle& handle) {
  return std::ranges::any_of(vault.capsules(handle), [&](const Capsule& capsule) {
    const auto use = ledger::keys.get(state, capsule.reader);
    return use && use->account == account;
  });
}

// The record with that handle, if this account may deliver a capsule of it to that key: the patient to anybody, others
// that have one under an older key to their current one.
std::optional<Record> deliverable(const ledger::Pool& pool, const Vault& vault, const PublicKey& account,
                                  const CapsuleDelivery& delivery);

// The record of a patient with that handle.
std::optional<Record> record_with_handle(const ledger::Pool& pool, const PublicKey& patient,
                                         const RecordHandle& handle) {
  for (const ObjectRef& ref : records_of(pool, patient)) {
    auto record = records.get(pool.pending_state(), ref);
    if (record && record->handle == handle) return record;
  }
  return std::nullopt;
}

std::optional<Record> deliverable(const ledger::Pool& pool, const Vault& vault, const PublicKey& account,
                                  const CapsuleDelivery& delivery) {
  if (auto own = record_with_handle(pool, account, delivery.handle)) return own;
  const ledger::State& state = pool.pending_state();
  if (delivery.reader != ledger::current_key(state, account)) return std::nullopt;
  if (!reads_already(state, vault, account, delivery.handle)) return std::nullopt;
  std::optional<Record> found;
  pool.ledger().scan_state(records.key(), [&](std::string_view, std::string_view row) {
    auto record = encoding::decode_fields<Record>(view_of(row));
    if (record.handle == delivery.handle && record.custodian == vault.owner()) found = std::move(record);
    return !found;
  });
  return found;
}

}  // namespace

std::vector<PublicKey> grantee_keys(const ledger::Pool& pool, const GrantAccess& grant, const PublicKey& custodian,
                                    const ObjectRef& ref, const Record& record) {
  const ledger::State& state = pool.pending_state();
  std::vector<PublicKey> keys;
  for (const PublicKey& reader : persons_named(state, grant.policy))
    if (may_read(grant.policy, reader, ref, record)) keys.push_back(ledger::current_key(state, reader));
  if (has_unnamed_readers(state, grant.policy)) keys.push_back(ledger::current_key(state, custodian));
  return keys;
}

std::size_t seal_for_grantees(const GrantDesk& desk, const GrantAccess& grant) {
  std::vector<Capsule> capsules;
  for (const ObjectRef& ref : records_of(desk.pool, desk.patient)) {
    const auto record = records.get(desk.pool.pending_state(), ref);
    if (!record || record->custodian != desk.vault.owner()) continue;
    for (const PublicKey& reader : grantee_keys(desk.pool, grant, record->custodian, ref, *record)) {
      if (desk.vault.capsule_for(record->handle, record->version, reader)) continue;
      if (auto capsule = capsule_for_grantee(desk, *record, reader)) capsules.push_back(std::move(*capsule));
    }
  }
  desk.vault.add_capsules(capsules);
  return capsules.size();
}

void accept_delivery(const ledger::Pool& pool, const Vault& vault, ByteView message, const Random& random) {
  const Hash& id = pool.ledger().id();
  const ledger::SignedMessage parsed = ledger::parse_message(message);
  if (!ledger::check_message(ledger::Word::capsule, id, parsed).signature_holds)
    throw refusal("the capsule's signature does not hold");
  const auto delivery = encoding::decode_fields<CapsuleDelivery>(parsed.payload);
  if (delivery.custodian != vault.owner()) throw refusal("the capsule is for another custodian's vault");
  const auto account = ledger::account_of(pool.pending_state(), parsed.signer);
  const auto record = account ? deliverable(pool, vault, *account, delivery) : std::nullopt;
  if (!record || record->version != delivery.version)
    throw refusal("the capsule is for a record that its signer does not have here");
  const auto patient_key = vault.patient_key(record->patient);
  if (!patient_key) throw refusal("the patient's key was destroyed: nothing can be granted any more");
  const CapsuleAddress address{id, delivery.handle, delivery.version, delivery.reader};
  vault.add_capsules({lock_capsule(address, *patient_key, delivery.inner, random)});
}

}  // namespace carechain::care
