#include "libcore/ledger/verify.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "libcore/ledger/rows.hpp"
#include "unit/ledger/forge.hpp"

namespace carechain::ledger {
namespace {

using namespace testing;
namespace fs = std::filesystem;

// Four blocks above block 0: two enrolments, an empty one, a suspension.
void grow_four_blocks(LittleChain& chain) {
  chain.act("north", chain.enrolment("bob", Kind::professional, "physician"));
  chain.seal("south", chain.enrolment("eve", Kind::professional, "nurse"));
  chain.mine_empty("south");
  chain.seal("north", Suspend{chain.account("bob"), false});
  chain.mine_empty();
}

VerifyOptions with(const std::function<void(VerifyOptions&)>& change) {
  VerifyOptions options;
  options.threads = 2;
  change(options);
  return options;
}
VerifyOptions on_threads(unsigned threads) {
  return with([&](VerifyOptions& o) { o.threads = threads; });
}
VerifyOptions everything() {
  return with([](VerifyOptions& o) { o.all = true; });
}
VerifyOptions expecting(const Pin& pin) {
  return with([&](VerifyOptions& o) { o.expect = pin; });
}
VerifyOptions starting_from(const Pin& pin) {
  return with([&](VerifyOptions& o) { o.from = pin; });
}

VerifyReport verified(LittleChain& chain, const VerifyOptions& options = on_threads(2)) {
  return verify(chain.layout(), chain.operations(), options);
}

std::uint64_t checked(const VerifyReport& report, Layer layer) {
  for (const LayerCount& count : report.layers)
    if (count.layer == layer) return count.checked;
  return ~std::uint64_t{0};
}

// Makes a block 5 with something wrong, and demands that exactly that is found there, on one thread and on two.
void wrong_in(Layer layer, const std::string& words, const std::function<void(LittleChain&, Forgery&)>& change,
              bool enough_work = true, bool good_seal = true) {
  LittleChain chain;
  grow_four_blocks(chain);
  chain.act("south", chain.enrolment("carl", Kind::professional, "nurse"));
  Forgery forgery = next_block(chain);
  change(chain, forgery);
  const std::uint64_t offset = store::File::open_read(chain.layout().segment(0)).size();
  append_block(chain, finish(chain, forgery, enough_work, good_seal));
  for (const unsigned threads : {1u, 2u}) {
    const auto report = verified(chain, on_threads(threads));
    REQUIRE_MESSAGE(report.faults.size() == 1, words);
    const Fault& fault = report.faults.front();
    CHECK_MESSAGE(fault.layer == layer, fault.reason);
    CHECK(fault.height == 5);
    CHECK(fault.position == store::Position{0, offset});
    CHECK_MESSAGE(fault.reason.find(words) != std::string::npos, fault.reason);
    CHECK(report.head.height == 4);
    CHECK(report.head.hash == chain.open().tip().hash);
    CHECK(report.blocks == 5);
  }
}

}  // namespace

TEST_CASE("a sound chain is called sound, every layer counted") {
  LittleChain chain;
  grow_four_blocks(chain);
  std::uint64_t seen = 0, told = 0;
  const auto report = verify(
      chain.layout(), chain.operations(), on_threads(2), [&](std::uint64_t n) { told = n; },
      [&](const BlockView& block, std::span<const Transaction> transactions) {
        CHECK(block.header.height == seen++);
        CHECK(block.transactions.size() == transactions.size());
      });
  CHECK(report.faults.empty());
  CHECK_FALSE(report.unclear);
  CHECK(report.name == "little");
  CHECK(report.ledger == chain.id());
  CHECK(report.head.height == 4);
  CHECK(report.head.hash == chain.open().tip().hash);
  CHECK(report.head_time == chain.open().tip().time());
  CHECK(report.blocks == 5);
  CHECK(report.transactions == 3);
  CHECK(report.operations == 3);
  CHECK(report.index_checked);
  CHECK(seen == 5);
  CHECK(told <= 5);
  CHECK(checked(report, Layer::signature) == 3);
  CHECK(checked(report, Layer::seal) == 4);
  CHECK(checked(report, Layer::state) == 5);
  CHECK(checked(report, Layer::index) > 5);
}

TEST_CASE("the blocks alone are enough, from a directory, a read-only one, or a stream") {
  LittleChain chain({.segment_bytes = 4096});
  for (int i = 0; i < 10; ++i)
    chain.seal("north", chain.enrolment("nurse " + std::to_string(i), Kind::professional, "nurse"));
  const store::Layout copy{chain.directory() + "/copy"};
  fs::create_directories(copy.root);
  fs::copy(chain.layout().blocks(), copy.blocks(), fs::copy_options::recursive);
  const auto bare = verify(copy, chain.operations(), {});
  CHECK(bare.faults.empty());
  CHECK_FALSE(bare.index_checked);
  CHECK(bare.head.hash == chain.open().tip().hash);
  std::string all;
  for (const std::string& name : store::list_directory(copy.blocks())) all += file_bytes(copy.blocks() + "/" + name);
  overwrite(chain.directory() + "/stream", all);
  const auto streamed =
      verify(store::File::open_read(chain.directory() + "/stream"), chain.operations(), on_threads(2));
  CHECK(streamed.faults.empty());
  CHECK(streamed.head.hash == bare.head.hash);
  overwrite(chain.directory() + "/stream", "");
  CHECK_THROWS_WITH_AS(verify(store::File::open_read(chain.directory() + "/stream"), chain.operations(), {}),
                       doctest::Contains("there are no blocks"), Error);
}

TEST_CASE("a fault in the links is found") {
  wrong_in(Layer::links, "previous hash", [](LittleChain&, Forgery& f) { f.header.previous.bytes[0] ^= 1; });
  wrong_in(Layer::links, "calls itself block 7", [](LittleChain&, Forgery& f) { f.header.height = 7; });
  wrong_in(Layer::links, "history root", [](LittleChain&, Forgery& f) { f.header.history.bytes[31] ^= 1; });
}

TEST_CASE("a fault in the work is found") {
  wrong_in(Layer::work, "its target", [](LittleChain&, Forgery& f) { f.header.target = 0x2100ffff; });
  wrong_in(Layer::work, "its target", [](LittleChain&, Forgery& f) { f.header.target = 0; });
  wrong_in(
      Layer::work, "does not meet", [](LittleChain&, Forgery&) {}, false);
}

TEST_CASE("a fault in the time is found") {
  wrong_in(Layer::time, "the earliest it may have",
           [](LittleChain& chain, Forgery& f) { f.header.time.seconds = chain.open().tip().time().seconds - 1; });
}

TEST_CASE("a fault in sealer or seal is found") {
  wrong_in(Layer::sealer, "may not seal", [](LittleChain& chain, Forgery& f) {
    f.sealer = "bob";
    f.header.sealer = chain.account("bob");
  });
  wrong_in(Layer::seal, "does not hold", [](LittleChain&, Forgery& f) { f.sealer = "south"; });
  wrong_in(
      Layer::seal, "does not hold", [](LittleChain&, Forgery&) {}, true, false);
}

TEST_CASE("a fault in the transactions is found") {
  wrong_in(Layer::merkle, "transactions root", [](LittleChain&, Forgery& f) { f.transactions.clear(); });
  wrong_in(Layer::encoding, "four parts", [](LittleChain&, Forgery& f) {
    f.transactions.push_back(Bytes{0x80});
    set_root(f);
  });
  wrong_in(Layer::signature, "does not hold", [](LittleChain&, Forgery& f) {
    f.transactions[0] = spoiled(f.transactions[0]);
    set_root(f);
  });
  wrong_in(Layer::permission, "sealed before", [](LittleChain& chain, Forgery& f) {
    const auto ledger = chain.open();
    const auto old = parse_block(ledger.block(1)).transactions.size();
    REQUIRE(old == 2);
    const Bytes block = ledger.block(1);
    f.transactions.push_back(copy_of(parse_block(block).transactions[0]));
    set_root(f);
  });
  wrong_in(Layer::permission, "only an organisation", [](LittleChain& chain, Forgery& f) {
    f.transactions[0] = chain.signed_by("bob", chain.enrolment("x", Kind::professional, "nurse"));
    set_root(f);
  });
  wrong_in(Layer::permission, "unknown operation", [](LittleChain& chain, Forgery& f) {
    f.transactions[0] = chain.sign("north", {{"no.such", Bytes{0xa0}}});
    set_root(f);
  });
}

TEST_CASE("of two faults in a block's transactions that of the earlier layer is told") {
  const auto refused_first = [](LittleChain& chain, Forgery& f) {
    f.transactions.insert(f.transactions.begin(),
                          chain.signed_by("bob", chain.enrolment("x", Kind::professional, "nurse")));
  };
  wrong_in(Layer::signature, "does not hold", [&](LittleChain& chain, Forgery& f) {
    refused_first(chain, f);
    f.transactions[1] = spoiled(f.transactions[1]);
    set_root(f);
  });
  wrong_in(Layer::encoding, "four parts", [&](LittleChain& chain, Forgery& f) {
    refused_first(chain, f);
    f.transactions.push_back(Bytes{0x80});
    set_root(f);
  });
  wrong_in(Layer::merkle, "transactions root", [&](LittleChain& chain, Forgery& f) { refused_first(chain, f); });
  wrong_in(
      Layer::seal, "signature", [&](LittleChain& chain, Forgery& f) { refused_first(chain, f), set_root(f); }, true,
      false);
  wrong_in(Layer::permission, "only an organisation", [&](LittleChain& chain, Forgery& f) {
    refused_first(chain, f);
    set_root(f);
  });
}

TEST_CASE("a block of many transactions is replayed while it is checked, with the same outcome") {
  for (const std::size_t spoilt :
       {std::size_t{0}, std::size_t{63}, std::size_t{64}, std::size_t{149}, std::size_t{150}}) {
    LittleChain chain;
    for (int i = 0; i < 150; ++i)
      chain.act("north", chain.enrolment("person " + std::to_string(i), Kind::professional, "nurse"));
    Forgery forgery = next_block(chain);
    REQUIRE(forgery.transactions.size() == 150);
    if (spoilt < 150) forgery.transactions[spoilt] = spoiled(forgery.transactions[spoilt]);
    set_root(forgery);
    append_block(chain, finish(chain, forgery));
    for (const unsigned threads : {1u, 2u, 4u}) {
      const auto report = verified(chain, on_threads(threads));
      CHECK(report.transactions == (spoilt < 150 ? 0 : 150));
      REQUIRE(report.faults.size() == (spoilt < 150 ? 1 : 0));
      if (spoilt < 150) CHECK(report.faults[0].transaction == spoilt);
    }
  }
}

TEST_CASE("a fault in the state is found") {
  wrong_in(Layer::state, "state digest", [](LittleChain&, Forgery& f) { f.header.state.bytes[3] ^= 1; });
}

TEST_CASE("the transaction at fault is named") {
  LittleChain chain;
  chain.act("north", chain.enrolment("bob", Kind::professional, "nurse"));
  const TransactionId second = chain.act("north", chain.enrolment("eve", Kind::professional, "nurse"));
  Forgery forgery = next_block(chain);
  forgery.transactions[1] = spoiled(forgery.transactions[1]);
  set_root(forgery);
  append_block(chain, finish(chain, forgery));
  const auto report = verified(chain);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].transaction == 1u);
  CHECK(report.faults[0].transaction_id == second);
}

