// A chain as its one writer and its readers see it.

#include <doctest/doctest.h>

#include <filesystem>

#include "libcore/encoding/text.hpp"
#include "libcore/ledger/rows.hpp"
#include "libcore/ledger/verify.hpp"
#include "libcore/store/segments.hpp"
#include "unit/ledger/forge.hpp"
#include "unit/text.hpp"

namespace carechain::ledger {
namespace {

using test::contains;

using namespace testing;
namespace fs = std::filesystem;

// Everything an index says, in order, but for undo records: one that was made anew has none.
std::map<std::string, std::string> all_rows(const store::Path& index) {
  std::map<std::string, std::string> rows;
  store::Index::open_reader(index)->scan("", {}, [&](std::string_view key, std::string_view value) {
    if (key.front() != 'u') rows.emplace(key, value);
    return true;
  });
  return rows;
}

// Three blocks: an enrolment, an empty one, a suspension.
void grow(LittleChain& chain) {
  chain.seal("north", chain.enrolment("bob", Kind::professional, "physician"));
  chain.mine_empty("south");
  chain.seal("north", Suspend{chain.account("bob"), false});
}

std::string refusal_of(LittleChain& chain, ByteView block) {
  LedgerWriter writer = LedgerWriter::open(chain.layout(), chain.operations());
  const Hash tip = writer.tip().hash;
  try {
    writer.append(block);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no);
    CHECK(writer.tip().hash == tip);
    return error.what();
  }
  return "";
}
}  // namespace

TEST_CASE("a block becomes the tip, and readers see it") {
  LittleChain chain;
  const Ledger before = chain.open();
  const TransactionId id = chain.act("north", chain.enrolment("bob", Kind::professional, "physician"));
  const MinedBlock mined = chain.mine();
  CHECK(mined.sealed == std::vector{id});
  const Ledger after = chain.open();
  CHECK(before.tip().height == 0);
  CHECK(after.tip().height == 1);
  CHECK(after.tip().hash == mined.hash);
  CHECK(after.tip().work == work_of(*expand_target(mined.header.target)));
  CHECK(after.tip().state.digest() == mined.header.state);
  CHECK(after.block_hash(0) == chain.id());
  CHECK(after.block_hash(1) == mined.hash);
  CHECK_FALSE(after.block_hash(2));
  CHECK_THROWS_WITH_AS(after.block(2), doctest::Contains("there is no block 2"), Error);
  CHECK(after.block(1).size() == mined.bytes);
  const auto place = after.find_transaction(id);
  REQUIRE(place);
  CHECK(place->height == 1);
  CHECK(place->position == 0);
  CHECK(parse_transaction(chain.id(), after.transaction_bytes(*place)).id == id);
  CHECK(after.transactions_like(encoding::hex(id.view()).substr(0, 9), 5) == std::vector{id});
  CHECK(after.transactions_like("00000000000", 5).empty());
  CHECK(chain.look().pending().empty());
}

TEST_CASE("a directory is founded once, and nothing is opened where nothing is") {
  LittleChain chain;
  CHECK_THROWS_WITH_AS(create_ledger(chain.layout(), chain.operations(), chain.constitution(), ""),
                       doctest::Contains("there is a ledger"), Error);
  const store::Layout nothing{chain.directory() + "/nothing"};
  CHECK_THROWS_WITH_AS(Ledger::open(nothing, chain.operations()), doctest::Contains("there is no ledger"), Error);
  CHECK_THROWS_WITH_AS(LedgerWriter::open(nothing, chain.operations()), doctest::Contains("there is no ledger"), Error);
  CHECK_THROWS_WITH_AS(Pool::look(nothing, chain.operations(), {}), doctest::Contains("there is no ledger"), Error);
  CHECK_FALSE(store::exists(nothing.root));
}

TEST_CASE("an index made anew says what the old one said") {
  LittleChain chain({.segment_bytes = 4096});
  for (int i = 0; i < 12; ++i)
    chain.seal("north", chain.enrolment("nurse " + std::to_string(i), Kind::professional, "nurse"));
  CHECK(store::exists(chain.layout().segment(1)));  // the chain spans segments
  const auto before = all_rows(chain.layout().index());
  std::uint64_t told = 0;
  const auto rebuilt = LedgerWriter::rebuild(chain.layout(), chain.operations(), [&](std::uint64_t n) { told = n; });
  CHECK(rebuilt.blocks == 13);
  CHECK(rebuilt.transactions == 12);
  CHECK(told == 13);
  CHECK(all_rows(chain.layout().index()) == before);
  fs::remove_all(chain.layout().index());
  chain.mine_empty();  // a writer that finds none builds it
  CHECK(all_rows(chain.layout().index()).size() == before.size() + 1);
  CHECK(chain.open().tip().height == 13);
}

