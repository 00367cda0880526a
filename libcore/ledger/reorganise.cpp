#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/ledger_writer_inside.hpp"
#include "libcore/ledger/pool_logs.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {
namespace {

// A branch that follows an earlier block of the chain.
struct Branch {
  std::vector<Header> headers;
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
      headers.push_back(*header);
      hashes.push_back(block_hash(bytes));
      work = work + work_of(*target);
    }
    fork = {headers.front().height - 1, headers.front().previous};
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

Above read_above(const store::Layout& layout, const Rows& rows, std::uint64_t fork, std::uint64_t tip) {
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

}  // namespace

std::vector<const Bytes*> LedgerWriter::Inside::index_branch(const std::vector<Bytes>& branch, std::uint64_t fork) {
  store::Position behind = end;
  begin_fresh_index();
  ChainReader reader(layout);
  for (std::uint64_t height = 0; height <= fork; ++height) {
    const auto frame = reader.next();
    if (!frame || frame->status != store::SegmentFrame::whole)
      damaged("block " + std::to_string(height) + " is not whole");
    apply(frame->block, frame->position, frame->next, false);
  }
  std::vector<const Bytes*> missing;
  for (const Bytes& block : branch) {
    require_known_rules(RowsState(*rows), tip.height + 1);
    const auto there = std::ranges::find(reader.left_behind(), ledger::block_hash(block), &LeftBehind::block);
    if (there != reader.left_behind().end()) {
      apply(block, there->place, there->next, true);
      continue;
    }
    const store::Position place = store::place_of_frame(behind, block.size(), segment_bytes);
    behind = {place.segment, place.offset + store::frame_head + block.size()};
    apply(block, place, behind, true);
    missing.push_back(&block);
  }
  store::IndexBatch place;
  place.put("E", encode(behind));
  rows->index().write(place, false);
  return missing;
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
  std::vector<const Bytes*> missing;
  try {
    missing = in.index_branch(blocks, branch.fork.height);
  } catch (...) {
    in.drop_fresh_index();
    in.open_index();
    throw;
  }
  return_to_pool(in.layout, ledger, above.transactions);
  store::SegmentWriter segments(in.layout, end, in.segment_bytes);
  for (const Bytes* block : missing) segments.append(*block);
  in.put_fresh_index_in_place();
  in.open_index();
  turned.outweighs = true;
  for (const Bytes& bytes : above.transactions)
    turned.returned += sealed_transactions.has(RowsState(*in.rows), id_of_accepted(ledger, bytes)) ? 0 : 1;
  return turned;
}

}  // namespace carechain::ledger
