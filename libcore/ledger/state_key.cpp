#include "libcore/ledger/state_key.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace carechain::ledger {

void KeyIndex::put(const Slot& slot) {
  std::size_t at = slot.hash & mask();
  while (tags_[at] != free) at = (at + 1) & mask();
  tags_[at] = tag_of(slot.hash);
  slots_[at] = slot;
}

void KeyIndex::grow(std::size_t size) {
  const auto tags = std::exchange(tags_, LargeVector<std::uint8_t>(size, free));
  const auto slots = std::exchange(slots_, LargeVector<Slot>(size));
  for (std::size_t at = 0; at < tags.size(); ++at)
    if (tags[at] != free) put(slots[at]);
}

void KeyIndex::reserve(std::size_t count) {
  const std::size_t size = std::bit_ceil(count + count / 3 + 1);
  if (size > tags_.size()) grow(size);
}

void KeyIndex::clear() {
  std::ranges::fill(tags_, free);
  used_ = 0;
}

void KeyIndex::add(std::uint32_t hash, std::size_t place) {
  if (place >= none) throw std::length_error("too many keys");
  if (4 * (used_ + 1) > 3 * tags_.size()) grow(std::max<std::size_t>(16, 2 * tags_.size()));
  put({hash, static_cast<std::uint32_t>(place)});
  ++used_;
}

}  // namespace carechain::ledger
