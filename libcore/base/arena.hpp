#pragma once
// Many small byte strings that stay where they are until all of them go at once.

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace carechain {

class Arena {
 public:
  // A copy of the bytes, which lives as long as the arena and does not move; its address is never null.
  std::string_view keep(std::string_view bytes) {
    if (bytes.empty()) return "";
    if (bytes.size() > left_) grow(bytes.size());
    char* const at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return {at, bytes.size()};
  }

 private:
  void grow(std::size_t least) {
    static constexpr std::size_t first = 2u << 10, largest = 1u << 20;
    left_ = std::max(least, std::min(largest, first << std::min<std::size_t>(chunks_.size(), 16)));
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = chunks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace carechain
