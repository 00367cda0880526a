#include "libcore/ledger/governance.hpp"

#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {

bool may_seal(const State& state, const PublicKey& key, std::uint64_t height) {
  const auto term = sealers.get(state, key);
  return term && height >= term->from_height && (!term->to_height || height < *term->to_height);
}

std::uint64_t rule_set_at(const State& state, std::uint64_t height) {
  const auto rules = rule_sets.get(state);
  if (!rules) return 0;
  return rules->next && height >= *rules->next_height ? *rules->next : rules->set;
}

namespace {

// Counts one signature for exactly this change; true once enough of the quorum have signed.
template <class Operation>
std::optional<Refused> count_vote(const Operation& operation, Context& context, bool& decided) {
  const Quorum quorum = constitutions.get(context.state)->quorum;
  if (std::ranges::find(quorum.of, context.signer) == quorum.of.end())
    return Refused{"only accounts of the constitution's quorum may sign this"};
  if (!in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"this account is suspended or its standing has ended"};
  const Bytes fields = encoding::encode_fields(operation);
  const Hash subject = crypto::sha256({view_of(Operation::name), fields});
  Votes signatures = votes.get(context.state, subject).value_or(Votes{});
  if (std::ranges::find(signatures.by, context.signer) != signatures.by.end())
    return Refused{"this account has signed that already"};
  signatures.by.push_back(context.signer);
  votes.put(context.state, signatures, subject);
  decided = signatures.by.size() == quorum.needed;
  return std::nullopt;
}

Outcome apply_rules(const ChangeRules& change, Context& context) {
  if (change.from <= context.height) return Refused{"a rule set comes into force at a later height than its vote"};
  RuleSet rules = *rule_sets.get(context.state);
  const std::uint64_t latest = rules.next.value_or(rules.set);
  if (change.set <= latest) return Refused{"rule set " + std::to_string(latest) + " is decided on already"};
  bool decided = false;
  if (auto refused = count_vote(change, context, decided)) return refused;
  if (!decided) return std::nullopt;
  rules.set = rule_set_at(context.state, context.height);
  rules.next = change.set;
  rules.next_height = change.from;
  rule_sets.put(context.state, rules);
  return std::nullopt;
}

SealerRoll roll_of(const Changes& state) {
  auto roll = sealer_roll.get(state);
  return roll ? std::move(*roll) : SealerRoll{constitutions.get(state)->sealers};
}

// Ends a term. Somebody must be left who may seal from then on, or the chain would end.
Outcome remove_sealer(const ChangeSealer& change, Changes& state) {
  auto term = sealers.get(state, change.key);
  if (!term) return Refused{"this key is not a sealer"};
  if (term->to_height) return Refused{"its term ends at block " + std::to_string(*term->to_height) + " already"};
  SealerRoll roll = roll_of(state);
  std::erase(roll.keys, change.key);
  const bool continued = std::ranges::any_of(
      roll.keys, [&](const PublicKey& key) { return sealers.get(state, key)->from_height <= change.from; });
  if (!continued) return Refused{"nobody else may seal from block " + std::to_string(change.from) + " on"};
  term->to_height = change.from;
  sealers.put(state, *term, change.key);
  sealer_roll.put(state, roll);
  return std::nullopt;
}

Outcome admit_sealer(const ChangeSealer& change, Context& context) {
  const auto term = sealers.get(context.state, change.key);
  SealerTerm admitted{change.from, {}};
  if (term && !term->to_height) return Refused{"this key is a sealer already"};
  if (term && *term->to_height > context.height) {
    if (*term->to_height != change.from)
      return Refused{"its present term ends at block " + std::to_string(*term->to_height),
                     "let the new one begin there, or decide when it has ended"};
    admitted = {term->from_height, {}};
  }
  SealerRoll roll = roll_of(context.state);
  roll.keys.push_back(change.key);
  sealers.put(context.state, admitted, change.key);
  sealer_roll.put(context.state, roll);
  return std::nullopt;
}

Outcome apply_sealer(const ChangeSealer& change, Context& context) {
  if (change.from <= context.height) return Refused{"a change of sealers begins at a later height than its vote"};
  if (!crypto::sound_public_key(change.key)) return Refused{"the sealer's key is not a sound Ed25519 key"};
  bool decided = false;
  if (auto refused = count_vote(change, context, decided)) return refused;
  if (!decided) return std::nullopt;
  return change.remove ? remove_sealer(change, context.state) : admit_sealer(change, context);
}

}  // namespace

void add_governance_operations(OperationTable& table) {
  table.add<ChangeRules>("the quorum decides on a rule set", apply_rules);
  table.add<ChangeSealer>("the quorum admits or removes a sealer", apply_sealer);
}

}  // namespace carechain::ledger
