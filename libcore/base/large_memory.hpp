#pragma once
// Memory for much data that stays: taken from the system 2 MiB at a time, with a request for huge pages but for the
// first of a process; where the system grants none, these are pages like any others. A page of 4 KiB costs an entry
// into the kernel when it is first touched, on virtual machines up to 10 µs each. Under AddressSanitizer all is
// operator new's.

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace carechain {

inline constexpr std::size_t large_memory = 64u << 10;  // bytes; less than that comes from operator new

// Aligned as operator new aligns, uninitialised. Throws std::bad_alloc. What is released is kept for later calls of
// about the same size; blocks above 2 MiB go back to the system. From any thread.
void* allocate_memory(std::size_t bytes);
void release_memory(void* memory, std::size_t bytes) noexcept;  // bytes: as it was allocated

// Elements that are not given a value are default-initialised: numbers have any value.
template <class T>
struct LargeAllocator {
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  using value_type = T;

  LargeAllocator() = default;
  template <class Other>
  LargeAllocator(const LargeAllocator<Other>&) {}
  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(allocate_memory(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { release_memory(memory, count * sizeof(T)); }
  template <class Element, class... From>
  void construct(Element* at, From&&... from) noexcept(std::is_nothrow_constructible_v<Element, From...>) {
    if constexpr (sizeof...(From) == 0)
      ::new (static_cast<void*>(at)) Element;
    else
      ::new (static_cast<void*>(at)) Element(std::forward<From>(from)...);
  }
  friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace carechain
