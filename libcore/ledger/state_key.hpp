#pragma once
// Keys of the state, and how maps of them are kept: a replay asks several maps for each key, and there are millions.

#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>

#include "libcore/base/large_memory.hpp"

namespace carechain::ledger {

// A key with its hash, computed once for all maps that are asked. Short ones need no memory of their own.
class StateKey {
 public:
  template <std::convertible_to<std::string_view> Text>
  StateKey(const Text& text) : StateKey({std::string_view(text)}) {}  // implicit: a key is a text
  StateKey(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) append(part);
    hash_ = hash_of(text());
  }

  std::string_view text() const { return large_.empty() ? std::string_view(small_.data(), size_) : large_; }
  std::uint32_t hash() const { return hash_; }

 private:
  static std::uint32_t hash_of(std::string_view text) {
    const std::size_t hash = std::hash<std::string_view>()(text);
    return static_cast<std::uint32_t>(hash ^ hash >> 32);
  }
  void append(std::string_view part) {
    if (large_.empty() && size_ + part.size() <= small_.size()) {
      part.copy(small_.data() + size_, part.size());
      size_ += part.size();
      return;
    }
    if (large_.empty()) large_.assign(small_.data(), size_);
    large_ += part;
  }

  std::array<char, 112> small_;
  std::size_t size_ = 0;
  std::string large_;  // of a key too long for that
  std::uint32_t hash_;
};

// Finds the places of keys in a list; the list is the owner's. Places are never taken out. Most keys that are asked for
// are not there, which the tags alone tell: a byte for each slot, so that those of a large index are still near.
class KeyIndex {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  // The place of that hash for which same(place) says yes, or none.
  template <class Same>
  std::uint32_t find(std::uint32_t hash, const Same& same) const {
    if (tags_.empty()) return none;
    for (std::size_t at = hash & mask(); tags_[at] != free; at = (at + 1) & mask())
      if (tags_[at] == tag_of(hash) && slots_[at].hash == hash && same(slots_[at].place)) return slots_[at].place;
    return none;
  }
  // Has the processor fetch what find() will look at first, or also what add() will write.
  void prefetch(std::uint32_t hash) const {
    if (!tags_.empty()) __builtin_prefetch(&tags_[hash & mask()]);
  }
  void prefetch_to_add(std::uint32_t hash) {
    prefetch(hash);
    if (!tags_.empty()) __builtin_prefetch(&slots_[hash & mask()], 1);
  }
  // Requires that there is none yet for that key. Throws std::length_error beyond 2^32 - 1 places.
  void add(std::uint32_t hash, std::size_t place);
  void reserve(std::size_t keys);  // room for so many before it has to grow
  void clear();                    // the room stays

 private:
  struct Slot {
    std::uint32_t hash;
    std::uint32_t place;
  };
  static constexpr std::uint8_t free = 0;
  static std::uint8_t tag_of(std::uint32_t hash) { return static_cast<std::uint8_t>(0x80 | hash >> 25); }
  std::size_t mask() const { return tags_.size() - 1; }
  void put(const Slot&);
  void grow(std::size_t size);

  LargeVector<std::uint8_t> tags_;  // a power of two of them, at least a quarter free
  LargeVector<Slot> slots_;         // as many; one whose tag is free holds nothing yet
  std::size_t used_ = 0;
};

}  // namespace carechain::ledger
