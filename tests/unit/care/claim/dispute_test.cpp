#include <doctest/doctest.h>

#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/contract/effect_list.hpp"
#include "unit/care/claim/payer_desk.hpp"

using namespace carechain;
using namespace carechain::care::claim;
using testing::PayerDesk;

namespace {

constexpr std::int64_t day = 86'400;

// "notify inquiry 1, pay pay" and so on, in the order of the chain.
std::string told(const PayerDesk& desk) {
  std::string all;
  contract::effects_since(desk.chain.open(), 0, [&](const contract::EffectId&, const contract::Effect& effect) {
    all += (all.empty() ? "" : ", ") + effect.kind + ' ' + effect.word;
    return true;
  });
  return all;
}

DocumentDigest letter() { return DocumentDigest(crypto::sha256(view_of("letter")).view()); }

}  // namespace

TEST_CASE("a payer asks, the submitter answers, and a person decides") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("alice", 20'000, "99499"));
  const InquireClaim inquiry{ref, "N706", Time{desk.chain.now().seconds + 30 * day}};
  CHECK_REFUSED(desk.chain.offer("north", inquiry), "only the payer");
  CHECK_REFUSED(desk.chain.offer("south", InquireClaim{ref, "N706", Time{1}}), "not before now");
  CHECK_REFUSED(desk.chain.offer("north", AnswerClaim{ref, letter()}), "asked for nothing");
  desk.chain.act("south", inquiry);
  desk.chain.mine();
  CHECK(desk.claim(ref).asked == "N706");
  CHECK(desk.claim(ref).due == inquiry.until);
  CHECK_REFUSED(desk.chain.offer("south", AnswerClaim{ref, letter()}), "only who submitted");
  desk.chain.act("north", AnswerClaim{ref, letter()});
  desk.chain.mine();
  CHECK_FALSE(desk.claim(ref).asked);
  CHECK(desk.claim(ref).state == "pended");
  desk.chain.tick(31 * day);  // what was asked for is there: nothing is denied, but a decision is overdue
  desk.chain.mine_empty();
  CHECK(desk.claim(ref).state == "pended");
  desk.chain.act("south", ReviewClaim{ref, true, {}});
  desk.chain.mine();
  CHECK(desk.claim(ref).state == "paid");
  CHECK(told(desk) == "notify inquiry 1, notify answer 1, overdue overdue, notify line 1 notify, pay pay");
}

