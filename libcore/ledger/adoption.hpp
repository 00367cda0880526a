#pragma once
// Copies of one ledger that follow one another: what one asks another for, and taking in the blocks that come. Every
// block is judged in full by whoever takes it in.

#include <functional>
#include <optional>
#include <vector>

#include "libcore/ledger/ledger.hpp"

namespace carechain::ledger {

// Blocks by which another copy finds the last one that both have: the tip, the one before it, then with doubling
// steps down to block 0. Highest first.
std::vector<Pin> landmarks(const Ledger&);
// The highest of these that is on the chain. nullopt: none is, so they are of another ledger.
std::optional<std::uint64_t> last_in_common(const Ledger&, const std::vector<Pin>& landmarks);

struct AdoptOptions {
  Time now;                 // a block may be ahead of it by what the constitution allows
  std::vector<Pin> expect;  // must be on the chain, before or afterwards; nothing that leaves one out is adopted
};
struct AdoptReport {
  std::uint64_t known = 0;  // blocks that were here already
  std::uint64_t added = 0;
  std::uint64_t not_kept = 0;     // blocks of branches that do not outweigh the chain
  std::uint64_t left_behind = 0;  // blocks that are no longer on the chain
  std::uint64_t returned = 0;     // their transactions that are pending again
  std::optional<Pin> fork;        // where the chain turned to another branch
  Pin head;
};

// Takes in the blocks of another copy: those that follow the tip one by one, durable as they come, a branch when it is
// there as a whole (LedgerWriter::turn_to). Holds no lock while it reads. Memory: the blocks of a branch, 1 GiB at
// most. Throws refusal(): a block that follows none of this ledger, is not valid or too far ahead of the clock, a pin
// that the chain does not hold; Error: the stream is damaged. What came before the fault was taken in.
class Adoption {
 public:
  Adoption(const store::Layout&, const OperationTable&, const AdoptOptions&);
  void take(store::SegmentReader stream, const std::function<void(std::uint64_t blocks)>& progress);
  AdoptReport finish();

 private:
  void take_block(ByteView);
  bool is_known(const Header&, const Hash&);
  void require_near(const Header&) const;
  void require_pinned(const Header&, const Hash&) const;
  void flush(bool all_there);

  store::Layout layout_;
  const OperationTable& operations_;
  AdoptOptions options_;
  AdoptReport report_;
  std::uint64_t future_ = 0;
  std::optional<Ledger> view_;  // as it was a while ago
  std::vector<Bytes> run_;      // blocks that follow one another and are not here yet
  std::size_t run_bytes_ = 0;
  bool is_branch_ = false;  // the run does not follow the tip
  Hash run_end_;            // of the last of them
  std::uint64_t run_height_ = 0;
};

}  // namespace carechain::ledger
