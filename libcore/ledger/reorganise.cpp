#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/ledger_writer_inside.hpp"
#include "libcore/ledger/pool_logs.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {
namespace {

// A branch that follows an earlier block of the chain.
struct Branch {
  std::vector<Hash> hashes;
  Pin fork;
  U256 work;  // of its blocks

  explicit Branch(const std::vector<Bytes>& blocks) {
    for (const Bytes& bytes : blocks) {
      const auto header = decode_header(bytes);
      if (!header) throw refusal("what should be a block is none");
      const auto target = expand_target(header->target);
      if (!target) throw refusal("block " + std::to_string(header->height) + " has no possible target");
      if (header->height == 0) throw refusal("block 0 is of another ledger");
      if (hashes.empty()) fork = {header->height - 1, header->previous};
      hashes.push_back(block_hash(bytes));
      work = work + work_of(*target);
    }
  }
  void require(const Pin& pin) const {
    if (pin.height <= fork.height) return;
    const std::uint64_t at = pin.height - fork.height - 1;
    if (at < hashes.size() && hashes[at] == pin.hash) return;
    throw refusal("the other branch leaves out the pinned block " + to_text(pin),
                  "it goes off after block " + std::to_string(fork.height) + "; this copy keeps its chain");
  }
};

// What the chain holds above the fork.
struct Above {
  U256 work;
  std::uint64_t blocks = 0;
  std::vector<Bytes> transactions;
};

Above read_above(const store::Layout& layout, const RowLookup& rows, std::uint64_t fork, std::uint64_t tip) {
  Above above;
  for (std::uint64_t height = fork + 1; height <= tip; ++height, ++above.blocks) {
    const auto row = rows.get(height_row(height));
    if (!row) throw Error("the index lacks block " + std::to_string(height), "carechain rebuild-index");
    const Bytes bytes = store::read_block(layout, decode_block(*row).position);
    const BlockView block = parse_block(bytes);
    above.work = above.work + work_of(*expand_target(block.header.target));
    for (const ByteView transaction : block.transactions) above.transactions.push_back(copy_of(transaction));
  }
  return above;
}

// Where the blocks of a branch lie, or will.
struct Placed {
  std::vector<const Bytes*> missing;  // in the segments; the others were left behind there
  store::Position end;                // behind them
};

// Calls apply(block, place, behind it) for each block of the branch; what the segments lack comes behind their end.
template <class Apply>
Placed place_branch(const std::vector<Bytes>& branch, const std::vector<LeftBehind>& left_behind, store::Position end,
                    std::uint64_t segment_bytes, Apply apply) {
  Placed placed{{}, end};
  for (const Bytes& block : branch) {
    const auto there = std::ranges::find(left_behind, block_hash(block), &LeftBehind::block);
    if (there != left_behind.end()) {
      apply(block, there->place, there->next);
      continue;
    }
    const store::Position place = store::place_of_frame(placed.end, block.size(), segment_bytes);
    placed.end = {place.segment, place.offset + store::frame_head + block.size()};
    apply(block, place, placed.end);
    placed.missing.push_back(&block);
  }
  return placed;
}

std::size_t bytes_in(const std::vector<Bytes>& blocks) {
  std::size_t bytes = 0;
  for (const Bytes& block : blocks) bytes += block.size();
  return bytes;
}

}  // namespace

// The chain turned to a branch: judged, and not on disk yet.
struct LedgerWriter::Inside::Turn {
  std::optional<OverlayRows> rows;  // what becomes of the index; none: a fresh one is ready beside it
  Tip tip;
  Placed placed;
};

