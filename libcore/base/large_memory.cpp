#include "libcore/base/large_memory.hpp"

#include <sys/mman.h>

#include <array>
#include <cstdint>
#include <mutex>

namespace carechain {
namespace {

constexpr std::size_t huge_page = 2u << 20;
constexpr std::size_t unit = 32u << 10;           // sizes are multiples of it
constexpr std::size_t on_small_pages = 2u << 20;  // as much as a short run needs is not worth clearing huge pages

#if defined(__SANITIZE_ADDRESS__)
constexpr bool checked_by_sanitizer = true;
#elif defined(__has_feature)
constexpr bool checked_by_sanitizer = __has_feature(address_sanitizer);
#else
constexpr bool checked_by_sanitizer = false;
#endif

bool is_large(std::size_t bytes) { return !checked_by_sanitizer && bytes >= large_memory; }

std::size_t rounded(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

// Begins at a multiple of huge_page; size is one.
char* map_pages(std::size_t size) {
  const std::size_t more = size + huge_page;
  void* const mapped = mmap(nullptr, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  char* const start = static_cast<char*>(mapped);
  const std::size_t before = (huge_page - reinterpret_cast<std::uintptr_t>(start) % huge_page) % huge_page;
  if (before != 0) munmap(start, before);
  munmap(start + before + size, huge_page - before);
  return start + before;
}

void ask_for_huge_pages(char* start, std::size_t size) { madvise(start, size, MADV_HUGEPAGE); }  // or else small ones

// Pieces of huge pages. Of those that were released the smallest that is large enough is taken, and what is left of it
// becomes a piece of its own; they don't grow together again, since sizes are few.
class Pieces {
 public:
  void* take(std::size_t size) {
    const std::lock_guard lock(mutex_);
    for (std::size_t larger = size; larger <= huge_page; larger += unit)
      if (Released*& fitting = released_[larger / unit]; fitting != nullptr) {
        char* const piece = reinterpret_cast<char*>(std::exchange(fitting, fitting->next));
        if (larger > size) keep(piece + size, larger - size);
        return piece;
      }
    if (size > left_) start_page();
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }
  void give_back(void* piece, std::size_t size) {
    const std::lock_guard lock(mutex_);
    keep(piece, size);
  }

 private:
  struct Released {
    Released* next;
  };

  void keep(void* piece, std::size_t size) {
    Released*& same = released_[size / unit];
    same = ::new (piece) Released{same};
  }
  void start_page() {
    char* const page = map_pages(huge_page);
    if (mapped_ >= on_small_pages) ask_for_huge_pages(page, huge_page);
    mapped_ += huge_page;
    if (left_ != 0) keep(next_, left_);
    next_ = page;
    left_ = huge_page;
  }

  std::mutex mutex_;
  std::array<Released*, huge_page / unit + 1> released_{};
  char* next_ = nullptr;  // what has not been taken of the newest page
  std::size_t left_ = 0;
  std::size_t mapped_ = 0;
};

Pieces& pieces() {
  static Pieces* const all = new Pieces;  // what is destroyed last may still release memory
  return *all;
}

}  // namespace

void* allocate_memory(std::size_t bytes) {
  if (bytes > PTRDIFF_MAX - 2 * huge_page) throw std::bad_alloc();
  if (!is_large(bytes)) return ::operator new(bytes);
  if (bytes <= huge_page) return pieces().take(rounded(bytes, unit));
  const std::size_t size = rounded(bytes, huge_page);
  char* const start = map_pages(size);
  ask_for_huge_pages(start, size);
  return start;
}

void release_memory(void* memory, std::size_t bytes) noexcept {
  if (!is_large(bytes))
    ::operator delete(memory);
  else if (bytes <= huge_page)
    pieces().give_back(memory, rounded(bytes, unit));
  else
    munmap(memory, rounded(bytes, huge_page));
}

}  // namespace carechain
