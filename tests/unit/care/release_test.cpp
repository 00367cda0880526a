// The main deed: a record is stored, asked for, released or refused, and opened.

#include "libcore/care/release.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "libcore/care/access_log.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;
namespace fs = std::filesystem;

std::vector<LogEntry> log_of(Clinic& clinic) {
  std::vector<LogEntry> entries;
  log_of_custodian(clinic.chain.look(), clinic.chain.account("north"),
                   [&](const LogEntry& entry, bool sealed) { if (sealed) entries.push_back(entry); });
  return entries;
}

// The reason of a request's refusal as a whole; demands that nothing comes with it.
std::string refused_whole(Clinic& clinic, ByteView request) {
  const Sent sent = clinic.answer_one(request);
  CHECK_FALSE(sent.fields.permit);
  CHECK_FALSE(sent.fields.capsule);
  CHECK_FALSE(sent.fields.record);
  CHECK(sent.data.empty());
  return sent.fields.reason;
}

}  // namespace

TEST_CASE("a record is refused, granted, read, revoked and refused again, and all of it is logged") {
  Clinic clinic;
  const auto record = clinic.store("alice", "the data", {"Observation"});

  const Sent before = clinic.answer_one(clinic.ask("bob", record));
  CHECK_FALSE(before.fields.permit);
  CHECK(before.fields.reason == "no-grant");
  CHECK(before.fields.record == record);
  CHECK_FALSE(before.fields.capsule);
  CHECK(before.data.empty());

  const auto grant = clinic.grant("alice", clinic.grant_of("bob", {"Observation"}));
  clinic.chain.mine();
  const Sent permitted = clinic.answer_one(clinic.ask("bob", record));
  CHECK(permitted.fields.permit);
  CHECK(permitted.fields.reason == "granted");
  CHECK(permitted.fields.grant == grant);
  CHECK(clinic.read("bob", permitted) == "the data");
  CHECK(clinic.chain.look().pending().size() == 1);  // the decision, before a byte went out

  clinic.chain.seal("alice", RevokeAccess{grant});
  const Sent after = clinic.answer_one(clinic.ask("bob", record));
  CHECK_FALSE(after.fields.permit);
  CHECK(after.fields.reason == "revoked");
  clinic.chain.mine();

  const auto log = log_of(clinic);
  REQUIRE(log.size() == 3);
  CHECK(log[0].reason == "no-grant");
  CHECK(log[1].permit);
  CHECK(log[1].grant == grant);
  CHECK(log[1].requester == clinic.chain.account("bob"));
  CHECK(log[1].patient == clinic.chain.account("alice"));
  CHECK(log[1].record == record);
  CHECK(log[1].purpose == "TREAT");
  CHECK(log[2].reason == "revoked");
  for (const LogEntry& entry : log) CHECK_FALSE(entry.unfounded);
}

TEST_CASE("a patient opens her own record") {
  Clinic clinic;
  const auto record = clinic.store("alice", "hers", {"Patient"});
  CHECK(clinic.read("alice", clinic.answer_one(clinic.ask("alice", record))) == "hers");
}

TEST_CASE("a request is good for one answer") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const Bytes request = clinic.ask("alice", record);
  CHECK(clinic.answer_one(request).fields.permit);
  CHECK(refused_whole(clinic, request) == "replayed");  // while the first is pending
  clinic.chain.mine();
  CHECK(refused_whole(clinic, request) == "replayed");  // and when it is sealed
}

TEST_CASE("a request is fresh or refused") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto aged = [&](std::int64_t seconds) {
    Request request = clinic.request({record});
    request.time.seconds -= seconds;
    return clinic.answer(clinic.ask("alice", request)).front().fields.reason;
  };
  CHECK(aged(300) == "own-record");
  CHECK(aged(301) == "stale");
  CHECK(aged(-60) == "own-record");
  CHECK(aged(-61) == "stale");
}