// The last blocks are taken off, the branch put on, all of it in memory. nullopt: their undo records are not there, or
// the branch is long.
std::optional<LedgerWriter::Inside::Turn> LedgerWriter::Inside::turn_in_memory(const std::vector<Bytes>& branch,
                                                                               std::uint64_t fork) {
  constexpr std::size_t most_bytes = std::size_t{64} << 20;
  Turn turn{OverlayRows(*rows), {}, {}};
  OverlayRows& over = *turn.rows;
  if (bytes_in(branch) > most_bytes || !undo_down_to(fork, tip.height, over)) return std::nullopt;
  turn.tip = Tip::load(view_of(over.get("M").value()));
  const TakeRow take = [&over](std::string_view key, std::optional<std::string_view> value) { over.take(key, value); };
  turn.placed = place_branch(
      branch, ChainReader(layout).left_behind(), end, segment_bytes,
      [&](ByteView bytes, store::Position place, store::Position next) {
        require_known_rules(RowsState(over), turn.tip.height + 1);
        const BlockView block = parse_block(bytes);
        UndoRecord undo;
        rows_of_block(*operations, turn.tip, over, {block, bytes, place, next}, true, undo.recording(over, take));
        undo.put(turn.tip.height, take);
      });
  over.take("E", encode(turn.placed.end));
  return turn;
}

// A fresh index with the chain up to the fork and the branch on top, as if it lay in the segments already.
LedgerWriter::Inside::Turn LedgerWriter::Inside::turn_on_fresh_index(const std::vector<Bytes>& branch,
                                                                     std::uint64_t fork) {
  const store::Position behind = end;
  begin_fresh_index();
  ChainReader reader(layout);
  for (std::uint64_t height = 0; height <= fork; ++height) {
    const auto frame = reader.next();
    if (!frame || frame->status != store::SegmentFrame::whole)
      damaged("block " + std::to_string(height) + " is not whole");
    apply(frame->block, frame->position, frame->next, false);
  }
  Turn turn;
  turn.placed = place_branch(branch, reader.left_behind(), behind, segment_bytes,
                             [&](ByteView block, store::Position place, store::Position next) {
                               require_known_rules(RowsState(*rows), tip.height + 1);
                               apply(block, place, next, true);
                             });
  store::IndexBatch place;
  place.put("E", encode(turn.placed.end));
  rows->index().write(place, false);
  return turn;
}

LedgerWriter::Inside::Turn LedgerWriter::Inside::judge_turn(const std::vector<Bytes>& branch, std::uint64_t fork) {
  if (auto turn = turn_in_memory(branch, fork)) return std::move(*turn);
  try {
    return turn_on_fresh_index(branch, fork);
  } catch (...) {
    drop_fresh_index();
    open_index();
    throw;
  }
}

void LedgerWriter::Inside::complete(const Turn& turn) {
  if (!turn.rows) {
    put_fresh_index_in_place();
    open_index();
    return;
  }
  store::IndexBatch batch;
  turn.rows->write_to(batch);
  rows->index().write(batch, true);
  tip = turn.tip;
  end = turn.placed.end;
}

LedgerWriter::Turned LedgerWriter::turn_to(const std::vector<Bytes>& blocks, const std::vector<Pin>& keep) {
  Inside& in = *inside_;
  const Branch branch(blocks);
  if (branch.fork.height >= in.tip.height || block_hash(branch.fork.height) != branch.fork.hash)
    throw refusal("block " + std::to_string(branch.fork.height + 1) + " does not follow a block of this ledger");
  const Above above = read_above(in.layout, *in.rows, branch.fork.height, in.tip.height);
  Turned turned{false, branch.fork, above.blocks, 0};
  if (!outweighs(branch.work, branch.hashes.back(), above.work, in.tip.hash)) return turned;
  for (const Pin& pin : keep) branch.require(pin);

  const Hash ledger = in.tip.ledger;
  const store::Position end = in.end;
  const Inside::Turn turn = in.judge_turn(blocks, branch.fork.height);
  return_to_pool(in.layout, ledger, above.transactions);
  store::SegmentWriter segments(in.layout, end, in.segment_bytes);
  for (const Bytes* block : turn.placed.missing) segments.append(*block);
  in.complete(turn);
  turned.outweighs = true;
  for (const Bytes& bytes : above.transactions)
    turned.returned += sealed_transactions.has(RowsState(*in.rows), id_of_accepted(ledger, bytes)) ? 0 : 1;
  return turned;
}

}  // namespace carechain::ledger