TEST_CASE("without an answer in time a claim is denied, and may be submitted again") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("alice", 20'000, "99499"));
  desk.chain.act("south", InquireClaim{ref, "N706", Time{desk.chain.now().seconds + 30 * day}});
  desk.chain.mine();
  desk.chain.tick(11 * day);  // the review is not overdue meanwhile
  desk.chain.mine_empty();
  CHECK(desk.claim(ref).state == "pended");
  desk.chain.tick(20 * day);
  desk.chain.mine_empty();
  const Claim claim = desk.claim(ref);
  CHECK(claim.state == "denied");
  CHECK(claim.reason == "CO-252");
  CHECK(claim.lines.front().adjustments.front().remark == "N706");
  CHECK(balanced(claim.submitted, claim.lines));
  CHECK(told(desk) == "notify inquiry 1");
  CHECK(desk.claim(desk.submit(desk.claim_of("alice", 20'000, "99499"))).reason == "unlisted");
}

TEST_CASE("a person's decision ends a question, and so does a reversal") {
  PayerDesk desk;
  const auto first = desk.submit(desk.claim_of("alice", 20'000, "99499"));
  const auto second = desk.submit(desk.claim_of("alice", 30'000, "99499"));
  for (const auto& ref : {first, second})
    desk.chain.act("south", InquireClaim{ref, "N706", Time{desk.chain.now().seconds + 30 * day}});
  desk.chain.mine();
  desk.chain.act("south", ReviewClaim{first, false, "50"});
  desk.chain.act("north", ReverseClaim{second, "void"});
  desk.chain.mine();
  desk.chain.tick(31 * day);
  desk.chain.mine_empty();
  CHECK(desk.claim(first).reason == "CO-50");
  CHECK(desk.claim(second).state == "voided");
}

TEST_CASE("an appeal is upheld on one level and overturned on the next") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("bert", 20'000));  // nobody has enrolled him
  CHECK(desk.claim(ref).reason == "CO-31");
  CHECK_REFUSED(desk.chain.offer("carol", AppealClaim{ref, "covered", {}}), "only who submitted");
  CHECK_REFUSED(desk.chain.offer("south", RuleAppeal{ref, true, "agreed"}), "no appeal is open");
  desk.chain.act("north", AppealClaim{ref, "covered", letter()});
  CHECK_REFUSED(desk.chain.offer("bert", AppealClaim{ref, "covered", {}}), "open already");
  desk.chain.mine();
  CHECK(desk.claim(ref).appeal->level == 1);
  CHECK_REFUSED(desk.chain.offer("north", RuleAppeal{ref, true, "agreed"}), "only the payer");
  desk.chain.act("south", RuleAppeal{ref, false, "no-coverage"});
  desk.chain.mine();
  CHECK(desk.claim(ref).state == "denied");
  CHECK(desk.claim(ref).appeal->outcome == "upheld");

  desk.chain.act("bert", AppealClaim{ref, "covered", {}});  // the patient himself
  desk.enroll("bert");
  desk.chain.act("south", RuleAppeal{ref, true, "agreed"});
  desk.chain.mine();
  const Claim claim = desk.claim(ref);
  CHECK(claim.appeal->level == 2);
  CHECK(claim.appeal->outcome == "overturned");
  CHECK(claim.state == "paid");
  CHECK(claim.paid == 4'800);
  CHECK(desk.used("bert").deductible == 10'000);
  CHECK(told(desk) == "notify appeal 1, notify ruling 1, notify appeal 2, notify ruling 2, pay pay");
}

TEST_CASE("what was paid is asked back when an appeal changes it, and paid anew") {
  PayerDesk desk;
  const auto first = desk.submit(desk.claim_of("alice", 10'000));
  const auto second = desk.submit(desk.claim_of("alice", 20'000, "99214"));
  CHECK(desk.claim(second).paid == 11'200);  // 2000 of the deductible were left
  desk.chain.act("north", ReverseClaim{first, "void"});
  desk.chain.act("north", AppealClaim{second, "amount", {}});
  desk.chain.act("south", RuleAppeal{second, true, "agreed"});
  desk.chain.mine();
  CHECK(desk.claim(second).paid == 4'800);
  CHECK(desk.used("alice").deductible == 10'000);
  CHECK(told(desk) == "pay pay, notify appeal 1, notify ruling 1, recover recover, pay pay 2");
}

TEST_CASE("an appeal nobody rules on is overdue, and one whose claim is replaced is withdrawn") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("alice", 20'000));
  CHECK_REFUSED(desk.chain.offer("north", AppealClaim{ref, "two words", {}}), "short code");
  desk.chain.act("north", AppealClaim{ref, "amount", {}});
  desk.chain.mine();
  desk.chain.tick(61 * day);
  desk.chain.mine_empty();
  CHECK(told(desk) == "pay pay, notify appeal 1, overdue appeal 1 overdue");
  auto corrected = desk.claim_of("alice", 15'000);
  corrected.frequency = 7;
  corrected.original = ref;
  const auto fresh = desk.submit(corrected);
  CHECK(desk.claim(ref).state == "replaced");
  CHECK(desk.claim(ref).appeal->outcome == "withdrawn");
  CHECK(desk.claim(fresh).state == "pended");
  CHECK(desk.claim(fresh).reason == "replaces-appealed");
  CHECK_REFUSED(desk.chain.offer("north", AppealClaim{ref, "amount", {}}), "no decision to appeal");
}
