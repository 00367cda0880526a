#include "libcore/ledger/adoption.hpp"

#include "libcore/ledger/pool.hpp"

namespace carechain::ledger {
namespace {

// Blocks that follow the tip go in by heaps.
constexpr std::size_t heap_blocks = 256;
constexpr std::size_t heap_bytes = std::size_t{8} << 20;
constexpr std::size_t most_run_bytes = std::size_t{1} << 30;

}  // namespace

std::vector<Pin> landmarks(const Ledger& ledger) {
  std::vector<Pin> pins;
  std::uint64_t height = ledger.tip().height;
  for (std::uint64_t step = 1;; step *= 2) {
    pins.push_back({height, ledger.block_hash(height).value()});
    if (height == 0) return pins;
    height -= std::min(height, step);
  }
}

std::optional<std::uint64_t> last_in_common(const Ledger& ledger, const std::vector<Pin>& landmarks) {
  std::optional<std::uint64_t> highest;
  for (const Pin& pin : landmarks)
    if (ledger.block_hash(pin.height) == pin.hash && (!highest || pin.height > *highest)) highest = pin.height;
  return highest;
}

Adoption::Adoption(const store::Layout& layout, const OperationTable& table, const AdoptOptions& options)
    : layout_(layout), operations_(table), options_(options) {
  const Ledger ledger = Ledger::open(layout_, operations_);
  future_ = ledger.constitution().consensus.future;
  for (const Pin& pin : options_.expect)
    if (pin.height <= ledger.tip().height && ledger.block_hash(pin.height) != pin.hash)
      throw refusal("this copy's block " + std::to_string(pin.height) + " is not the pinned one");
}

void Adoption::take(store::SegmentReader stream, const std::function<void(std::uint64_t)>& progress) {
  std::uint64_t blocks = 0;
  while (const auto frame = stream.next()) {
    if (frame->status != store::SegmentFrame::whole) {
      flush(true);
      throw Error(
          "the blocks that came are damaged at byte " + std::to_string(frame->position.offset) + ": " + frame->why,
          "what came before was taken in; ask again");
    }
    try {
      take_block(frame->block);
    } catch (const Error&) {
      flush(true);  // what came before
      throw;
    }
    if (progress) progress(++blocks);
  }
  flush(true);
}

void Adoption::require_near(const Header& header) const {
  if (header.time <= Time{options_.now.seconds + static_cast<std::int64_t>(future_)}) return;
  throw refusal("block " + std::to_string(header.height) + " is of " + to_text(header.time) + ", more than " +
                    std::to_string(future_) + " seconds ahead of this machine's clock",
                "try again later, or set the clock");
}

void Adoption::require_pinned(const Header& header, const Hash& hash) const {
  for (const Pin& pin : options_.expect)
    if (pin.height == header.height && pin.hash != hash)
      throw refusal("block " + std::to_string(pin.height) + " is not the pinned one");
}

// Whether a block is on the chain. Throws refusal() when it is not and does not follow one that is.
bool Adoption::is_known(const Header& header, const Hash& hash) {
  for (const bool fresh : {false, true}) {
    if (fresh || !view_) view_.emplace(Ledger::open(layout_, operations_));
    if (view_->block_hash(header.height) == hash) return true;
    if (header.height > 0 && view_->block_hash(header.height - 1) == header.previous) return false;
  }
  if (header.height == 0) throw refusal("these blocks are of another ledger");
  throw refusal("block " + std::to_string(header.height) + " does not follow a block of this ledger",
                "request-blocks | send-blocks brings what lies between");
}

void Adoption::take_block(ByteView bytes) {
  const auto header = decode_header(bytes);
  if (!header) throw refusal("what should be a block is none");
  const Hash hash = block_hash(bytes);
  if (!run_.empty() && (header->previous != run_end_ || header->height != run_height_ + 1)) flush(true);
  if (run_.empty()) {
    if (is_known(*header, hash)) {
      ++report_.known;
      return;
    }
    is_branch_ = header->previous != view_->tip().hash;
  }
  require_near(*header);
  require_pinned(*header, hash);
  if (run_bytes_ + bytes.size() > most_run_bytes)
    throw refusal("the other branch is larger than 1 GiB", "make a new copy: adopt-blocks --new");
  run_.push_back(copy_of(bytes));
  run_bytes_ += bytes.size();
  run_end_ = hash;
  run_height_ = header->height;
  if (!is_branch_ && (run_.size() == heap_blocks || run_bytes_ > heap_bytes)) flush(false);
}

// Gives the run to the writer: at once when it follows the tip, else when all of it is there.
void Adoption::flush(bool all_there) {
  if (run_.empty()) return;
  std::vector<Bytes> run = std::exchange(run_, {});
  LedgerWriter writer = LedgerWriter::open(layout_, operations_);
  const auto fresh = std::ranges::find_if(
      run, [&](const Bytes& block) { return writer.block_hash(decode_header(block)->height) != block_hash(block); });
  report_.known += static_cast<std::uint64_t>(fresh - run.begin());
  run.erase(run.begin(), fresh);
  const bool follows = !run.empty() && decode_header(run.front())->previous == writer.tip().hash;
  is_branch_ = !follows;
  if (!run.empty() && is_branch_ && !all_there) {
    run_ = std::move(run);
    return;
  }
  run_bytes_ = 0;
  view_.reset();
  for (const Bytes& block : run) {
    if (!follows) break;
    writer.append(block);
    ++report_.added;
  }
  if (follows || run.empty()) return;
  const auto turned = writer.turn_to(run, options_.expect);
  if (!turned.outweighs) {
    report_.not_kept += run.size();
    return;
  }
  report_.added += run.size();
  report_.left_behind += turned.left_behind;
  report_.returned += turned.returned;
  report_.fork = turned.fork;
}

AdoptReport Adoption::finish() {
  if (report_.added > 0) settle_pool(layout_, operations_, {});
  const Ledger ledger = Ledger::open(layout_, operations_);
  report_.head = {ledger.tip().height, ledger.tip().hash};
  for (const Pin& pin : options_.expect)
    if (ledger.block_hash(pin.height) != pin.hash)
      throw refusal("the chain ends at block " + std::to_string(report_.head.height) + ", the pin names block " +
                    std::to_string(pin.height));
  return report_;
}

}  // namespace carechain::ledger
