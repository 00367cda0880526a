#include "libcore/care/emergency.hpp"

#include <doctest/doctest.h>

#include "libcore/care/access_log.hpp"
#include "libcore/care/emergency_reason.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

struct Ward : Clinic {
  ObjectRef record;
  StatedReason reason = state_reason("unconscious", chain.random());

  Ward() {
    chain.act("north", chain.enrolment("bob", ledger::Kind::professional, "physician"),
              chain.enrolment("clerk", ledger::Kind::professional, "clerk"),
              chain.enrolment("officer", ledger::Kind::professional, "privacy-officer"));
    record = store("alice", "the data", {"AllergyIntolerance"});
  }
  Request emergency(bool with_reason = true, const std::string& purpose = "ETREAT") {
    Request request = Clinic::request({record}, purpose);
    if (with_reason) request.reason = digest_of(reason);
    return request;
  }
  Sent ask_with_reason(const std::string& who, const Request& request, std::optional<StatedReason> given) {
    std::vector<SecretKey> seeds;
    seeds.push_back(chain.person("north").seed.clone());
    Bytes transaction;
    auto released = release({chain.layout(),
                             chain.operations(),
                             &vault(),
                             chain.person("north").signer,
                             seeds,
                             chain.now(),
                             chain.random(),
                             {},
                             std::move(given)},
                            ask(who, request), transaction);
    Sent sent{released.front().fields, released.front().message, Bytes(released.front().fields.bytes)};
    if (released.front().data) released.front().data->read_at(0, sent.data);
    return sent;
  }
  Sent break_glass(const std::string& who = "bob") { return ask_with_reason(who, emergency(), reason); }
};

}  // namespace

TEST_CASE("a clinician reads in an emergency, with a reason, and the review is due") {
  Ward ward;
  CHECK(ward.answer_one(ward.ask("bob", ward.emergency(false))).fields.reason == "reason-missing");
  CHECK(ward.break_glass("clerk").fields.reason == "no-grant");
  CHECK(ward.break_glass("eve").fields.reason == "no-grant");
  CHECK(ward.ask_with_reason("bob", ward.emergency(), {}).fields.reason == "reason-unknown");
  CHECK(ward.ask_with_reason("bob", ward.emergency(), state_reason("other", ward.chain.random())).fields.reason ==
        "reason-unknown");
  CHECK(ward.ask_with_reason("bob", ward.emergency(true, "TREAT"), ward.reason).fields.reason == "no-grant");

  const Sent sent = ward.break_glass();
  CHECK(sent.fields.reason == "emergency");
  CHECK(ward.read("bob", sent) == "the data");
  ward.chain.mine();
  const auto ledger = ward.chain.open();
  const auto emergency = emergencies.get(ledger.state(), *sent.fields.decision);
  REQUIRE(emergency);
  CHECK(emergency->requester == ward.chain.account("bob"));
  CHECK(emergency->patients == std::vector{ward.chain.account("alice")});
  CHECK(emergency->reason == digest_of(ward.reason));
  CHECK(emergency->expires.seconds - emergency->opened.seconds == 86400);
  CHECK(emergency->due.seconds - emergency->opened.seconds == 3 * 86400);
  CHECK(kept_reason(ward.chain.layout(), ward.vault(), ward.chain.account("alice"), *emergency->reason) ==
        "unconscious");
}

TEST_CASE("an emergency goes on without another reason until it expires") {
  Ward ward;
  const Sent first = ward.break_glass();
  ward.chain.mine();
  ward.chain.tick(86000);
  const Sent again = ward.answer_one(ward.ask("bob", ward.emergency(false, "BTG")));
  CHECK(again.fields.permit);
  CHECK(again.fields.grant == first.fields.decision);
  ward.chain.mine();
  CHECK_FALSE(emergencies.get(ward.chain.open().state(), *again.fields.decision));  // no second review
  ward.chain.tick(500);
  CHECK(ward.answer_one(ward.ask("bob", ward.emergency(false))).fields.reason == "reason-missing");
  log_of_custodian(ward.chain.look(), ward.chain.account("north"),
                   [](const LogEntry& entry, bool) { CHECK_FALSE(entry.unfounded); });
}

