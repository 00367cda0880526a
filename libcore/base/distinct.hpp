#pragma once
// A small set as a list.

#include <algorithm>
#include <vector>

namespace carechain {

// Ascending, each once.
template <class T>
void sort_distinct(std::vector<T>& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace carechain
