#include "libcore/ledger/cached_state.hpp"

namespace carechain::ledger {

constexpr std::size_t most_kept = 64u << 20;
constexpr std::size_t bytes_an_entry = 64;  // besides key and value

std::optional<StateValue> CachedState::get(const StateKey& key) const {
  const std::uint32_t place = index_.find(key.hash(), [&](std::uint32_t at) { return entries_[at].key == key.text(); });
  if (place != KeyIndex::none) {
    const auto& known = entries_[place].value;
    return known ? std::optional(StateValue(*known)) : std::nullopt;
  }
  auto value = below_->get(key);
  const std::size_t size = key.text().size() + (value ? std::string_view(*value).size() : 0) + bytes_an_entry;
  if (kept_ + size > most_kept) return value;
  kept_ += size;
  index_.add(key.hash(), entries_.size());
  entries_.push_back({bytes_.keep(key.text()), value ? std::optional(bytes_.keep(*value)) : std::nullopt});
  return value;
}

}  // namespace carechain::ledger
