#include "libcore/ledger/pool.hpp"

#include <doctest/doctest.h>

#include <set>

#include "libcore/store/pool_file.hpp"
#include "unit/ledger/forge.hpp"

namespace carechain::ledger {
namespace {

using namespace testing;
using Status = Pool::Status;

Enroll nurse(LittleChain& chain, const std::string& name) { return chain.enrolment(name, Kind::professional, "nurse"); }

// Where a transaction is: exactly one of these.
std::string where(LittleChain& chain, const TransactionId& id) {
  std::string places;
  const Pool pool = chain.look();
  for (const auto& pending : pool.pending())
    if (pending.id == id) places += "pending ";
  if (pool.ledger().find_transaction(id)) places += "sealed ";
  for (const auto& dropped : read_dropped(chain.layout()))
    if (dropped.id == id) places += "dropped ";
  return places;
}

}  // namespace

TEST_CASE("a transaction is accepted once, then known, also when it is sealed") {
  LittleChain chain;
  const Bytes transaction = chain.signed_by("north", nurse(chain, "bob"));
  const auto first = chain.submit(transaction);
  CHECK(first.status == Status::accepted);
  CHECK(where(chain, first.id) == "pending ");
  CHECK(chain.submit(transaction).status == Status::known);
  CHECK(chain.look().pending().size() == 1);
  chain.mine();
  CHECK(where(chain, first.id) == "sealed ");
  CHECK(chain.submit(transaction).status == Status::known);
  CHECK(chain.look().pending().empty());
}

TEST_CASE("what does not fit is refused with the reason and leaves nothing") {
  LittleChain chain;
  const auto verdict = chain.submit(chain.signed_by("eve", nurse(chain, "bob")));
  CHECK(verdict.status == Status::refused);
  CHECK(verdict.reason.find("only an organisation") != std::string::npos);
  CHECK(chain.submit(Bytes{0x84, 0x40}).status == Status::refused);
  CHECK(chain.look().pending().empty());
  CHECK_THROWS_AS(chain.mine(), std::runtime_error);
}

TEST_CASE("operations of one transaction happen all or not at all") {
  LittleChain chain;
  const auto verdict = chain.submit(chain.signed_by("north", nurse(chain, "bob"), nurse(chain, "bob")));
  CHECK(verdict.reason.starts_with("operation 1: "));
  CHECK(chain.offer("north", nurse(chain, "bob")) == "");
}

TEST_CASE("what is pending counts for what comes after it") {
  LittleChain chain;
  CHECK(chain.offer("north", Suspend{chain.account("bob"), false}).find("not enrolled") != std::string::npos);
  chain.act("north", nurse(chain, "bob"));
  chain.act("north", Suspend{chain.account("bob"), false});
  const Pool pool = chain.look();
  CHECK_FALSE(identities.has(pool.ledger().state(), chain.account("bob")));
  CHECK(identities.get(pool.pending_state(), chain.account("bob"))->suspended.size() == 1);
  CHECK(chain.mine().sealed.size() == 2);
}

TEST_CASE("among several offered together those that fit are accepted") {
  LittleChain chain;
  const auto verdicts =
      submit(chain.layout(), chain.operations(), chain.now(),
             {chain.signed_by("north", nurse(chain, "bob")), chain.signed_by("eve", nurse(chain, "x")),
              chain.signed_by("south", Suspend{chain.account("bob"), false}),
              chain.signed_by("north", Suspend{chain.account("bob"), false})});
  REQUIRE(verdicts.size() == 4);
  CHECK(verdicts[0].status == Status::accepted);
  CHECK(verdicts[1].status == Status::refused);
  CHECK(verdicts[2].status == Status::refused);
  CHECK(verdicts[3].status == Status::accepted);
  CHECK(chain.look().pending().size() == 2);
}

TEST_CASE("nothing is on disk before it is committed") {
  LittleChain chain;
  {
    Pool pool = Pool::lock(chain.layout(), chain.operations(), chain.now());
    CHECK(pool.offer(chain.signed_by("north", nurse(chain, "bob"))).status == Status::accepted);
  }
  CHECK(chain.look().pending().empty());
  {
    Pool pool = Pool::lock(chain.layout(), chain.operations(), chain.now());
    pool.offer(chain.signed_by("north", nurse(chain, "bob")));
    pool.commit();
    pool.commit();  // nothing twice
  }
  CHECK(chain.look().pending().size() == 1);
}

TEST_CASE("what no longer fits when it is sealed is dropped with the reason") {
  LittleChain chain;
  auto short_lived = nurse(chain, "bob");
  const auto late = chain.submit(chain.sign("north", {operation(short_lived)}, Time{chain.now().seconds + 10}));
  CHECK(late.status == Status::accepted);
  const TransactionId good = chain.act("north", nurse(chain, "eve"));
  chain.tick(100);
  const MinedBlock block = chain.mine();
  CHECK(block.sealed == std::vector{good});
  REQUIRE(block.dropped.size() == 1);
  CHECK(block.dropped[0].id == late.id);
  CHECK(block.dropped[0].reason.find("expired") != std::string::npos);
  CHECK(where(chain, late.id) == "dropped ");
  CHECK(where(chain, good) == "sealed ");
  const auto dropped = read_dropped(chain.layout());
  REQUIRE(dropped.size() == 1);
  CHECK(dropped[0].time == block.header.time);
  const auto again = chain.submit(dropped[0].bytes);
  CHECK(again.status == Status::refused);
  CHECK(again.reason.find("dropped before") != std::string::npos);
}

TEST_CASE("when all that was pending is dropped no block is made") {
  LittleChain chain;
  const auto late = chain.submit(chain.sign("north", {operation(nurse(chain, "bob"))}, Time{chain.now().seconds + 10}));
  chain.tick(100);
  CHECK_FALSE(chain.try_mine("north", {.threads = 1}));
  CHECK(chain.dropped().size() == 1);
  CHECK(where(chain, late.id) == "dropped ");
  CHECK(chain.open().tip().height == 0);
}

TEST_CASE("a transaction whose signature does not hold is never sealed") {
  LittleChain chain;
  const Bytes bad = spoiled(chain.signed_by("north", nurse(chain, "bob")));
  // The pool's callers check signatures; whatever slips in is caught when it is sealed.
  store::append_log(chain.layout().pending(), "CCP1", {bad});
  CHECK_FALSE(chain.try_mine("north", {.threads = 1}));
  REQUIRE(chain.dropped().size() == 1);
  CHECK(chain.dropped()[0].reason.find("signature") != std::string::npos);
}

TEST_CASE("after a crash between chain and pool a transaction is still in one place") {
  LittleChain chain;
  const TransactionId id = chain.act("north", nurse(chain, "bob"));
  const std::string log = file_bytes(chain.layout().pending());
  chain.mine();
  overwrite(chain.layout().pending(), log);  // as if the miner had died before it settled the pool
  CHECK(where(chain, id) == "sealed ");
  CHECK(chain.look().pending().empty());
  settle_pool(chain.layout(), chain.operations(), {});
  CHECK(file_bytes(chain.layout().pending()).empty());

  const auto late = chain.submit(chain.sign("north", {operation(nurse(chain, "eve"))}, Time{chain.now().seconds + 1}));
  const std::string second = file_bytes(chain.layout().pending());
  chain.tick(100);
  chain.try_mine("north", {.threads = 1});
  overwrite(chain.layout().pending(), second);  // dropped already, and still in the log
  CHECK(where(chain, late.id) == "dropped ");
  CHECK(chain.look().pending().empty());
}

TEST_CASE("what is sealed is never written down as dropped") {
  LittleChain chain;
  const Bytes transaction = chain.signed_by("north", nurse(chain, "bob"));
  const TransactionId id = chain.submit(transaction).id;
  chain.mine();
  settle_pool(chain.layout(), chain.operations(), {{id, "by mistake", chain.now(), transaction}});
  CHECK(where(chain, id) == "sealed ");
}

TEST_CASE("a miner takes at most as many transactions as it is told, in their order") {
  LittleChain chain;
  std::vector<TransactionId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(chain.act("north", nurse(chain, "nurse " + std::to_string(i))));
  const auto block = chain.try_mine("north", {.threads = 2, .max_transactions = 2});
  REQUIRE(block);
  CHECK(block->sealed == std::vector(ids.begin(), ids.begin() + 2));
  CHECK(chain.look().pending().size() == 3);
  CHECK(chain.mine().sealed == std::vector(ids.begin() + 2, ids.end()));
}

TEST_CASE("a session sees what others did meanwhile") {
  LittleChain chain;
  PoolSession session(chain.layout(), chain.operations());
  const auto offer = [&](const Bytes& transaction, bool holds = true) {
    return session.submit(chain.now(), {transaction}, [&](std::size_t) { return holds; }).front();
  };
  const Bytes bob = chain.signed_by("north", nurse(chain, "bob"));
  CHECK(offer(bob).status == Status::accepted);
  CHECK(offer(bob).status == Status::known);
  CHECK(offer(chain.signed_by("north", nurse(chain, "x")), false).status == Status::refused);
  chain.act("north", nurse(chain, "eve"));
  CHECK(offer(chain.signed_by("north", Suspend{chain.account("eve"), false})).status == Status::accepted);
  CHECK(chain.mine().sealed.size() == 3);
  CHECK(offer(bob).status == Status::known);
  CHECK(offer(chain.signed_by("north", Suspend{chain.account("bob"), false})).status == Status::accepted);
  CHECK(chain.look().pending().size() == 1);
}

}  // namespace carechain::ledger