TEST_CASE("a request that is altered, unreadable or for somebody else is refused") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  Bytes altered = clinic.ask("alice", record);
  altered.back() ^= 1;
  CHECK(refused_whole(clinic, altered) == "altered");
  CHECK(refused_whole(clinic, Bytes{1, 2, 3}) == "unreadable");
  CHECK(refused_whole(clinic, Bytes{}) == "unreadable");
  Request south = clinic.request({record});
  south.custodian = clinic.chain.account("south");
  CHECK(refused_whole(clinic, clinic.ask("alice", south)) == "misaddressed");
  const Bytes elsewhere = sign_request(Hash{}, clinic.chain.person("alice").signer, clinic.request({record}));
  CHECK(refused_whole(clinic, elsewhere) == "altered");
  const Bytes as_release = ledger::sign_message(ledger::Word::release, clinic.chain.id(), clinic.chain.person("alice").signer,
                                                encoding::encode_fields(clinic.request({record})));
  CHECK(refused_whole(clinic, as_release) == "altered");
  CHECK(refused_whole(clinic, clinic.ask("alice", clinic.request({record}, "FUN"))) == "unknown-purpose");
  ObjectRef unknown = record;
  unknown.bytes[3] ^= 1;
  CHECK(refused_whole(clinic, clinic.ask("alice", unknown)) == "unknown-record");
  CHECK(refused_whole(clinic, clinic.ask("alice", clinic.request({}))) == "unknown-record");
  clinic.chain.mine();
  CHECK(log_of(clinic).size() == 9);  // what was refused is on the chain all the same
}

TEST_CASE("a key that was replaced asks for nothing") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  clinic.chain.act("alice", ledger::Rotate{clinic.chain.account("alice"), clinic.chain.account("alice's new key")});
  CHECK(refused_whole(clinic, clinic.ask("alice", record)) == "replaced-key");
  clinic.chain.mine();
  const Sent sent = clinic.answer_one(clinic.ask("alice's new key", record));
  CHECK(sent.fields.permit);
  CHECK(sent.fields.reason == "no-capsule");  // her records are not sealed to the new key yet
}

TEST_CASE("a pending grant does not permit yet, a pending revocation counts at once") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto grant = clinic.grant("alice", clinic.grant_of("bob", {"*"}));
  CHECK(clinic.answer_one(clinic.ask("bob", record)).fields.reason == "no-grant");
  clinic.chain.mine();
  CHECK(clinic.answer_one(clinic.ask("bob", record)).fields.permit);
  clinic.chain.act("alice", RevokeAccess{grant});
  const Sent sent = clinic.answer_one(clinic.ask("bob", record));
  CHECK_FALSE(sent.fields.permit);
  CHECK(sent.fields.reason == "revoked");
  clinic.chain.mine();
  for (const LogEntry& entry : log_of(clinic)) CHECK_FALSE(entry.unfounded);  // stricter than the chain is no lie
}

TEST_CASE("a pending suspension counts at once") {
  Clinic clinic;
  clinic.chain.seal("north", clinic.chain.enrolment("bob", ledger::Kind::professional, "physician"));
  const auto record = clinic.store("alice", "x", {"Observation"});
  clinic.grant("alice", clinic.grant_of("bob", {"*"}));
  clinic.chain.mine();
  clinic.chain.act("north", ledger::Suspend{clinic.chain.account("bob"), false});
  CHECK(clinic.answer_one(clinic.ask("bob", record)).fields.reason == "suspended");
}

TEST_CASE("each record of a request is decided by itself") {
  Clinic clinic;
  const auto observation = clinic.store("alice", "o", {"Observation"}), condition = clinic.store("alice", "c", {"Condition"});
  clinic.grant("alice", clinic.grant_of("bob", {"Observation"}));
  clinic.chain.mine();
  const auto both = clinic.answer(clinic.ask("bob", clinic.request({condition, observation})));
  REQUIRE(both.size() == 2);
  CHECK_FALSE(both[0].fields.permit);
  CHECK(both[0].fields.reason == "type-not-covered");
  CHECK(clinic.read("bob", both[1]) == "o");
  Request all = clinic.request({});
  all.patient = clinic.chain.account("alice");
  CHECK(clinic.answer(clinic.ask("alice", all)).size() == 2);
  all = clinic.request({});
  all.patient = clinic.chain.account("alice");
  all.type = "Condition";
  const auto one = clinic.answer(clinic.ask("alice", all));
  REQUIRE(one.size() == 1);
  CHECK(one[0].fields.record == condition);
  clinic.chain.mine();
  CHECK(log_of(clinic).size() == 5);
}

