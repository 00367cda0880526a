// What the chain makes of a custodian's decisions that the rules do not confirm.

#include <doctest/doctest.h>

#include "libcore/care/access_log.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

std::vector<LogEntry> log_of(Clinic& clinic) {
  std::vector<LogEntry> entries;
  log_of_custodian(clinic.chain.look(), clinic.chain.account("north"), [&](const LogEntry& entry, bool sealed) {
    if (sealed) entries.push_back(entry);
  });
  return entries;
}

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

TEST_CASE("going back in time wins nothing") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  GrantAccess grant = clinic.grant_of("bob", {"*"});
  rule(grant).until = Time{clinic.chain.now().seconds + 100};
  clinic.grant("alice", grant);
  clinic.chain.mine();
  CHECK(doubt_about(clinic, claim(clinic, clinic.ask("bob", record), record, true)) == "");
  clinic.chain.tick(200);
  clinic.chain.mine_empty();  // the basis is newer than the grant's end
  const auto backdated = [&](std::int64_t seconds) {
    Request request = clinic.request({record});
    request.time.seconds -= seconds;
    DecideAccess decision = claim(clinic, clinic.ask("bob", request), record, true);
    decision.at = request.time;
    return doubt_about(clinic, decision);
  };
  CHECK(backdated(300) == "the chain says expired");
  CHECK(backdated(20'000) == "it says that it was made before its basis was sealed");
}

TEST_CASE("a basis that was long out of date is evidence too") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto grant = clinic.grant("alice", clinic.grant_of("bob", {"*"}));
  clinic.chain.mine();
  DecideAccess old = claim(clinic, Bytes{}, record, true);
  clinic.chain.seal("alice", RevokeAccess{grant});
  clinic.chain.tick(6000);
  old.request = clinic.ask("bob", record);
  old.at = clinic.chain.now();
  CHECK(doubt_about(clinic, old) == "");  // within what clocks and copies may lag
  clinic.chain.tick(6000);
  old.request = clinic.ask("bob", record);
  old.at = clinic.chain.now();
  CHECK(doubt_about(clinic, old) == "its basis was out of date when it was made");
}

TEST_CASE("a permit for another reason, or by another grant, than the chain's is evidence") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  clinic.grant("alice", clinic.grant_of("bob", {"*"}));
  clinic.chain.mine();
  DecideAccess emergency = claim(clinic, clinic.ask("bob", record), record, true);
  emergency.answers[0].reason = "emergency";
  CHECK(doubt_about(clinic, emergency) == "the chain says granted");
  DecideAccess other = claim(clinic, clinic.ask("bob", record), record, true);
  other.answers[0].grant = record;
  CHECK(doubt_about(clinic, other) == "the chain says that another grant decides");
}

TEST_CASE("a decision about nothing that was asked is refused") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"}), other = clinic.store("alice", "y", {"Observation"});
  const Bytes request = clinic.ask("bob", record);
  const auto refused = [&](const std::string& who, const std::function<void(DecideAccess&)>& change,
                           const char* words) {
    DecideAccess decision = claim(clinic, request, record, false);
    change(decision);
    const std::string reason = clinic.chain.offer(who, decision);
    CHECK_MESSAGE(reason.find(words) != std::string::npos, reason);
  };
  refused(
      "north", [&](DecideAccess& d) { d.answers[0].record = other; }, "nobody asked for");
  refused(
      "north", [](DecideAccess& d) { d.answers.clear(); }, "1 to 1000 records");
  refused(
      "north", [](DecideAccess& d) { d.answers.resize(1001, d.answers[0]); }, "1 to 1000 records");
  refused(
      "north", [](DecideAccess& d) { d.request.back() ^= 1; }, "signature does not hold");
  refused(
      "north", [](DecideAccess& d) { d.request = {1}; }, "malformed");
  refused(
      "north", [](DecideAccess& d) { d.answers[0].reason.clear(); }, "short code");
  refused(
      "north", [](DecideAccess& d) { d.answers[0].reason = std::string(33, 'x'); }, "short code");
  refused(
      "south", [](DecideAccess&) {}, "addressed to another custodian");
  refused(
      "eve", [](DecideAccess&) {}, "addressed to another custodian");
}

}  // namespace carechain::care
