#include "unit/ledger/little_chain.hpp"

#include <doctest/doctest.h>

namespace carechain::testing {

TEST_CASE("two little chains made alike are the same to the last bit") {
  const auto grow = [](LittleChain& chain) {
    chain.act("north", chain.enrolment("bob", ledger::Kind::professional, "physician"));
    chain.mine();
    chain.act("south", chain.enrolment("eve", ledger::Kind::professional, "nurse"));
    return chain.mine("south").hash;
  };
  LittleChain one, other;
  const Hash head = grow(one);
  CHECK(head == grow(other));
  CHECK(one.open().tip().height == 2);
  CHECK(one.open().block(2) == other.open().block(2));
  LittleChain different({.label = "another"});
  CHECK(grow(different) != head);
}

}  // namespace carechain::testing
