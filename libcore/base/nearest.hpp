#pragma once
// The word somebody probably meant, for hints after a typo.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carechain {

// The candidate closest to word, the earlier of equals; at most max(1, word.size() / 3) letters (bytes) inserted, left
// out, changed or swapped with their neighbour. nullopt: none is that close.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace carechain
