#include <doctest/doctest.h>

#include "libcore/contract/effect_list.hpp"
#include "unit/care/trial/trial_chain.hpp"

namespace {

using namespace carechain;
using namespace carechain::care::trial;
using testing::TrialChain;

// How many effects of a kind, and the details of the last one.
std::size_t effects_of(TrialChain& t, const std::string& word, std::vector<contract::Detail>* details = nullptr) {
  std::size_t found = 0;
  contract::effects_since(t.chain.open(), 0, [&](const contract::EffectId&, const contract::Effect& effect) {
    if (effect.word != word) return true;
    ++found;
    if (details != nullptr) *details = effect.details;
    return true;
  });
  return found;
}

}  // namespace

TEST_CASE("a deadline for new consents that everybody kept has no effect") {
  TrialChain t;
  t.take_in("alice", 0);
  t.chain.seal("north", t.amendment());
  t.chain.seal("alice", t.consent("alice", 2));
  t.chain.tick(3600);
  t.chain.mine_empty();
  CHECK(effects_of(t, "trial-reconsent") == 0);
}

TEST_CASE("a deadline tells how many are late: not those who left the trial") {
  TrialChain t;
  for (std::uint32_t i = 0; i < 4; ++i) t.take_in("s" + std::to_string(i), i);
  t.chain.seal("north", t.amendment());
  t.chain.act("s0", t.consent("s0", 2));
  auto withdraw = t.about<Withdraw>("s1");
  withdraw.level = "follow-up";
  t.chain.seal("s1", withdraw);
  t.chain.tick(3600);
  t.chain.mine_empty();
  std::vector<contract::Detail> details;
  CHECK(effects_of(t, "trial-reconsent", &details) == 1);
  CHECK(details.back().value == "2");
}

TEST_CASE("each amendment has its own deadline") {
  TrialChain t;
  t.take_in("alice", 0);
  t.chain.seal("north", t.amendment());
  auto third = t.amendment();
  third.protocol.form = crypto::sha256(view_of("form 3"));
  third.by = Time{t.chain.now().seconds + 7200};
  t.chain.seal("north", third);
  t.chain.tick(3600);
  t.chain.mine_empty();
  CHECK(effects_of(t, "trial-reconsent") == 1);
  t.chain.tick(7200);
  t.chain.mine_empty();
  CHECK(effects_of(t, "trial-reconsent") == 2);
}

TEST_CASE("who is late with a new consent is neither enrolled nor allocated") {
  TrialChain t;
  t.chain.act("ann", t.consent("ann"));
  t.chain.act("bea", t.consent("bea"));
  t.chain.act("north", t.about<EnrollSubject>("bea"));
  t.chain.seal("north", t.amendment());
  t.chain.tick(3600);
  CHECK_REFUSED(t.chain.offer("north", t.about<EnrollSubject>("ann")), "had to consent to version 2");
  auto failed = t.about<EnrollSubject>("ann");
  failed.eligible = false;
  failed.reason = "age";
  CHECK(t.chain.offer("north", failed).empty());
  auto randomise = t.about<Randomise>("bea");
  randomise.stratum = "all";
  randomise.arm = "red";
  CHECK_REFUSED(t.chain.offer("north", randomise), "had to consent to version 2");
}

TEST_CASE("what only new subjects consent to is not done to the others") {
  TrialChain t;
  t.take_in("alice", 0);
  auto amend = t.amendment();
  amend.reconsent = "new-only";
  amend.by.reset();
  t.chain.seal("north", amend);
  CHECK_REFUSED(t.chain.offer("north", t.visit("alice", "v3", "scan")), "version 1 of the protocol has no visit");
  t.chain.act("north", t.visit("alice", "v1", "blood"));
  CHECK_REFUSED(t.chain.offer("ben", t.consent("ben", 1)), "2 is");
  t.chain.act("ben", t.consent("ben", 2));
  t.chain.act("north", t.visit("ben", "v3", "scan"));
  CHECK(worklist(t.chain.look(), t.trial, t.chain.now()).empty());
}

