// Which blocks of the segments are the chain, for whoever reads them.
#include "libcore/ledger/fork_choice.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "unit/ledger/copies.hpp"

namespace carechain::ledger {

using namespace testing;

TEST_CASE("whoever has only the blocks comes to the same chain: an index made anew, none at all, a stream") {
  Two two;
  two.part(4, 2);
  adopt_from(two.south, two.north);
  const Pin head = head_of(two.south);
  REQUIRE(head.hash == head_of(two.north).hash);
  std::filesystem::remove_all(two.south.layout().index());
  CHECK(head_of(two.south).hash == head.hash);
  LedgerWriter::rebuild(two.south.layout(), two.south.operations(), {});
  CHECK(head_of(two.south).hash == head.hash);
  check_sound(two.south, 2);
  const auto from_stream = [](const store::Path& segment) {
    return verify(store::File::open_read(segment), care::all_operations(), VerifyOptions{.expect = {}, .from = {}});
  };
  CHECK_THROWS_WITH_AS(from_stream(two.south.layout().segment(0)), doctest::Contains("holds a second block 2"), Error);
  CHECK(from_stream(two.north.layout().segment(0)).faults.empty());
}

TEST_CASE("blocks that a dying process wrote and no index knows: the next writer chooses") {
  for (const std::uint64_t written : {1u, 2u, 3u}) {  // of a branch of three against one of two
    Two two;
    two.part(3, 2);
    const auto branch = blocks_of(two.north, 2);
    for (std::uint64_t i = 0; i < written; ++i) append_block(two.south, branch[i]);
    const Pin before = head_of(two.south);  // readers stay with what the index says
    CHECK(before.height == 3);
    LedgerWriter::open(two.south.layout(), two.south.operations());
    const bool equal_and_lower = written == 2 && block_hash(branch[1]) < before.hash;
    const Hash expected = written == 3 || equal_and_lower ? block_hash(branch[written - 1]) : before.hash;
    CHECK(head_of(two.south).hash == expected);
    check_sound(two.south, expected == before.hash ? written : 2);
    two.south.tick(600);
    two.south.mine_empty("south");
    check_sound(two.south, expected == before.hash ? written : 2);
  }
}

TEST_CASE("what lies in the segments and is no branch is a fault, not left behind") {
  Two two;
  two.part(0, 3);
  const auto blocks = blocks_of(two.south);
  SUBCASE("a block for the second time") { append_block(two.south, blocks[1]); }
  SUBCASE("a sibling with a seal that does not hold") {
    LittleChain liar;
    enroll(liar, "bob");
    liar.mine("north");
    append_block(two.south, finish(liar, next_block(liar), true, false));
  }
  const VerifyReport report = check(two.south);
  CHECK(report.faults.size() == 1);
  CHECK(report.left_behind == 0);
  CHECK_THROWS_WITH_AS(LedgerWriter::open(two.south.layout(), two.south.operations()),
                       doctest::Contains("the blocks are damaged, nothing was changed"), Error);
}

TEST_CASE("no byte of segments with a branch left behind can be altered unseen") {
  Two two;
  two.part(3, 2);
  adopt_from(two.south, two.north);
  const store::Path segment = two.south.layout().segment(0);
  const std::string good = store::read_file(segment);
  VerifyOptions options{.expect = head_of(two.south), .from = {}, .check_index = false};
  REQUIRE(verify(two.south.layout(), two.south.operations(), options).left_behind == 2);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1 << at % 8);
    std::ofstream(segment, std::ios::binary) << bad;
    const VerifyReport report = verify(two.south.layout(), two.south.operations(), options);
    CHECK_MESSAGE(!report.faults.empty(), "byte ", at);
  }
}

}  // namespace carechain::ledger
