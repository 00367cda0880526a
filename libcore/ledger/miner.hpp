#pragma once
// Sealing: a block of what is pending, with its proof of work.

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "libcore/ledger/cached_state.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::ledger {

struct MineOptions {
  unsigned threads = 1;
  std::size_t max_transactions = 1'000'000;  // a block also ends at 16 MiB
  bool empty = false;                        // seal a block even when nothing is pending
};

struct MinedBlock {
  Header header;
  Hash hash;
  std::size_t bytes = 0;
  std::vector<TransactionId> sealed;        // in the order of the block
  std::vector<DroppedTransaction> dropped;  // they no longer fit; recorded in dropped.log
};

// A block on top of what the queue waits for, without its nonce: what is pending is checked (signatures on all threads)
// and applied in order; what is refused goes to `dropped`. Nothing is written.
struct Draft {
  Ledger below;                        // what it stands on
  std::unique_ptr<CachedState> known;  // of it
  Changes changes;                     // what it changes there
  StateDigest state;                   // after it
  Header header;
  std::vector<PendingTransaction> sealed;
  std::vector<DroppedTransaction> dropped;
};
Draft draft_block(Queue, const PublicKey& sealer, Time now, const MineOptions&);

// Drafts, searches without any lock, and commits under the write lock if the tip is still the same; else starts over.
// nullopt: there was nothing to seal (drops were recorded all the same, see `dropped`), or give_up said so.
// Throws refusal(): the key may not seal.
std::optional<MinedBlock> mine(const store::Layout&, const OperationTable&, const crypto::Signer& sealer,
                               const std::function<Time()>& now, const MineOptions&,
                               std::vector<DroppedTransaction>& dropped,
                               const std::function<bool(std::uint64_t tried)>& give_up);

}  // namespace carechain::ledger