TEST_CASE("no flipped bit in the segments goes unnoticed") {
  LittleChain chain;
  chain.seal("north", chain.enrolment("bob", Kind::professional, "nurse"));
  chain.mine_empty("south");
  const std::string good = file_bytes(chain.layout().segment(0));
  const Hash tip = chain.open().tip().hash;
  fs::remove_all(chain.layout().index());
  for (std::size_t i = 0; i < good.size(); i += 7) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1 << (i % 8));
    overwrite(chain.layout().segment(0), bad);
    const auto report = verify(chain.layout(), chain.operations(), expecting(Pin{2, tip}));
    CHECK_MESSAGE(!report.faults.empty(), i);
  }
}

TEST_CASE("damage to a frame is found where it is") {
  LittleChain chain;
  grow_four_blocks(chain);
  const std::string good = file_bytes(chain.layout().segment(0));
  const store::Position third =
      decode_block(*store::Index::open_reader(chain.layout().index())->get(height_row(3))).position;
  std::string bad = good;
  bad[third.offset + 100] ^= 0x10;
  overwrite(chain.layout().segment(0), bad);
  const auto report = verified(chain);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].layer == Layer::frame);
  CHECK(report.faults[0].height == 3);
  CHECK(report.faults[0].position == third);
  CHECK(report.head.height == 2);
}

