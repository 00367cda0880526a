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

// The one writer. Holds the write lock for its life.
class LedgerWriter {
 public:
  // Waits for the lock; repairs what a dead writer left (a torn tail is moved to torn/, whole blocks beyond the index
  // are applied); builds the index when there is none. Throws Error on any other damage, and cuts nothing.
  static LedgerWriter open(const store::Layout&, const OperationTable&);
  LedgerWriter(LedgerWriter&&) noexcept;
  ~LedgerWriter();

  const Tip& tip() const;
  // Judges a block and makes it the tip, durably: segment first, then the index in one synced batch.
  // Throws refusal() when it does not fit (not on top of the tip, or not valid). Transactions' signatures are checked
  // unless the caller has just done that.
  enum class Signatures { check, checked };
  void append(ByteView block, Signatures = Signatures::check);
  // The same for a block that this process drafted on the present tip, with what its transactions change and the state
  // after it: nothing is judged or applied a second time.
  void append_drafted(ByteView block, const std::vector<TransactionId>&, const Changes&, const StateDigest& state);

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
