#pragma once
// Which of the blocks in the segments are the chain: from block 0 the branch with most work, of two with the same work
// the one whose last block has the lower hash. Segments hold blocks in the order of arrival; a block that another
// branch outweighed stays where it is, and whoever reads the chain passes over it.

#include <optional>
#include <vector>

#include "libcore/ledger/work.hpp"
#include "libcore/store/segments.hpp"

namespace carechain::ledger {

// A frame that holds no block of the chain.
struct LeftBehind {
  store::Position place, next;
  Hash block;
};

struct ForkChoice {
  Hash head;                            // of the last block of the chain
  std::vector<LeftBehind> left_behind;  // in the order of the segments
  store::Position end;                  // behind the last whole frame
};
// Judges headers: a block counts when it follows one that counts, with the target that the rules demand, and its hash
// meets it. Left behind is what counts and is whole, with a seal that holds. Anything else, also a block that is there
// for the second time, a reader of the chain will come upon, and find that it does not belong there. nullopt: there is
// no block 0. Memory: about 200 bytes a block.
std::optional<ForkChoice> choose_fork(const store::Layout&);

// More work, or as much and the lower hash.
bool outweighs(const U256& work, const Hash& head, const U256& other_work, const Hash& other_head);

// Nothing but blocks left behind lies between two places.
bool only_left_behind(const std::vector<LeftBehind>&, store::Position from, store::Position to);

// The blocks of the chain, in order.
class ChainReader {
 public:
  // Looks for branches first, which costs one small reading a block; choose_fork() only where a height comes again.
  // What a writer appends after that is not read.
  explicit ChainReader(const store::Layout&);
  // A stream is taken as it comes: branches can't be told apart there.
  explicit ChainReader(store::File stream);

  std::optional<store::SegmentFrame> next();  // as SegmentReader::next()
  // Behind the last whole frame that next() has seen or passed over.
  store::Position end() const { return end_; }
  const std::vector<LeftBehind>& left_behind() const { return left_behind_; }

 private:
  store::SegmentReader frames_;
  std::vector<LeftBehind> left_behind_;
  std::size_t passed_ = 0;
  std::optional<store::Position> limit_;
  store::Position end_;
};

}  // namespace carechain::ledger
