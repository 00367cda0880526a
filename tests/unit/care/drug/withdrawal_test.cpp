#include <doctest/doctest.h>

#include "libcore/care/drug/verification.hpp"
#include "unit/care/drug/chain_of_custody.hpp"

using namespace carechain;
using namespace carechain::care;
using testing::Custody;
using testing::maker_gln, testing::pharmacy_gln, testing::second_gln, testing::wholesale_gln;
using testing::pallet, testing::unit;

namespace {

// The same event again, declared in error.
Custody::Event in_error(Custody::Event event, const std::string& reason = "did_not_occur") {
  event.error = reason;
  return event;
}

std::string where(Custody& custody, const std::string& path) {
  const auto standing = custody.standing(path);
  return std::string(to_text(drug::status_of(standing))) + " " + standing.holder() + " of " +
         standing.root.owner.value_or("");
}

}  // namespace

TEST_CASE("a shipment that did not occur leaves the thing with its shipper, who ships it again") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  const auto shipping = custody.shipping(maker_gln, second_gln, {unit("1")});
  custody.seal("maker", shipping);
  custody.seal("maker", in_error(shipping));
  CHECK(where(custody, unit("1")) == "here " + maker_gln + " of " + maker_gln);
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {unit("1")});
  CHECK(where(custody, unit("1")) == "here " + wholesale_gln + " of " + wholesale_gln);
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("the corrected event may have happened a little before the wrong one") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  auto right = custody.shipping(maker_gln, wholesale_gln, {unit("1")});
  const auto wrong = custody.shipping(maker_gln, second_gln, {unit("1")});
  custody.seal("maker", wrong);
  custody.seal("maker", in_error(wrong, "incorrect_data"));
  custody.seal("maker", right);
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("1")}));
  CHECK(where(custody, unit("1")) == "here " + wholesale_gln + " of " + wholesale_gln);
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("a receipt in error leaves it on its way, with the owner it had") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("1")}));
  const auto receiving = custody.receiving(wholesale_gln, {unit("1")});
  custody.seal("wholesaler", receiving);
  custody.seal("wholesaler", in_error(receiving));
  CHECK(where(custody, unit("1")) == "transit " + maker_gln + " of " + maker_gln);
  CHECK(custody.standing(unit("1")).root.to == wholesale_gln);
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("1")}));
  CHECK(where(custody, unit("1")) == "here " + wholesale_gln + " of " + wholesale_gln);
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("what was not dispensed or destroyed is there again") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  for (const std::string step : {"dispensing", "destroying", "decommissioning"}) {
    CAPTURE(step);
    const auto event = custody.event(step, maker_gln, {unit("1")});
    custody.seal("maker", event);
    CHECK(drug::is_end(custody.standing(unit("1")).item.status));
    custody.seal("maker", in_error(event));
    CHECK(where(custody, unit("1")) == "here " + maker_gln + " of " + maker_gln);
  }
  custody.seal("maker", custody.event("storing", maker_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("a serial commissioned in error was never commissioned, and may be with the right lot") {
  Custody custody;
  const auto wrong = custody.commissioning({unit("1"), unit("2")}, "A1");
  custody.seal("maker", wrong);
  custody.seal("maker", in_error(wrong, "incorrect_data"));
  CHECK(drug::standing_of(custody.chain.look().pending_state(), unit("1")) == std::nullopt);
  drug::LotReport report;
  drug::add_lot(report, custody.chain.look(), care::gs1::lot_path(testing::gtin, "A1"), nullptr);
  CHECK(report.commissioned == 0);
  CHECK(report.unaccounted == 0);
  custody.seal("maker", custody.commissioning({unit("1")}, "B2"));
  CHECK(care::gs1::lot_of(*custody.standing(unit("1")).item.lot) == "B2");
  CHECK(custody.flags(unit("1")) == "");
  custody.seal("maker", custody.event("storing", maker_gln, {unit("2")}));
  CHECK(custody.flags(unit("2")) == "R03");
}

TEST_CASE("what was not packed is outside, what was not unpacked is inside, and its way is told so") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1"), unit("2")}));
  const auto packing = custody.packing(pallet(1), {unit("1"), unit("2")});
  custody.seal("maker", packing);
  const auto unpacking = custody.unpacking(pallet(1), {unit("1")}, maker_gln);
  custody.seal("maker", unpacking);
  custody.seal("maker", in_error(unpacking));
  CHECK(custody.standing(unit("1")).item.parent == pallet(1));
  CHECK(custody.standing(pallet(1)).item.inside == 2u);
  custody.seal("maker", in_error(packing));
  CHECK(custody.standing(unit("2")).item.parent == std::nullopt);
  CHECK(custody.standing(unit("1")).item.parent == pallet(1));  // the unpacking, and its end, came after
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {pallet(1)}));
  CHECK(custody.way(unit("1")) == "commissioning packing packing unpacking unpacking shipping");
  CHECK(custody.way(unit("2")) == "commissioning packing packing");
  CHECK(where(custody, unit("2")) == "here " + maker_gln + " of " + maker_gln);
  CHECK(custody.flags(unit("2")) == "");
}

