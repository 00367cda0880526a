#include "libcore/crypto/merkle.hpp"

#include <cryptopp/base64.h>

#include "libcore/crypto/hash.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;

namespace {

using Leaves = std::vector<Hash>;

Leaves some_leaves(std::size_t n) {
  Leaves leaves;
  for (std::size_t i = 0; i < n; ++i) leaves.push_back(merkle_leaf(Bytes(1, static_cast<std::uint8_t>(i))));
  return leaves;
}

std::size_t half(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

// RFC 6962 section 2.1 as it is written.
Hash slow_root(const Leaves& d) {
  if (d.empty()) return sha256(ByteView{});
  if (d.size() == 1) return d[0];
  const auto k = static_cast<std::ptrdiff_t>(half(d.size()));
  return merkle_node(slow_root({d.begin(), d.begin() + k}), slow_root({d.begin() + k, d.end()}));
}

Leaves slow_inclusion(std::size_t m, const Leaves& d) {
  if (d.size() == 1) return {};
  const auto k = static_cast<std::ptrdiff_t>(half(d.size()));
  const Leaves left(d.begin(), d.begin() + k), right(d.begin() + k, d.end());
  const bool in_left = m < left.size();
  Leaves path = in_left ? slow_inclusion(m, left) : slow_inclusion(m - left.size(), right);
  path.push_back(slow_root(in_left ? right : left));
  return path;
}

Leaves slow_subproof(std::size_t m, const Leaves& d, bool known) {
  if (m == d.size()) return known ? Leaves{} : Leaves{slow_root(d)};
  const auto k = static_cast<std::ptrdiff_t>(half(d.size()));
  const Leaves left(d.begin(), d.begin() + k), right(d.begin() + k, d.end());
  const bool in_left = m <= left.size();
  Leaves path = in_left ? slow_subproof(m, left, known) : slow_subproof(m - left.size(), right, false);
  path.push_back(slow_root(in_left ? right : left));
  return path;
}

Bytes from_base64(const std::string& text) {
  std::string bytes;
  CryptoPP::StringSource(text, true, new CryptoPP::Base64Decoder(new CryptoPP::StringSink(bytes)));
  return bytes_of(bytes);
}

// nullopt: not 32 bytes, which our types can't even say.
std::optional<Hash> hash_field(const nlohmann::json& value) {
  const Bytes bytes = from_base64(value.is_null() ? "" : value.get<std::string>());
  return bytes.size() == Hash::size ? std::optional(Hash(bytes)) : std::nullopt;
}

std::optional<Leaves> path_field(const nlohmann::json& value) {
  Leaves path;
  if (value.is_null()) return path;
  for (const auto& one : value) {
    const auto hash = hash_field(one);
    if (!hash) return std::nullopt;
    path.push_back(*hash);
  }
  return path;
}

bool inclusion_holds(const nlohmann::json& one) {
  const auto leaf = hash_field(one.at("leafHash")), root = hash_field(one.at("root"));
  const auto path = path_field(one.at("proof"));
  return leaf && root && path &&
         verify_inclusion(one.at("leafIdx").get<std::uint64_t>(), one.at("treeSize").get<std::uint64_t>(), *leaf, *path,
                          *root);
}

bool consistency_holds(const nlohmann::json& one) {
  const auto old_root = hash_field(one.at("root1")), new_root = hash_field(one.at("root2"));
  const auto path = path_field(one.at("proof"));
  return old_root && new_root && path &&
         verify_consistency(one.at("size1").get<std::uint64_t>(), one.at("size2").get<std::uint64_t>(), *old_root,
                            *new_root, *path);
}

int check_all(const std::string& kind, bool (*holds)(const nlohmann::json&)) {
  int seen = 0;
  if (!std::filesystem::is_directory(test::shared("merkle"))) return -1;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared("merkle"))) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kind)) continue;
    CAPTURE(name);
    std::ifstream file(entry.path());
    const auto one = nlohmann::json::parse(file);
    CHECK(holds(one) != one.at("wantErr").get<bool>());
    ++seen;
  }
  return seen;
}

}  // namespace

