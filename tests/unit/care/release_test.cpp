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
  log_of_custodian(clinic.chain.look(), clinic.chain.account("north"), [&](const LogEntry& entry, bool sealed) {
    if (sealed) entries.push_back(entry);
  });
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
  const Bytes as_release =
      ledger::sign_message(ledger::Word::release, clinic.chain.id(), clinic.chain.person("alice").signer,
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
  CHECK(sent.fields.reason == "own-record");
  CHECK(sent.fields.reader == clinic.chain.account("alice"));  // sealed to her older key, which she keeps with the new
  clinic.chain.act("north", clinic.chain.enrolment("bob", ledger::Kind::professional, "doctor"));
  clinic.grant("bob", clinic.grant_of("carol", {"*"}));  // somebody else's grants and keys change nothing
  CHECK(clinic.answer_one(clinic.ask("bob", record)).fields.reason == "no-grant");
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
  const auto observation = clinic.store("alice", "o", {"Observation"}),
             condition = clinic.store("alice", "c", {"Condition"});
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
        const auto released = release({clinic.chain.layout(),
                                       clinic.chain.operations(),
                                       &clinic.vault(),
                                       clinic.chain.person("north").signer,
                                       seeds,
                                       clinic.chain.now(),
                                       random,
                                       {}},
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
  CHECK_THROWS_WITH_AS(release({clinic.chain.layout(),
                                clinic.chain.operations(),
                                nullptr,
                                clinic.chain.person("eve").signer,
                                seeds,
                                clinic.chain.now(),
                                clinic.chain.random(),
                                {}},
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
