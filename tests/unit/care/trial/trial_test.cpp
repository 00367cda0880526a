#include <doctest/doctest.h>

#include <set>

#include "unit/care/trial/trial_chain.hpp"

namespace {

using namespace carechain;
using namespace carechain::care::trial;
using testing::TrialChain;

}  // namespace

TEST_CASE("a trial is registered by a sponsor, once, and whole") {
  TrialChain t;
  auto again = t.protocol;
  CHECK_REFUSED(t.chain.offer("north", RegisterTrial{again}), "registered already");
  again.study_id = "PILL-2";
  CHECK_REFUSED(t.chain.offer("south", RegisterTrial{again}), "only an enrolled sponsor");
  again.outcomes.erase(again.outcomes.begin());
  CHECK_REFUSED(t.chain.offer("north", RegisterTrial{again}), "primary outcome");
  again = t.protocol;
  again.study_id = "PILL-3";
  again.safety.emplace();
  again.safety->rule = {Method::pocock, 30, {1, 5}, {1, 20}, 1, 1, {}, 1};
  again.safety->limits = boundary_of(again.safety->rule).limits;
  ++again.safety->limits.back();
  CHECK_REFUSED(t.chain.offer("north", RegisterTrial{again}), "not the one its rule gives");
  --again.safety->limits.back();
  CHECK(t.chain.offer("north", RegisterTrial{again}).empty());
}

TEST_CASE("an amendment asks for a new consent, and after the deadline only safety reports go on") {
  TrialChain t;
  t.take_in("alice", 0);
  t.take_in("ben", 1);
  t.chain.seal("north", t.amendment());
  const auto work = [&] { return worklist(t.chain.look(), t.trial, t.chain.now()); };
  CHECK(work().size() == 2);
  CHECK_REFUSED(t.chain.offer("carol", t.consent("carol", 1)), "not in force");
  t.chain.act("ben", t.consent("ben", 2));
  CHECK(work().size() == 1);
  // Until the deadline the old form covers the old procedures, not the new ones.
  CHECK_REFUSED(t.chain.offer("north", t.visit("alice", "v3", "scan")), "no visit 'v3'");
  t.chain.act("north", t.visit("alice", "v1", "blood"));
  t.chain.act("north", t.visit("ben", "v3", "scan"));
  t.chain.mine();
  t.chain.tick(3600);
  CHECK_REFUSED(t.chain.offer("north", t.visit("alice", "v2", "interview")), "had to consent to version 2");
  t.chain.act("north", t.event("alice", 2));
  t.chain.act("alice", t.consent("alice", 2));
  t.chain.act("north", t.visit("alice", "v2", "interview"));
  CHECK(work().empty());
}

TEST_CASE("amendments that quietly change what was promised are refused") {
  TrialChain t;
  t.take_in("alice", 0);
  auto amend = t.amendment();
  CHECK_REFUSED(t.chain.offer("south", amend), "only its sponsor");
  amend.protocol.randomisation = crypto::sha256(view_of("another"));
  CHECK_REFUSED(t.chain.offer("north", amend), "commitment");
  amend = t.amendment();
  amend.protocol.blinded = true;
  CHECK_REFUSED(t.chain.offer("north", amend), "blinding");
  amend = t.amendment();
  amend.protocol.scale = "CTCAE-6.0";
  CHECK_REFUSED(t.chain.offer("north", amend), "never mixed");
  amend = t.amendment();
  amend.protocol.form = t.protocol.form;
  CHECK_REFUSED(t.chain.offer("north", amend), "new consent form");
  amend = t.amendment();
  amend.by.reset();
  CHECK_REFUSED(t.chain.offer("north", amend), "deadline");
  amend = t.amendment();
  amend.irb.clear();
  CHECK_REFUSED(t.chain.offer("north", amend), "review board");
}

TEST_CASE("a site adopts a version when its board has approved it") {
  TrialChain t;
  t.chain.seal("north", t.amendment());
  auto consent = t.consent("dora", 2);
  consent.site = t.chain.account("south");
  CHECK_REFUSED(t.chain.offer("dora", consent), "1 is");
  t.chain.act("north", AdoptVersion{t.trial, 2, {t.chain.account("south"), "IRB-S2", t.chain.now()}});
  CHECK(t.chain.offer("dora", consent).empty());
  CHECK_REFUSED(t.chain.offer("north", AdoptVersion{t.trial, 3, {t.chain.account("south"), "x", t.chain.now()}}),
                "no such version");
}

