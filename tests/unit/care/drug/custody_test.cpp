#include <doctest/doctest.h>

#include "libcore/care/drug/aggregation.hpp"
#include "libcore/care/drug/stock.hpp"
#include "libcore/care/drug/verification.hpp"
#include "unit/care/drug/chain_of_custody.hpp"

using namespace carechain;
using namespace carechain::care;
using namespace carechain::testing;

TEST_CASE("who is no organisation records nothing, and a malformed event is refused") {
  Custody custody;
  CHECK(custody.offer("nobody", custody.commissioning({unit("1")})).starts_with("only an enrolled organisation"));
  auto event = custody.commissioning({unit("1")});
  event.step = "cooking";
  CHECK(custody.offer("maker", event) == "'cooking' is no business step");
  event = custody.commissioning({unit("1")});
  event.action.reset();
  CHECK(custody.offer("maker", event) == "the action is missing: ADD, OBSERVE or DELETE");
  event = custody.packing(pallet(1), {unit("1")});
  event.set = {"recalled"};
  CHECK(custody.offer("maker", event) == "only object and transformation events carry persistent dispositions");
}

TEST_CASE("what is deep inside has the custody of the outermost, and gets it when it is unpacked") {
  Custody custody;
  const std::string box = gs1::unit_path("10300010123452", "1");
  custody.seal("maker", custody.commissioning({unit("1"), unit("2"), unit("3")}));
  custody.seal("maker", custody.packing(box, {unit("1"), unit("2")}));
  custody.seal("maker", custody.packing(pallet(1), {box, unit("3")}));
  CHECK(custody.standing(unit("1")).root_path == pallet(1));
  CHECK(drug::units_inside(custody.standing(pallet(1)).item) == 3);
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {pallet(1)});
  CHECK(custody.standing(unit("2")).holder() == wholesale_gln);
  CHECK(custody.standing(unit("2")).root.owner == wholesale_gln);
  // Nothing named: all of it.
  auto all = custody.unpacking(pallet(1), {}, wholesale_gln);
  custody.seal("wholesaler", all);
  CHECK(custody.standing(box).root_path == box);
  CHECK(custody.standing(box).item.holder == wholesale_gln);
  CHECK(custody.standing(unit("3")).item.owner == wholesale_gln);
  CHECK(!custody.standing(pallet(1)).item.inside);
  CHECK(drug::units_inside(custody.standing(box).item) == 2);
}

TEST_CASE("a case may not be put into what is inside it") {
  Custody custody;
  custody.seal("maker", custody.packing(pallet(1), {pallet(2)}));
  custody.seal("maker", custody.packing(pallet(2), {pallet(1)}));
  CHECK(custody.flags(pallet(1)) == "R16");
  CHECK(custody.standing(pallet(2)).root_path == pallet(1));
}

TEST_CASE("contents are counted right through hundreds of changes") {
  Custody custody;
  std::vector<std::string> units;
  for (int i = 0; i < 200; ++i) units.push_back(unit("s" + std::to_string(i)));
  custody.seal("maker", custody.commissioning(units));
  custody.seal("maker", custody.packing(pallet(1), units));
  CHECK(drug::units_inside(custody.standing(pallet(1)).item) == 200);
  std::vector<std::string> odd, even;
  for (std::size_t i = 0; i < units.size(); ++i) (i % 2 == 0 ? even : odd).push_back(units[i]);
  custody.seal("maker", custody.unpacking(pallet(1), even, maker_gln));
  custody.seal("maker", custody.packing(pallet(1), {even[0], even[1]}));
  auto inside = drug::inside_of(custody.chain.look().pending_state(), pallet(1), custody.standing(pallet(1)).item);
  odd.push_back(even[0]);
  odd.push_back(even[1]);
  CHECK(inside == odd);
  custody.seal("maker", custody.unpacking(pallet(1), {}, maker_gln));
  CHECK(!custody.standing(pallet(1)).item.lots);
  custody.seal("maker", custody.packing(pallet(1), {even[5]}));
  inside = drug::inside_of(custody.chain.look().pending_state(), pallet(1), custody.standing(pallet(1)).item);
  CHECK(inside == std::vector<std::string>{even[5]});
  CHECK(drug::units_inside(custody.standing(pallet(1)).item) == 1);
}