TEST_CASE("who acted on what it did not hold takes it back, and the holder goes on as if nothing were") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  const auto mistake = custody.shipping(pharmacy_gln, second_gln, {unit("1")});
  custody.seal("pharmacy", mistake);
  CHECK(where(custody, unit("1")) == "transit " + pharmacy_gln + " of " + pharmacy_gln);
  custody.seal("pharmacy", in_error(mistake));
  CHECK(where(custody, unit("1")) == "here " + maker_gln + " of " + maker_gln);
  custody.deliver(maker_gln, wholesale_gln, "maker", "wholesaler", {unit("1")});
  CHECK(custody.flags(unit("1")) == "R07");
}

TEST_CASE("a mark that a disposition set goes with it") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  auto stolen = custody.event("holding", maker_gln, {unit("1")});
  stolen.disposition = "stolen";
  custody.seal("maker", stolen);
  CHECK(drug::has_mark(custody.standing(unit("1")).item, "stolen"));
  custody.seal("maker", in_error(stolen));
  CHECK(!drug::has_mark(custody.standing(unit("1")).item, "stolen"));
  custody.seal("maker", custody.shipping(maker_gln, wholesale_gln, {unit("1")}));
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("what others declare in error, and what something came after, is only shown") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  const auto shipping = custody.shipping(maker_gln, wholesale_gln, {unit("1")});
  custody.seal("maker", shipping);
  custody.seal("wholesaler", in_error(shipping));
  CHECK(where(custody, unit("1")) == "transit " + maker_gln + " of " + maker_gln);
  custody.seal("wholesaler", custody.receiving(wholesale_gln, {unit("1")}));
  custody.seal("maker", in_error(shipping));
  CHECK(where(custody, unit("1")) == "here " + wholesale_gln + " of " + wholesale_gln);
  CHECK(custody.way(unit("1")) == "commissioning shipping shipping shipping receiving");
  CHECK(custody.flags(unit("1")) == "");
}

TEST_CASE("a hash that was made up takes nobody's event back, and hides none") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  auto shipping = custody.shipping(maker_gln, wholesale_gln, {unit("1")});
  custody.seal("maker", shipping);
  auto forged = custody.shipping(wholesale_gln, second_gln, {unit("1")});
  forged.time = shipping.time;
  forged.hash = drug::hash_as_json(shipping);
  forged.error = "did_not_occur";
  REQUIRE(custody.chain.offer("wholesaler", forged) == "");
  custody.chain.mine();
  CHECK(where(custody, unit("1")) == "transit " + maker_gln + " of " + maker_gln);
  forged.error.reset();
  REQUIRE(custody.chain.offer("wholesaler", forged) == "");
  custody.chain.mine();
  CHECK(where(custody, unit("1")) != "transit " + maker_gln + " of " + maker_gln);
}

TEST_CASE("an event that was taken back does not come again, however often it is sent") {
  Custody custody;
  custody.seal("maker", custody.commissioning({unit("1")}));
  const auto shipping = custody.shipping(maker_gln, second_gln, {unit("1")});
  custody.seal("maker", shipping);
  for (int i = 0; i < 2; ++i) {
    custody.seal("maker", in_error(shipping));
    custody.seal("maker", shipping);
    CHECK(where(custody, unit("1")) == "here " + maker_gln + " of " + maker_gln);
  }
  CHECK(custody.flags(unit("1")) == "");
}
