#include "libcore/care/erasing.hpp"

#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/erasure_report.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/vault_keys.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

store::Path certificate_file(const store::Layout& layout, const ObjectRef& order) {
  return layout.vault_certificates() + "/" + encoding::hex(order.view()) + ".cert";
}

struct Order {
  ObjectRef ref;
  Erasure erasure;
  std::vector<std::pair<ObjectRef, Record>> records;
};

// Whether a copy that a partial certificate spoke of was destroyed since.
bool may_be_complete_now(const ledger::Pool& pool, const Erasure& erasure) {
  for (const ObjectRef& ref : refs_of(pool, "cpy", erasure.custodian)) {
    const auto copy = key_copies.get(pool.pending_state(), ref);
    if (copy && copy->destroyed && *copy->destroyed > *erasure.done) return true;
  }
  return false;
}

void refuse_held(const ledger::Pool& pool, const Order& order, Time now) {
  const auto held = hold_on(pool.pending_state(), order.erasure.patient, order.erasure.record, now);
  if (!held) return;
  const auto hold = holds.get(pool.pending_state(), *held);
  throw refusal("a legal hold came before the keys were destroyed (" + hold->basis + ", " +
                    (hold->until ? "until " + to_text(*hold->until) : std::string("until it is lifted")) +
                    "): " + ledger::json_text(*held),
                "nothing was destroyed, and nothing is released meanwhile");
}

// The capsules of a patient's records that stay, under her new key as well: the last that opens counts, so both keys
// find theirs until the epoch has changed.
void lock_anew(const Vault& vault, const ledger::Pool& pool, const PublicKey& patient, const SecretKey& old_key,
               const SecretKey& new_key, const std::set<ObjectRef>& erased, const Random& random) {
  const Hash& ledger = pool.ledger().id();
  for (const ObjectRef& ref : records_of(pool, patient)) {
    const auto record = records.get(pool.pending_state(), ref);
    if (!record || record->custodian != vault.owner() || erased.contains(ref)) continue;
    std::vector<Capsule> fresh;
    for (const Capsule& capsule : vault.capsules(record->handle))
      if (const auto inner = unlock_capsule(ledger, old_key, capsule))
        fresh.push_back(
            lock_capsule({ledger, capsule.handle, capsule.version, capsule.reader}, new_key, *inner, random));
    vault.add_capsules(fresh);
  }
}

class Carrying {
 public:
  Carrying(const ErasureDesk& desk, const std::vector<ObjectRef>& refs)
      : desk_(desk),
        vault_(Vault::open(desk.layout, desk.keys_directory)),
        alone_(vault_.use_alone()),
        pool_(ledger::Pool::look(desk.layout, desk.operations, desk.now)) {
    if (vault_.owner() != desk.custodian) throw Error("the vault belongs to " + encoding::did_key(vault_.owner()));
    for (const ObjectRef& ref : refs) take(ref);
  }

  void destroy() {
    Vault::KeyChanges changes;
    for (const Order& order : orders_)
      if (!vault_.carried_out(order.ref)) plan(order, changes);
    if (!changes.orders.empty()) {
      for (const auto& [patient, key] : changes.replaced)
        lock_anew(vault_, pool_, patient, *vault_.patient_key(patient), key, erased_now(), desk_.random);
      vault_.begin_epoch(changes, desk_.random);
    }
    vault_.destroy_other_epochs();
    for (const Order& order : orders_) clear(order);
  }

  // Certificates, durable before the chain is told of them.
  std::vector<CarriedOut> certify() {
    std::vector<CarriedOut> done;
    for (const Order& order : orders_) {
      const ErasureNote note = *vault_.carried_out(order.ref);
      auto certificate =
          sign_certificate(report_erasure(pool_, vault_, order.ref, order.erasure, note, desk_.now), desk_.signer);
      store::make_directory(desk_.layout.vault_certificates(), 0700);
      store::replace_file(certificate_file(desk_.layout, order.ref), certificate.message);
      done.push_back({std::move(certificate), {}});
    }
    for (CarriedOut& one : done) one.transaction = queue(one.certificate);
    return done;
  }

 private:
  void take(const ObjectRef& ref) {
    const auto sealed = erasures.get(pool_.ledger().state(), ref);
    if (!sealed || sealed->custodian != desk_.custodian)
      throw Error("there is no sealed order to this custodian: " + ledger::json_text(ref));
    Order order{ref, *sealed, records_of_erasure(pool_, *sealed)};
    if (!vault_.carried_out(ref)) refuse_held(pool_, order, desk_.now);
    orders_.push_back(std::move(order));
  }

