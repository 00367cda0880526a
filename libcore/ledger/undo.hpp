#pragma once
// Taking blocks off the chain again: what the rows of the index were before each of the last blocks.
//
//   'u' height u64 BE        CBOR: array of [key, value before or null], a pair for each row that the block wrote
//
// Kept where more than one may seal, for the last undo_depth blocks that were appended; an index made anew has none.

#include <map>
#include <set>

#include "libcore/ledger/rows.hpp"

namespace carechain::ledger {

inline constexpr std::uint64_t undo_depth = 100;
std::string undo_row(std::uint64_t height);
bool wants_undo(const State&);  // more than one may seal

// Rows above others that stay as they are.
class OverlayRows : public RowLookup {
 public:
  explicit OverlayRows(const RowLookup& below) : below_(below) {}
  std::optional<std::string> get(const std::string& key) const override;
  void take(std::string_view key, std::optional<std::string_view> value);
  // All that differs, into a batch.
  void write_to(store::IndexBatch&) const;

 private:
  const RowLookup& below_;
  std::map<std::string, std::optional<std::string>> changed_;
};

// What a block's rows replace.
class UndoRecord {
 public:
  // Passes rows on, and keeps what they were before. Both must live as long as what is returned.
  TakeRow recording(const RowLookup& before, TakeRow pass_on);
  // Puts the record of the block at that height beside its rows, and drops the one that is now too old.
  void put(std::uint64_t height, const TakeRow&) const;

 private:
  std::map<std::string, std::optional<std::string>> before_;
};

// Takes the blocks above a height off, from the tip down. False: their records are not all there; nothing was changed.
bool undo_down_to(std::uint64_t height, std::uint64_t tip, OverlayRows&);

}  // namespace carechain::ledger
