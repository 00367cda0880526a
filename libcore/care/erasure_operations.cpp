#include "libcore/care/erasure_operations.hpp"

#include <array>

namespace carechain::care {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

constexpr std::array<std::string_view, 7> bases{
    "request", "not-needed", "consent-withdrawn", "objection", "unlawful", "legal-duty", "child"};

bool is_organisation(const ledger::State& state, const PublicKey& account) {
  const auto identity = ledger::identities.get(state, account);
  return identity && identity->kind == ledger::Kind::organisation;
}

Outcome well_formed(const OrderErasure& order, const Context& context) {
  if (!is_erasure_basis(order.basis)) return Refused{"'" + order.basis + "' is no reason for an erasure"};
  if (!is_organisation(context.state, order.custodian))
    return Refused{"an erasure is ordered from an enrolled organisation"};
  if (context.signer != order.custodian && context.signer != order.patient)
    return Refused{"only the patient or the custodian may order an erasure"};
  if (!order.record) return std::nullopt;
  const auto record = records.get(context.state, *order.record);
  if (!record || record->custodian != order.custodian || record->patient != order.patient)
    return Refused{"the custodian keeps no such record of this patient"};
  return std::nullopt;
}

Outcome not_ordered_yet(const OrderErasure& order, const Context& context) {
  auto earlier = erased_patients.get(context.state, order.custodian, order.patient);
  if (!earlier && order.record) earlier = erased_records.get(context.state, *order.record);
  if (!earlier) return std::nullopt;
  const auto erasure = erasures.get(context.state, earlier->order);
  return Refused{"its erasure was ordered already, at block " + std::to_string(erasure->ordered)};
}

Outcome not_held(const OrderErasure& order, const Context& context) {
  const auto held = hold_on(context.state, order.patient, order.record, context.time);
  if (!held) return std::nullopt;
  const auto hold = holds.get(context.state, *held);
  return Refused{"a legal hold is in force (" + hold->basis + ", " +
                     (hold->until ? "until " + to_text(*hold->until) : std::string("until it is lifted")) +
                     "): " + ledger::json_text(*held),
                 "whoever may set holds can lift it: legal-hold --lift " + ledger::json_text(*held).substr(0, 12)};
}

// " (retention class research: the law)"; empty: its custodian said so.
std::string retention_words(const Kept& kept, const ledger::State& state) {
  if (kept.retention.empty()) return "";
  const auto privacy = ledger::privacies.get(state);
  const auto* retention = privacy ? privacy->retention_class(kept.retention) : nullptr;
  return " (retention class " + kept.retention + (retention != nullptr ? ": " + retention->basis : "") + ")";
}

Outcome not_kept(const OrderErasure& order, const Context& context) {
  std::optional<Kept> longest;
  if (!order.record) {
    longest = keepings.get(context.state, order.custodian, order.patient);
  } else if (const auto record = records.get(context.state, *order.record); record->keep_until) {
    longest = Kept{*record->keep_until, record->retention.value_or(""), *order.record};
  }
  if (!longest || longest->until < context.time) return std::nullopt;
  return Refused{"it has to be kept until " + to_text(longest->until) + retention_words(*longest, context.state)};
}

Outcome apply_order(const OrderErasure& order, Context& context) {
  if (auto refused = well_formed(order, context)) return refused;
  if (auto refused = not_ordered_yet(order, context)) return refused;
  if (auto refused = not_held(order, context)) return refused;
  if (auto refused = not_kept(order, context)) return refused;
  const ObjectRef ref = ledger::ref_of(context.id);
  erasures.put(
      context.state,
      {order.patient, order.custodian, order.record, order.basis, context.signer, context.height, {}, false, {}}, ref);
  if (order.record)
    erased_records.put(context.state, {ref}, *order.record);
  else
    erased_patients.put(context.state, {ref}, order.custodian, order.patient);
  note_ref(context, "era", order.custodian, ref);
  return std::nullopt;
}

Outcome apply_done(const FinishErasure& finish, Context& context) {
  auto erasure = erasures.get(context.state, finish.order);
  if (!erasure) return Refused{"there is no such order of erasure"};
  if (erasure->custodian != context.signer)
    return Refused{"only the custodian who was ordered to erase may say it is done"};
  if (erasure->done && erasure->complete) return Refused{"the erasure was certified as complete already"};
  erasure->done = context.height;
  erasure->complete = finish.complete;
  erasure->certificate = finish.certificate;
  erasures.put(context.state, *erasure, finish.order);
  return std::nullopt;
}

Outcome may_hold(const Context& context) {
  const auto privacy = ledger::privacies.get(context.state);
  if (!privacy || privacy->holds.empty())
    return Refused{"the constitution names nobody who may set or lift legal holds"};
  if (std::ranges::find(privacy->holds, context.signer) == privacy->holds.end())
    return Refused{"only accounts that the constitution names may set or lift legal holds"};
  return std::nullopt;
}

// What was erased already can't be held any more.
Outcome still_there(const SetHold& set, const Context& context) {
  if (!set.record) return std::nullopt;
  const auto record = records.get(context.state, *set.record);
  if (!record || record->patient != set.patient) return Refused{"there is no such record of this patient"};
  const auto order = erasure_of(context.state, *set.record, *record, context.height);
  if (order && erasures.get(context.state, *order)->done) return Refused{"the record's keys are destroyed already"};
  return std::nullopt;
}

Outcome apply_hold(const SetHold& set, Context& context) {
  if (auto refused = may_hold(context)) return refused;
  if (!ledger::is_role_word(set.basis))
    return Refused{"'" + set.basis + "' is not a word for why: lower-case letters and hyphens, at most 32"};
  if (!ledger::sound_account(context.state, set.patient))
    return Refused{"the patient's account is not a sound Ed25519 key"};
  if (set.until && *set.until < context.time) return Refused{"the hold would end before it begins"};
  if (auto refused = still_there(set, context)) return refused;
  Hold hold{set.patient, set.record, set.basis, set.until, context.signer, context.height, {}, {}};
  if (const auto head = hold_heads.get(context.state, set.patient)) hold.previous = head->order;
  const ObjectRef ref = ledger::ref_of(context.id);
  holds.put(context.state, hold, ref);
  hold_heads.put(context.state, {ref}, set.patient);
  note_ref(context, "hol", set.patient, ref);
  return std::nullopt;
}

Outcome apply_lift(const LiftHold& lift, Context& context) {
  if (auto refused = may_hold(context)) return refused;
  auto hold = holds.get(context.state, lift.hold);
  if (!hold) return Refused{"there is no such hold"};
  if (hold->lifted) return Refused{"it was lifted already, at block " + std::to_string(*hold->lifted)};
  hold->lifted = context.height;
  holds.put(context.state, *hold, lift.hold);
  return std::nullopt;
}

Outcome apply_copy(const RegisterCopy& copy, Context& context) {
  if (!is_organisation(context.state, context.signer)) return Refused{"only an enrolled organisation has a vault"};
  if (!ledger::sound_account(context.state, copy.holder)) return Refused{"the holder is not a sound Ed25519 key"};
  if (copy.epoch == 0) return Refused{"epochs count from 1"};
  const ObjectRef ref = ledger::ref_of(context.id);
  key_copies.put(context.state, {context.signer, copy.holder, copy.epoch, context.height, {}}, ref);
  note_ref(context, "cpy", context.signer, ref);
  return std::nullopt;
}

Outcome apply_copy_destroyed(const DestroyCopy& destroy, Context& context) {
  auto copy = key_copies.get(context.state, destroy.copy);
  if (!copy) return Refused{"there is no such copy of a vault's keys"};
  if (copy->holder != context.signer) return Refused{"only who holds the copy may say that it is destroyed"};
  if (copy->destroyed) return Refused{"that was said already, at block " + std::to_string(*copy->destroyed)};
  copy->destroyed = context.height;
  key_copies.put(context.state, *copy, destroy.copy);
  return std::nullopt;
}

}  // namespace

