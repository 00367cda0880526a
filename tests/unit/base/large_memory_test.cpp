#include "libcore/base/large_memory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

using namespace carechain;

namespace {

struct Block {
  void* at;
  std::size_t size;
  unsigned char mark;

  explicit Block(std::size_t bytes, unsigned char fill) : at(allocate_memory(bytes)), size(bytes), mark(fill) {
    std::memset(at, mark, size);
  }
  bool is_whole() const {
    const auto* first = static_cast<const unsigned char*>(at);
    return std::all_of(first, first + size, [this](unsigned char byte) { return byte == mark; });
  }
  void release() { release_memory(at, size); }
};

constexpr std::size_t sizes[] = {1,        4096,    65535,   65536,   65537,       98304,   1u << 17,
                                 1u << 20, 1200000, 2097151, 2097152, 2097152 + 1, 5000000, 100};

}  // namespace

TEST_CASE("blocks of every size keep what is in them while others come and go") {
  const auto come_and_go = [](unsigned seed) {
    std::mt19937 dice(seed);
    std::vector<Block> held;
    bool whole = true;
    for (int turn = 0; turn < 600; ++turn) {
      if (held.size() < 12 || dice() % 2 == 0)
        held.emplace_back(sizes[dice() % std::size(sizes)], static_cast<unsigned char>(dice()));
      if (held.size() > 20 || dice() % 3 == 0) {
        const std::size_t which = dice() % held.size();
        whole = whole && held[which].is_whole();
        held[which].release();
        held.erase(held.begin() + static_cast<std::ptrdiff_t>(which));
      }
    }
    for (Block& block : held) {
      whole = whole && block.is_whole();
      block.release();
    }
    return whole;
  };
  CHECK(come_and_go(1));
  std::vector<char> whole(4);
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < whole.size(); ++i) threads.emplace_back([&, i] { whole[i] = come_and_go(i + 2); });
  }
  CHECK(std::ranges::count(whole, 1) == 4);
}

TEST_CASE("blocks are aligned for any type") {
  for (const std::size_t size : sizes) {
    Block block(size, 1);
    CHECK(reinterpret_cast<std::uintptr_t>(block.at) % __STDCPP_DEFAULT_NEW_ALIGNMENT__ == 0);
    block.release();
  }
}

TEST_CASE("more than there can be is refused") {
  CHECK_THROWS_AS(allocate_memory(SIZE_MAX), std::bad_alloc);
  CHECK_THROWS_AS(allocate_memory(SIZE_MAX / 2), std::bad_alloc);
  CHECK_THROWS_AS(LargeVector<std::uint64_t>().reserve(SIZE_MAX / 8), std::length_error);
}

TEST_CASE("a list in large memory is a list") {
  LargeVector<std::string> words;
  for (int i = 0; i < 10000; ++i) words.push_back("word " + std::to_string(i) + " of a long list of them");
  words.resize(10001);
  CHECK(words[9999] == "word 9999 of a long list of them");
  CHECK(words[10000].empty());
  const LargeVector<std::string> copy = words;
  words.clear();
  CHECK(copy[0] == "word 0 of a long list of them");
}