TEST_CASE("a suspended clinician, or one whose organisation is, breaks no glass") {
  Ward ward;
  ward.chain.seal("north", ledger::Suspend{ward.chain.account("bob"), false});
  CHECK(ward.break_glass().fields.reason == "suspended");
}

TEST_CASE("an emergency opens what the patient denies, and nothing to others") {
  Ward ward;
  GrantAccess never = ward.grant_of("bob", {"*"});
  rule(never).effect = Effect::deny;
  rule(never).purposes.reset();
  ward.grant("alice", never);
  ward.chain.mine();
  CHECK(ward.answer_one(ward.ask("bob", ward.request({ward.record}))).fields.reason == "denied");
  CHECK(ward.break_glass().fields.permit);
  ward.chain.mine();
  CHECK(ward.answer_one(ward.ask("clerk", ward.emergency(false))).fields.reason == "no-grant");
}

TEST_CASE("who broke the glass does not review it, and a review is given once") {
  Ward ward;
  const Sent sent = ward.break_glass();
  ward.chain.mine();
  const ReviewEmergency review{*sent.fields.decision, Review::unjustified};
  CHECK(ward.chain.offer("bob", review).find("who broke the glass") != std::string::npos);
  CHECK(ward.chain.offer("clerk", review).find("privacy-officer") != std::string::npos);
  CHECK(ward.chain.offer("south", review).find("privacy-officer") != std::string::npos);
  CHECK(ward.chain.offer("officer", ReviewEmergency{ward.record, Review::justified}).find("no emergency") !=
        std::string::npos);
  ward.chain.seal("officer", review);
  CHECK(ward.chain.offer("north", review).find("reviewed already") != std::string::npos);
  const auto emergency = emergencies.get(ward.chain.open().state(), *sent.fields.decision);
  CHECK(emergency->finding == Review::unjustified);
  CHECK(emergency->reviewer == ward.chain.account("officer"));
}

TEST_CASE("a permit that hides an emergency is evidence, and still owes its review") {
  Ward ward;
  const auto ledger = ward.chain.open();
  DecideAccess claim;
  claim.request = ward.ask("bob", ward.emergency());
  claim.basis_height = ledger.tip().height;
  claim.basis_hash = ledger.tip().hash;
  claim.at = ward.chain.now();
  claim.answers = {{ward.record, true, "granted", {}}};
  const auto ref = ward.chain.seal("north", claim);
  CHECK(unfounded.get(ward.chain.open().state(), ref)->why == "the chain says emergency");
  CHECK(emergencies.get(ward.chain.open().state(), ref));
}

TEST_CASE("a reason travels sealed and bound to its digest") {
  Ward ward;
  const Hash& id = ward.chain.id();
  std::vector<SecretKey> seeds;
  seeds.push_back(ward.chain.person("north").seed.clone());
  const Bytes message = reason_message(id, ward.chain.person("bob").signer, ward.reason, ward.chain.account("north"),
                                       ward.chain.random());
  CHECK(read_reason_message(id, message, seeds)->text == "unconscious");
  CHECK(text_of(message).find("unconscious") == std::string_view::npos);
  CHECK_FALSE(read_reason_message(Hash{}, message, seeds));
  std::vector<SecretKey> others;
  others.push_back(ward.chain.person("south").seed.clone());
  CHECK_FALSE(read_reason_message(id, message, others));
  for (std::size_t i = 0; i < message.size(); ++i) {
    Bytes altered = message;
    altered[i] ^= 1;
    CHECK_FALSE(read_reason_message(id, altered, seeds));
  }
  CHECK_THROWS_WITH_AS(state_reason("", ward.chain.random()), doctest::Contains("a reason is"), Error);
  CHECK_THROWS_AS(state_reason(std::string(5000, 'x'), ward.chain.random()), Error);
}

}  // namespace carechain::care