TEST_CASE("a bare copy of the blocks reads like the ledger itself") {
  LittleChain chain;
  grow(chain);
  const store::Layout copy{chain.directory() + "/copy"};
  fs::create_directories(copy.root);
  fs::copy(chain.layout().blocks(), copy.blocks(), fs::copy_options::recursive);
  const Ledger bare = Ledger::open(copy, chain.operations()), whole = chain.open();
  CHECK(bare.id() == whole.id());
  CHECK(bare.tip().save() == whole.tip().save());
  CHECK(identities.get(bare.state(), chain.account("bob"))->suspended.size() == 1);
  CHECK_FALSE(store::exists(copy.index()));
  CHECK(bare.block(2) == whole.block(2));
}

TEST_CASE("whole blocks beyond the index are taken up by the next writer") {
  LittleChain chain;
  const Bytes block = finish(chain, next_block(chain));
  append_block(chain, block);
  CHECK(chain.open().tip().height == 0);  // a reader does not write
  const LedgerWriter writer = LedgerWriter::open(chain.layout(), chain.operations());
  CHECK(writer.tip().height == 1);
  CHECK(chain.open().tip().hash == block_hash(block));
}

TEST_CASE("an unfinished last frame is moved away, and the chain goes on") {
  LittleChain chain;
  grow(chain);
  const std::string whole = file_bytes(chain.layout().segment(0));
  const Bytes torn = store::frame("CCF1", finish(chain, next_block(chain)));
  for (const std::size_t size : {std::size_t{1}, std::size_t{11}, std::size_t{12}, torn.size() - 1}) {
    append_raw(chain, ByteView(torn).first(size));
    CHECK(chain.open().tip().height == 3);
    LedgerWriter::open(chain.layout(), chain.operations());
    CHECK(file_bytes(chain.layout().segment(0)) == whole);
    const auto kept = store::list_directory(chain.layout().torn());
    REQUIRE_FALSE(kept.empty());
    CHECK(file_bytes(chain.layout().torn() + "/" + kept.back()).size() >= 1);
    fs::remove_all(chain.layout().torn());
  }
  chain.mine_empty();
  CHECK(chain.open().tip().height == 4);
}

TEST_CASE("any other damage stops a writer, and nothing is cut") {
  LittleChain chain;
  grow(chain);
  const std::string good = file_bytes(chain.layout().segment(0));
  const auto stops = [&](std::string bad, bool without_index) {
    overwrite(chain.layout().segment(0), bad);
    if (without_index) fs::remove_all(chain.layout().index());
    try {
      LedgerWriter::open(chain.layout(), chain.operations());
      return false;
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::trouble);
      CHECK(file_bytes(chain.layout().segment(0)) == bad);
      CHECK_FALSE(store::exists(chain.layout().torn()));
      return true;
    }
  };
  std::string junk_behind = good + "no frame at all";
  CHECK(stops(junk_behind, false));
  std::string cut = good.substr(0, good.size() - 1);  // below the tip that the index knows
  CHECK(stops(cut, false));
  std::string flipped = good;
  flipped[good.size() / 2] ^= 1;
  CHECK(stops(flipped, true));
  overwrite(chain.layout().segment(0), good);
  CHECK(LedgerWriter::open(chain.layout(), chain.operations()).tip().height == 3);
}

TEST_CASE("a block that is wrong in anything is refused by the name of the layer") {
  LittleChain chain;
  grow(chain);
  chain.act("north", chain.enrolment("eve", Kind::professional, "nurse"));
  const Forgery good = next_block(chain);
  const auto refused = [&](const std::function<void(Forgery&)>& change) {
    Forgery bad = good;
    change(bad);
    return refusal_of(chain, finish(chain, bad));
  };
  CHECK(contains(refused([](Forgery& f) { f.header.previous.bytes[5] ^= 1; }), "block 4, links: its previous hash"));
  CHECK(contains(refused([](Forgery& f) { ++f.header.height; }), "block 5, links: it calls itself block 5"));
  CHECK(contains(refused([](Forgery& f) { f.header.history.bytes[0] ^= 1; }), "links: its history root"));
  CHECK(contains(refused([](Forgery& f) { f.header.target = 0x2100ffff; }), "work: its target is"));
  CHECK(contains(refusal_of(chain, finish(chain, good, false)), "work: its hash does not meet its target"));
  CHECK(contains(refused([&](Forgery& f) { f.header.time.seconds = chain.open().tip().time().seconds - 1; }),
                 "time: its time"));
  CHECK(contains(refused([&](Forgery& f) { f.header.sealer = chain.account("east"), f.sealer = "east"; }),
                 "sealer: did:key:"));
  CHECK(contains(refused([](Forgery& f) { f.sealer = "south"; }), "seal: the sealer's signature does not hold"));
  CHECK(contains(refusal_of(chain, finish(chain, good, true, false)), "seal: the sealer's signature"));
  CHECK(contains(refused([](Forgery& f) { f.transactions.clear(); }), "merkle: its transactions root"));
  CHECK(contains(refused([](Forgery& f) { f.header.transactions.bytes[0] ^= 1; }), "merkle: its transactions root"));
  CHECK(contains(refused([](Forgery& f) { f.transactions[0] = spoiled(f.transactions[0]), set_root(f); }),
                 "signature: transaction 0"));
  CHECK(contains(refused([](Forgery& f) { f.transactions.push_back(f.transactions[0]), set_root(f); }),
                 "permission: transaction"));
  CHECK(contains(refused([&](Forgery& f) {
                   f.transactions.push_back(chain.signed_by("eve", chain.enrolment("x", Kind::professional, "nurse")));
                   set_root(f);
                 }),
                 "only an organisation"));
  CHECK(contains(refused([&](Forgery& f) {
                   f.transactions.push_back(chain.sign("north", {{"no.such-operation", Bytes{0xa0}}}));
                   set_root(f);
                 }),
                 "unknown operation 'no.such-operation'"));
  CHECK(contains(refused([](Forgery& f) { f.header.state.bytes[0] ^= 1; }), "state: its state digest"));
  CHECK(contains(refused([](Forgery& f) { f.transactions.clear(), set_root(f); }), "state: its state digest"));
  CHECK(refusal_of(chain, finish(chain, good)) == "");
  CHECK(contains(refusal_of(chain, finish(chain, good)), "links"));  // the same once more
}

