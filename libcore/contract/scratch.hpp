#pragma once
// Memory of one evaluation: what rules put together lies here until the next evaluation begins. The first few hundred
// bytes come without asking the system, so that simple rules allocate nothing.

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace carechain::contract {

class Scratch {
 public:
  // Everything handed out so far is gone; the memory stays for what comes.
  void reset() {
    chunk_ = 0;
    at_ = 0;
  }
  template <class T>
  std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignment);
    return {reinterpret_cast<T*>(bytes(count * sizeof(T))), count};
  }
  template <class T>
  const T* store(const T& value) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignment);
    return new (bytes(sizeof(T))) T(value);
  }
  std::string_view keep(std::string_view text) {
    char* const at = bytes(text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }
  char* bytes(std::size_t size) {
    size = (size + alignment - 1) / alignment * alignment;
    while (chunk_ < chunks_.size() && chunks_[chunk_].size - at_ < size) {
      ++chunk_;
      at_ = 0;
    }
    if (chunk_ == chunks_.size()) grow(size);
    char* const result = chunks_[chunk_].bytes.get() + at_;
    at_ += size;
    return result;
  }

 private:
  static constexpr std::size_t alignment = 8;
  static constexpr std::size_t least = std::size_t{4} << 10;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };
  void grow(std::size_t size) {
    const std::size_t wanted = size > least ? size : least;
    chunks_.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
    at_ = 0;
  }
  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, at_ = 0;
};

}  // namespace carechain::contract