TEST_CASE("a transformation leads back to what went in and forward to what came out") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  auto event = custody.event("repackaging", maker_gln, {unit("1"), unit("2")});
  event.kind = drug::EventKind::transformation;
  event.action.reset();
  event.outputs = {unit("new")};
  event.lot = "N1";
  custody.seal("maker", event);
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("new")}));
  CHECK(custody.way(unit("new")) == "commissioning repackaging shipping");
  CHECK(custody.way(unit("1")) == "commissioning repackaging shipping");
  CHECK(custody.standing(unit("1")).item.status == drug::Status::decommissioned);
  CHECK(custody.flags(unit("new")) == "");
}

TEST_CASE("what comes twice counts once, and what comes late does not turn the clock back") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  auto ship = custody.shipping(maker_gln, wholesale_gln, {unit("1")});
  auto receive = custody.receiving(wholesale_gln, {unit("1")});
  custody.seal("maker", ship);
  custody.seal("wholesaler", receive);
  custody.seal("wholesaler", receive);
  auto late = custody.event("storing", maker_gln, {unit("1")});
  late.time = ship.time - 1000;
  custody.seal("maker", late);
  CHECK(custody.flags(unit("1")) == "");
  CHECK(custody.standing(unit("1")).holder() == wholesale_gln);
}

TEST_CASE("a recall finds every unit, and the sum is what was commissioned") {
  Custody custody;
  std::vector<std::string> units;
  for (int i = 0; i < 10; ++i) units.push_back(unit(std::to_string(i)));
  custody.seal("maker", custody.commissioning(units));
  custody.seal("maker", custody.packing(pallet(1), {units[0], units[1], units[2]}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {pallet(1)}));
  custody.deliver(maker_gln, pharmacy_gln, "maker", "pharmacy", {units[3], units[4]}, "po-5");
  custody.seal("pharmacy", custody.event("dispensing", pharmacy_gln, {units[3]}));
  custody.seal("maker", custody.event("destroying", maker_gln, {units[5]}));
  const auto pool = custody.chain.look();
  drug::LotReport report;
  drug::add_lot(report, pool, gs1::lot_path(gtin, "A1"), nullptr);
  CHECK(report.commissioned == 10);
  CHECK(report.held.at(maker_gln) == 4);
  CHECK(report.held.at(pharmacy_gln) == 1);
  CHECK(report.in_transit.at(maker_gln + " " + wholesale_gln) == 3);
  CHECK(report.dispensed == 1);
  CHECK(report.destroyed == 1);
  CHECK(report.unaccounted == 0);
}

TEST_CASE("a label is compared field by field, and the answer is signed") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  const auto pool = custody.chain.look();
  const auto ask = [&](const std::string& label) {
    return drug::verify_unit(pool, drug::read_name(label, 2023), pool.ledger().tip().time());
  };
  const std::string start = "(01)" + gtin + "(21)";
  CHECK(ask(start + "1(10)A1(17)301231").verified);
  CHECK(ask(start + "2(10)A1(17)301231").failure == "No_match_GTIN_Serial");
  CHECK(ask(start + "1(10)A2(17)301231").failure == "No_match_GTIN_Serial_Lot");
  CHECK(ask(start + "1(10)A1(17)301230").failure == "No_match_GTIN_Serial_Expiry");
  CHECK(ask(start + "1(10)A2(17)301230").failure == "No_match_GTIN_Serial_Lot_Expiry");
  const auto answer = ask(start + "1");
  Bytes message = drug::sign_verification(custody.chain.id(), custody.chain.person("maker").signer, answer);
  const auto opened = drug::open_verification(custody.chain.id(), message);
  REQUIRE(opened);
  CHECK(opened->answer.thing == unit("1"));
  CHECK(opened->signer == custody.chain.account("maker"));
  message.back() ^= 1;
  CHECK(!drug::open_verification(custody.chain.id(), message));
}

