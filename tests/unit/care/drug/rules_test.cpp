// Each rule is broken once, and nothing else is.

#include <doctest/doctest.h>

#include <set>

#include "unit/care/drug/chain_of_custody.hpp"

using namespace carechain;
using namespace carechain::care;
using namespace carechain::testing;

TEST_CASE("a unit that goes the right way from its maker to a patient has no flags") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.seal("maker", custody.packing(pallet(1), {unit("1"), unit("2")}));
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {pallet(1)});
  custody.seal("wholesaler", custody.unpacking(pallet(1), {unit("1"), unit("2")}, wholesale_gln));
  custody.deliver(wholesale_gln, pharmacy_gln, "wholesaler", "pharmacy", {unit("1")}, "po-2");
  custody.seal("pharmacy", custody.event("dispensing", pharmacy_gln, {unit("1")}));
  for (const auto& path : {unit("1"), unit("2"), pallet(1)}) CHECK(custody.flags(path) == "");
  CHECK(custody.way(unit("1")) == "commissioning packing shipping receiving unpacking shipping receiving dispensing");
  CHECK(custody.standing(unit("1")).item.status == drug::Status::dispensed);
  CHECK(custody.standing(unit("2")).holder() == wholesale_gln);
  CHECK(custody.standing(unit("1")).item.owner == pharmacy_gln);
}

TEST_CASE("R01: a product that is not in the master data") {
  Custody custody;
  const std::string digits = "0030001099999";
  const auto event = custody.commissioning({gs1::unit_path(digits + gs1::check_digit(digits), "1")});
  custody.seal("maker", event);
  CHECK(custody.flags(event.items->front()) == "R01");
}

TEST_CASE("R02: a check digit is wrong") {
  Custody custody;
  const std::string wrong = "00/403000112345678902";
  custody.seal("maker", custody.event("storing", maker_gln, {wrong}));
  CHECK(custody.flags(wrong) == "R02");
}

TEST_CASE("R03: a serial that nobody commissioned") {
  Custody custody;
  custody.seal("maker", custody.event("storing", maker_gln, {unit("9")}));
  CHECK(custody.flags(unit("9")) == "R03");
}

TEST_CASE("R04: a serial is commissioned twice, and is under suspicion from then on") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  custody.seal("maker", custody.commissioning({unit("1")}));
  CHECK(custody.flags(unit("1")) == "R04");
  CHECK(drug::has_mark(custody.standing(unit("1")).item, "suspect"));
  const auto flags = drug::flags_of(custody.chain.look(), unit("1"));
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].evidence.size() == 1);
  CHECK(flags[0].evidence[0] < flags[0].place);
}

TEST_CASE("R05: the label says another lot or expiry than the commissioning") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  auto event = custody.event("inspecting", maker_gln, {unit("1")});
  event.lot = "A2";
  custody.seal("maker", event);
  event = custody.event("inspecting", maker_gln, {unit("2")});
  event.expiry = "2031-12-31";
  custody.seal("maker", event);
  CHECK(custody.flags(unit("1")) == "R05");
  CHECK(custody.flags(unit("2")) == "R05");
}

TEST_CASE("R06: commissioned by somebody who has no prefix; who has another one is refused") {
  Custody custody;
  // The agency stands at the maker's, and reports.
  custody.seal("agency", custody.commissioning({unit("1")}));
  CHECK(custody.flags(unit("1")) == "R06");
  CHECK(custody.offer("wholesaler", custody.commissioning({unit("2")})) ==
        "the GTIN " + gtin + " belongs to another company's prefix");
}

TEST_CASE("R07: shipped by somebody who does not hold it") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  custody.seal("wholesaler", custody.shipping(wholesale_gln, pharmacy_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "R07");
}

TEST_CASE("R08: received without having been shipped, or elsewhere") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("1")}, ""));
  CHECK(custody.flags(unit("1")) == "R08");
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("2")}));
  custody.seal("pharmacy", custody.receiving(pharmacy_gln, {unit("2")}));
  CHECK(custody.flags(unit("2")) == "R08");
}

TEST_CASE("R09: a copy is seen elsewhere, or the holder it left unseen acts again: both branches are flagged") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.seal("wholesaler", custody.event("inspecting", wholesale_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "R09");
  CHECK(drug::has_mark(custody.standing(unit("1")).item, "suspect"));
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("2")}, ""));
  custody.seal("maker", custody.shipping(maker_gln, pharmacy_gln, {unit("2")}));
  const auto flags = drug::flags_of(custody.chain.look(), unit("2"));
  const auto found = std::ranges::find(flags, drug::Rule::two_branches, &drug::FoundFlag::rule);
  REQUIRE(found != flags.end());
  // The evidence is the other branch's last event.
  REQUIRE(found->evidence.size() == 1);
  CHECK(drug::hop_at(custody.chain.look(), found->evidence[0])->row.step == "receiving");
}

TEST_CASE("R11: an event after the end") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  custody.seal("maker", custody.event("destroying", maker_gln, {unit("1")}));
  custody.seal("maker", custody.event("storing", maker_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "R11");
}

TEST_CASE("R12: shipped or dispensed after its expiry, also inside a pallet") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}, "OLD", "2023-11-14"));
  custody.seal("maker", custody.packing(pallet(1), {unit("2")}));
  custody.set_time(1'700'006'400'000);  // the day after
  custody.seal("maker", custody.event("dispensing", maker_gln, {unit("1")}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {pallet(1)}));
  CHECK(custody.flags(unit("1")) == "R12");
  CHECK(custody.flags(pallet(1)) == "R12");
}