TEST_CASE("of two answers to one request at once, one wins") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const Bytes request = clinic.ask("alice", record);
  constexpr int processes = 6;
  std::array<int, 2> start{};
  REQUIRE(::pipe(start.data()) == 0);
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(start[1]);
      char go = 0;
      [[maybe_unused]] const auto ignored = ::read(start[0], &go, 1);  // until the parent closes its end
      int status = 2;
      try {
        const Random random = seeded_random("process " + std::to_string(i));
        const std::vector<SecretKey> seeds;
        Bytes transaction;
        const auto released = release({clinic.chain.layout(), clinic.chain.operations(), &clinic.vault(),
                                       clinic.chain.person("north").signer, seeds, clinic.chain.now(), random, {}},
                                      request, transaction);
        status = released.front().fields.permit ? 0 : released.front().fields.reason == "replayed" ? 1 : 2;
      } catch (...) {
      }
      ::_exit(status);
    }
    children.push_back(child);
  }
  ::close(start[0]);
  ::close(start[1]);
  std::array<int, 3> outcomes{};
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    ++outcomes[static_cast<std::size_t>(WEXITSTATUS(status))];
  }
  CHECK(outcomes == std::array<int, 3>{1, processes - 1, 0});
  CHECK(clinic.chain.mine().sealed.size() == processes);
}

namespace {

// A decision as a custodian might sign it who does not ask the rules.
DecideAccess claim(Clinic& clinic, const Bytes& request, const ObjectRef& record, bool permit) {
  const auto ledger = clinic.chain.open();
  DecideAccess decision;
  decision.request = request;
  decision.basis_height = ledger.tip().height;
  decision.basis_hash = ledger.tip().hash;
  decision.at = clinic.chain.now();
  decision.answers = {{record, permit, permit ? "granted" : "no-grant", {}}};
  return decision;
}

// What the chain says about such a decision once it is sealed; empty: it is founded.
std::string doubt_about(Clinic& clinic, const DecideAccess& decision) {
  const auto ref = clinic.chain.seal("north", decision);
  const auto evidence = unfounded.get(clinic.chain.open().state(), ref);
  const LogEntry last = log_of(clinic).back();
  CHECK(last.decision == ref);
  CHECK(last.unfounded.has_value() == evidence.has_value());
  return evidence ? evidence->why : "";
}

}  // namespace

TEST_CASE("a decision that the chain can't confirm is sealed as evidence against its custodian") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto fresh = [&] { return clinic.ask("bob", record); };
  CHECK(doubt_about(clinic, claim(clinic, fresh(), record, false)) == "");
  CHECK(doubt_about(clinic, claim(clinic, fresh(), record, true)) == "the chain says no-grant");

  const Bytes request = fresh();
  CHECK(doubt_about(clinic, claim(clinic, request, record, false)) == "");
  CHECK(doubt_about(clinic, claim(clinic, request, record, false)) == "the request was answered before");

  DecideAccess other_chain = claim(clinic, fresh(), record, false);
  other_chain.basis_hash.bytes[0] ^= 1;
  CHECK(doubt_about(clinic, other_chain).find("is not on this chain") != std::string::npos);
  DecideAccess ahead = claim(clinic, fresh(), record, false);
  ahead.basis_height += 5;
  CHECK(doubt_about(clinic, ahead).find("is not on this chain") != std::string::npos);
  DecideAccess late = claim(clinic, fresh(), record, false);
  late.at.seconds += 100'000;
  CHECK(doubt_about(clinic, late).find("after the block that holds it") != std::string::npos);
  DecideAccess stale = claim(clinic, fresh(), record, false);
  stale.at.seconds += 301;
  CHECK(doubt_about(clinic, stale).find("not fresh") != std::string::npos);
}

TEST_CASE("a permit on a grant that was revoked before its basis is unfounded") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto grant = clinic.grant("alice", clinic.grant_of("bob", {"*"}));
  clinic.chain.mine();
  const DecideAccess in_time = claim(clinic, clinic.ask("bob", record), record, true);
  clinic.chain.seal("alice", RevokeAccess{grant});
  CHECK(doubt_about(clinic, in_time) == "");  // decided before she revoked, sealed after it
  CHECK(doubt_about(clinic, claim(clinic, clinic.ask("bob", record), record, true)) == "the chain says revoked");
}

TEST_CASE("a decision about nothing that was asked is refused") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"}), other = clinic.store("alice", "y", {"Observation"});
  const Bytes request = clinic.ask("bob", record);
  const auto refused = [&](const std::string& who, const std::function<void(DecideAccess&)>& change, const char* words) {
    DecideAccess decision = claim(clinic, request, record, false);
    change(decision);
    const std::string reason = clinic.chain.offer(who, decision);
    CHECK_MESSAGE(reason.find(words) != std::string::npos, reason);
  };
  refused("north", [&](DecideAccess& d) { d.answers[0].record = other; }, "nobody asked for");
  refused("north", [](DecideAccess& d) { d.answers.clear(); }, "1 to 1000 records");
  refused("north", [](DecideAccess& d) { d.answers.resize(1001, d.answers[0]); }, "1 to 1000 records");
  refused("north", [](DecideAccess& d) { d.request.back() ^= 1; }, "signature does not hold");
  refused("north", [](DecideAccess& d) { d.request = {1}; }, "malformed");
  refused("north", [](DecideAccess& d) { d.answers[0].reason.clear(); }, "short code");
  refused("north", [](DecideAccess& d) { d.answers[0].reason = std::string(33, 'x'); }, "short code");
  refused("south", [](DecideAccess&) {}, "addressed to another custodian");
  refused("eve", [](DecideAccess&) {}, "addressed to another custodian");
}

