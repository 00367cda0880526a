#pragma once
// Merkle trees as RFC 6962 section 2.1 (RFC 9162 section 2.1): leaf = SHA-256(0x00 || data), node = SHA-256(0x01 ||
// left || right), split at the largest power of two below n, the empty tree = SHA-256("").

#include <vector>

#include "libcore/base/bytes.hpp"

namespace carechain::crypto {

Hash merkle_leaf(ByteView data);
Hash merkle_node(const Hash& left, const Hash& right);

// Appends leaves and gives the root at any moment, keeping only the roots of complete subtrees (at most 64 hashes).
class MerkleFrontier {
 public:
  void append(const Hash& leaf_hash);
  std::uint64_t size() const { return size_; }
  Hash root() const;
  // Largest subtree first; together with size() all there is to know. For storing.
  const std::vector<Hash>& subtrees() const { return subtrees_; }
  // Requires as many hashes as `size` has one bits.
  static MerkleFrontier from(std::uint64_t size, std::vector<Hash> subtrees);

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

Hash merkle_root(const std::vector<Hash>& leaf_hashes);

// Audit paths, RFC 6962 section 2.1.1 and 2.1.2; lowest sibling first. Require index < leaves.size(), 0 < old <= size.
std::vector<Hash> inclusion_path(const std::vector<Hash>& leaf_hashes, std::uint64_t index);
std::vector<Hash> consistency_path(const std::vector<Hash>& leaf_hashes, std::uint64_t old_size);
// RFC 9162 section 2.1.3.2 and 2.1.4.2. An old size of 0, or greater than the new one, is never consistent.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf_hash, const std::vector<Hash>& path,
                      const Hash& root);
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                        const std::vector<Hash>& path);

}  // namespace carechain::crypto
