// Taking the last blocks off the index again.
#include "libcore/ledger/undo.hpp"

#include <doctest/doctest.h>

#include "unit/ledger/copies.hpp"

namespace carechain::ledger {

using namespace testing;

TEST_CASE("taking blocks off by their undo records leaves the very rows of before") {
  Two two;
  const auto rows = [&] {
    std::map<std::string, std::string> all;
    store::Index::open_reader(two.south.layout().index())
        ->scan("", {}, [&](std::string_view key, std::string_view value) {
          if (key.front() != 'u' && key.front() != 'E') all.emplace(key, value);
          return true;
        });
    return all;
  };
  const auto before = rows();
  const PublicKey carol = two.south.account("carol");
  enroll(two.south, "carol");
  two.south.mine("south");
  two.south.seal("north", Suspend{carol, false});
  two.south.seal("north", Suspend{carol, true});
  REQUIRE(rows() != before);
  IndexRows index(*store::Index::open_reader(two.south.layout().index()));
  OverlayRows over(index);
  CHECK(!undo_down_to(0, 5, over));  // there is no block 5
  REQUIRE(undo_down_to(1, 4, over));
  for (const auto& [key, value] : rows())
    CHECK(over.get(key) == (before.contains(key) ? std::optional(before.at(key)) : std::nullopt));
  for (const auto& [key, value] : before) CHECK(over.get(key) == value);
}

TEST_CASE("undo records are kept for the last hundred blocks") {
  LittleChain chain;
  for (int i = 0; i < 103; ++i) chain.mine_empty();
  const auto index = store::Index::open_reader(chain.layout().index());
  CHECK(!index->get(undo_row(3)));
  CHECK(index->get(undo_row(4)));
  CHECK(index->get(undo_row(103)));
}

}  // namespace carechain::ledger