TEST_CASE("R13: shipped although it is recalled, but sending it back is fine") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2"), unit("3")}));
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {unit("1"), unit("2"), unit("3")});
  custody.seal("wholesaler", custody.packing(pallet(1), {unit("3")}, wholesale_gln));
  drug::RecallDrug recall;
  recall.gtin = gtin;
  recall.lot = "A1";
  custody.chain.act("maker", recall);
  custody.chain.mine();
  custody.seal("wholesaler", custody.shipping(wholesale_gln, pharmacy_gln, {unit("1")}));
  auto back = custody.shipping(wholesale_gln, maker_gln, {unit("2")});
  back.disposition = "returned";
  custody.seal("wholesaler", back);
  custody.seal("wholesaler", custody.shipping(wholesale_gln, pharmacy_gln, {pallet(1)}));
  CHECK(custody.flags(unit("1")) == "R13");
  CHECK(custody.flags(unit("2")) == "");
  CHECK(custody.flags(pallet(1)) == "R13");
}

TEST_CASE("R13: a recall of some serials reaches only those, also inside a case") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("10"), unit("11"), unit("12")}));
  custody.seal("maker", custody.packing(pallet(1), {unit("10")}));
  custody.seal("maker", custody.packing(pallet(2), {unit("12")}));
  drug::RecallDrug recall;
  recall.gtin = gtin;
  recall.lot = "A1";
  recall.first_serial = "11";
  recall.last_serial = "12";
  custody.chain.act("maker", recall);
  custody.chain.mine();
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {pallet(1), pallet(2)}));
  CHECK(custody.flags(pallet(1)) == "");
  CHECK(custody.flags(pallet(2)) == "R13");
}

TEST_CASE("R14: somebody whom no prefix names") {
  Custody custody;
  custody.seal("agency", custody.event("storing", stranger_gln, {pallet(7)}));
  CHECK(custody.flags(pallet(7)) == "R14");
}

TEST_CASE("R15: an event of what was reported stolen") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  custody.chain.act("maker", drug::MarkItem{unit("1"), drug::Mark::stolen});
  custody.chain.mine();
  custody.seal("maker", custody.event("storing", maker_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "R15");
}

TEST_CASE("R16: moved apart from the case it is in") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.seal("maker", custody.packing(pallet(1), {unit("1"), unit("2")}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "R16");
  CHECK(custody.flags(unit("2")) == "");
  custody.seal("maker", custody.packing(pallet(2), {unit("2")}));
  CHECK(custody.flags(unit("2")) == "R16");
  CHECK(custody.standing(unit("2")).root_path == pallet(2));
}

TEST_CASE("R17: before its commissioning, in the future, or long after what came later") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2"), unit("3")}));
  const std::uint64_t day = 24ull * 3600'000;
  auto before = custody.event("storing", maker_gln, {unit("1")});
  before.time -= 10 * day;
  custody.seal("maker", before);
  CHECK(custody.flags(unit("1")) == "R17");
  auto future = custody.event("storing", maker_gln, {unit("2")});
  future.time += 10 * day;
  custody.seal("maker", future);
  CHECK(custody.flags(unit("2")) == "R17");
  custody.set_time(custody.time() + 5 * day);
  custody.seal("maker", custody.event("storing", maker_gln, {unit("3")}));
  auto late = custody.event("inspecting", maker_gln, {unit("3")});
  late.time -= 3 * day;
  custody.seal("maker", late);
  CHECK(custody.flags(unit("3")) == "R17");
}

TEST_CASE("R19: more is received than was shipped, a shortage is told, or more leaves than was there") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2"), unit("3")}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("1")}, "po-7"));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("2")}, "po-8"));
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("1")}, "po-7"));
  CHECK(custody.flags(unit("1")) == "");
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("2")}, "po-7"));
  CHECK(custody.flags(unit("2")) == "R19");
  auto ship = custody.event("shipping", maker_gln, {});
  ship.amounts = {{gs1::lot_path(gtin, "BULK"), "10.5", "KGM"}};
  custody.seal("maker", ship);
  CHECK(custody.flags(gs1::lot_path(gtin, "BULK")) == "R19");
}

TEST_CASE("R21: returned to somebody who did not sell it") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {unit("1"), unit("2")});
  auto back = custody.shipping(wholesale_gln, maker_gln, {unit("1")});
  back.disposition = "returned";
  custody.seal("wholesaler", back);
  auto astray = custody.shipping(wholesale_gln, pharmacy_gln, {unit("2")});
  astray.disposition = "returned";
  custody.seal("wholesaler", astray);
  CHECK(custody.flags(unit("1")) == "");
  CHECK(custody.flags(unit("2")) == "R21");
}

TEST_CASE("R22: ownership changes without papers, or the transaction statement is withheld") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("1")}, ""));
  auto withheld = custody.shipping(maker_gln, wholesale_gln, {unit("2")});
  withheld.statement = false;
  custody.seal("maker", withheld);
  CHECK(custody.flags(unit("1")) == "R22");
  CHECK(custody.flags(unit("2")) == "R22");
}

TEST_CASE("every rule has one row, a code of its own, and a case above") {
  std::set<std::string_view> codes;
  for (const auto& row : drug::rules()) {
    CHECK(codes.insert(row.code).second);
    CHECK(drug::rule_of_code(row.code) == row.rule);
    CHECK(std::stoi(std::string(row.code.substr(1))) == static_cast<int>(row.rule));
  }
  CHECK(codes.size() == 19);
}
