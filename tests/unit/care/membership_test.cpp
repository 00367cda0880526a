// Grants to organisations and roles, and what ends them.

#include <doctest/doctest.h>

#include "libcore/care/decision.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

struct House : Clinic {
  ObjectRef record;
  House() {
    chain.act("north", chain.enrolment("bob", ledger::Kind::professional, "nurse"),
              chain.enrolment("carl", ledger::Kind::professional, "accountant"),
              chain.enrolment("clinic", ledger::Kind::organisation, "clinic"));
    chain.mine();
    chain.act("clinic", chain.enrolment("dora", ledger::Kind::professional, "nurse"));
    record = store("alice", "x", {"Observation"});
  }
  GrantAccess to_role(const std::string& organisation, const std::string& role) {
    GrantAccess grant = grant_of(organisation, {"*"});
    rule(grant).actors->front().role = role;
    return grant;
  }
  std::string reason(const std::string& who) { return answer_one(ask(who, record)).fields.reason; }
};

}  // namespace

TEST_CASE("what is granted to an organisation its members read, and nobody else") {
  House house;
  house.grant("alice", house.grant_of("north", {"Observation"}));
  house.chain.mine();
  CHECK(house.read("bob", house.answer_one(house.ask("bob", house.record))) == "x");
  CHECK(house.read("carl", house.answer_one(house.ask("carl", house.record))) == "x");
  CHECK(house.read("north", house.answer_one(house.ask("north", house.record))) == "x");
  CHECK(house.reason("dora") == "no-grant");
  CHECK(house.reason("south") == "no-grant");
  const auto later = house.store("alice", "new", {"Observation"});
  CHECK(house.read("bob", house.answer_one(house.ask("bob", later))) == "new");
}

TEST_CASE("a role at an organisation is that role at that organisation") {
  House house;
  house.grant("alice", house.to_role("north", "nurse"));
  house.chain.mine();
  CHECK(house.read("bob", house.answer_one(house.ask("bob", house.record))) == "x");
  CHECK(house.reason("carl") == "no-grant");
  CHECK(house.reason("dora") == "no-grant");   // a nurse elsewhere
  CHECK(house.reason("north") == "no-grant");  // not the organisation itself
}

TEST_CASE("a suspended member reads nothing, nor do the members of a suspended organisation") {
  House house;
  house.grant("alice", house.grant_of("clinic", {"*"}));
  house.grant("alice", house.grant_of("north", {"*"}));
  house.chain.mine();
  CHECK(house.reason("dora") == "granted");
  house.chain.seal("north", ledger::Suspend{house.chain.account("bob"), false});
  CHECK(house.reason("bob") == "suspended");
  CHECK(house.reason("carl") == "granted");
  house.chain.seal("north", ledger::Suspend{house.chain.account("clinic"), false});
  CHECK(house.reason("dora") == "no-grant");
  house.chain.seal("north", ledger::Suspend{house.chain.account("clinic"), true});
  CHECK(house.reason("dora") == "granted");
}

TEST_CASE("who leaves an organisation's grant open is still denied by name") {
  House house;
  house.grant("alice", house.grant_of("north", {"*"}));
  GrantAccess never = house.grant_of("carl", {"*"});
  rule(never).effect = Effect::deny;
  const auto denial = house.grant("alice", never);
  house.chain.mine();
  CHECK(house.reason("bob") == "granted");
  CHECK(house.reason("carl") == "denied");
  house.chain.seal("alice", RevokeAccess{denial});
  CHECK(house.reason("carl") == "granted");
}

TEST_CASE("a base rule speaks of anyone, and a denial of any grant overrides") {
  House house;
  GrantAccess opt_in;
  opt_in.policy.base = Effect::permit;
  const auto open = house.grant("alice", opt_in);
  house.chain.mine();
  CHECK(house.read("eve", house.answer_one(house.ask("eve", house.record))) == "x");
  GrantAccess opt_out;
  opt_out.policy.base = Effect::deny;
  const auto closed = house.grant("alice", opt_out);
  house.grant("alice", house.grant_of("bob", house.record));
  house.chain.mine();
  const Sent sent = house.answer_one(house.ask("bob", house.record));
  CHECK(sent.fields.reason == "denied");
  CHECK(sent.fields.grant == closed);
  house.chain.act("alice", RevokeAccess{closed}, RevokeAccess{open});
  house.chain.mine();
  CHECK(house.reason("bob") == "granted");
  CHECK(house.reason("eve") == "revoked");
}

TEST_CASE("other purposes than treatment open named data only, and no whole files") {
  House house;
  GrantAccess broad = house.grant_of("bob", {"*"});
  rule(broad).purposes = {{"HPAYMT"}};
  const auto first = house.grant("alice", broad);
  house.chain.mine();
  const auto asked = [&] { return house.answer_one(house.ask("bob", house.request({house.record}, "HPAYMT"))).fields; };
  CHECK(asked().reason == "minimum-necessary");
  GrantAccess named = house.grant_of("bob", {"Observation"});
  rule(named).purposes = {{"HPAYMT"}};
  house.grant("alice", named);
  house.chain.act("alice", RevokeAccess{first});
  house.chain.mine();
  CHECK(asked().reason == "granted");
  Request all = house.request({}, "HPAYMT");
  all.patient = house.chain.account("alice");
  CHECK(house.answer_one(house.ask("bob", all)).fields.reason == "whole-file");
  all.type = "Observation";
  all.nonce = Nonce(draw<Nonce::size>(house.chain.random()));
  CHECK(house.answer_one(house.ask("bob", all)).fields.reason == "granted");
}

TEST_CASE("ten thousand grants to an organisation don't lengthen a list") {
  House house;
  std::vector<ledger::NewOperation> operations;
  for (int i = 0; i < 1000; ++i) operations.push_back(ledger::operation(house.grant_of("north", {"Condition"})));
  house.chain.submit(house.chain.sign("carol", operations));
  house.grant("alice", house.grant_of("north", house.record));
  house.chain.mine();
  CHECK(house.reason("bob") == "granted");
  CHECK(house.reason("dora") == "no-grant");
}

}  // namespace carechain::care