TEST_CASE("stock is compared with the ledger both ways") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2"), unit("3"), unit("4")}));
  custody.seal("maker", custody.packing(pallet(1), {unit("3"), unit("4")}));
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {pallet(1), unit("1")});
  const auto pool = custody.chain.look();
  const Time now = pool.ledger().tip().time();
  using enum drug::StockFinding;
  const auto findings = [&](const std::vector<std::string>& scanned) {
    std::map<std::string, drug::StockFinding> found;
    for (const auto& line : drug::reconcile(pool, scanned, wholesale_gln, now)) found[line.path] = line.finding;
    return found;
  };
  CHECK(findings({pallet(1), unit("1")}) ==
        std::map<std::string, drug::StockFinding>{{pallet(1), fine}, {unit("1"), fine}});
  CHECK(findings({unit("3"), unit("2"), unit("x")}) ==
        std::map<std::string, drug::StockFinding>{{unit("3"), fine},
                                                  {unit("2"), wrong_holder},
                                                  {unit("x"), no_data},
                                                  {unit("4"), no_product},
                                                  {unit("1"), no_product}});
}

TEST_CASE("events wait without what follows from them until a transaction asks for it") {
  Custody custody;
  LittleChain& chain = custody.chain;
  const auto made = [&](drug::RecordEvent event) {
    event.hash = drug::hash_as_json(event);
    chain.tick(3600);
    return event;
  };
  ledger::PoolSession session(chain.layout(), chain.operations());
  const auto submit = [&](const std::string& who, const auto& what) {
    return session.submit(chain.now(), {chain.signed_by(who, what)}, [](std::size_t) { return true; }).front();
  };
  CHECK(submit("maker", made(custody.commissioning({unit("1")}))).reason == "");
  CHECK(submit("wholesaler", made(custody.commissioning({unit("2")}))).reason.find("another company's prefix") !=
        std::string::npos);
  CHECK(submit("maker", made(custody.shipping(maker_gln, wholesale_gln, {unit("1")}))).reason == "");
  CHECK(submit("wholesaler", made(custody.receiving(wholesale_gln, {unit("1")}))).reason == "");
  CHECK(submit("nobody", made(custody.receiving(wholesale_gln, {unit("1")}))).reason.starts_with("only an enrolled"));
  // Who holds it may mark it: that is the wholesaler by now.
  const auto marked = [&](const std::string& who) {
    return submit(who, drug::MarkItem{unit("1"), drug::Mark::stolen}).reason;
  };
  CHECK(marked("pharmacy").starts_with("only its holder"));
  CHECK(marked("wholesaler") == "");
  CHECK(submit("wholesaler", made(custody.shipping(wholesale_gln, pharmacy_gln, {unit("1")}, "po-2"))).reason == "");
  CHECK(submit("pharmacy", made(custody.receiving(pharmacy_gln, {unit("1")}, "po-2"))).reason == "");
  CHECK(marked("pharmacy") == "");
  // Another process finds all of it pending.
  CHECK(custody.standing(unit("1")).holder() == pharmacy_gln);
  CHECK(chain.offer("agency", drug::MarkItem{unit("1"), drug::Mark::cleared}) == "");
  const auto block = chain.mine();
  CHECK(block.sealed.size() == 8);
  CHECK(block.dropped.empty());
}

TEST_CASE("of several transactions offered as a whole none is pending when one is refused") {
  Custody custody;
  LittleChain& chain = custody.chain;
  auto good = custody.commissioning({unit("1")});
  good.hash = drug::hash_as_json(good);
  auto foreign = custody.commissioning({unit("2")});
  foreign.hash = drug::hash_as_json(foreign);
  chain.tick(7200);
  ledger::PoolSession session(chain.layout(), chain.operations());
  const Bytes first = chain.signed_by("maker", good), second = chain.signed_by("wholesaler", foreign);
  const auto refused = session.submit_whole(chain.now(), {first, second});
  REQUIRE(refused);
  CHECK(refused->reason.find("another company's prefix") != std::string::npos);
  CHECK(chain.look().pending().empty());
  CHECK_FALSE(session.submit_whole(chain.now(), {first}));
  CHECK(chain.look().pending().size() == 1);
}
