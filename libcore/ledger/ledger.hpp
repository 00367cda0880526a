#pragma once
// A ledger directory as readers and writers see it.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "libcore/ledger/chain_rules.hpp"
#include "libcore/store/index.hpp"
#include "libcore/store/lock.hpp"
#include "libcore/store/segments.hpp"

namespace carechain::ledger {

// Where a sealed transaction lies.
struct SealedPlace {
  std::uint64_t height = 0;
  std::uint32_t position = 0;  // in its block, from 0
  std::uint32_t offset = 0;    // of its bytes in the block
  std::uint32_t size = 0;
};

// The ledger as it was at one instant. Reads only, takes no lock, works on read-only media and while a writer runs.
// Uses the index; where there is none (an auditor's bare copy of blocks/) it replays the blocks in memory.
class Ledger : public Ancestry {
 public:
  // Throws Error: not a ledger (hint: init-ledger), damaged blocks or index, an index that was made from an older copy
  // of the blocks (hint: rebuild-index).
  static Ledger open(const store::Layout&, const OperationTable&);
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger() override;

  const store::Layout& layout() const;
  const OperationTable& operations() const;
  const Hash& id() const { return tip().ledger; }
  const Constitution& constitution() const;
  const Tip& tip() const;
  const State& state() const;

  std::optional<Hash> block_hash(std::uint64_t height) const override;
  std::optional<Time> block_time(std::uint64_t height) const override;
  Bytes block(std::uint64_t height) const;  // throws Error: no such height, damage
  std::optional<SealedPlace> find_transaction(const TransactionId&) const;
  Bytes transaction_bytes(const SealedPlace&) const;
  // Ids of sealed transactions beginning with these bits, at most `limit`; `hex_digits` are lower-case.
  std::vector<TransactionId> transactions_like(const std::string& hex_digits, std::size_t limit) const;

  // Rows of the query indexes (Changes::note) and of the state, by key prefix; the key comes whole. In key order.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  void scan_notes(std::string_view prefix, const Visit&, bool backwards = false) const;
  void scan_state(std::string_view prefix, const Visit&) const;

 private:
  struct Inside;
  explicit Ledger(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

// Makes a ledger directory: blocks/ with block 0, genesis.yaml, lock files, index, empty vault. Throws refusal() when
// there is a ledger already; leaves nothing behind when it fails.
void create_ledger(const store::Layout&, const OperationTable&, const Constitution&, std::string_view yaml);

// The same of a copy, from the bytes of block 0; without genesis.yaml, which is not on the chain. Throws refusal() also
// when these bytes are no block 0.
void create_copy(const store::Layout&, const OperationTable&, ByteView block0);

// The one writer. Holds the write lock for its life.
class LedgerWriter {
 public:
  // Waits for the lock; repairs what a dead writer left (a torn tail is moved to torn/, whole blocks beyond the index
  // are applied, and where they are of another branch, the one with most work becomes the chain); builds the index when
  // there is none. Throws Error on any other damage, and cuts nothing.
  static LedgerWriter open(const store::Layout&, const OperationTable&);
  LedgerWriter(LedgerWriter&&) noexcept;
  ~LedgerWriter();

  const Tip& tip() const;
  std::optional<Hash> block_hash(std::uint64_t height) const;
  // Judges a block and makes it the tip, durably: segment first, then the index in one synced batch.
  // Throws refusal() when it does not fit (not on top of the tip, or not valid). Transactions' signatures are checked
  // unless the caller has just done that.
  enum class Signatures { check, checked };
  void append(ByteView block, Signatures = Signatures::check);
  // The same for a block that this process drafted on the present tip, with what its transactions change and the state
  // after it: nothing is judged or applied a second time.
  void append_drafted(ByteView block, const std::vector<TransactionId>&, const Changes&, const StateDigest& state);

  // Judges a branch, blocks that follow one another and the first an earlier block of the chain than its tip, and turns
  // to it when it outweighs the chain (fork_choice.hpp): the transactions of the blocks that are left behind go into
  // the pool, what the segments lack of the branch is appended, the index turns, each durably before the next; a
  // process that dies between leaves what open() completes or leaves behind. The index turns in one batch where it has
  // the undo records (undo.hpp), else a fresh one takes its place, at the cost of a replay of the chain. Throws
  // refusal(): it does not follow a block of the chain, is not valid, or leaves out a block of `keep`; then nothing was
  // changed.
  struct Turned {
    bool outweighs = false;                       // false: nothing was changed
    Pin fork;                                     // the last block that both have
    std::uint64_t left_behind = 0, returned = 0;  // blocks; their transactions, now in the pool
  };
  Turned turn_to(const std::vector<Bytes>& branch, const std::vector<Pin>& keep);

  // Makes the index anew from the blocks alone, every signature checked; the old index serves readers until the new one
  // takes its place. Waits for the write lock. `progress` is told the number of blocks done.
  struct Rebuilt {
    std::uint64_t blocks = 0, transactions = 0;
  };
  static Rebuilt rebuild(const store::Layout&, const OperationTable&,
                         const std::function<void(std::uint64_t)>& progress);

 private:
  struct Inside;
  explicit LedgerWriter(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace carechain::ledger
