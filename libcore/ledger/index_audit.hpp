#pragma once
// Does the index on disk say what the chain says? Compared at the index's own tip, row by row.

#include <memory>
#include <optional>

#include "libcore/ledger/verify.hpp"

namespace carechain::ledger {

class IndexAudit {
 public:
  // nullopt: there is no index. A damaged one is a fault, told by verdict().
  static std::optional<IndexAudit> open(const store::Layout&);
  IndexAudit(IndexAudit&&) noexcept;
  ~IndexAudit();

  // Called after each block with the state then; does nothing but at the index's tip.
  void compare_at(std::uint64_t height, const Hash&, const MemoryState&);
  std::optional<Fault> verdict(std::uint64_t chain_height) const;
  std::uint64_t compared() const;  // rows of the state

 private:
  struct Inside;
  explicit IndexAudit(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace carechain::ledger
