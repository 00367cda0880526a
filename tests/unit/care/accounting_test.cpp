#include "libcore/care/accounting.hpp"

#include <doctest/doctest.h>

#include "libcore/care/explanation.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

Time at(const char* text) { return *parse_time(text); }

struct Desk2 {
  Clinic clinic;
  ObjectRef record = clinic.store("alice", "x", {"Observation"}), other = clinic.store("alice", "y", {});
  ObjectRef grant;

  Desk2() {
    GrantAccess research = clinic.grant_of("eve", {"Observation"});
    rule(research).purposes = {{"HRESCH"}};
    rule(research).until = at("2030-01-01");
    grant = clinic.grant("alice", research);
    clinic.chain.mine();
  }
  LogEntry entry(const std::string& who, const std::string& purpose, const char* when) {
    LogEntry entry;
    entry.requester = clinic.chain.account(who);
    entry.custodian = clinic.chain.account("north");
    entry.patient = clinic.chain.account("alice");
    entry.record = record;
    entry.purpose = purpose;
    entry.permit = true;
    entry.decided = at(when);
    return entry;
  }
  std::vector<Disclosure> account(const std::vector<LogEntry>& entries, std::vector<Suspension> suspensions = {}) {
    const auto ledger = clinic.chain.open();
    const Time now = at("2026-11-21");
    Accounting accounting(ledger.state(), accounting_begin(now), now, now, std::move(suspensions));
    for (const LogEntry& entry : entries) accounting.add(entry);
    return accounting.disclosures();
  }
};

}  // namespace

TEST_CASE("six years back is the same day six years before") {
  CHECK(accounting_begin(at("2026-11-21T07:45:00Z")) == at("2020-11-21T07:45:00Z"));
  CHECK(accounting_begin(at("2024-02-29T12:00:00Z")) == at("2018-03-01"));
}

TEST_CASE("what 164.528 excludes is left out") {
  Desk2 desk;
  LogEntry denied = desk.entry("eve", "PUBHLTH", "2026-01-01");
  denied.permit = false;
  LogEntry authorized = desk.entry("eve", "HRESCH", "2026-01-01");
  authorized.grant = desk.grant;
  authorized.path = "provisions[0]";
  CHECK(desk.account({desk.entry("bob", "TREAT", "2026-01-01"), desk.entry("bob", "BTG", "2026-01-01"),
                      desk.entry("bob", "CLMATTCH", "2026-01-01"), desk.entry("bob", "HQUALIMP", "2026-01-01"),
                      desk.entry("alice", "PATRQT", "2026-01-01"), desk.entry("bob", "PUBHLTH", "2020-11-20"),
                      desk.entry("bob", "PUBHLTH", "2026-11-22"), denied, authorized})
            .empty());
  authorized.path.reset();  // no rule that names who, what, for what and until when
  CHECK(desk.account({authorized}).size() == 1);
}

TEST_CASE("several disclosures to one recipient for one purpose are one entry") {
  Desk2 desk;
  LogEntry second = desk.entry("bob", "PUBHLTH", "2025-01-01");
  second.record = desk.other;
  const auto all =
      desk.account({desk.entry("eve", "PUBHLTH", "2026-01-01"), desk.entry("bob", "PUBHLTH", "2024-01-01"), second,
                    desk.entry("bob", "PUBHLTH", "2026-01-01"), desk.entry("bob", "HRESCH", "2023-01-01")});
  REQUIRE(all.size() == 3);
  CHECK(all[0].purpose == "HRESCH");  // in the order of their first
  CHECK(all[1].recipient == desk.clinic.chain.account("bob"));
  CHECK(all[1].count == 3);
  CHECK(all[1].records == 2);
  CHECK(all[1].types == std::vector<std::string>{"Observation", "other"});
  CHECK(all[1].first == at("2024-01-01"));
  CHECK(all[1].last == at("2026-01-01"));
  CHECK(all[2].count == 1);
}

TEST_CASE("an agency's statement suspends its entries while it lasts") {
  Desk2 desk;
  const auto with = [&](const char* from, const char* until) {
    return desk
        .account({desk.entry("eve", "PUBHLTH", "2026-01-01"), desk.entry("bob", "PUBHLTH", "2026-01-01")},
                 {{desk.clinic.chain.account("eve"), at(from), *parse_time(until, true)}})
        .size();
  };
  CHECK(with("2026-11-01", "2026-12-01") == 1);
  CHECK(with("2026-11-01", "2026-11-20") == 2);
  CHECK(with("2026-11-22", "2026-12-01") == 2);
}

TEST_CASE("the height at a time is that of the last block before it") {
  Desk2 desk;
  const auto ledger = desk.clinic.chain.open();
  const Time second = *ledger.block_time(2);
  CHECK(height_at(ledger, second) == 2);
  CHECK(height_at(ledger, {second.seconds - 1}) == 1);
  CHECK(height_at(ledger, {second.seconds + 1'000'000}) == ledger.tip().height);
  CHECK_THROWS_AS(height_at(ledger, Time{0}), Error);
}

}  // namespace carechain::care