TEST_CASE("the roots of the eight reference leaves") {
  const auto file = test::vectors("merkle/reference_tree.json");
  if (!file) return;
  Leaves leaves;
  MerkleFrontier frontier;
  const auto& roots = file->at("root_by_size");
  CHECK(test::to_hex(frontier.root().view()) == roots[0].get<std::string>());
  for (const auto& input : file->at("leaf_inputs")) {
    leaves.push_back(merkle_leaf(test::from_hex(input.get<std::string>())));
    frontier.append(leaves.back());
    CHECK(test::to_hex(frontier.root().view()) == roots[leaves.size()].get<std::string>());
    CHECK(merkle_root(leaves) == frontier.root());
  }
  CHECK(leaves.size() == 8);
}

TEST_CASE("the inclusion proofs of transparency-dev/merkle") {
  const int seen = check_all("inclusion__", inclusion_holds);
  if (seen < 0) MESSAGE("skipped, there is no shared data");
  CHECK((seen < 0 || seen == 61));
}

TEST_CASE("the consistency proofs of transparency-dev/merkle") {
  const int seen = check_all("consistency__", consistency_holds);
  if (seen < 0) MESSAGE("skipped, there is no shared data");
  CHECK((seen < 0 || seen == 57));
}

TEST_CASE("roots and frontiers up to 40 leaves agree with the definition") {
  for (std::size_t n = 0; n < 40; ++n) {
    const Leaves leaves = some_leaves(n);
    CHECK(merkle_root(leaves) == slow_root(leaves));
    MerkleFrontier frontier;
    for (const Hash& leaf : leaves)
      frontier = MerkleFrontier::from(frontier.size(), frontier.subtrees()), frontier.append(leaf);
    CHECK(frontier.size() == n);
    CHECK(frontier.subtrees().size() == static_cast<std::size_t>(__builtin_popcountll(n)));
    CHECK(frontier.root() == slow_root(leaves));
  }
}

TEST_CASE("inclusion paths up to 40 leaves agree with the definition and prove their leaf only") {
  for (std::size_t n = 1; n < 40; ++n) {
    const Leaves leaves = some_leaves(n);
    const Hash root = merkle_root(leaves);
    for (std::size_t m = 0; m < n; ++m) {
      Leaves path = inclusion_path(leaves, m);
      CHECK(path == slow_inclusion(m, leaves));
      CHECK(verify_inclusion(m, n, leaves[m], path, root));
      CHECK_FALSE(verify_inclusion(n, n, leaves[m], path, root));
      for (std::size_t other = 0; other < n; ++other)
        if (other != m) CHECK_FALSE(verify_inclusion(m, n, leaves[other], path, root));
      for (Hash& step : path) {
        step.bytes[5] ^= 1;
        CHECK_FALSE(verify_inclusion(m, n, leaves[m], path, root));
        step.bytes[5] ^= 1;
      }
      path.push_back(root);
      CHECK_FALSE(verify_inclusion(m, n, leaves[m], path, root));
    }
  }
}

TEST_CASE("consistency paths up to 40 leaves agree with the definition and prove their roots only") {
  const Leaves all = some_leaves(40);
  for (std::size_t n = 1; n < 40; ++n) {
    const Leaves leaves(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
    const Hash root = merkle_root(leaves);
    for (std::size_t m = 1; m <= n; ++m) {
      const Hash old_root = merkle_root({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(m)});
      Leaves path = consistency_path(leaves, m);
      CHECK(path == (m == n ? Leaves{} : slow_subproof(m, leaves, true)));
      CHECK(verify_consistency(m, n, old_root, root, path));
      if (m != n) {
        CHECK_FALSE(verify_consistency(m, n, root, root, path));
        CHECK_FALSE(verify_consistency(m, n, old_root, old_root, path));
        CHECK_FALSE(verify_consistency(n, m, root, old_root, path));
      }
      for (Hash& step : path) {
        step.bytes[31] ^= 0x80;
        CHECK_FALSE(verify_consistency(m, n, old_root, root, path));
        step.bytes[31] ^= 0x80;
      }
      path.push_back(root);
      CHECK_FALSE(verify_consistency(m, n, old_root, root, path));
    }
  }
  CHECK_FALSE(verify_consistency(0, 3, sha256(ByteView{}), merkle_root(some_leaves(3)), {}));
}
