#include "libcore/care/store_record.hpp"

#include <set>

#include "libcore/care/keeping.hpp"
#include "libcore/care/readers.hpp"

namespace carechain::care {
namespace {

// Whose keys the record's keys are sealed to: the patient, every person whom a grant in force names, and the custodian
// where readers have no names, and for external data, which it fetches.
std::set<PublicKey> readers(const Desk& desk, const NewRecord& fresh) {
  Record record;
  record.patient = fresh.patient;
  record.types = fresh.types;
  record.media = fresh.media;
  record.facts = fresh.facts;
  const ledger::State& state = desk.pool.pending_state();
  std::set<PublicKey> keys{ledger::current_key(state, fresh.patient)};
  bool for_custodian = fresh.uri || emergency_terms(state);
  for (const GrantInForce& held : grants_in_force(desk.pool, fresh.patient, desk.now)) {
    for (const PublicKey& reader : persons_named(state, held.grant.policy))
      if (may_read(held.grant.policy, reader, {}, record)) keys.insert(ledger::current_key(state, reader));
    for_custodian = for_custodian || has_unnamed_readers(state, held.grant.policy);
  }
  if (for_custodian) keys.insert(ledger::current_key(state, desk.custodian));
  return keys;
}

crypto::ChunkedResult encrypt(const Desk& desk, const NewRecord& fresh, const RecordHandle& handle,
                              const RecordKeys& keys) {
  const Bytes context = record_context(desk.pool.ledger().id(), handle, 1);
  if (fresh.uri)
    return crypto::seal_stream(
        keys.key, keys.digest_key, context, desk.random, fresh.data, [](ByteView) {}, desk.threads);
  Vault::Incoming incoming = desk.vault.receive(handle);
  try {
    const auto result = crypto::seal_stream(
        keys.key, keys.digest_key, context, desk.random, fresh.data,
        [&](ByteView bytes) { incoming.file.write(bytes); }, desk.threads);
    desk.vault.keep(std::move(incoming), result.sealed_root);
    return result;
  } catch (...) {
    desk.vault.discard(std::move(incoming));
    throw;
  }
}

void require_may_keep(const Desk& desk, const NewRecord& fresh) {
  PutRecord draft;
  draft.patient = fresh.patient;
  draft.jurisdiction = fresh.jurisdiction;
  draft.retention = fresh.retention;
  draft.keep_until = fresh.keep_until;
  const ledger::Ledger& ledger = desk.pool.ledger();
  ledger::Changes trial(static_cast<const ledger::State&>(desk.pool.pending_state()));
  const ledger::Context context{
      trial, ledger, ledger.id(), ledger.tip().height + 1, desk.now, desk.custodian, desk.custodian, {}, 0, desk.now};
  if (const auto refused = refuse_keeping(draft, context)) throw refusal(refused->why, refused->hint);
}

}  // namespace

PutRecord store_record(const Desk& desk, const NewRecord& fresh) {
  require_may_keep(desk, fresh);
  const RecordHandle handle(draw<RecordHandle::size>(desk.random));
  const RecordKeys keys{draw_secret(desk.random), draw_secret(desk.random), fresh.uri};
  const SecretKey patient_key = desk.vault.patient_key_or_new(fresh.patient, desk.random);
  const auto result = encrypt(desk, fresh, handle, keys);
  std::vector<Capsule> capsules;
  for (const PublicKey& reader : readers(desk, fresh)) {
    const CapsuleAddress address{desk.pool.ledger().id(), handle, 1, reader};
    capsules.push_back(lock_capsule(address, patient_key, seal_keys(address, keys, desk.random), desk.random));
  }
  desk.vault.add_capsules(capsules);
  PutRecord put;
  put.handle = handle;
  put.patient = fresh.patient;
  put.types = fresh.types;
  put.media = fresh.media;
  put.facts = fresh.facts;
  if (!fresh.uri) put.root = result.sealed_root;
  put.size = result.sealed_size;
  put.digest = result.plain_digest;
  put.jurisdiction = fresh.jurisdiction;
  put.retention = fresh.retention;
  put.keep_until = fresh.keep_until;
  return put;
}

}  // namespace carechain::care
