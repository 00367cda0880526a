#include "libcore/care/challenge.hpp"

#include <doctest/doctest.h>

#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

LittleChain::Settings demanding(std::uint64_t seconds) {
  LittleChain::Settings settings;
  settings.privacy = ledger::Privacy{{}, {}, {}, seconds};
  return settings;
}

Bytes challenge_of(Clinic& clinic, const std::string& who = "north", std::uint64_t seconds = 100) {
  LittleChain& chain = clinic.chain;
  return make_challenge(chain.id(), chain.person(who).signer, chain.account("north"), seconds, chain.now(),
                        chain.random());
}

std::string answer_to(Clinic& clinic, const ObjectRef& record, std::optional<Bytes> challenge) {
  Request request = clinic.request({record});
  request.challenge = std::move(challenge);
  return clinic.answer_one(clinic.ask("alice", request)).fields.reason;
}

}  // namespace

TEST_CASE("where the constitution demands it, a request answers a challenge: the custodian's, fresh, once") {
  Clinic clinic(demanding(120));
  const auto record = clinic.store("alice", "x", {});
  CHECK(answer_to(clinic, record, {}) == "no-challenge");
  const Bytes good = challenge_of(clinic);
  CHECK(answer_to(clinic, record, good) == "own-record");
  CHECK(answer_to(clinic, record, good) == "used-challenge");  // pending counts
  clinic.chain.mine();
  CHECK(answer_to(clinic, record, good) == "used-challenge");
  CHECK(answer_to(clinic, record, challenge_of(clinic, "south")) == "stale-challenge");
  CHECK(answer_to(clinic, record, challenge_of(clinic, "alice")) == "stale-challenge");
  CHECK(answer_to(clinic, record, Bytes{1, 2}) == "stale-challenge");
  CHECK(answer_to(clinic, record, challenge_of(clinic, "north", 1000)) == "stale-challenge");  // longer than it may be
  const Bytes old = challenge_of(clinic);
  clinic.chain.tick(100);
  CHECK(answer_to(clinic, record, old) == "own-record");  // its last second
  const Bytes older = challenge_of(clinic);
  clinic.chain.tick(101);
  CHECK(answer_to(clinic, record, older) == "stale-challenge");
}

TEST_CASE("elsewhere a challenge may be answered all the same, and a bad one is refused") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {});
  CHECK(answer_to(clinic, record, {}) == "own-record");
  const Bytes good = challenge_of(clinic);
  CHECK(answer_to(clinic, record, good) == "own-record");
  CHECK(answer_to(clinic, record, good) == "used-challenge");
  CHECK(answer_to(clinic, record, Bytes{}) == "stale-challenge");
}

TEST_CASE("a decision on a request that answers no challenge is evidence against its custodian") {
  Clinic clinic(demanding(60));
  LittleChain& chain = clinic.chain;
  const auto record = clinic.store("alice", "x", {});
  const auto decide_on = [&](std::optional<Bytes> challenge) {
    Request request = clinic.request({record});
    request.challenge = std::move(challenge);
    DecideAccess decision;
    decision.request = clinic.ask("alice", request);
    decision.basis_height = chain.open().tip().height;
    decision.basis_hash = chain.open().tip().hash;
    decision.at = chain.now();
    decision.answers = {{record, true, "own-record", {}}};
    const auto ref = chain.seal("north", decision);
    const auto why = unfounded.get(chain.open().state(), ref);
    return why ? why->why : std::string();
  };
  const Bytes good = challenge_of(clinic, "north", 60);
  CHECK(decide_on(good).empty());
  CHECK(decide_on({}).find("demands") != std::string::npos);
  CHECK(decide_on(good).find("answered before") == std::string::npos);  // a block later it is stale besides
}

}  // namespace carechain::care