TEST_CASE("a blinded trial keeps its arms to itself until the schedule is revealed") {
  TrialChain t(true);
  for (std::uint32_t i = 0; i < 8; ++i) t.take_in("s" + std::to_string(i), i);
  t.chain.seal("north", t.event("s0", 3));
  CHECK(t.count("").severe == 1);
  CHECK(t.count("red").exposed == 0);
  const RevealSchedule reveal{t.trial, TrialChain::schedule()};
  CHECK_REFUSED(t.chain.offer("north", reveal), "after the database is locked");
  t.chain.act("north", t.milestone("treatment"), t.milestone("analysis-plan"));
  t.chain.seal("north", t.milestone("lock"));
  RevealSchedule other = reveal;
  other.schedule.seed = crypto::sha256(view_of("other"));
  CHECK_REFUSED(t.chain.offer("north", other), "not the schedule that was committed to");
  t.chain.seal("north", reveal);
  CHECK(t.count("red").exposed + t.count("white").exposed == 8);
  CHECK(t.count("red").severe + t.count("white").severe == 1);
  CHECK(disagreements.get(t.chain.look().pending_state(), t.trial)->wrong == 0);
  CHECK_REFUSED(t.chain.offer("north", reveal), "already");
}

TEST_CASE("an allocation that the schedule doesn't give is found out, and stands in the way of publication") {
  TrialChain t;
  t.chain.act("alice", t.consent("alice"));
  t.chain.act("north", t.about<EnrollSubject>("alice"));
  auto randomise = t.about<Randomise>("alice");
  randomise.stratum = "all";
  randomise.arm = *arm_of(TrialChain::schedule(), t.protocol.arms, "all", 0) == "red" ? "white" : "red";
  t.chain.seal("north", randomise);
  t.chain.seal("north", t.milestone("lock"));
  t.chain.seal("north", RevealSchedule{t.trial, TrialChain::schedule()});
  CHECK(disagreements.get(t.chain.look().pending_state(), t.trial)->wrong == 1);
  const auto missing = missing_for_publication(t.chain.look().pending_state(), t.trial, {});
  CHECK(std::ranges::any_of(missing, [](const std::string& what) { return what.starts_with("1 allocations"); }));
}

TEST_CASE("publication wants everything that was promised") {
  TrialChain t;
  t.take_in("alice", 0);
  t.chain.seal("north", t.visit("alice", "v1", "blood"));
  const auto missing = [&](const std::vector<OutcomeResult>& results) {
    return missing_for_publication(t.chain.look().pending_state(), t.trial, results);
  };
  CHECK(missing({}).size() == 6);  // phase, lock, plan, reveal, two results
  const std::vector<OutcomeResult> results{{"O1", "MEAN", "points", {}, false, {}, {{"red", "1.5", 1, {}, {}, {}}}},
                                           {"O2", "MEAN", "hours", {}, false, {}, {{"red", "-0.25", 1, {}, {}, {}}}}};
  CHECK_REFUSED(t.chain.offer("north", PublishTrial{t.trial, results}), "phase treatment");
  t.chain.act("north", t.milestone("treatment"), t.milestone("analysis-plan"));
  t.chain.seal("north", t.milestone("lock"));
  CHECK_REFUSED(t.chain.offer("north", t.visit("alice", "v2", "interview")), "locked");
  CHECK(t.chain.offer("north", t.event("alice", 1)).empty());
  t.chain.seal("north", RevealSchedule{t.trial, TrialChain::schedule()});
  // What became known late: she had withdrawn before the visit.
  auto withdraw = t.about<Withdraw>("alice");
  withdraw.at = Time{t.row().registered.seconds + 61};
  t.chain.seal("alice", withdraw);
  CHECK(missing(results).size() == 1);
  t.chain.seal("north", ExcludeVisit{{t.trial, t.chain.account("alice")}, "v1"});
  CHECK(missing(results).empty());
  auto novel = results;
  novel.push_back({"O9", "MEAN", "mm", {}, false, {}, {{"red", "1", 1, {}, {}, {}}}});
  CHECK(missing(novel).size() == 1);
  novel.back().post_hoc = true;
  CHECK(missing(novel).empty());
  CHECK_REFUSED(t.chain.offer("south", PublishTrial{t.trial, novel}), "only its sponsor");
  t.chain.seal("north", PublishTrial{t.trial, novel});
  CHECK_REFUSED(t.chain.offer("north", PublishTrial{t.trial, novel}), "published already");
}

