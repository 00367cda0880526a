#pragma once
// Deciding a claim under the plan in force: a pure function of the state before it and the block's time. Steps in their
// order, the first that fails decides: required parts (16), provider (16, B7), member (31), eligibility on the day of
// service (26, 27), other payers (22), timely filing (29), repetition (18), authorisation (15, 197, 198), the plan's
// own rules line by line, network (242), benefit limits (119), price (45) and cost sharing (1, 2, 3), earlier payers
// (23). Numbers are claim adjustment reason codes; what is not straightforward is pended (133) for a person.

#include "libcore/care/claim/claim_tables.hpp"
#include "libcore/contract/contract.hpp"

namespace carechain::care::claim {

struct Case {
  ObjectRef self;
  std::uint64_t height = 0;
  Time now;
  bool reviewed = false;   // a person has looked at it: nothing is pended any more
  std::string doubt = {};  // why a person should, whatever the claim holds; empty: nothing
};

// An effect that a rule of the plan causes.
struct RuleEffect {
  std::uint64_t line = 0;
  contract::EffectMade effect;
};

struct Ruling {
  std::string state, reason;
  std::optional<ObjectRef> coverage;
  std::optional<PublicKey> subscriber;  // whose family's accumulators count
  std::string plan_name;                // without version; empty: no plan came into play
  std::optional<std::string> plan;      // NAME/VERSION
  std::int64_t review_days = 0;         // for a pended claim
  std::vector<LineDecision> lines;
  std::int64_t paid = 0, patient = 0;
  std::vector<Drawn> drawn;
  std::vector<RuleEffect> effects;
};

// Requires a well-formed claim. Never throws because of what it holds.
Ruling adjudicate(const ledger::State&, const SubmitClaim&, const Case&);

// The digest under which lines are the same: member, who rendered, days, code, modifiers.
Hash line_key(const SubmitClaim&, const Line&);
// The benefit year of a claim: that of its first day of service.
std::uint32_t year_of(const SubmitClaim&);
// Charge = paid + all adjustments, for every line and the whole.
bool balanced(const SubmitClaim&, const std::vector<LineDecision>&);

}  // namespace carechain::care::claim
