// Copies of one ledger on which several seal: they exchange blocks and come to the same chain.
#include "libcore/ledger/adoption.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "libcore/ledger/undo.hpp"
#include "libcore/ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

namespace carechain::ledger {
namespace {

using namespace testing;
namespace fs = std::filesystem;

// Everything above block 0 that a copy has, as send-blocks would give it.
std::vector<Bytes> blocks_of(LittleChain& copy, std::uint64_t from = 1) {
  const Ledger ledger = copy.open();
  std::vector<Bytes> blocks;
  for (std::uint64_t height = from; height <= ledger.tip().height; ++height) blocks.push_back(ledger.block(height));
  return blocks;
}

store::SegmentReader stream_of(const LittleChain& copy, const std::vector<Bytes>& blocks) {
  Bytes frames;
  for (const Bytes& block : blocks) store::append_frame(frames, "CCF1", block);
  const store::Path path = copy.directory() + "/stream";
  store::replace_file(path, frames);
  return store::SegmentReader(store::File::open_read(path));
}

AdoptReport adopt(LittleChain& copy, const std::vector<Bytes>& blocks, const std::vector<Pin>& expect = {}) {
  Adoption adoption(copy.layout(), copy.operations(), {copy.now(), expect});
  adoption.take(stream_of(copy, blocks), {});
  return adoption.finish();
}

AdoptReport adopt_from(LittleChain& copy, LittleChain& other) { return adopt(copy, blocks_of(other)); }

std::string refusal_of(LittleChain& copy, const std::vector<Bytes>& blocks, const std::vector<Pin>& expect = {}) {
  try {
    adopt(copy, blocks, expect);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

Pin head_of(LittleChain& copy) {
  const Ledger ledger = copy.open();
  return {ledger.tip().height, ledger.tip().hash};
}

VerifyReport check(LittleChain& copy) {
  return verify(copy.layout(), copy.operations(), VerifyOptions{.threads = 2, .expect = {}, .from = {}});
}
void check_sound(LittleChain& copy, std::uint64_t left_behind) {
  const VerifyReport report = check(copy);
  for (const Fault& fault : report.faults) FAIL_CHECK(fault.reason);
  CHECK(!report.unclear);
  CHECK(report.index_checked);
  CHECK(report.left_behind == left_behind);
  CHECK(report.head.hash == head_of(copy).hash);
}

TransactionId enroll(LittleChain& copy, const std::string& who) {
  return copy.act("north", copy.enrolment(who, Kind::professional, "nurse"));
}

bool is_sealed(LittleChain& copy, const TransactionId& id) { return copy.open().find_transaction(id).has_value(); }
bool is_pending(LittleChain& copy, const TransactionId& id) {
  const auto queue = read_queue(copy.layout(), copy.operations());
  return std::ranges::any_of(queue.pending, [&](const PendingTransaction& pending) { return pending.id == id; });
}

// Two copies of one ledger; a common block 1.
struct Two {
  LittleChain north, south;
  Two() {
    enroll(north, "bob");
    north.mine("north");
    adopt_from(south, north);
    south.tick(60);
  }
  // Each goes on by itself.
  void part(std::uint64_t blocks_in_north, std::uint64_t blocks_in_south) {
    for (std::uint64_t i = 0; i < blocks_in_north; ++i) north.mine_empty("north");
    for (std::uint64_t i = 0; i < blocks_in_south; ++i) south.mine_empty("south");
  }
};

std::string bytes_of_segments(const LittleChain& copy) {
  std::string all;
  for (const std::string& name : store::list_directory(copy.layout().blocks()))
    all += store::read_file(copy.layout().blocks() + "/" + name);
  return all;
}

}  // namespace

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
  CHECK(report.refused_branch == 1);
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

TEST_CASE("whoever has only the blocks comes to the same chain: an index made anew, none at all, a stream") {
  Two two;
  two.part(4, 2);
  adopt_from(two.south, two.north);
  const Pin head = head_of(two.south);
  REQUIRE(head.hash == head_of(two.north).hash);
  fs::remove_all(two.south.layout().index());
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
