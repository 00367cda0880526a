#pragma once
// The rows that are derived from the blocks: in an index on disk, or in memory. Keys begin with a letter:
//
//   'M'                      the tip (Tip::save)
//   'E'                      where the next frame goes: segment u32 LE, offset u64 LE
//   'b' height u64 BE        block hash, its frame's segment u32 LE and offset u64 LE, header time u64 LE
//   'x' transaction id       height u64 LE, position, offset, size u32 LE each (SealedPlace)
//   's' key                  the state
//   'n' key                  query indexes (Changes::note)
//   'u' height u64 BE        what the block's rows replaced (undo.hpp)

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/ledger.hpp"
#include "libcore/store/index.hpp"

namespace carechain::ledger {

class RowLookup {
 public:
  virtual ~RowLookup() = default;
  virtual std::optional<std::string> get(const std::string& key) const = 0;
};

class Rows : public RowLookup {
 public:
  virtual void scan(std::string_view prefix, const Ledger::Visit&, bool backwards) const = 0;
};

class IndexRows : public Rows {
 public:
  explicit IndexRows(store::Index index) : index_(std::move(index)) {}
  std::optional<std::string> get(const std::string& key) const override { return index_.get(key); }
  void scan(std::string_view prefix, const Ledger::Visit& visit, bool backwards) const override {
    index_.scan(prefix, {}, visit, backwards);
  }
  store::Index& index() { return index_; }

 private:
  store::Index index_;
};

class MemoryRows : public Rows {
 public:
  std::optional<std::string> get(const std::string& key) const override;
  void scan(std::string_view prefix, const Ledger::Visit&, bool backwards) const override;
  void take(std::string_view key, std::optional<std::string_view> value) {
    if (value)
      rows_.insert_or_assign(std::string(key), std::string(*value));
    else
      rows_.erase(std::string(key));
  }

 private:
  std::map<std::string, std::string> rows_;
};

// The state among the rows.
class RowsState : public State {
 public:
  explicit RowsState(const RowLookup& rows) : rows_(rows) {}
  std::optional<StateValue> get(const StateKey& key) const override {
    auto row = rows_.get('s' + std::string(key.text()));
    return row ? std::optional(StateValue(std::move(*row))) : std::nullopt;
  }

 private:
  const RowLookup& rows_;
};

// The blocks among the rows.
class RowsAncestry : public Ancestry {
 public:
  explicit RowsAncestry(const RowLookup& rows) : rows_(rows) {}
  std::optional<Hash> block_hash(std::uint64_t height) const override;
  std::optional<Time> block_time(std::uint64_t height) const override;

 private:
  const RowLookup& rows_;
};

std::string height_row(std::uint64_t height);
struct BlockRow {
  Hash hash;
  store::Position position;
  Time time;
};
std::string encode(const BlockRow&);
BlockRow decode_block(std::string_view);
std::string encode(const store::Position&);
std::string encode(const SealedPlace&);
store::Position decode_position(std::string_view);
SealedPlace decode_place(std::string_view);

// Takes a row that is to be written, or, without a value, removed. The bytes are good for the call only.
using TakeRow = std::function<void(std::string_view key, std::optional<std::string_view> value)>;

// A block and where its frame goes.
struct PlacedBlock {
  const BlockView& block;
  ByteView bytes;  // that `block` was parsed from
  store::Position place, next;
};

// Judges the block after `tip` in full and gives the rows that follow from it; `tip` is moved onto it.
// Throws refusal() naming height, layer and reason; then `tip` is unchanged and no row was given.
void rows_of_block(const OperationTable&, Tip& tip, const RowLookup&, const PlacedBlock&, bool check_signatures,
                   const TakeRow&);
// Rows of block 0; sets tip.
void rows_of_founding(const PlacedBlock&, Tip& tip, const TakeRow&);
// Rows of a block whose transactions were applied: `tip` is the one after it.
void rows_of_changes(const Tip& tip, const PlacedBlock&, const std::vector<TransactionId>&, const Changes&,
                     const TakeRow&);

}  // namespace carechain::ledger
