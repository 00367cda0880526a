#include "libcore/ledger/state_key.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace carechain::ledger {

void KeyIndex::put(std::uint32_t hash, std::uint32_t place) {
  std::size_t at = hash & mask();
  while (slots_[at].place != none) at = (at + 1) & mask();
  slots_[at] = {hash, place};
}

void KeyIndex::add(std::uint32_t hash, std::size_t place) {
  if (place >= none) throw std::length_error("too many keys");
  if (4 * (used_ + 1) > 3 * slots_.size()) {
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(16, 2 * slots_.size())));
    for (const Slot& slot : old)
      if (slot.place != none) put(slot.hash, slot.place);
  }
  put(hash, static_cast<std::uint32_t>(place));
  ++used_;
}

}  // namespace carechain::ledger
