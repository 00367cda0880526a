#include "libcore/care/decision.hpp"

#include <doctest/doctest.h>

#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using testing::LittleChain;
using testing::rule;

// Records, grants and standings put on a chain by their operations, without any data behind them.
struct Stage {
  LittleChain chain;

  ObjectRef record(const std::string& patient, std::vector<std::string> types) {
    PutRecord put;
    put.handle = RecordHandle(draw<RecordHandle::size>(chain.random()));
    put.patient = chain.account(patient);
    put.types = std::move(types);
    put.media = "application/fhir+json";
    put.root = Hash{};
    return chain.seal("north", put);
  }
  GrantAccess to(const std::string& who, std::vector<std::string> types = {"*"}) {
    return testing::reading(chain.account(who), std::move(types));
  }
  Verdict ask(const std::string& who, const ObjectRef& record, const std::string& purpose = "TREAT") {
    return ask_at(chain.open().tip().height, who, record, purpose);
  }
  Verdict ask_at(std::uint64_t height, const std::string& who, const ObjectRef& record,
                 const std::string& purpose = "TREAT", std::optional<Time> time = {}) {
    return decide(chain.open().state(), {record, chain.account(who), purpose, height, time.value_or(chain.now())});
  }
};

}  // namespace

TEST_CASE("a patient reads her own record, nobody else does without a grant") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  CHECK(stage.ask("alice", record) == Verdict{true, "own-record", {}});
  CHECK(stage.ask("alice", record, "HMARKT").permit);  // for whatever purpose
  CHECK(stage.ask("bob", record) == Verdict{false, "no-grant", {}});
  CHECK(stage.ask("north", record) == Verdict{false, "no-grant", {}});  // not even the custodian
  ObjectRef other = record;
  other.bytes[0] ^= 1;
  CHECK(stage.ask("alice", other) == Verdict{false, "unknown-record", {}});
}

TEST_CASE("a grant opens what it names to whom it names") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  const auto others = stage.record("carol", {"Observation"});
  const auto grant = stage.chain.seal("alice", stage.to("bob"));
  CHECK(stage.ask("bob", record) == Verdict{true, "granted", grant, "provisions[0]"});
  CHECK(stage.ask("bob", others) == Verdict{false, "no-grant", {}});
  CHECK(stage.ask("eve", record) == Verdict{false, "no-grant", {}});
  const auto later = stage.record("alice", {"Condition"});
  CHECK(stage.ask("bob", later) == Verdict{true, "granted", grant, "provisions[0]"});
}

TEST_CASE("a grant stands in the state as the table describes it, whatever is in it") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  GrantAccess named = stage.to("bob", {"Condition", "Observation"});
  rule(named).records = {record};
  rule(named).until = Time{1'900'000'000};
  Provision& exception = rule(named).provisions.emplace_back();
  exception.effect = Effect::deny;
  exception.labels = {{"R", "V"}};
  named.policy.provisions.push_back(rule(named));
  GrantAccess opt_in;
  opt_in.policy.base = Effect::permit;
  GrantAccess both = named;
  both.policy.base = Effect::deny;
  for (const GrantAccess& grant : {stage.to("bob"), named, opt_in, both}) {
    const ObjectRef ref = stage.chain.seal("alice", grant);
    const ledger::Ledger ledger = stage.chain.open();
    const Grant expected{stage.chain.account("alice"), grant.policy, ledger.tip().height, {}};
    CHECK(*ledger.state().get(grants.key(ref)) == text_of(encoding::encode_fields(expected)));
  }
}

TEST_CASE("a grant of one record opens that record only") {
  Stage stage;
  const auto one = stage.record("alice", {"Observation"}), other = stage.record("alice", {"Observation"});
  GrantAccess grant = stage.to("bob");
  rule(grant).types.reset();
  rule(grant).records = {one};
  const auto ref = stage.chain.seal("alice", grant);
  CHECK(stage.ask("bob", one) == Verdict{true, "granted", ref, "provisions[0]"});
  CHECK(stage.ask("bob", other) == Verdict{false, "no-grant", {}});
}

