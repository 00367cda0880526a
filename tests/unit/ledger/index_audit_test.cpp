#include "libcore/ledger/index_audit.hpp"

#include <doctest/doctest.h>

#include "libcore/care/access_operations.hpp"
#include "libcore/ledger/rows.hpp"
#include "unit/ledger/forge.hpp"

namespace carechain::ledger {
namespace {

using namespace testing;

// Four blocks above block 0: two enrolments, an empty one, a suspension.
void grow_to_audit(LittleChain& chain) {
  chain.act("north", chain.enrolment("bob", Kind::professional, "physician"));
  chain.seal("south", chain.enrolment("eve", Kind::professional, "nurse"));
  chain.mine_empty("south");
  chain.seal("north", Suspend{chain.account("bob"), false});
  chain.mine_empty();
}

VerifyReport audited(LittleChain& chain, bool with_index = true) {
  VerifyOptions options;
  options.check_index = with_index;
  return verify(chain.layout(), chain.operations(), options);
}

care::GrantAccess grant_to(LittleChain& chain, const std::string& who) {
  care::Provision provision;
  provision.actors = {{chain.account(who), {}}};
  provision.types = {{"*"}};
  provision.purposes = {{"TREAT"}};
  return {{std::nullopt, {provision}}};
}

std::optional<Fault> index_fault(LittleChain& chain,
                                 const std::function<void(store::IndexBatch&, store::Index&)>& change) {
  {
    store::Index index = store::Index::open_writer(chain.layout().index());
    store::IndexBatch batch;
    change(batch, index);
    index.write(batch, true);
  }
  const auto report = audited(chain);
  if (report.faults.empty()) return std::nullopt;
  CHECK(report.faults[0].layer == Layer::index);
  CHECK_FALSE(audited(chain, false).index_checked);
  CHECK(audited(chain, false).faults.empty());
  return report.faults[0];
}

}  // namespace

TEST_CASE("an index that differs from the chain is noticed") {
  const auto noticed = [](const std::function<void(LittleChain&, store::IndexBatch&, store::Index&)>& change) {
    LittleChain chain;
    grow_to_audit(chain);
    return index_fault(chain, [&](store::IndexBatch& batch, store::Index& index) { change(chain, batch, index); });
  };
  const auto bob = [](LittleChain& chain) { return 's' + identities.key(chain.account("bob")); };
  const auto changed = noticed([&](LittleChain& chain, store::IndexBatch& batch, store::Index& index) {
    batch.put(bob(chain), *index.get('s' + identities.key(chain.account("eve"))));
  });
  REQUIRE(changed);
  CHECK(changed->height == 4);
  CHECK(noticed([&](LittleChain& chain, store::IndexBatch& batch, store::Index&) { batch.erase(bob(chain)); }));
  CHECK(noticed([](LittleChain&, store::IndexBatch& batch, store::Index&) { batch.put("sid/x", "y"); }));
  CHECK(noticed([](LittleChain&, store::IndexBatch& batch, store::Index&) { batch.erase("M"); }));
  CHECK(noticed([](LittleChain&, store::IndexBatch& batch, store::Index&) { batch.put("M", "x"); }));
  CHECK(noticed([](LittleChain& chain, store::IndexBatch& batch, store::Index&) {
    Tip tip = chain.open().tip();
    tip.hash.bytes[0] ^= 1;
    batch.put("M", text_of(tip.save()));
  }));
  CHECK_FALSE(noticed([](LittleChain&, store::IndexBatch&, store::Index&) {}));
}

TEST_CASE("an index that differs beside the state is noticed too") {
  const auto noticed = [](const std::function<void(store::IndexBatch&, store::Index&)>& change) {
    LittleChain chain;
    grow_to_audit(chain);
    chain.act("alice", grant_to(chain, "bob"));
    chain.mine();
    const auto fault = index_fault(chain, change);
    return fault ? fault->reason : "";
  };
  const auto first_of = [](store::Index& index, std::string_view prefix) {
    std::pair<std::string, std::string> first;
    index.scan(prefix, {}, [&](std::string_view key, std::string_view value) {
      first = {std::string(key), std::string(value)};
      return false;
    });
    REQUIRE_FALSE(first.first.empty());
    return first;
  };
  CHECK(noticed([](store::IndexBatch&, store::Index&) {}) == "");
  CHECK(noticed([](store::IndexBatch& batch, store::Index& index) {
          batch.put(height_row(2), *index.get(height_row(3)));
        }) == "its places of blocks differ from the chain's");
  CHECK(noticed([&](store::IndexBatch& batch, store::Index& index) { batch.erase(first_of(index, "x").first); }) ==
        "its places of transactions differ from the chain's");
  CHECK(noticed([&](store::IndexBatch& batch, store::Index& index) {
          batch.put(first_of(index, "x").first, encode(SealedPlace{}));
        }) == "its places of transactions differ from the chain's");
  CHECK(noticed([&](store::IndexBatch& batch, store::Index& index) { batch.erase(first_of(index, "n").first); }) ==
        "its entries of the query indexes differ from the chain's");
  CHECK(noticed([](store::IndexBatch& batch, store::Index&) { batch.put("nlog/forged", "x"); }) ==
        "its entries of the query indexes differ from the chain's");
  CHECK(noticed([](store::IndexBatch& batch, store::Index&) {
          batch.put("E", encode(store::Position{0, 0}));
        }) == "it does not know where the next block goes");
  CHECK(noticed([](store::IndexBatch& batch, store::Index& index) {
          Tip tip = Tip::load(view_of(*index.get("M")));
          tip.work = tip.work + U256{1};
          batch.put("M", text_of(tip.save()));
        }) == "what it says of its tip differs from the chain's");
  CHECK(noticed([](store::IndexBatch& batch, store::Index& index) {
          Tip tip = Tip::load(view_of(*index.get("M")));
          tip.state.add("a", "b");
          batch.put("M", text_of(tip.save()));
        }) == "what it says of its tip differs from the chain's");
}

TEST_CASE("an index that lags behind the segments is none the worse for it") {
  LittleChain chain;
  grow_to_audit(chain);
  append_block(chain, finish(chain, next_block(chain)));
  const auto report = audited(chain);
  CHECK(report.faults.empty());
  CHECK(report.index_checked);
  CHECK(report.head.height == 5);
}

TEST_CASE("an index that knows more than the segments hold is noticed") {
  LittleChain chain;
  grow_to_audit(chain);
  const std::string before = file_bytes(chain.layout().segment(0));
  chain.mine_empty();
  overwrite(chain.layout().segment(0), before);
  const auto report = audited(chain);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].layer == Layer::index);
  CHECK(report.faults[0].height == 5);
}

}  // namespace carechain::ledger