TEST_CASE("FHIR files come out byte for byte as they went in") {
  Clinic clinic;
  std::vector<std::string> files;
  std::error_code missing;
  for (const char* directory : {"/fhir/hl7-examples", "/fhir/synthea"}) {
    std::size_t taken = 0;
    for (const auto& entry : fs::directory_iterator(TEST_SHARED_DATA + std::string(directory), missing))
      if (entry.is_regular_file() && taken++ < 12) files.push_back(entry.path());
  }
  if (files.empty()) MESSAGE("skipped, there are no FHIR files in ", TEST_SHARED_DATA);
  std::vector<std::pair<ObjectRef, std::string>> stored;
  stored.emplace_back(clinic.queue("alice", {}, {}), "");  // an empty file too
  for (const std::string& file : files) {
    const std::string content = store::read_file(file);
    stored.emplace_back(clinic.queue("alice", view_of(content), {"Bundle"}), content);
  }
  for (const std::size_t size : {65535, 65536, 65537})
    stored.emplace_back(clinic.queue("alice", Bytes(size, 0x41), {}), std::string(size, 'A'));
  clinic.chain.mine();
  for (const auto& [record, content] : stored)
    CHECK(clinic.read("alice", clinic.answer_one(clinic.ask("alice", record))) == content);
}

TEST_CASE("grants in force count when a record is stored, whoever stores it") {
  Clinic clinic;
  clinic.grant("alice", clinic.grant_of("bob", {"Observation"}));
  clinic.grant("alice", clinic.grant_of("eve", {"Condition"}));
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto kept = records.get(clinic.chain.open().state(), record);
  CHECK(clinic.vault().capsules(kept->handle).size() == 2);  // hers and Bob's
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", record))) == "x");
  CHECK(clinic.answer_one(clinic.ask("eve", record)).fields.reason == "type-not-covered");
}

TEST_CASE("keys travel from the patient to a grantee without the data") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  Request keys_only = clinic.request({record});
  keys_only.capsules_only = true;
  const Sent keys = clinic.answer_one(clinic.ask("alice", keys_only));
  CHECK(keys.fields.permit);
  CHECK(keys.data.empty());
  const auto checked = clinic.check("alice", keys);
  const auto deliver = [&](const std::string& signer) {
    const Bytes delivery = reseal(clinic.chain.id(), checked, clinic.chain.account("bob"),
                                  clinic.chain.person(signer).signer, clinic.chain.random());
    accept_delivery(clinic.chain.look(), clinic.vault(), delivery, clinic.chain.random());
    return delivery;
  };
  CHECK_THROWS_WITH_AS(deliver("eve"), doctest::Contains("that its signer does not have here"), Error);
  Bytes altered = deliver("alice");
  altered.back() ^= 1;
  CHECK_THROWS_WITH_AS(accept_delivery(clinic.chain.look(), clinic.vault(), altered, clinic.chain.random()),
                       doctest::Contains("signature does not hold"), Error);
  clinic.chain.seal("alice", clinic.grant_of("bob", record));
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", record))) == "x");
}

TEST_CASE("an answer opens for the one who asked, from the custodian who was asked") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const Sent good = clinic.answer_one(clinic.ask("alice", record));
  CHECK_THROWS_WITH_AS(clinic.check("bob", good), doctest::Contains("a request of somebody else"), Error);
  const auto signed_again = [&](const std::string& who, const std::function<void(Release&)>& change) {
    Sent sent = good;
    change(sent.fields);
    sent.message = ledger::sign_message(ledger::Word::release, clinic.chain.id(), clinic.chain.person(who).signer,
                                        encoding::encode_fields(sent.fields));
    return sent;
  };
  CHECK(clinic.read("alice", signed_again("north", [](Release&) {})) == "x");
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("south", [](Release&) {})), doctest::Contains("was addressed to"), Error);
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("north", [](Release& r) { r.record->bytes[0] ^= 1; })),
                       doctest::Contains("was not asked for"), Error);
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("north", [](Release& r) { r.request.back() ^= 1; })),
                       doctest::Contains("does not echo"), Error);
  Sent altered = good;
  altered.message.back() ^= 1;
  CHECK_THROWS_WITH_AS(clinic.check("alice", altered), doctest::Contains("signature on the release does not hold"), Error);
  altered.message = {0x84};
  CHECK_THROWS_WITH_AS(clinic.check("alice", altered), doctest::Contains("malformed"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.capsule.reset(); })),
                       doctest::Contains("carries no keys"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.handle->bytes[0] ^= 1; })),
                       doctest::Contains("does not open with this key"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.digest->bytes[0] ^= 1; })),
                       doctest::Contains("not what was recorded"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.root->bytes[0] ^= 1; })),
                       doctest::Contains("not the ciphertext"), Error);
}