TEST_CASE("a plan that is registered after the lock doesn't count") {
  TrialChain t;
  t.chain.seal("north", t.milestone("lock"));
  t.chain.seal("north", t.milestone("analysis-plan"));
  const auto missing = missing_for_publication(t.chain.look().pending_state(), t.trial, {});
  CHECK(std::ranges::find(missing, "the analysis plan was registered after the lock") != missing.end());
}

TEST_CASE("subjects are counted, not events; screen failures and other scales are not") {
  TrialChain t;
  t.take_in("alice", 0);
  t.chain.act("ben", t.consent("ben"));
  auto failed = t.about<EnrollSubject>("ben");
  failed.eligible = false;
  failed.reason = "age";
  t.chain.act("north", failed);
  t.chain.act("north", t.event("ben", 4));
  t.chain.act("north", t.event("alice", 3), t.event("alice", 4));
  auto other = t.event("alice", 5);
  other.scale = "CTCAE-6.0";
  other.outcome = "fatal";
  t.chain.seal("north", other);
  const ArmCount all = t.count("");
  CHECK(all.exposed == 1);
  CHECK(all.events == 4);
  CHECK(all.severe == 1);
  CHECK(all.severe_events == 3);
  CHECK(all.other_scale == 1);
  CHECK(all.fatal == 1);
  CHECK(all.serious == 1);
}

TEST_CASE("suspected, unexpected, serious events are to be reported within 7 or 15 days") {
  TrialChain t;
  t.take_in("alice", 0);
  auto event = t.event("alice", 4);
  event.criteria = {"hospitalisation"};
  const auto fifteen = t.chain.seal("north", event);
  event.criteria = {"life-threatening"};
  event.known = t.chain.now();
  const auto seven = t.chain.seal("north", event);
  event.expected = true;
  const auto none = t.chain.seal("north", event);
  const auto pool = t.chain.look();
  const auto& state = pool.pending_state();
  CHECK(clocks.get(state, fifteen)->due.seconds - clocks.get(state, seven)->due.seconds == 8 * 86'400 - 60);
  CHECK_FALSE(clocks.has(state, none));
  CHECK_REFUSED(t.chain.offer("south", ReportEvent{seven, t.chain.now()}), "the sponsor reports");
  t.chain.seal("north", ReportEvent{seven, t.chain.now()});
  CHECK_REFUSED(t.chain.offer("north", ReportEvent{seven, t.chain.now()}), "reported already");
}

TEST_CASE("outcome switching is classed by what moved and when") {
  Protocol before, after;
  before.outcomes = {{"O1", "primary", "Pain", {}, "4 weeks", {}, {}}, {"O2", "secondary", "Sleep", {}, {}, {}, {}}};
  after.outcomes = {{"O1", "secondary", "PAIN.", {}, "4  weeks", {}, {}},
                    {"O2", "primary", "Sleep", "by diary", {}, {}, {}},
                    {"O3", "other", "Mood", {}, {}, {}, {}}};
  const auto changes = outcome_changes(before, after, "enrolling");
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].what == "demoted");
  CHECK(changes[0].severity == "major");
  CHECK(changes[1].what == "promoted");
  CHECK(changes[2].what == "description");
  CHECK(changes[2].severity == "minor");
  CHECK(changes[3].what == "added");
  CHECK(changes[3].severity == "minor");
  CHECK(outcome_changes(before, after, "locked")[3].severity == "critical");
  CHECK(outcome_changes(before, after, "before-enrolment")[0].severity == "informational");
  CHECK(outcome_changes(after, before, "enrolling")[0].what == "dropped");
}

TEST_CASE("permuted blocks hold each arm by its weight, and differ by seed and stratum") {
  std::vector<Arm> arms{{"a", "A", "", 2}, {"b", "B", "", 1}};
  Schedule schedule = TrialChain::schedule();
  schedule.blocks = {2};
  CHECK_FALSE(fault_of(schedule, arms).empty());
  schedule.blocks = {6};
  REQUIRE(fault_of(schedule, arms).empty());
  std::set<std::string> blocks;
  for (std::uint32_t block = 0; block < 40; ++block) {
    std::string drawn;
    for (std::uint32_t i = 0; i < 6; ++i) drawn += *arm_of(schedule, arms, "all", block * 6 + i);
    CHECK(std::ranges::count(drawn, 'a') == 4);
    blocks.insert(drawn);
  }
  CHECK(blocks.size() > 8);  // of 15
  std::string here, there;
  for (std::uint32_t i = 0; i < 60; ++i) {
    here += *arm_of(schedule, arms, "north", i);
    there += *arm_of(schedule, arms, "south", i);
  }
  CHECK(here != there);
}