TEST_CASE("a grant for a purpose covers the kinds of that purpose") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  GrantAccess research = stage.to("bob", {"Observation"});
  rule(research).purposes = {{"HRESCH", "HPAYMT"}};
  const auto ref = stage.chain.seal("alice", research);
  CHECK(stage.ask("bob", record, "CLINTRCH") == Verdict{true, "granted", ref, "provisions[0]"});
  CHECK(stage.ask("bob", record, "HPAYMT").permit);
  CHECK(stage.ask("bob", record, "TREAT") == Verdict{false, "purpose-not-covered", ref});
  CHECK(stage.ask("bob", record, "nonsense") == Verdict{false, "purpose-not-covered", ref});
}

TEST_CASE("a grant holds from its first to its last second") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  const Time first{stage.chain.now().seconds + 1000}, last{stage.chain.now().seconds + 2000};
  GrantAccess grant = stage.to("bob");
  rule(grant).from = first;
  rule(grant).until = last;
  const auto ref = stage.chain.seal("alice", grant);
  const auto at = [&](std::int64_t seconds) { return stage.ask_at(2, "bob", record, "TREAT", Time{seconds}); };
  CHECK(at(first.seconds - 1) == Verdict{false, "not-yet-valid", ref});
  CHECK(at(first.seconds) == Verdict{true, "granted", ref, "provisions[0]"});
  CHECK(at(last.seconds) == Verdict{true, "granted", ref, "provisions[0]"});
  CHECK(at(last.seconds + 1) == Verdict{false, "expired", ref});
}

TEST_CASE("the past stays as it was, whatever happens later") {
  Stage stage;
  stage.chain.seal("north", stage.chain.enrolment("bob", ledger::Kind::professional, "physician"));  // 1
  const auto record = stage.record("alice", {"Observation"});                                        // 2
  stage.chain.mine_empty();                                                                          // 3
  const auto first = stage.chain.seal("alice", stage.to("bob"));                                     // 4
  stage.chain.mine_empty();                                                                          // 5
  stage.chain.seal("alice", RevokeAccess{first});                                                    // 6
  const auto second = stage.chain.seal("alice", stage.to("bob", {"Observation"}));                   // 7
  stage.chain.seal("north", ledger::Suspend{stage.chain.account("bob"), false});                     // 8
  stage.chain.seal("north", ledger::Suspend{stage.chain.account("bob"), true});                      // 9
  stage.chain.seal("alice", RevokeAccess{second});                                                   // 10
  struct Case {
    std::uint64_t height;
    Verdict verdict;
  };
  for (const Case& due : std::vector<Case>{{1, {false, "unknown-record", {}}},
                                           {2, {false, "not-yet-valid", second}},
                                           {3, {false, "not-yet-valid", second}},
                                           {4, {true, "granted", first}},
                                           {5, {true, "granted", first}},
                                           {6, {false, "not-yet-valid", second}},
                                           {7, {true, "granted", second}},
                                           {8, {false, "suspended", {}}},
                                           {9, {true, "granted", second}},
                                           {10, {false, "revoked", second}}}) {
    const Verdict found = stage.ask_at(due.height, "bob", record);
    CHECK_MESSAGE(found.permit == due.verdict.permit, due.height);
    CHECK_MESSAGE(found.reason == due.verdict.reason, due.height);
    CHECK_MESSAGE(found.grant == due.verdict.grant, due.height);
  }
}

TEST_CASE("what was decided at a height is decided again from any later state") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});  // 1
  std::vector<Verdict> at_its_time;
  std::vector<Time> times;
  const auto remember = [&] {
    times.push_back(stage.chain.now());
    at_its_time.push_back(stage.ask("bob", record));
  };
  remember();
  const auto grant = stage.chain.seal("alice", stage.to("bob"));
  remember();
  stage.chain.seal("alice", RevokeAccess{grant});
  remember();
  GrantAccess short_grant = stage.to("bob");
  rule(short_grant).until = Time{stage.chain.now().seconds + 90};
  stage.chain.seal("alice", short_grant);
  remember();
  stage.chain.mine_empty();
  remember();
  for (std::size_t i = 0; i < times.size(); ++i)
    CHECK_MESSAGE(stage.ask_at(1 + i, "bob", record, "TREAT", times[i]).permit == at_its_time[i].permit, i);
  CHECK(at_its_time[1].permit);
  CHECK(at_its_time[3].permit);
  CHECK_FALSE(at_its_time[4].permit);
}