TEST_CASE("an investigator can't answer for a consent that has been overtaken") {
  TrialChain t;
  auto consent = t.consent("una");
  consent.meaning = "representative";
  t.chain.act("rita", consent);
  t.chain.act("una", t.consent("una"));
  CHECK_REFUSED(t.chain.offer("ivy", Countersign{{t.trial, t.chain.account("una")}, t.chain.account("rita"), 1}),
                "consented to this version already");
  t.chain.act("una", t.about<Withdraw>("una"));
  CHECK_REFUSED(t.chain.offer("ivy", Countersign{{t.trial, t.chain.account("una")}, t.chain.account("rita"), 1}),
                "withdrew");
}

TEST_CASE("who completes gets the bonus of the form she signed; who leaves doesn't") {
  TrialChain t;
  t.take_in("alice", 0);
  t.take_in("ben", 1);
  auto amend = t.amendment();
  amend.protocol.completion_bonus = 500;
  CHECK_REFUSED(t.chain.offer("north", amend), "needs the review board's cap");
  amend.protocol.bonus_cap = 999;  // of 5,000 cents
  CHECK_REFUSED(t.chain.offer("north", amend), "above its cap");
  amend.protocol.bonus_cap = 1000;
  t.chain.seal("north", amend);
  t.chain.act("alice", t.consent("alice", 2));
  const auto end = t.chain.seal("north", t.about<CompleteSubject>("alice"));
  const auto accrual = accruals.get(t.chain.look().pending_state(), end);
  REQUIRE(accrual);
  CHECK(accrual->amount == 500);
  t.chain.seal("north", AcknowledgePayment{end});
  CHECK_REFUSED(t.chain.offer("north", AcknowledgePayment{end}), "paid already");
  const auto old_form = t.chain.seal("north", t.about<CompleteSubject>("ben"));
  CHECK_FALSE(accruals.has(t.chain.look().pending_state(), old_form));
}

TEST_CASE("a suspended trial waits for the board, an ended one is over and can be published") {
  TrialChain t;
  auto amend = t.amendment();
  amend.reconsent = "none";
  amend.by.reset();
  amend.protocol.safety.emplace();
  amend.protocol.safety->rule.method = Method::table;
  amend.protocol.safety->rule.subjects = 1;
  amend.protocol.safety->limits = {1};
  amend.protocol.form = t.protocol.form;
  t.chain.seal("north", amend);
  auto consent = t.consent("alice", 2);
  consent.form = *t.protocol.form;
  t.chain.act("alice", consent);
  t.chain.act("north", t.about<EnrollSubject>("alice"));
  auto randomise = t.about<Randomise>("alice");
  randomise.stratum = "all";
  randomise.arm = arm_of(TrialChain::schedule(), t.protocol.arms, "all", 0);
  t.chain.seal("north", randomise);
  t.chain.seal("north", t.event("alice", 4));
  const auto decide = [&](const std::string& decision) {
    for (const char* member : {"mona", "milo"}) t.chain.act(member, LiftHold{t.trial, 1, decision});
    t.chain.mine();
    return t.row();
  };
  CHECK(t.row().held);
  CHECK(decide("suspend").status == "suspended");
  CHECK_REFUSED(t.chain.offer("north", t.visit("alice", "v1", "blood")), "suspended");
  CHECK(decide("terminate").status == "terminated");
  CHECK_REFUSED(t.chain.offer("mona", LiftHold{t.trial, 1, "continue"}), "decided already");
  const auto missing = missing_for_publication(t.chain.look().pending_state(), t.trial, {});
  CHECK(std::ranges::find(missing, "the trial is on safety hold") == missing.end());
}

TEST_CASE("an outcome's change is as grave as the moment at which it was made") {
  TrialChain t;
  auto amend = t.amendment();
  amend.protocol.outcomes[1].kind = "primary";
  amend.reconsent = "none";
  amend.by.reset();
  t.chain.seal("north", amend);
  auto consent = t.consent("alice", 2);
  t.chain.act("alice", consent);
  t.chain.seal("north", t.about<EnrollSubject>("alice"));
  amend.protocol.outcomes[0].measure = "Pain at week 8";
  amend.reason = "late-effect";
  t.chain.seal("north", amend);
  const auto changes = outcome_changes(t.chain.look().pending_state(), t.trial, 1, 3);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].what == "measure");
  CHECK(changes[0].severity == "major");
  CHECK(changes[0].declared == "late-effect");
  CHECK(changes[1].what == "promoted");
  CHECK(changes[1].severity == "informational");
}
