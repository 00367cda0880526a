#pragma once
// A list that grows at its end without moving what is in it: no copy of it all, and no memory for a copy.

#include <cstddef>
#include <type_traits>
#include <vector>

#include "libcore/base/large_memory.hpp"

namespace carechain {

template <class T>
class SteadyList {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  std::size_t size() const { return size_; }
  // Requires at < size(); nothing checks it.
  T& operator[](std::size_t at) { return chunks_[at / chunk][at % chunk]; }
  const T& operator[](std::size_t at) const { return chunks_[at / chunk][at % chunk]; }
  // What it gives stays where it is as long as the list lives.
  T& push_back(const T& value) {
    if (size_ % chunk == 0) chunks_.emplace_back(chunk);
    return (*this)[size_++] = value;
  }

 private:
  static constexpr std::size_t chunk = 4096;  // places; memory grows by so many
  std::vector<LargeVector<T>> chunks_;        // all of them full but the last
  std::size_t size_ = 0;
};

}  // namespace carechain