TEST_CASE("a block for another ledger's transactions is refused") {
  LittleChain chain, other({.label = "another ledger"});
  Forgery forgery = next_block(chain);
  forgery.transactions.push_back(other.signed_by("north", other.enrolment("bob", Kind::professional, "nurse")));
  set_root(forgery);
  CHECK(contains(refusal_of(chain, finish(chain, forgery)), "signature: transaction 0"));
}

TEST_CASE("header times neither go back nor stand still for long") {
  LittleChain chain;
  for (int i = 0; i < 12; ++i) {
    chain.tick(-static_cast<std::int64_t>(chain.constitution().consensus.spacing));  // a clock that stands still
    chain.mine_empty();
  }
  std::vector<Time> times;
  for (std::uint64_t height = 0; height <= 12; ++height)
    times.push_back(parse_block(chain.open().block(height)).header.time);
  CHECK(std::ranges::is_sorted(times));
  const Tip tip = chain.open().tip();
  CHECK(tip.recent.size() == 11);
  std::vector<Time> last(times.end() - 11, times.end());
  CHECK(tip.recent == last);
  CHECK(earliest_time(tip) > last[5]);
  CHECK(earliest_time(tip) >= tip.time());
}

TEST_CASE("transactions that were valid only until then are refused later") {
  LittleChain chain;
  const Enroll enroll = chain.enrolment("bob", Kind::professional, "nurse");
  const Bytes expired = chain.sign("north", {operation(enroll)}, Time{chain.now().seconds - 1});
  CHECK(contains(chain.submit(expired).reason, "expired"));
  const Bytes last_moment = chain.sign("north", {operation(enroll)}, chain.now());
  CHECK(chain.submit(last_moment).status == Pool::Status::accepted);
  const Bytes rotation = chain.sign("bob", {operation(Rotate{enroll.account, chain.account("new")})}, chain.now());
  CHECK(contains(chain.submit(rotation).reason, "may not carry 'until'"));
}

TEST_CASE("a rule set newer than the program is no verdict but exit 3") {
  LittleChain chain({.quorum = 1});
  chain.seal("north", ChangeRules{2, 3});
  chain.mine_empty();  // block 2 is still under rule set 1
  const auto trouble = [](const std::function<void()>& deed) {
    try {
      deed();
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::trouble);
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(contains(trouble([&] { chain.mine_empty(); }), "rule set 2"));
  const Forgery forgery = next_block(chain);
  append_block(chain, finish(chain, forgery));
  CHECK(contains(trouble([&] { LedgerWriter::open(chain.layout(), chain.operations()); }), "rule set 2"));
  CHECK(contains(trouble([&] { verify(chain.layout(), chain.operations(), {}); }), "rule set 2"));
}

TEST_CASE("under unknown rules a block is not even called wrong") {
  LittleChain chain({.quorum = 1});
  chain.seal("north", ChangeRules{2, 2});
  Forgery forgery = next_block(chain);
  forgery.header.target = 0x2100ffff;  // may be what rule set 2 demands
  append_block(chain, finish(chain, forgery));
  CHECK_THROWS_WITH_AS(verify(chain.layout(), chain.operations(), {}), doctest::Contains("rule set 2"), Error);
}

TEST_CASE("the tip is the same when it is loaded again") {
  LittleChain chain;
  grow(chain);
  const Tip tip = chain.open().tip();
  const Tip again = Tip::load(tip.save());
  CHECK(again.save() == tip.save());
  CHECK(again.history.root() == tip.history.root());
  CHECK_THROWS_AS(Tip::load(ByteView(tip.save()).first(100)), Error);
}

TEST_CASE("a pin is a height and a hash") {
  const Pin pin{7, Hash(Bytes(32, 0xab))};
  const auto back = parse_pin(to_text(pin));
  REQUIRE(back);
  CHECK(back->height == 7);
  CHECK(back->hash == pin.hash);
  for (const std::string& bad :
       {std::string("7"), std::string("7:"), std::string(":ab"), "07:" + to_text(pin).substr(2), to_text(pin) + "0",
        to_text(pin).substr(0, 65), "-1:" + to_text(pin).substr(2)})
    CHECK_FALSE_MESSAGE(parse_pin(bad), bad);
}

}  // namespace carechain::ledger