TEST_CASE("one of several grants is enough, and the nearest one names the reason") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  stage.chain.seal("alice", stage.to("bob", {"Condition"}));
  CHECK(stage.ask("bob", record).reason == "type-not-covered");
  GrantAccess payment = stage.to("bob");
  rule(payment).purposes = {{"HPAYMT"}};
  const auto second = stage.chain.seal("alice", payment);
  stage.chain.seal("alice", stage.to("bob", {"Patient"}));
  CHECK(stage.ask("bob", record) == Verdict{false, "purpose-not-covered", second});
  const auto third = stage.chain.seal("alice", stage.to("bob", {"Observation"}));
  CHECK(stage.ask("bob", record) == Verdict{true, "granted", third, "provisions[0]"});
  stage.chain.seal("alice", RevokeAccess{third});
  CHECK(stage.ask("bob", record) == Verdict{false, "revoked", third});
}

TEST_CASE("the suspended and those whose standing has ended read nothing") {
  Stage stage;
  auto bob = stage.chain.enrolment("bob", ledger::Kind::professional, "physician");
  bob.until = Time{stage.chain.now().seconds + 5000};
  stage.chain.seal("north", bob);
  const auto record = stage.record("alice", {"Observation"});
  stage.chain.seal("alice", stage.to("bob"));
  CHECK(stage.ask("bob", record).permit);
  CHECK(stage.ask_at(3, "bob", record, "TREAT", bob.until).permit);
  CHECK(stage.ask_at(3, "bob", record, "TREAT", Time{bob.until->seconds + 1}).reason == "suspended");
  stage.chain.seal("north", ledger::Suspend{bob.account, false});
  CHECK(stage.ask("bob", record).reason == "suspended");
}

TEST_CASE("a grant follows the account, not the key") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  stage.chain.seal("alice", stage.to("bob"));
  stage.chain.seal("bob", ledger::Rotate{stage.chain.account("bob"), stage.chain.account("bob's new key")});
  CHECK(ledger::account_of(stage.chain.open().state(), stage.chain.account("bob's new key")) ==
        stage.chain.account("bob"));
  CHECK(stage.ask("bob", record).permit);
}

TEST_CASE("grants that make no sense are refused") {
  Stage stage;
  const auto record = stage.record("alice", {"Observation"});
  const auto refused = [&](const std::string& who, const std::function<void(GrantAccess&)>& change) {
    GrantAccess grant = stage.to("bob");
    change(grant);
    return stage.chain.offer(who, grant);
  };
  const auto about = [](const std::string& reason, const char* words) {
    CHECK_MESSAGE(reason.find(words) != std::string::npos, reason);
  };
  about(refused("alice", [&](GrantAccess& g) { rule(g).actors = {{stage.chain.account("alice"), {}}}; }), "to oneself");
  about(refused("alice", [](GrantAccess& g) { rule(g).actors = {{PublicKey{}, {}}}; }), "not a sound");
  about(refused("alice", [](GrantAccess& g) { g.policy.provisions.clear(); }), "a base rule or at least one");
  about(refused("alice", [](GrantAccess& g) { rule(g).types.emplace(); }), "stands for anything");
  about(refused("alice", [](GrantAccess& g) { rule(g).actors.emplace(); }), "or leaves them out");
  about(refused("alice", [](GrantAccess& g) { rule(g).types = {{"b", "a"}}; }), "sorted");
  about(refused("alice", [](GrantAccess& g) { rule(g).types = {{"a", "a"}}; }), "sorted, distinct");
  about(refused("alice", [](GrantAccess& g) { rule(g).types = {{"Obs.1"}}; }), "resource types");
  about(refused("alice", [](GrantAccess& g) { rule(g).purposes = {{"because of fun"}}; }), "never text");
  about(refused("alice", [](GrantAccess& g) { rule(g).labels = {{"Jane Doe"}}; }), "never text");
  about(refused("alice", [](GrantAccess& g) { rule(g).codes = {{"for my leg"}}; }), "without blanks");
  about(refused("alice", [](GrantAccess& g) { rule(g).actors->front().role = "Dr House"; }), "not a role");
  about(refused("alice", [](GrantAccess& g) { rule(g).from = Time{2}, rule(g).until = Time{1}; }),
        "ends before it begins");
  about(refused("eve", [&](GrantAccess& g) { rule(g).records = {record}; }), "only the patient");
  about(refused("alice", [](GrantAccess& g) { rule(g).records = {ObjectRef{}}; }), "no such record");
  about(refused("alice",
                [](GrantAccess& g) {
                  for (int i = 0; i < 4; ++i) {
                    Provision around;
                    around.provisions = g.policy.provisions;
                    g.policy.provisions = {around};
                  }
                }),
        "at most 4 deep");
  about(refused("alice", [](GrantAccess& g) { g.policy.provisions.resize(257, rule(g)); }), "at most 256");
  CHECK(refused("alice", [](GrantAccess& g) { rule(g).from = rule(g).until = Time{2}; }) == "");
  CHECK(refused("alice", [](GrantAccess& g) { rule(g).purposes = {{"FUN"}}; }) == "");  // unknown: permits nothing
}