TEST_CASE("data that was cut, altered, swapped or extended does not open") {
  Clinic clinic;
  std::string content(200'000, 'x');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i % 23);
  const auto record = clinic.store("alice", content, {"Observation"});
  const auto small = clinic.store("alice", "small", {"Observation"});
  const Sent good = clinic.answer_one(clinic.ask("alice", record));
  CHECK(clinic.read("alice", good) == content);
  const auto opens = [&](const std::function<void(Bytes&)>& change) {
    Sent bad = good;
    change(bad.data);
    try {
      clinic.read("alice", bad);
      return true;
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::no);
      return false;
    }
  };
  for (const std::size_t at : {0u, 4u, 40u, 68u, 70'000u, 200'000u}) CHECK_FALSE(opens([&](Bytes& d) { d[at] ^= 1; }));
  for (const std::size_t size : {0u, 67u, 68u, 68u + 65552u, 100'000u}) CHECK_FALSE(opens([&](Bytes& d) { d.resize(size); }));
  CHECK_FALSE(opens([](Bytes& d) { d.pop_back(); }));
  CHECK_FALSE(opens([](Bytes& d) { d.push_back(0); }));
  CHECK_FALSE(opens([](Bytes& d) { std::swap_ranges(d.begin() + 68, d.begin() + 68 + 65552, d.begin() + 68 + 65552); }));
  const Bytes other = clinic.answer_one(clinic.ask("alice", small)).data;
  CHECK_FALSE(opens([&](Bytes& d) { d = other; }));
}

TEST_CASE("without the patient's key nothing opens, and the decision stands") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  fs::remove_all(clinic.chain.layout().vault_patient_keys(1));
  const Sent sent = clinic.answer_one(clinic.ask("alice", record));
  CHECK(sent.fields.permit);
  CHECK(sent.fields.reason == "erased-or-elsewhere");
  CHECK_FALSE(sent.fields.capsule);
  CHECK(sent.data.empty());
  CHECK_THROWS_WITH_AS(clinic.read("alice", sent), doctest::Contains("carries no keys"), Error);
}

TEST_CASE("somebody who is no custodian releases nothing") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const std::vector<SecretKey> seeds;
  Bytes transaction;
  CHECK_THROWS_WITH_AS(release({clinic.chain.layout(), clinic.chain.operations(), nullptr, clinic.chain.person("eve").signer,
                                seeds, clinic.chain.now(), clinic.chain.random(), {}},
                               clinic.ask("alice", record), transaction),
                       doctest::Contains("not that of an enrolled custodian"), Error);
  CHECK(clinic.chain.look().pending().empty());
}

TEST_CASE("the log of a patient holds what was decided about her records only") {
  Clinic clinic;
  const auto hers = clinic.store("alice", "x", {"Observation"}), other = clinic.store("carol", "y", {"Observation"});
  clinic.answer(clinic.ask("bob", hers));
  clinic.answer(clinic.ask("bob", other));
  clinic.chain.mine();
  clinic.answer(clinic.ask("eve", hers));
  std::vector<std::pair<LogEntry, bool>> entries;
  const auto collect = [&](const LogEntry& entry, bool sealed) { entries.emplace_back(entry, sealed); };
  log_of_patient(clinic.chain.look(), clinic.chain.account("alice"), collect);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].first.requester == clinic.chain.account("bob"));
  CHECK(entries[0].second);
  CHECK(entries[1].first.requester == clinic.chain.account("eve"));
  CHECK_FALSE(entries[1].second);  // still pending
  for (const auto& [entry, sealed] : entries) CHECK(entry.record == hers);
  log_of_all(clinic.chain.look(), collect);
  CHECK(entries.size() == 2 + 3);
}

}  // namespace carechain::care
