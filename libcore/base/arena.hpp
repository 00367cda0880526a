#pragma once
// Many small byte strings that stay where they are until all of them go at once.

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "libcore/base/large_memory.hpp"

namespace carechain {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  // A copy of the bytes, which lives as long as the arena and does not move; its address is never null.
  std::string_view keep(std::string_view bytes) {
    if (bytes.empty()) return "";
    if (next_ == nullptr || bytes.size() > left_) grow(bytes.size());
    char* const at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    kept_ += bytes.size();
    return {at, bytes.size()};
  }
  // What the other one has kept so far lives as long as this one too, in the same place.
  void share(const Arena& other) { chunks_.insert(chunks_.end(), other.chunks_.begin(), other.chunks_.end()); }
  std::size_t kept() const { return kept_; }  // bytes, without those that others share

 private:
  void grow(std::size_t least) {
    static constexpr std::size_t largest = 1u << 20;
    left_ = std::max(least, chunk_);
    chunk_ = std::min(largest, 2 * chunk_);
    chunks_.push_back(std::make_shared<LargeVector<char>>(left_));
    next_ = chunks_.back()->data();
  }

  std::vector<std::shared_ptr<LargeVector<char>>> chunks_;
  std::size_t chunk_ = 2u << 10;  // the size of the next one
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t kept_ = 0;
};

}  // namespace carechain
