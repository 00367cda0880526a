#include "libcore/base/parallel.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/rows.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {

namespace {

TakeRow into(store::IndexBatch& batch) {
  return [&batch](std::string_view key, std::optional<std::string_view> value) {
    value ? batch.put(key, *value) : batch.erase(key);
  };
}

}  // namespace

struct LedgerWriter::Inside {
  store::Layout layout;
  const OperationTable* operations;
  store::Lock lock;
  std::optional<IndexRows> rows;
  Tip tip;
  store::Position end;
  std::uint64_t segment_bytes = store::default_segment_bytes;
  std::uint64_t transactions = 0;  // applied by this process

  void apply(const store::SegmentFrame& frame, bool check_signatures) {
    const bool founding = frame.position == store::Position{};
    const BlockView block = parse_block(frame.block);
    const PlacedBlock placed{block, frame.block, frame.position, frame.next};
    store::IndexBatch batch;
    if (founding)
      rows_of_founding(placed, tip, into(batch));
    else
      rows_of_block(*operations, tip, *rows, placed, check_signatures, into(batch));
    rows->index().write(batch, false);
    end = frame.next;
    transactions += block.transactions.size();
  }
};

namespace {

// Whole blocks that the index does not have yet are applied; an unfinished frame behind them is moved away.
template <class Inside>
std::uint64_t catch_up(Inside& inside, bool check_signatures, bool repair,
                       const std::function<void(std::uint64_t)>& progress) {
  std::uint64_t blocks = 0;
  store::SegmentReader reader(inside.layout, inside.end);
  while (const auto frame = reader.next()) {
    if (frame->status == store::SegmentFrame::unfinished && frame->nothing_valid_behind && repair) {
      store::move_torn_tail(inside.layout, frame->position);
      break;
    }
    if (frame->status != store::SegmentFrame::whole)
      throw Error("the blocks are damaged, nothing was changed: " + frame->why,
                  "carechain verify-chain -L " + inside.layout.root);
    if (blocks == 0) store::sync_segments(inside.layout, frame->position.segment);
    if (frame->position != store::Position{}) require_known_rules(RowsState(*inside.rows), inside.tip.height + 1);
    try {
      inside.apply(*frame, check_signatures);
    } catch (const Error& error) {
      throw Error("the blocks are damaged, nothing was changed: " + std::string(error.what()),
                  "carechain verify-chain -L " + inside.layout.root);
    }
    ++blocks;
    if (progress) progress(blocks);
  }
  return blocks;
}

// Builds a whole index beside the old one and then puts it in its place.
template <class Inside>
void build_index(Inside& inside, const std::function<void(std::uint64_t)>& progress) {
  const store::Path fresh = inside.layout.index() + ".new";
  const store::Path old = inside.layout.index() + ".old";
  store::remove_directory(fresh);
  inside.end = {};
  inside.rows.emplace(store::Index::open_writer(fresh));
  catch_up(inside, true, true, progress);
  inside.rows->index().write(store::IndexBatch(), true);
  inside.rows.reset();
  if (inside.end == store::Position{}) throw Error("there are no blocks in '" + inside.layout.root + "'");
  store::remove_directory(old);
  if (store::exists(inside.layout.index())) store::rename_file(inside.layout.index(), old);
  store::rename_file(fresh, inside.layout.index());
  store::sync_directory(inside.layout.root);
  store::remove_directory(old);
}

template <class Inside>
void load(Inside& inside) {
  const auto tip = inside.rows->get("M");
  const auto end = inside.rows->get("E");
  if (!tip || !end) throw Error("the index has no tip", "carechain rebuild-index -L " + inside.layout.root);
  inside.tip = Tip::load(view_of(*tip));
  inside.end = decode_position(*end);
  inside.segment_bytes = constitutions.get(RowsState(*inside.rows))->defaults.segment_bytes;
}

}  // namespace

LedgerWriter LedgerWriter::open(const store::Layout& layout, const OperationTable& table) {
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  auto inside = std::make_unique<Inside>(
      Inside{layout, &table, store::Lock::acquire(layout.write_lock()), std::nullopt, {}, {}, {}, 0});
  if (!store::exists(layout.index() + "/CURRENT")) build_index(*inside, {});
  inside->rows.emplace(store::Index::open_writer(layout.index()));
  load(*inside);
  if (catch_up(*inside, true, true, {}) > 0) inside->rows->index().write(store::IndexBatch(), true);
  return LedgerWriter(std::move(inside));
}

LedgerWriter::LedgerWriter(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
LedgerWriter::LedgerWriter(LedgerWriter&&) noexcept = default;
LedgerWriter::~LedgerWriter() = default;

const Tip& LedgerWriter::tip() const { return inside_->tip; }

namespace {

// A block on its way to become the tip: where its frame goes, and what follows from it.
struct Appending {
  BlockView view;
  store::SegmentWriter segments;
  store::Position place, next;
  Tip tip;
  store::IndexBatch rows = {};

  template <class Inside>
  Appending(const Inside& inside, ByteView block)
      : view(parse_block(block)),
        segments(inside.layout, inside.end, inside.segment_bytes),
        place(segments.place_of(block.size())),
        next{place.segment, place.offset + store::frame_head + block.size()},
        tip(inside.tip) {}
  PlacedBlock placed(ByteView block) const { return {view, block, place, next}; }

  // The block is in its segment.
  template <class Inside>
  void finish(Inside& inside) {
    inside.rows->index().write(rows, true);
    inside.tip = tip;
    inside.end = next;
  }
};

}  // namespace

void LedgerWriter::append(ByteView block, Signatures signatures) {
  Appending appending(*inside_, block);
  rows_of_block(*inside_->operations, appending.tip, *inside_->rows, appending.placed(block),
                signatures == Signatures::check, into(appending.rows));
  appending.segments.append(block);
  appending.finish(*inside_);
}

void LedgerWriter::append_drafted(ByteView block, const std::vector<TransactionId>& ids, const Changes& changes,
                                  const StateDigest& state) {
  Appending appending(*inside_, block);
  const Header& header = appending.view.header;
  if (header.previous != appending.tip.hash) throw refusal("the block was drafted on another tip");
  advance(appending.tip, header, appending.view.hash);
  appending.tip.state = state;
  parallel_for(2, hardware_threads(), [&](std::size_t part) {
    if (part == 0)
      appending.segments.append(block);
    else
      rows_of_changes(appending.tip, appending.placed(block), ids, changes, into(appending.rows));
  });
  appending.finish(*inside_);
}

LedgerWriter::Rebuilt LedgerWriter::rebuild(const store::Layout& layout, const OperationTable& table,
                                            const std::function<void(std::uint64_t)>& progress) {
  if (!store::is_directory(layout.blocks())) throw Error("there is no ledger in '" + layout.root + "'");
  Inside inside{layout, &table, store::Lock::acquire(layout.write_lock()), std::nullopt, {}, {}, {}, 0};
  build_index(inside, progress);
  return {inside.tip.height + 1, inside.transactions};
}

}  // namespace carechain::ledger
