#include "libcore/contract/effects.hpp"

#include "libcore/contract/effect_list.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::contract {
namespace {

constexpr ledger::Table<Effect> effects{"effect"};

std::string place_of(const Moment& moment) {
  std::string key(effect_notes);
  key.resize(effect_notes.size() + 20);
  auto* const at = reinterpret_cast<std::uint8_t*>(key.data()) + effect_notes.size();
  store_be(at, moment.height);
  store_be(at + 8, moment.position);
  store_be(at + 12, moment.part);
  store_be(at + 16, moment.recorded);
  return key;
}

}  // namespace

Moment moment_of(ledger::Context& context) {
  return {context.state, context.height, context.time, context.position + 1, context.id.operation};
}

EffectId effect_id(const ObjectRef& cause, std::string_view word) {
  Bytes text = bytes_of("carechain/effect/1");
  text.push_back(0);
  append(text, cause.view());
  append(text, word);
  return EffectId(crypto::sha256(text).view());
}

bool was_recorded(const ledger::State& state, const ObjectRef& cause, std::string_view word) {
  return effects.has(state, effect_id(cause, word));
}

bool record_effect(Moment& moment, Effect effect) {
  const EffectId id = effect_id(effect.cause, effect.word);
  if (effects.has(moment.state, id)) return false;
  effect.at = moment.time;
  effect.height = moment.height;
  effects.put(moment.state, effect, id);
  moment.state.note(place_of(moment), text_of(id.view()));
  ++moment.recorded;
  return true;
}

std::optional<Effect> find_effect(const ledger::State& state, const EffectId& id) { return effects.get(state, id); }

namespace {

constexpr std::uint64_t short_way = 2000;  // blocks: so many are looked at one by one, else all effects there are

std::string notes_of(std::uint64_t height) {
  std::string prefix(effect_notes);
  prefix.resize(effect_notes.size() + 8);
  store_be(reinterpret_cast<std::uint8_t*>(prefix.data()) + effect_notes.size(), height);
  return prefix;
}

// false: the visitor has enough.
bool visit_notes(const ledger::Ledger& ledger, const std::string& prefix, std::uint64_t from,
                 const EffectVisit& visit) {
  bool wanted = true;
  ledger.scan_notes(prefix, [&](std::string_view key, std::string_view row) {
    if (load_be<std::uint64_t>(view_of(key).data() + effect_notes.size()) < from) return true;
    const EffectId id(view_of(row));
    const auto effect = find_effect(ledger.state(), id);
    if (!effect) throw Error("the index is damaged: an effect is missing", "carechain rebuild-index");
    return wanted = visit(id, *effect);
  });
  return wanted;
}

}  // namespace

void effects_since(const ledger::Ledger& ledger, std::uint64_t height, const EffectVisit& visit) {
  const std::uint64_t tip = ledger.tip().height;
  if (height > tip) return;
  if (tip - height > short_way) {
    visit_notes(ledger, std::string(effect_notes), height, visit);
    return;
  }
  for (std::uint64_t at = height; at <= tip; ++at)
    if (!visit_notes(ledger, notes_of(at), at, visit)) return;
}

}  // namespace carechain::contract
