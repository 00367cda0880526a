#include "libcore/care/claim/posting.hpp"

#include <algorithm>

#include "libcore/care/claim/dispute_operations.hpp"

namespace carechain::care::claim {
namespace {

std::string plan_of(const Claim& claim) { return claim.plan->substr(0, claim.plan->rfind('/')); }

// Adds to (or takes from) an accumulator what a claim drew.
void add_to(Accumulator& accumulator, const Drawn& drawn, std::int64_t sign) {
  accumulator.deductible += sign * drawn.deductible;
  accumulator.out_of_pocket += sign * drawn.out_of_pocket;
  if (drawn.limit == 0) return;
  const auto found = std::ranges::find(accumulator.categories, drawn.category, &CategoryUse::name);
  if (found != accumulator.categories.end())
    found->used += sign * drawn.limit;
  else
    accumulator.categories.push_back({drawn.category, sign * drawn.limit});
}

void draw(ledger::Changes& state, const ObjectRef& ref, Claim& claim, const PublicKey& subscriber) {
  if (claim.drawn.empty()) return;
  const std::uint32_t year = year_of(claim.submitted);
  const std::string plan = plan_of(claim);
  auto own = accumulators.get(state, claim.submitted.member, year, plan).value_or(Accumulator{});
  auto family = family_accumulators.get(state, subscriber, year, plan).value_or(Accumulator{});
  for (const Drawn& drawn : claim.drawn) {
    add_to(own, drawn, 1);
    add_to(family, {drawn.year, drawn.deductible, drawn.out_of_pocket, {}, 0}, 1);
  }
  claim.previous = own.latest;
  own.latest = ref;
  accumulators.put(state, own, claim.submitted.member, year, plan);
  family_accumulators.put(state, family, subscriber, year, plan);
}

// Takes the claim out of the row of those that drew, and flags the later ones.
void unlink(ledger::Changes& state, Accumulator& own, const ObjectRef& ref, Claim& claim) {
  if (own.latest == ref) {
    own.latest = claim.previous;
  } else {
    for (auto at = own.latest; at && *at != ref;) {
      auto later = claims.get(state, *at);
      later->reprocess = true;
      const auto next = later->previous;
      if (next == ref) later->previous = claim.previous;
      claims.put(state, *later, *at);
      at = next;
    }
  }
  claim.previous.reset();
}

void give_back(ledger::Changes& state, const ObjectRef& ref, Claim& claim) {
  if (claim.drawn.empty()) return;
  const std::uint32_t year = year_of(claim.submitted);
  const std::string plan = plan_of(claim);
  const PublicKey subscriber = coverages.get(state, *claim.coverage)->subscriber;
  auto own = *accumulators.get(state, claim.submitted.member, year, plan);
  auto family = *family_accumulators.get(state, subscriber, year, plan);
  for (const Drawn& drawn : claim.drawn) {
    add_to(own, drawn, -1);
    add_to(family, {drawn.year, drawn.deductible, drawn.out_of_pocket, {}, 0}, -1);
  }
  unlink(state, own, ref, claim);
  accumulators.put(state, own, claim.submitted.member, year, plan);
  family_accumulators.put(state, family, subscriber, year, plan);
  claim.drawn.clear();
}

void note_lines(ledger::Changes& state, const ObjectRef& ref, const Claim& claim) {
  if (claim.submitted.use != "claim") return;
  for (std::size_t i = 0; i < claim.lines.size(); ++i) {
    if (claim.lines[i].outcome == "denied") continue;
    const Line& line = claim.submitted.lines[i];
    const Hash key = line_key(claim.submitted, line);
    auto uses = line_uses.get(state, key).value_or(LineUses{});
    uses.uses.push_back({ref, line.units, line.charge});
    line_uses.put(state, uses, key);
  }
}

void forget_lines(ledger::Changes& state, const ObjectRef& ref, const Claim& claim) {
  for (const Line& line : claim.submitted.lines) {
    const Hash key = line_key(claim.submitted, line);
    auto uses = line_uses.get(state, key);
    if (!uses) continue;
    std::erase_if(uses->uses, [&](const LineUse& use) { return use.claim == ref; });
    if (uses->uses.empty())
      line_uses.erase(state, key);
    else
      line_uses.put(state, *uses, key);
  }
}

contract::Effect effect_of(const Claim& claim, const ObjectRef& ref, const char* kind, std::string word) {
  contract::Effect effect;
  effect.kind = kind;
  effect.cause = ref;
  effect.word = std::move(word);
  effect.from = claim.submitted.payer;
  effect.to = claim.submitter;
  effect.contract = claim.plan;
  return effect;
}

void record_rule_effects(contract::Moment& moment, const ObjectRef& ref, const Claim& claim,
                         std::vector<RuleEffect>& effects) {
  for (RuleEffect& made : effects) {
    auto effect = effect_of(claim, ref, "notify", "line " + std::to_string(made.line) + ' ' + made.effect.word);
    effect.kind = made.effect.kind;
    for (auto& [key, value] : made.effect.details) effect.details.push_back({key, value.substr(0, 256)});
    contract::record_effect(moment, std::move(effect));
  }
}

// A payment is asked for once: its word counts the decisions of the claim, of which only a reopened one has several.
void pay(contract::Moment& moment, const ObjectRef& ref, const Claim& claim) {
  if (claim.paid == 0 || claim.submitted.use != "claim") return;
  std::string word = "pay";
  for (int again = 2; contract::was_recorded(moment.state, ref, word); ++again) word = "pay " + std::to_string(again);
  auto effect = effect_of(claim, ref, "pay", word);
  effect.amount = claim.paid;
  effect.currency = claim.submitted.currency;
  contract::record_effect(moment, std::move(effect));
}

void recover(contract::Moment& moment, const ObjectRef& ref, const Claim& claim) {
  if (claim.paid == 0 || claim.submitted.use != "claim") return;
  std::string word = "recover";
  for (int again = 2; contract::was_recorded(moment.state, ref, word); ++again)
    word = "recover " + std::to_string(again);
  auto effect = effect_of(claim, ref, "recover", word);
  effect.amount = claim.paid;
  effect.currency = claim.submitted.currency;
  contract::record_effect(moment, std::move(effect));
}

}  // namespace

Ruling denial_of(const Claim& claim, const std::string& reason) {
  const std::size_t dash = reason.find('-');
  const std::string group = dash == std::string::npos ? "CO" : reason.substr(0, dash);
  const std::string code = dash == std::string::npos ? reason : reason.substr(dash + 1);
  Ruling ruling;
  ruling.coverage = claim.coverage;
  ruling.plan = claim.plan;
  for (const Line& line : claim.submitted.lines)
    ruling.lines.push_back({line.number, "denied", 0, 0, {{group, code, line.charge, std::nullopt}}, std::nullopt});
  ruling.state = "denied";
  ruling.reason = group + '-' + code;
  return ruling;
}

void post(ledger::Changes& state, contract::Moment& moment, const ObjectRef& ref, Claim& claim, Ruling ruling) {
  claim.state = std::move(ruling.state);
  claim.reason = std::move(ruling.reason);
  claim.coverage = ruling.coverage;
  claim.plan = std::move(ruling.plan);
  claim.lines = std::move(ruling.lines);
  claim.paid = ruling.paid;
  claim.patient = ruling.patient;
  claim.drawn = std::move(ruling.drawn);
  claim.due.reset();
  claim.decided = moment.height;
  claim.reprocess = false;
  if (claim.state == "pended") {
    claim.due = Time{std::min(moment.time.seconds + ruling.review_days * day_seconds, max_time_seconds)};
    contract::set_timer(state, ref, review_timer, *claim.due);
  }
  if (ruling.subscriber) draw(state, ref, claim, *ruling.subscriber);
  note_lines(state, ref, claim);
  if (claim.state != "pended") {
    record_rule_effects(moment, ref, claim, ruling.effects);
    pay(moment, ref, claim);
  }
  claims.put(state, claim, ref);
}

void unpost(ledger::Changes& state, contract::Moment& moment, const ObjectRef& ref, Claim& claim,
            std::string_view new_state) {
  contract::call_off(state, ref, review_timer);
  contract::call_off(state, ref, answer_timer);
  claim.asked.reset();
  if (new_state != "pended" && is_appealed(claim)) {  // there is no decision any more
    contract::call_off(state, ref, appeal_timer);
    claim.appeal->outcome = "withdrawn";
  }
  give_back(state, ref, claim);
  forget_lines(state, ref, claim);
  recover(moment, ref, claim);
  claim.state = new_state;
  if (new_state != "pended") claim.reversed = moment.height;
  claim.due.reset();
  claims.put(state, claim, ref);
}

}  // namespace carechain::care::claim
