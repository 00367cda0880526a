#include <doctest/doctest.h>

#include "libcore/care/claim/claim_answers.hpp"
#include "libcore/contract/effect_list.hpp"
#include "unit/care/claim/payer_desk.hpp"

using namespace carechain;
using namespace carechain::care::claim;
using testing::PayerDesk;

namespace {

std::vector<contract::Effect> effects_of(const ledger::Ledger& ledger, std::uint64_t since = 0) {
  std::vector<contract::Effect> all;
  contract::effects_since(ledger, since, [&](const contract::EffectId&, const contract::Effect& effect) {
    all.push_back(effect);
    return true;
  });
  return all;
}

}  // namespace

TEST_CASE("a claim is decided when it is sealed, and paid by one effect") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("alice", 20'000));
  const Claim claim = desk.claim(ref);
  CHECK(claim.state == "paid");
  CHECK(claim.paid == 4'800);  // 16000 allowed, 10000 deductible, 20 % of 6000
  CHECK(claim.patient == 11'200);
  CHECK(balanced(claim.submitted, claim.lines));
  const auto effects = effects_of(desk.chain.open());
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].kind == "pay");
  CHECK(effects[0].amount == 4'800);
  CHECK(effects[0].to == desk.chain.account("north"));
  CHECK(desk.used("alice").deductible == 10'000);
}

TEST_CASE("each step denies with its reason") {
  PayerDesk desk;
  const auto reason_of = [&](const SubmitClaim& claim) { return desk.claim(desk.submit(claim)).reason; };
  auto claim = desk.claim_of("alice", 1'000);
  claim.total = 999;
  CHECK(reason_of(claim) == "CO-16");
  claim = desk.claim_of("alice", 1'000);
  claim.provider = "1234567890";
  CHECK(reason_of(claim) == "CO-16");
  claim.provider = "1993999998";
  CHECK(reason_of(claim) == "CO-B7");
  CHECK(reason_of(desk.claim_of("nobody", 1'000)) == "CO-31");
  claim = desk.claim_of("alice", 1'000);
  claim.from = claim.to = claim.lines[0].from = claim.lines[0].to = desk.day(-120);
  CHECK(reason_of(claim) == "PR-26");
  CHECK(reason_of(desk.claim_of("alice", 1'000, "15824")) == "PR-204");
  desk.submit(desk.claim_of("alice", 3'000));
  CHECK(reason_of(desk.claim_of("alice", 3'000)) == "OA-18");
}

TEST_CASE("what is not straightforward waits for a person, and is overdue when nobody comes") {
  PayerDesk desk;
  const auto ref = desk.submit(desk.claim_of("alice", 20'000, "99499"));
  CHECK(desk.claim(ref).state == "pended");
  CHECK(desk.claim(ref).reason == "unlisted");
  CHECK(effects_of(desk.chain.open()).empty());
  desk.chain.tick(11 * 86'400);
  desk.chain.mine_empty();
  auto effects = effects_of(desk.chain.open());
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].kind == "overdue");
  CHECK_REFUSED(desk.chain.offer("north", ReviewClaim{ref, true, {}}), "only the payer");
  desk.chain.act("south", ReviewClaim{ref, true, {}});
  desk.chain.mine();
  CHECK(desk.claim(ref).state == "paid");
  CHECK(desk.claim(ref).reviewer == desk.chain.account("south"));
  effects = effects_of(desk.chain.open());
  CHECK(effects.size() == 3);  // overdue, the rule's own, the payment
}

TEST_CASE("a reversal gives back exactly what was drawn, and flags who drew later") {
  PayerDesk desk;
  const auto first = desk.submit(desk.claim_of("alice", 10'000));
  auto later = desk.claim_of("alice", 8'000);
  later.lines[0].code = "99214";
  const auto second = desk.submit(later);
  CHECK(desk.used("alice").deductible == 10'000);
  desk.chain.act("north", ReverseClaim{first, "void"});
  desk.chain.mine();
  CHECK(desk.claim(first).state == "voided");
  CHECK(desk.claim(second).reprocess);
  CHECK(desk.used("alice").deductible == 2'000);
  CHECK_REFUSED(desk.chain.offer("north", ReverseClaim{first, "void"}), "already");
  desk.chain.act("south", ReopenClaim{second, "reversal"});
  desk.chain.mine();
  CHECK(!desk.claim(second).reprocess);
  CHECK(desk.used("alice").deductible == 6'400);
  const auto again = desk.submit(desk.claim_of("alice", 10'000));
  CHECK(desk.claim(again).state == "paid");
}

TEST_CASE("a replacement reverses its original in the same step") {
  PayerDesk desk;
  const auto original = desk.submit(desk.claim_of("alice", 20'000));
  auto corrected = desk.claim_of("alice", 15'000);
  corrected.frequency = 7;
  corrected.original = original;
  const auto ref = desk.submit(corrected);
  CHECK(desk.claim(original).state == "replaced");
  CHECK(desk.claim(original).replaced_by == ref);
  CHECK(desk.claim(ref).paid == 1'600);
  const auto effects = effects_of(desk.chain.open());
  REQUIRE(effects.size() == 3);
  CHECK(effects[1].kind == "recover");
  CHECK(effects[1].amount == 4'800);
}

TEST_CASE("a stale or disputed directory entry makes a claim wait") {
  PayerDesk desk;
  desk.chain.act("south", care::provider::AttestProvider{testing::bobs_npi, "name", "phone", "Robert Healer", true});
  desk.chain.mine();
  CHECK(desk.claim(desk.submit(desk.claim_of("alice", 2'000))).reason == "provider-disputed");
  desk.chain.act("north", care::provider::AttestProvider{testing::bobs_npi, "name", "primary-source", {}, false});
  desk.chain.mine();
  auto other = desk.claim_of("alice", 2'500);
  CHECK(desk.claim(desk.submit(other)).state == "pended");  // the first still waits: a suspect duplicate
  desk.chain.tick(95 * 86'400);
  CHECK(desk.claim(desk.submit(desk.claim_of("alice", 2'000))).reason == "provider-stale");
}

TEST_CASE("a remittance balances") {
  PayerDesk desk;
  const auto first = desk.submit(desk.claim_of("alice", 20'000));
  Remittance remittance{"south", "north",          testing::bobs_npi,
                        "trace", desk.chain.now(), {{first, desk.claim(first), false}}};
  const std::string text = remittance_835(remittance, 1);
  CHECK(text.find("BPR*I*48*C*NON") != std::string::npos);
  CHECK(text.find("SVC*HC:99213*200*48**1~") != std::string::npos);
  CHECK(text.find("CAS*PR*1*100~") != std::string::npos);
}