TEST_CASE("with --all what lies behind a fault is looked at too") {
  LittleChain chain;
  grow_four_blocks(chain);
  chain.act("north", chain.enrolment("carl", Kind::professional, "nurse"));
  Forgery first = next_block(chain);
  first.transactions[0] = spoiled(first.transactions[0]);
  set_root(first);
  const Bytes fifth = finish(chain, first);
  append_block(chain, fifth);
  Forgery second = first;
  second.header.height = 6;
  second.header.previous = block_hash(fifth);
  second.transactions.clear();  // its root is wrong now
  append_block(chain, finish(chain, second));
  CHECK(verified(chain).faults.size() == 1);
  const auto report = verified(chain, everything());
  REQUIRE(report.faults.size() >= 2);
  CHECK(report.faults[0].layer == Layer::signature);
  CHECK(report.faults[0].height == 5);
  CHECK(report.faults[1].layer == Layer::merkle);
  CHECK(report.faults[1].height == 6);
  CHECK(report.head.height == 4);
}

TEST_CASE("two wrong states are told in the order of the chain") {
  LittleChain chain;
  grow_four_blocks(chain);
  Forgery forgery = next_block(chain);
  forgery.header.state.bytes[0] ^= 1;
  append_block(chain, finish(chain, forgery));
  // A next block that fits the one before it in everything but its state.
  const BlockView fifth = parse_block(finish(chain, forgery));
  Tip tip = chain.open().tip();
  advance(tip, fifth.header, fifth.hash);
  forgery.header.height = 6;
  forgery.header.previous = fifth.hash;
  forgery.header.history = tip.history.root();
  forgery.header.time.seconds += 60;
  forgery.header.target = next_target(chain.constitution().work(), tip.origin, tip.height, tip.time());
  append_block(chain, finish(chain, forgery));
  const auto report = verified(chain, everything());
  REQUIRE(report.faults.size() == 2);
  CHECK(report.faults[0].height == 5);
  CHECK(report.faults[1].height == 6);
  CHECK(report.head.height == 4);
}

