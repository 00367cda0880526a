#pragma once
// Inside the writer: the index and where it stands. Shared by what appends blocks (ledger_writer.cpp) and what turns to
// another branch (reorganise.cpp).

#include "libcore/ledger/fork_choice.hpp"
#include "libcore/ledger/undo.hpp"

namespace carechain::ledger {

inline TakeRow into(store::IndexBatch& batch) {
  return [&batch](std::string_view key, std::optional<std::string_view> value) {
    value ? batch.put(key, *value) : batch.erase(key);
  };
}

struct LedgerWriter::Inside {
  store::Layout layout;
  const OperationTable* operations;
  store::Lock lock;
  std::optional<IndexRows> rows;
  Tip tip;
  store::Position end;
  std::uint64_t segment_bytes = store::default_segment_bytes;
  std::uint64_t transactions = 0;  // applied by this process
  bool keeps_undo = false;

  // Opens the index as it is on disk.
  void open_index();
  // Collects the rows of a block, and its undo record where that is kept.
  template <class Give>
  void collect(std::uint64_t height, store::IndexBatch& batch, Give give) const {
    if (!keeps_undo) return give(into(batch));
    UndoRecord undo;
    give(undo.recording(*rows, into(batch)));
    undo.put(height, into(batch));
  }
  // Applies a block that lies at a place, or will, to the index; unsynced. Throws refusal() when it is not the next
  // one.
  void apply(ByteView block, store::Position place, store::Position next, bool check_signatures);
  // A new index beside the old one, empty; put_in_place() syncs it and makes it the index.
  void begin_fresh_index();
  void put_fresh_index_in_place();
  void drop_fresh_index();
  // Turning to another branch (reorganise.cpp): judged, either in memory by the undo records or on a fresh index; then
  // completed.
  struct Turn;
  std::optional<Turn> turn_in_memory(const std::vector<Bytes>& branch, std::uint64_t fork);
  Turn turn_on_fresh_index(const std::vector<Bytes>& branch, std::uint64_t fork);
  Turn judge_turn(const std::vector<Bytes>& branch, std::uint64_t fork);
  void complete(const Turn&);
  // A fresh index from all blocks of the chain, in place.
  void build_index(const std::function<void(std::uint64_t)>& progress);

  enum class Met { end, branch };
  // Applies the whole blocks that come; moves an unfinished frame behind them away. Met::branch: a block came that
  // does not follow the tip. Throws Error where the blocks are damaged.
  template <class Reader>
  Met catch_up(Reader& reader, std::uint64_t& blocks, const std::function<void(std::uint64_t)>& progress);
  // Behind the index's end lie blocks that don't follow its tip: turns to their branch if it outweighs this one, else
  // leaves them behind.
  void settle_branch();
  [[noreturn]] void damaged(const std::string& why) const {
    throw Error("the blocks are damaged, nothing was changed: " + why, "carechain verify-chain -L " + layout.root);
  }
};

}  // namespace carechain::ledger
