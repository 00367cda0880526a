// Copies of one ledger on which several seal: they exchange blocks and come to the same chain.
#include "libcore/ledger/adoption.hpp"

#include <doctest/doctest.h>

#include <random>

#include "unit/ledger/copies.hpp"

namespace carechain::ledger {

using namespace testing;

TEST_CASE("a copy that is behind follows the other, and asks for no more than it lacks") {
  Two two;
  CHECK(head_of(two.north).hash == head_of(two.south).hash);
  two.part(3, 0);
  const auto known = last_in_common(two.north.open(), landmarks(two.south.open()));
  REQUIRE(known == 1);
  const auto report = adopt(two.south, blocks_of(two.north, *known + 1));
  CHECK(report.added == 3);
  CHECK(report.known == 0);
  CHECK(head_of(two.south).hash == head_of(two.north).hash);
  check_sound(two.south, 0);
  const auto again = adopt_from(two.south, two.north);
  CHECK(again.added == 0);
  CHECK(again.known == 4);
}

TEST_CASE("landmarks go down in doubling steps to block 0") {
  LittleChain chain;
  for (int i = 0; i < 20; ++i) chain.mine_empty();
  std::vector<std::uint64_t> heights;
  for (const Pin& pin : landmarks(chain.open())) heights.push_back(pin.height);
  CHECK(heights == std::vector<std::uint64_t>{20, 19, 17, 13, 5, 0});
}

TEST_CASE("the branch with more work becomes the chain; what was sealed on the other is pending again") {
  Two two;
  const TransactionId kept = enroll(two.south, "carol");
  two.south.mine("south");
  const TransactionId waiting = enroll(two.south, "dave");
  const TransactionId both = two.north.act("north", two.north.enrolment("erin", Kind::professional, "nurse"));
  two.north.mine("north");
  two.north.mine_empty("north");
  SUBCASE("by the undo records of the index") {}
  SUBCASE("on a fresh index, where they are missing") {
    LedgerWriter::rebuild(two.south.layout(), two.south.operations(), {});
  }
  const auto report = adopt_from(two.south, two.north);
  CHECK(report.added == 2);
  CHECK(report.left_behind == 1);
  CHECK(report.returned == 1);
  REQUIRE(report.fork);
  CHECK(report.fork->height == 1);
  CHECK(head_of(two.south).hash == head_of(two.north).hash);
  CHECK(is_sealed(two.south, both));
  CHECK(!is_sealed(two.south, kept));
  CHECK(is_pending(two.south, kept));
  CHECK(is_pending(two.south, waiting));
  check_sound(two.south, 1);
  two.south.tick(120);
  two.south.mine("south");
  CHECK(is_sealed(two.south, kept));
  CHECK(is_sealed(two.south, waiting));
  check_sound(two.south, 1);
  adopt_from(two.north, two.south);
  CHECK(head_of(two.south).hash == head_of(two.north).hash);
  check_sound(two.north, 0);
}

TEST_CASE("a transaction that both branches hold is sealed once and not pending") {
  Two two;
  const Bytes transaction = two.north.signed_by("north", two.north.enrolment("carol", Kind::professional, "nurse"));
  const TransactionId id = two.north.submit(transaction).id;
  two.south.submit(transaction);
  two.north.mine("north");
  two.north.mine_empty("north");
  two.south.mine("south");
  const auto report = adopt_from(two.south, two.north);
  CHECK(report.returned == 0);
  CHECK(is_sealed(two.south, id));
  CHECK(!is_pending(two.south, id));
  CHECK(store::read_file(two.south.layout().pending()).empty());
}

TEST_CASE("a branch that does not outweigh the chain is not kept") {
  Two two;
  two.part(1, 3);
  const std::string before = bytes_of_segments(two.south);
  const Pin head = head_of(two.south);
  const auto report = adopt_from(two.south, two.north);
  CHECK(report.added == 0);
  CHECK(report.not_kept == 1);
  CHECK(head_of(two.south).hash == head.hash);
  CHECK(bytes_of_segments(two.south) == before);
}

TEST_CASE("of two branches with the same work both copies take the one with the lower hash") {
  Two two;
  two.part(1, 1);
  const Pin north = head_of(two.north), south = head_of(two.south);
  REQUIRE(north.hash != south.hash);
  const auto in_north = blocks_of(two.north), in_south = blocks_of(two.south);
  adopt(two.south, in_north);
  adopt(two.north, in_south);
  CHECK(head_of(two.north).hash == std::min(north.hash, south.hash));
  CHECK(head_of(two.south).hash == std::min(north.hash, south.hash));
}

TEST_CASE("a pinned block stays, whatever work is put against it") {
  Two two;
  two.part(5, 1);
  const Pin pin = head_of(two.south);
  const std::string before = bytes_of_segments(two.south);
  CHECK_REFUSED(refusal_of(two.south, blocks_of(two.north), {pin}), "block 2 is not the pinned one");
  CHECK(head_of(two.south).hash == pin.hash);
  CHECK(bytes_of_segments(two.south) == before);
  CHECK_REFUSED(refusal_of(two.south, blocks_of(two.north), {{9, pin.hash}}), "leaves out the pinned block 9");
}

TEST_CASE("a branch with an invalid block changes nothing") {
  Two two;
  two.part(0, 1);
  SUBCASE("by the undo records of the index") {}
  SUBCASE("on a fresh index, where they are missing") {
    LedgerWriter::rebuild(two.south.layout(), two.south.operations(), {});
  }
  auto forge = [&](const std::function<void(Forgery&)>& change, bool good_seal = true) {
    LittleChain liar;
    enroll(liar, "bob");
    liar.mine("north");
    liar.mine_empty("north");
    Forgery forgery = next_block(liar);
    change(forgery);
    auto blocks = blocks_of(liar);
    blocks.push_back(finish(liar, forgery, true, good_seal));
    return blocks;
  };
  const std::string before = bytes_of_segments(two.south);
  const Pin head = head_of(two.south);
  CHECK_REFUSED(refusal_of(two.south, forge([](Forgery&) {}, false)), "signature does not hold");
  CHECK_REFUSED(refusal_of(two.south, forge([](Forgery& f) { f.header.state.bytes[0] ^= 1; })), "state digest");
  CHECK_REFUSED(refusal_of(two.south, forge([](Forgery& f) { f.header.target = 0x1fffffff; })), "target");
  CHECK(bytes_of_segments(two.south) == before);
  CHECK(head_of(two.south).hash == head.hash);
  CHECK(!store::exists(two.south.layout().index() + ".new"));
  check_sound(two.south, 0);
  two.south.mine_empty("south");
  check_sound(two.south, 0);
}

TEST_CASE("a block too far ahead of the clock waits; blocks of another ledger and gaps are refused") {
  Two two;
  two.north.tick(7200 + 4000);  // consensus.future is 7200
  two.north.mine_empty("north");
  CHECK_REFUSED(refusal_of(two.south, blocks_of(two.north)), "ahead of this machine's clock");
  two.south.tick(7200);
  CHECK(adopt_from(two.south, two.north).added == 1);

  LittleChain other({.label = "another ledger"});
  other.mine_empty();
  CHECK_REFUSED(refusal_of(two.south, blocks_of(other)), "does not follow a block of this ledger");
  CHECK_REFUSED(refusal_of(two.south, {other.open().block(0)}), "of another ledger");
  two.part(2, 0);
  CHECK_REFUSED(refusal_of(two.south, blocks_of(two.north, 4)), "block 4 does not follow a block of this ledger");
  CHECK_REFUSED(refusal_of(two.south, {bytes_of("no block")}), "is none");
}

TEST_CASE("copies that seal and exchange at random come to the heaviest chain, and lose no transaction") {
  for (unsigned seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    std::vector<std::unique_ptr<LittleChain>> copies;
    for (int i = 0; i < 3; ++i)
      copies.push_back(std::make_unique<LittleChain>(LittleChain::Settings{.segment_bytes = 2000}));
    std::map<Hash, std::pair<Hash, U256>> all;  // every block ever sealed: the one before it, and its work
    std::vector<TransactionId> acknowledged;
    const auto tick_all = [&] {
      for (auto& copy : copies) copy->tick(copies.front()->now().seconds + 61 - copy->now().seconds);
    };
    for (int step = 0; step < 40; ++step) {
      LittleChain& one = *copies[draw(3)];
      tick_all();
      if (draw(8) == 0) LedgerWriter::rebuild(one.layout(), one.operations(), {});
      if (draw(3) == 0) {
        adopt_from(one, *copies[draw(3)]);
        continue;
      }
      if (draw(2) == 0)
        acknowledged.push_back(enroll(one, "person " + std::to_string(seed) + "/" + std::to_string(step)));
      const auto mined = one.mine_empty(draw(2) == 0 ? "north" : "south");
      all[mined.hash] = {mined.header.previous, work_of(*expand_target(mined.header.target))};
    }
    for (int round = 0; round < 3; ++round)
      for (auto& to : copies)
        for (auto& from : copies) adopt_from(*to, *from);

    // The reference: the work of every block's branch, added up from block 0.
    const auto work_up_to = [&](Hash hash) {
      U256 work;
      for (; all.contains(hash); hash = all.at(hash).first) work = work + all.at(hash).second;
      return work;
    };
    Hash best = copies.front()->id();
    for (const auto& [hash, block] : all)
      if (work_up_to(hash) > work_up_to(best) || (work_up_to(hash) == work_up_to(best) && hash < best)) best = hash;
    for (auto& copy : copies) {
      CHECK(head_of(*copy).hash == best);
      const VerifyReport report = check(*copy);
      for (const Fault& fault : report.faults) FAIL_CHECK(seed, ": block ", fault.height, ": ", fault.reason);
      CHECK(report.head.hash == best);
    }
    for (const TransactionId& id : acknowledged) {
      unsigned found = 0;
      for (auto& copy : copies) found += is_sealed(*copy, id) || is_pending(*copy, id) ? 1 : 0;
      CHECK(found > 0);
    }
  }
}

}  // namespace carechain::ledger