TEST_CASE("a pin notices a cut tail and a rewritten chain") {
  LittleChain chain;
  grow_four_blocks(chain);
  const Ledger ledger = chain.open();
  for (std::uint64_t height = 0; height <= 4; ++height)
    CHECK(verified(chain, expecting(Pin{height, *ledger.block_hash(height)})).faults.empty());
  const auto beyond = verified(chain, expecting(Pin{5, ledger.tip().hash}));
  REQUIRE(beyond.faults.size() == 1);
  CHECK(beyond.faults[0].layer == Layer::pin);
  CHECK(beyond.faults[0].height == 5);
  const auto other = verified(chain, expecting(Pin{3, ledger.tip().hash}));
  REQUIRE(other.faults.size() == 1);
  CHECK(other.faults[0].layer == Layer::pin);
  CHECK(other.faults[0].height == 3);
}

TEST_CASE("below a pin signatures are taken as checked, everything else is replayed") {
  LittleChain chain;
  grow_four_blocks(chain);
  chain.act("north", chain.enrolment("carl", Kind::professional, "nurse"));
  Forgery forgery = next_block(chain);
  forgery.transactions[0] = spoiled(forgery.transactions[0]);
  set_root(forgery);
  const Bytes block = finish(chain, forgery);
  append_block(chain, block);
  fs::remove_all(chain.layout().index());
  const auto all = verified(chain);
  REQUIRE(all.faults.size() == 1);
  CHECK(all.faults[0].layer == Layer::signature);
  const Pin pin{5, block_hash(block)};
  const auto rest = verified(chain, starting_from(pin));
  CHECK(rest.faults.empty());  // somebody vouches for what is below the pin
  CHECK(rest.head.height == 5);
  CHECK(checked(rest, Layer::signature) == 0);
  const auto half = verified(chain, starting_from(Pin{4, parse_block(block).header.previous}));
  REQUIRE(half.faults.size() == 1);
  CHECK(half.faults[0].height == 5);
  const auto wrong = verified(chain, starting_from(Pin{4, pin.hash}));
  REQUIRE(wrong.faults.size() == 1);
}

TEST_CASE("a pin to start from must be on the chain") {
  LittleChain chain;
  grow_four_blocks(chain);
  const auto report = verified(chain, starting_from(Pin{2, chain.open().tip().hash}));
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].layer == Layer::pin);
}

TEST_CASE("a torn tail is unclear, unless a pin says what must be there") {
  LittleChain chain;
  grow_four_blocks(chain);
  const Ledger ledger = chain.open();
  const Bytes torn = store::frame("CCF1", finish(chain, next_block(chain)));
  append_raw(chain, ByteView(torn).first(torn.size() / 2));
  const auto report = verified(chain);
  CHECK(report.faults.empty());
  REQUIRE(report.unclear);
  CHECK(report.unclear->find("unfinished") != std::string::npos);
  CHECK(report.head.height == 4);
  const auto pinned = verified(chain, expecting(Pin{4, ledger.tip().hash}));
  CHECK(pinned.faults.empty());
  CHECK_FALSE(pinned.unclear);
  fs::remove_all(chain.layout().index());
  const std::string good = file_bytes(chain.layout().segment(0));
  overwrite(chain.layout().segment(0), good.substr(0, good.size() - torn.size() / 2 - 1));  // cuts block 4
  CHECK(verified(chain).unclear);
  const auto cut = verified(chain, expecting(Pin{4, ledger.tip().hash}));
  REQUIRE(cut.faults.size() == 1);
  CHECK(cut.faults[0].layer == Layer::pin);
  CHECK(cut.faults[0].height == 4);
  overwrite(chain.layout().segment(0), good.substr(0, 40));  // cuts block 0
  CHECK(verified(chain).unclear);
  const auto nothing = verified(chain, expecting(Pin{4, ledger.tip().hash}));
  REQUIRE(nothing.faults.size() == 1);
  CHECK(nothing.faults[0].layer == Layer::pin);
  CHECK(nothing.faults[0].height == 0);
  overwrite(chain.layout().segment(0), "");
  CHECK_THROWS_WITH_AS(verified(chain), "there are no blocks", Error);
  CHECK(verified(chain, expecting(Pin{4, ledger.tip().hash})).faults.size() == 1);
}

}  // namespace carechain::ledger
