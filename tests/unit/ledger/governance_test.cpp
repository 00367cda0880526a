#include "libcore/ledger/governance.hpp"

#include <doctest/doctest.h>

#include "unit/ledger/little_chain.hpp"

namespace carechain::ledger {

using testing::LittleChain;

TEST_CASE("rules change when enough of the quorum have signed") {
  LittleChain chain;
  const ChangeRules change{2, 10};
  CHECK_REFUSED(chain.offer("eve", change), "only accounts of the constitution's quorum");
  CHECK_REFUSED(chain.offer("north", ChangeRules{2, 1}), "later height");
  CHECK_REFUSED(chain.offer("north", ChangeRules{1, 10}), "decided on already");
  chain.seal("north", change);
  CHECK_REFUSED(chain.offer("north", change), "signed that already");
  CHECK(rule_set_at(chain.open().state(), 10) == 1);  // one vote of two
  chain.seal("south", ChangeRules{2, 11});            // another height is another matter
  CHECK(rule_set_at(chain.open().state(), 11) == 1);
  chain.seal("south", change);
  const Ledger ledger = chain.open();
  CHECK(rule_set_at(ledger.state(), 9) == 1);
  CHECK(rule_set_at(ledger.state(), 10) == 2);
  CHECK_REFUSED(chain.offer("north", ChangeRules{2, 12}), "decided on already");
}

TEST_CASE("one signature is enough where the constitution says so") {
  LittleChain chain({.quorum = 1});
  chain.seal("south", ChangeRules{2, 10});
  CHECK(rule_set_at(chain.open().state(), 10) == 2);
}

TEST_CASE("the quorum admits sealers and removes them") {
  LittleChain chain;
  const PublicKey east = chain.account("east");
  CHECK_REFUSED(chain.offer("eve", ChangeSealer{east, 5, false}), "only accounts of the constitution's quorum");
  CHECK_REFUSED(chain.offer("north", ChangeSealer{east, 1, false}), "later height");
  CHECK_REFUSED(chain.offer("north", ChangeSealer{PublicKey{}, 5, false}), "not a sound");
  chain.seal("north", ChangeSealer{east, 5, false});  // block 1
  CHECK_FALSE(may_seal(chain.open().state(), east, 5));
  chain.seal("south", ChangeSealer{east, 5, false});  // block 2
  CHECK_FALSE(may_seal(chain.open().state(), east, 4));
  CHECK(may_seal(chain.open().state(), east, 5));
  CHECK_THROWS_WITH_AS(chain.mine_empty("east"), doctest::Contains("may not seal"), Error);
  chain.mine_empty();
  chain.mine_empty();
  chain.mine_empty("east");  // block 5
  chain.act("north", ChangeSealer{east, 8, true});
  chain.act("south", ChangeSealer{east, 8, true});
  chain.mine("east");  // block 6
  chain.mine_empty("east");
  CHECK_THROWS_WITH_AS(chain.mine_empty("east"), doctest::Contains("may not seal"), Error);
  chain.mine_empty("south");
  CHECK(may_seal(chain.open().state(), east, 7));
  CHECK_FALSE(may_seal(chain.open().state(), east, 8));
}

TEST_CASE("whom the quorum removes must be a sealer") {
  LittleChain chain({.quorum = 1});
  CHECK_REFUSED(chain.offer("north", ChangeSealer{chain.account("east"), 5, true}), "not a sealer");
}

TEST_CASE("a chain is not left without anybody who may seal it") {
  LittleChain chain({.quorum = 1});
  const PublicKey north = chain.account("north"), south = chain.account("south"), east = chain.account("east");
  chain.seal("north", ChangeSealer{south, 5, true});
  CHECK_REFUSED(chain.offer("north", ChangeSealer{north, 5, true}), "nobody else may seal from block 5 on");
  chain.seal("north", ChangeSealer{east, 9, false});
  CHECK_REFUSED(chain.offer("north", ChangeSealer{north, 8, true}), "nobody else may seal from block 8 on");
  chain.seal("north", ChangeSealer{north, 9, true});
  CHECK(may_seal(chain.open().state(), north, 8));
  CHECK_FALSE(may_seal(chain.open().state(), north, 9));
  CHECK(may_seal(chain.open().state(), east, 9));
}

TEST_CASE("admitting a sealer again does not interrupt its term") {
  LittleChain chain({.quorum = 1});
  const PublicKey south = chain.account("south");
  CHECK_REFUSED(chain.offer("north", ChangeSealer{south, 5, false}), "is a sealer already");
  chain.seal("north", ChangeSealer{south, 8, true});
  CHECK_REFUSED(chain.offer("north", ChangeSealer{south, 9, true}), "ends at block 8 already");
  CHECK_REFUSED(chain.offer("north", ChangeSealer{south, 12, false}), "its present term ends at block 8");
  chain.seal("north", ChangeSealer{south, 8, false});
  for (const std::uint64_t height : {1U, 7U, 8U, 12U}) CHECK(may_seal(chain.open().state(), south, height));
}

TEST_CASE("a suspended member of the quorum has no vote") {
  LittleChain chain;
  chain.seal("north", Suspend{chain.account("south"), false});
  CHECK_REFUSED(chain.offer("south", ChangeRules{2, 10}), "suspended");
}

}  // namespace carechain::ledger
