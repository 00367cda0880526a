#include "libcore/ledger/miner.hpp"

#include <algorithm>
#include <deque>
#include <iterator>

#include "libcore/base/parallel.hpp"
#include "libcore/base/task_pool.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/governance.hpp"

namespace carechain::ledger {
namespace {

// Room a block leaves for its header, seal and the array's head.
constexpr std::size_t block_overhead = body_at + 16;

// Signatures checked ahead of those that are applied, on the other threads.
class Checking {
 public:
  // As many as there is room for at most.
  Checking(const Hash& ledger, std::span<const PendingTransaction> pending, std::size_t room, unsigned threads)
      : pool_(threads - 1) {
    std::size_t count = 0;
    while (count < pending.size() && pending[count].bytes.size() <= room) room -= pending[count++].bytes.size();
    checked_.resize(count);
    for (std::size_t first = 0; first < count; first += at_once) {
      groups_.emplace_back();
      pool_.add(groups_.back(), [this, &ledger, pending, first] {
        for (std::size_t i = first; i < std::min(first + at_once, checked_.size()); ++i)
          check(ledger, pending[i].bytes, checked_[i]);
      });
    }
  }
  ~Checking() {
    for (TaskGroup& group : groups_) pool_.wait(group);
  }
  Checking(const Checking&) = delete;
  Checking& operator=(const Checking&) = delete;

  std::size_t size() const { return checked_.size(); }
  // To be asked in order. nullopt: the signature does not hold.
  const std::optional<Transaction>& at(std::size_t number) {
    if (number % at_once == 0) pool_.wait(groups_[number / at_once]);
    if (checked_[number].fault) std::rethrow_exception(checked_[number].fault);
    return checked_[number].transaction;
  }

 private:
  static constexpr std::size_t at_once = 16;
  struct Checked {
    std::optional<Transaction> transaction;
    std::exception_ptr fault;
  };
  static void check(const Hash& ledger, ByteView bytes, Checked& checked) {
    try {
      checked.transaction = parse_verified_transaction(ledger, bytes);
    } catch (...) {
      checked.fault = std::current_exception();
    }
  }