  void plan(const Order& order, Vault::KeyChanges& changes) const {
    const PublicKey& patient = order.erasure.patient;
    const auto key = vault_.patient_key(patient);
    ErasureNote note;
    if (key) note.key_id = patient_key_id(*key);
    note.from_epoch = vault_.epoch();
    note.to_epoch = vault_.epoch() + 1;
    note.time = desk_.now;
    changes.orders.emplace(order.ref, note);
    if (!order.erasure.record) {
      changes.destroyed.insert(patient);
      changes.replaced.erase(patient);
    } else if (key && !changes.destroyed.contains(patient)) {
      changes.replaced.try_emplace(patient, draw_secret(desk_.random));
    }
  }

  std::set<ObjectRef> erased_now() const {
    std::set<ObjectRef> erased;
    for (const Order& order : orders_)
      for (const auto& [ref, record] : order.records) erased.insert(ref);
    return erased;
  }

  // Ciphertexts and capsules that nothing opens any more.
  void clear(const Order& order) const {
    for (const auto& [ref, record] : order.records) {
      vault_.remove_capsules(record.handle);
      if (!record.external) vault_.remove_object(record.root);
    }
    const auto key = vault_.patient_key(order.erasure.patient);
    if (!key) return;
    for (const ObjectRef& ref : records_of(pool_, order.erasure.patient))
      if (const auto record = records.get(pool_.pending_state(), ref); record && record->custodian == vault_.owner())
        vault_.drop_dead_capsules(pool_.ledger().id(), *key, record->handle);
  }

  Bytes queue(const SignedCertificate& certificate) const {
    const FinishErasure finish{certificate.fields.order, certificate.fields.key_id, certificate.fields.complete,
                               certificate.digest};
    Bytes transaction = ledger::sign_transaction(pool_.ledger().id(), desk_.signer, {ledger::operation(finish)},
                                                 desk_.now, desk_.random);
    const auto verdict = ledger::submit(desk_.layout, desk_.operations, desk_.now, {transaction}).front();
    if (verdict.status == ledger::Pool::Status::refused)
      throw Error("the keys are destroyed, but the chain does not take that it is done: " + verdict.reason,
                  verdict.hint);
    return transaction;
  }

  const ErasureDesk& desk_;
  Vault vault_;
  store::Lock alone_;
  ledger::Pool pool_;
  std::vector<Order> orders_;
};

}  // namespace

std::vector<ObjectRef> open_orders(const ledger::Pool& pool, const PublicKey& custodian) {
  std::vector<std::pair<std::uint64_t, ObjectRef>> open;
  for (const ObjectRef& ref : refs_of(pool, "era", custodian)) {
    const auto sealed = erasures.get(pool.ledger().state(), ref);
    const auto now = erasures.get(pool.pending_state(), ref);
    if (!sealed || (now->done && (now->complete || !may_be_complete_now(pool, *now)))) continue;
    open.emplace_back(sealed->ordered, ref);
  }
  std::ranges::sort(open);
  std::vector<ObjectRef> refs;
  for (const auto& [height, ref] : open) refs.push_back(ref);
  return refs;
}

std::optional<ObjectRef> order_about(const ledger::State& state, const PublicKey& custodian, const PublicKey& patient,
                                     const std::optional<ObjectRef>& record) {
  auto order = erased_patients.get(state, custodian, patient);
  if (!order && record) order = erased_records.get(state, *record);
  return order ? std::optional(order->order) : std::nullopt;
}

std::vector<std::pair<ObjectRef, Record>> records_of_erasure(const ledger::Pool& pool, const Erasure& erasure) {
  std::vector<std::pair<ObjectRef, Record>> found;
  for (const ObjectRef& ref : erasure.record ? std::vector{*erasure.record} : records_of(pool, erasure.patient)) {
    auto record = records.get(pool.pending_state(), ref);
    if (record && record->custodian == erasure.custodian) found.emplace_back(ref, std::move(*record));
  }
  return found;
}

std::vector<CarriedOut> carry_out(const ErasureDesk& desk, const std::vector<ObjectRef>& orders) {
  Carrying carrying(desk, orders);
  carrying.destroy();
  return carrying.certify();
}

std::optional<SignedCertificate> stored_certificate(const store::Layout& layout, const ObjectRef& order) {
  const store::Path path = certificate_file(layout, order);
  if (!store::exists(path)) return std::nullopt;
  return read_certificate(view_of(store::read_file(path, ledger::max_message_bytes)));
}

}  // namespace carechain::care