TEST_CASE("only she who granted revokes, once") {
  Stage stage;
  const auto grant = stage.chain.seal("alice", stage.to("bob"));
  CHECK(stage.chain.offer("bob", RevokeAccess{grant}).find("only the patient") != std::string::npos);
  CHECK(stage.chain.offer("north", RevokeAccess{grant}).find("only the patient") != std::string::npos);
  CHECK(stage.chain.offer("alice", RevokeAccess{}).find("no such grant") != std::string::npos);
  stage.chain.seal("alice", RevokeAccess{grant});
  CHECK(stage.chain.offer("alice", RevokeAccess{grant}).find("revoked already") != std::string::npos);
  const Bytes expiring = stage.chain.sign("alice", {ledger::operation(RevokeAccess{grant})}, stage.chain.now());
  CHECK(stage.chain.submit(expiring).reason.find("'until'") != std::string::npos);
}

TEST_CASE("only organisations keep records, of people who are nothing else") {
  Stage stage;
  stage.chain.seal("north", stage.chain.enrolment("bob", ledger::Kind::professional, "physician"));
  PutRecord put;
  put.patient = stage.chain.account("alice");
  put.types = {"Observation"};
  put.media = "application/fhir+json";
  const auto refused = [&](const std::string& who, const std::function<void(PutRecord&)>& change) {
    PutRecord bad = put;
    change(bad);
    return stage.chain.offer(who, bad);
  };
  const auto about = [](const std::string& reason, const char* words) {
    CHECK_MESSAGE(reason.find(words) != std::string::npos, reason);
  };
  about(refused("bob", [](PutRecord&) {}), "only an enrolled organisation");
  about(refused("eve", [](PutRecord&) {}), "only an enrolled organisation");
  about(refused("north", [](PutRecord& p) { p.types = {"b", "a"}; }), "sorted");
  about(refused("north", [](PutRecord& p) { p.media = "a b"; }), "media type");
  about(refused("north", [](PutRecord& p) { p.media.clear(); }), "media type");
  about(refused("north", [](PutRecord& p) { p.version = 0; }), "versions count from 1");
  about(refused("north", [](PutRecord& p) { p.patient = PublicKey{}; }), "not a sound");
  about(refused("north", [&](PutRecord& p) { p.patient = stage.chain.account("bob"); }), "enrolled as something else");
  stage.chain.seal("north", put);
  about(stage.chain.offer("south", stage.chain.enrolment("alice", ledger::Kind::professional, "nurse")), "");
  CHECK_FALSE(stage.chain.offer("south", stage.chain.enrolment("alice", ledger::Kind::professional, "nurse")).empty());
}

TEST_CASE("every reason has its explanation") {
  for (const char* code : {"own-record", "granted", "unknown-record", "suspended", "no-grant", "revoked", "expired",
                           "not-yet-valid", "purpose-not-covered", "type-not-covered"})
    CHECK_MESSAGE(explain_reason(code) != code, code);
  CHECK(explain_reason("something-else") == "something-else");
}

}  // namespace carechain::care
