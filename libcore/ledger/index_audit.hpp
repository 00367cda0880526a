#pragma once
// Does the index on disk say what the chain says? Compared at the index's own tip, row by row.

#include <memory>
#include <optional>

#include "libcore/ledger/fork_choice.hpp"
#include "libcore/ledger/verify.hpp"

namespace carechain::ledger {

class IndexAudit {
 public:
  // nullopt: there is no index. A damaged one is a fault, told by verdict().
  static std::optional<IndexAudit> open(const store::Layout&);
  IndexAudit(IndexAudit&&) noexcept;
  ~IndexAudit();

  // These may lie between the index's tip and the place where it thinks that the next block goes. An index whose tip is
  // one of them is not compared: its writer died while it turned to another branch, and the next one makes it anew.
  void allow_behind_tip(std::vector<LeftBehind>);
  bool is_left_behind() const;

  // A good block, in the order of the chain: what it puts beside the state. `changes`: of block 0 none are noted.
  struct Block {
    const BlockView& view;
    ByteView bytes;
    store::Position position;
    const std::vector<TransactionId>& transactions;
    const Changes* changes;
  };
  // Called for each block, with tip and state after it. Sees no further than the index's own tip, and compares there.
  void see(const Block&, const Tip&, const MemoryState&);
  std::optional<Fault> verdict(std::uint64_t chain_height) const;
  std::uint64_t compared() const;  // rows of the state

 private:
  struct Inside;
  explicit IndexAudit(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace carechain::ledger
