#pragma once
// What was read from a state once is kept: an index on a disk is asked for each key only once, also for those that it
// does not have.

#include "libcore/ledger/state.hpp"

namespace carechain::ledger {

// The state below must not change meanwhile. One thread. Keeps at most about 64 MB; beyond that it asks below again.
class CachedState : public State {
 public:
  explicit CachedState(const State& below) : below_(&below) {}
  std::optional<StateValue> get(const StateKey& key) const override;

 private:
  struct Entry {
    std::string_view key;
    std::optional<std::string_view> value;
  };
  const State* below_;
  mutable KeyIndex index_;
  mutable std::vector<Entry> entries_;
  mutable Arena bytes_;
  mutable std::size_t kept_ = 0;
};

}  // namespace carechain::ledger
