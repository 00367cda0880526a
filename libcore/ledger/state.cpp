#include "libcore/ledger/state.hpp"

namespace carechain::ledger {

std::optional<std::string> MemoryState::get(const std::string& key) const {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> Changes::get(const std::string& key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? below_.get(key) : found->second.after;
}

void Changes::set(const std::string& key, std::optional<std::string> value) {
  auto [place, fresh] = entries_.try_emplace(key);
  Entry& entry = place->second;
  if (fresh) {
    entry.before = below_.get(key);
    entry.after = entry.before;
  }
  journal_.push_back({&entry, std::move(entry.after)});
  entry.after = std::move(value);
}

void Changes::roll_back(Mark mark) {
  while (journal_.size() > mark.journal) {
    journal_.back().entry->after = std::move(journal_.back().after_before);
    journal_.pop_back();
  }
  notes_.resize(mark.notes);
}

}  // namespace carechain::ledger
