#include "libcore/ledger/ledger_writer_inside.hpp"

#include "libcore/base/parallel.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {

void LedgerWriter::Inside::open_index() {
  rows.reset();
  rows.emplace(store::Index::open_writer(layout.index()));
  const auto saved = rows->get("M");
  const auto place = rows->get("E");
  if (!saved || !place) throw Error("the index has no tip", "carechain rebuild-index -L " + layout.root);
  tip = Tip::load(view_of(*saved));
  end = decode_position(*place);
  segment_bytes = constitutions.get(RowsState(*rows))->defaults.segment_bytes;
  keeps_undo = wants_undo(RowsState(*rows));
}

void LedgerWriter::Inside::apply(ByteView bytes, store::Position place, store::Position next, bool check_signatures) {
  const BlockView block = parse_block(bytes);
  const PlacedBlock placed{block, bytes, place, next};
  store::IndexBatch batch;
  if (place == store::Position{})
    rows_of_founding(placed, tip, into(batch));
  else
    collect(tip.height + 1, batch,
            [&](const TakeRow& take) { rows_of_block(*operations, tip, *rows, placed, check_signatures, take); });
  rows->index().write(batch, false);
  end = next;
  transactions += block.transactions.size();
}

template <class Reader>
LedgerWriter::Inside::Met LedgerWriter::Inside::catch_up(Reader& reader, std::uint64_t& blocks,
                                                         const std::function<void(std::uint64_t)>& progress) {
  while (const auto frame = reader.next()) {
    if (frame->status == store::SegmentFrame::unfinished && frame->nothing_valid_behind) {
      store::move_torn_tail(layout, frame->position);
      return Met::end;
    }
    if (frame->status != store::SegmentFrame::whole) damaged(frame->why);
    const bool founding = frame->position == store::Position{};
    const auto header = decode_header(frame->block);
    if (!founding && header && header->previous != tip.hash) return Met::branch;
    if (blocks == 0) store::sync_segments(layout, frame->position.segment);
    if (!founding) require_known_rules(RowsState(*rows), tip.height + 1);
    try {
      apply(frame->block, frame->position, frame->next, true);
    } catch (const Error& error) {
      damaged(error.what());
    }
    ++blocks;
    if (progress) progress(blocks);
  }
  return Met::end;
}

void LedgerWriter::Inside::begin_fresh_index() {
  const store::Path fresh = layout.index() + ".new";
  rows.reset();
  store::remove_directory(fresh);
  end = {};
  keeps_undo = false;
  rows.emplace(store::Index::open_writer(fresh));
}

void LedgerWriter::Inside::put_fresh_index_in_place() {
  const store::Path fresh = layout.index() + ".new";
  const store::Path old = layout.index() + ".old";
  rows->index().write(store::IndexBatch(), true);
  rows.reset();
  store::remove_directory(old);
  if (store::exists(layout.index())) store::rename_file(layout.index(), old);
  store::rename_file(fresh, layout.index());
  store::sync_directory(layout.root);
  store::remove_directory(old);
}

void LedgerWriter::Inside::drop_fresh_index() {
  rows.reset();
  store::remove_directory(layout.index() + ".new");
}

void LedgerWriter::Inside::build_index(const std::function<void(std::uint64_t)>& progress) {
  begin_fresh_index();
  ChainReader reader(layout);
  std::uint64_t blocks = 0;
  if (catch_up(reader, blocks, progress) == Met::branch)
    damaged("a block does not follow block " + std::to_string(tip.height));
  if (blocks == 0) throw Error("there are no blocks in '" + layout.root + "'");
  store::IndexBatch place;
  place.put("E", encode(reader.end()));
  rows->index().write(place, true);
  put_fresh_index_in_place();
}

void LedgerWriter::Inside::settle_branch() {
  const auto choice = choose_fork(layout);
  if (!choice) damaged("there is no block 0");
  if (choice->head != tip.hash) {
    build_index({});
    open_index();
    return;
  }
  if (!only_left_behind(choice->left_behind, end, choice->end))
    damaged("a block does not follow block " + std::to_string(tip.height));
  store::IndexBatch place;
  place.put("E", encode(choice->end));
  rows->index().write(place, true);
  end = choice->end;
}

LedgerWriter LedgerWriter::open(const store::Layout& layout, const OperationTable& table) {
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  auto inside =
      std::make_unique<Inside>(Inside{layout, &table, store::Lock::acquire(layout.write_lock()), std::nullopt, {}, {}});
  if (!store::exists(layout.index() + "/CURRENT")) inside->build_index({});
  inside->open_index();
  for (bool settled = false; !settled;) {
    store::SegmentReader reader(layout, inside->end);
    std::uint64_t blocks = 0;
    settled = inside->catch_up(reader, blocks, {}) == Inside::Met::end;
    if (blocks > 0) inside->rows->index().write(store::IndexBatch(), true);
    if (!settled) inside->settle_branch();
  }
  return LedgerWriter(std::move(inside));
}

LedgerWriter::LedgerWriter(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
LedgerWriter::LedgerWriter(LedgerWriter&&) noexcept = default;
LedgerWriter::~LedgerWriter() = default;

const Tip& LedgerWriter::tip() const { return inside_->tip; }

std::optional<Hash> LedgerWriter::block_hash(std::uint64_t height) const {
  return RowsAncestry(*inside_->rows).block_hash(height);
}

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
  inside_->collect(appending.view.header.height, appending.rows, [&](const TakeRow& take) {
    rows_of_block(*inside_->operations, appending.tip, *inside_->rows, appending.placed(block),
                  signatures == Signatures::check, take);
  });
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
      inside_->collect(header.height, appending.rows, [&](const TakeRow& take) {
        rows_of_changes(appending.tip, appending.placed(block), ids, changes, take);
      });
  });
  appending.finish(*inside_);
}

LedgerWriter::Rebuilt LedgerWriter::rebuild(const store::Layout& layout, const OperationTable& table,
                                            const std::function<void(std::uint64_t)>& progress) {
  if (!store::is_directory(layout.blocks())) throw Error("there is no ledger in '" + layout.root + "'");
  Inside inside{layout, &table, store::Lock::acquire(layout.write_lock()), std::nullopt, {}, {}};
  inside.build_index(progress);
  return {inside.tip.height + 1, inside.transactions};
}

}  // namespace carechain::ledger
