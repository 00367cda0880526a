#include "libcore/crypto/merkle.hpp"

#include <bit>

#include "libcore/crypto/hash.hpp"

namespace carechain::crypto {
namespace {

using Leaves = std::span<const Hash>;

constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

// The largest power of two below n. Requires n >= 2.
std::size_t split(std::size_t n) { return std::bit_floor(n - 1); }

Hash root_of(Leaves leaves) {
  MerkleFrontier frontier;
  for (const Hash& leaf : leaves) frontier.append(leaf);
  return frontier.root();
}

void inclusion(Leaves leaves, std::size_t index, std::vector<Hash>& path) {
  if (leaves.size() < 2) return;
  const std::size_t k = split(leaves.size());
  const bool left = index < k;
  inclusion(left ? leaves.first(k) : leaves.subspan(k), left ? index : index - k, path);
  path.push_back(root_of(left ? leaves.subspan(k) : leaves.first(k)));
}

// SUBPROOF of RFC 6962 section 2.1.2; `known`: the verifier has this subtree's root as the old root.
void consistency(Leaves leaves, std::size_t old_size, bool known, std::vector<Hash>& path) {
  if (old_size == leaves.size()) {
    if (!known) path.push_back(root_of(leaves));
    return;
  }
  const std::size_t k = split(leaves.size());
  const bool left = old_size <= k;
  consistency(left ? leaves.first(k) : leaves.subspan(k), left ? old_size : old_size - k, left && known, path);
  path.push_back(root_of(left ? leaves.subspan(k) : leaves.first(k)));
}

// The place of a node on its way to the root: its index in its level, and that of the level's last node.
struct Climb {
  std::uint64_t index;
  std::uint64_t last;

  bool right_child() const { return (index & 1) != 0 || index == last; }
  void up() {
    index >>= 1;
    last >>= 1;
  }
  // A last node without a sibling is the same node on the levels above, until it is a right child.
  void skip_lonely() {
    while ((index & 1) == 0 && index != 0) up();
  }
};

}  // namespace

Hash merkle_leaf(ByteView data) { return sha256({ByteView(leaf_prefix), data}); }
Hash merkle_node(const Hash& left, const Hash& right) {
  return sha256({ByteView(node_prefix), left.view(), right.view()});
}

void MerkleFrontier::append(const Hash& leaf_hash) {
  Hash node = leaf_hash;
  for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    node = merkle_node(subtrees_.back(), node);
    subtrees_.pop_back();
  }
  subtrees_.push_back(node);
  ++size_;
}

Hash MerkleFrontier::root() const {
  if (subtrees_.empty()) return sha256(ByteView{});
  Hash node = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) node = merkle_node(subtrees_[i], node);
  return node;
}

MerkleFrontier MerkleFrontier::from(std::uint64_t size, std::vector<Hash> subtrees) {
  MerkleFrontier frontier;
  frontier.size_ = size;
  frontier.subtrees_ = std::move(subtrees);
  return frontier;
}

Hash merkle_root(const std::vector<Hash>& leaf_hashes) { return root_of(leaf_hashes); }

std::vector<Hash> inclusion_path(const std::vector<Hash>& leaf_hashes, std::uint64_t index) {
  std::vector<Hash> path;
  inclusion(leaf_hashes, index, path);
  return path;
}

std::vector<Hash> consistency_path(const std::vector<Hash>& leaf_hashes, std::uint64_t old_size) {
  std::vector<Hash> path;
  consistency(leaf_hashes, old_size, true, path);
  return path;
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf_hash, const std::vector<Hash>& path,
                      const Hash& root) {
  if (index >= size) return false;
  Climb climb{index, size - 1};
  Hash node = leaf_hash;
  for (const Hash& sibling : path) {
    if (climb.last == 0) return false;
    if (climb.right_child()) {
      node = merkle_node(sibling, node);
      climb.skip_lonely();
    } else {
      node = merkle_node(node, sibling);
    }
    climb.up();
  }
  return climb.last == 0 && node == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                        const std::vector<Hash>& path) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return path.empty() && old_root == new_root;
  std::span<const Hash> rest(path);
  Hash start = old_root;  // a complete subtree's root is not repeated in the path
  if (!std::has_single_bit(old_size)) {
    if (rest.empty()) return false;
    start = rest.front();
    rest = rest.subspan(1);
  }
  Climb climb{old_size - 1, new_size - 1};
  while ((climb.index & 1) != 0) climb.up();
  Hash older = start, newer = start;
  for (const Hash& sibling : rest) {
    if (climb.last == 0) return false;
    if (climb.right_child()) {
      older = merkle_node(sibling, older);
      newer = merkle_node(sibling, newer);
      climb.skip_lonely();
    } else {
      newer = merkle_node(newer, sibling);
    }
    climb.up();
  }
  return climb.last == 0 && older == old_root && newer == new_root;
}

}  // namespace carechain::crypto