  std::vector<Checked> checked_;
  std::deque<TaskGroup> groups_;
  TaskPool pool_;  // last: its threads end before what they work on
};

std::vector<ByteView> views(const std::vector<PendingTransaction>& transactions) {
  std::vector<ByteView> all;
  all.reserve(transactions.size());
  for (const PendingTransaction& transaction : transactions) all.emplace_back(transaction.bytes);
  return all;
}

Header header_after(const Ledger& ledger, const PublicKey& sealer, Time now) {
  const Tip& tip = ledger.tip();
  Header header;
  header.height = tip.height + 1;
  header.previous = tip.hash;
  header.history = tip.history.root();
  header.sealer = sealer;
  header.time = std::max(now, earliest_time(tip));
  header.target = next_target(ledger.constitution().work(), tip.origin, tip.height, tip.time());
  return header;
}

StateDigest state_after(StateDigest digest, const Changes& changes, unsigned threads) {
  constexpr std::size_t entries_a_part = 512;
  std::vector<StateDigest> parts((changes.entries().size() + entries_a_part - 1) / entries_a_part);
  parallel_for(parts.size(), threads,
               [&](std::size_t i) { digest_changes(changes, parts[i], i * entries_a_part, entries_a_part); });
  for (const StateDigest& part : parts) digest.merge(part);
  return digest;
}

}  // namespace

Draft draft_block(Queue queue, const PublicKey& sealer, Time now, const MineOptions& options) {
  auto known = std::make_unique<CachedState>(queue.ledger.state());
  const State& state = *known;
  Draft draft{std::move(queue.ledger), std::move(known), Changes(state), {}, {}, {}, {}};
  const Ledger& ledger = draft.below;
  draft.header = header_after(ledger, sealer, now);
  if (!may_seal(state, sealer, draft.header.height))
    throw refusal(encoding::did_key(sealer) + " may not seal on this ledger",
                  "list identities --sealers shows who may");
  BlockPlace place{ledger, ledger.id(), draft.header.height, draft.header.time};
  begin_block(ledger.operations(), place, draft.changes);
  std::size_t room = store::max_block_bytes - block_overhead;
  std::optional<Checking> checking;
  std::size_t first = 0;  // of those that are being checked
  for (std::size_t i = 0; i < queue.pending.size() && draft.sealed.size() < options.max_transactions; ++i) {
    PendingTransaction& pending = queue.pending[i];
    if (pending.bytes.size() > room) break;
    if (!checking || i == first + checking->size()) {
      first = i;
      checking.emplace(ledger.id(), std::span(queue.pending).subspan(i), room, options.threads);
    }
    const auto& transaction = checking->at(i - first);
    place.position = static_cast<std::uint32_t>(draft.sealed.size());
    const Outcome refused = transaction ? apply_transaction(ledger.operations(), *transaction, place, draft.changes)
                                        : Refused{"its signature does not hold"};
    if (refused) {
      draft.dropped.push_back({pending.id, refused->why, draft.header.time, std::move(pending.bytes)});
      continue;
    }
    room -= pending.bytes.size();
    draft.sealed.push_back(std::move(pending));
  }
  draft.header.transactions = transactions_root(views(draft.sealed));
  draft.state = state_after(ledger.tip().state, draft.changes, options.threads);
  draft.header.state = draft.state.digest();
  return draft;
}

namespace {

std::vector<TransactionId> ids_of(const std::vector<PendingTransaction>& transactions) {
  std::vector<TransactionId> ids;
  ids.reserve(transactions.size());
  for (const PendingTransaction& transaction : transactions) ids.push_back(transaction.id);
  return ids;
}

MinedBlock describe(Draft&& draft, std::size_t bytes) {
  MinedBlock mined;
  mined.header = draft.header;
  mined.hash = block_hash(encode(draft.header));
  mined.bytes = bytes;
  mined.sealed = ids_of(draft.sealed);
  mined.dropped = std::move(draft.dropped);
  return mined;
}

// False: the tip has moved on.
bool commit(const store::Layout& layout, const OperationTable& table, const Draft& draft, ByteView block) {
  LedgerWriter writer = LedgerWriter::open(layout, table);
  if (writer.tip().hash != draft.header.previous) return false;
  writer.append_drafted(block, ids_of(draft.sealed), draft.changes, draft.state);
  return true;
}

}  // namespace

std::optional<MinedBlock> mine(const store::Layout& layout, const OperationTable& table, const crypto::Signer& sealer,
                               const std::function<Time()>& now, const MineOptions& options,
                               std::vector<DroppedTransaction>& dropped,
                               const std::function<bool(std::uint64_t)>& give_up) {
  dropped.clear();
  for (;;) {
    const Time began = now();
    Queue queue = read_queue(layout, table);
    const bool whole = queue.whole;
    Draft draft = draft_block(std::move(queue), sealer.public_key(), began, options);
    require_known_rules(draft.below.state(), draft.header.height);
    if (draft.sealed.empty() && !options.empty) {
      if (!draft.dropped.empty()) settle_pool(layout, table, draft.dropped);
      std::ranges::move(draft.dropped, std::back_inserter(dropped));
      if (whole) return std::nullopt;
      continue;  // with what is behind them
    }
    const auto nonce = find_nonce(encode(draft.header), *expand_target(draft.header.target), options.threads, give_up);
    if (!nonce) return std::nullopt;
    draft.header.nonce = *nonce;
    const Signature seal = sealer.sign(seal_message(block_hash(encode(draft.header))));
    const Bytes block = assemble_block(draft.header, seal, views(draft.sealed));
    if (!commit(layout, table, draft, block)) continue;
    settle_pool(layout, table, draft.dropped);
    dropped.insert(dropped.end(), draft.dropped.begin(), draft.dropped.end());
    return describe(std::move(draft), block.size());
  }
}

}  // namespace carechain::ledger
