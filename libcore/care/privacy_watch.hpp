#pragma once
// Erasures and legal holds as an auditor sees them, block by block.

#include <map>
#include <span>
#include <vector>

#include "libcore/care/erasure_operations.hpp"
#include "libcore/ledger/verify.hpp"

namespace carechain::care {

class PrivacyWatch {
 public:
  struct SeenErasure {
    OrderErasure order;
    std::uint64_t ordered = 0;          // height
    std::optional<FinishErasure> done;  // the latest
  };
  struct SeenHold {
    SetHold hold;
    std::uint64_t began = 0;  // height
  };

  void see(const ledger::BlockView&, std::span<const ledger::Transaction>);  // every good block, in order

  const std::map<ObjectRef, SeenErasure>& erasures() const { return erasures_; }  // by their order
  // Neither lifted nor run out at that time.
  std::vector<std::pair<ObjectRef, SeenHold>> holds_in_force(Time) const;

 private:
  void see_operation(const ObjectRef&, const ledger::OperationView&, std::uint64_t height);
  std::map<ObjectRef, SeenErasure> erasures_;
  std::map<ObjectRef, SeenHold> holds_;  // not lifted
};

}  // namespace carechain::care