bool is_erasure_basis(std::string_view word) { return std::ranges::find(bases, word) != bases.end(); }

std::vector<std::string> erasure_bases() { return {bases.begin(), bases.end()}; }

std::optional<ObjectRef> erasure_of(const ledger::State& state, const ObjectRef& ref, const Record& record,
                                    std::uint64_t height) {
  for (const auto& order :
       {erased_patients.get(state, record.custodian, record.patient), erased_records.get(state, ref)})
    if (order && erasures.get(state, order->order)->ordered <= height) return order->order;
  return std::nullopt;
}

std::optional<ObjectRef> hold_on(const ledger::State& state, const PublicKey& patient,
                                 const std::optional<ObjectRef>& record, Time now) {
  const auto head = hold_heads.get(state, patient);
  for (auto next = head ? std::optional(head->order) : std::nullopt; next;) {
    const auto hold = holds.get(state, *next);
    const bool about = !record || !hold->record || *hold->record == *record;
    if (about && !hold->lifted && (!hold->until || now <= *hold->until)) return next;
    next = hold->previous;
  }
  return std::nullopt;
}

void add_erasure_operations(ledger::OperationTable& table) {
  table.add<OrderErasure>("keys are to be destroyed", apply_order, false);
  table.add<FinishErasure>("a custodian certifies that keys are destroyed", apply_done, false);
  table.add<SetHold>("nothing of a patient may be erased for now", apply_hold);
  table.add<LiftHold>("a legal hold ends", apply_lift);
  table.add<RegisterCopy>("a custodian says who holds a copy of its vault's keys", apply_copy);
  table.add<DestroyCopy>("a holder says that a copy of a vault's keys is destroyed", apply_copy_destroyed, false);
}

}  // namespace carechain::care
