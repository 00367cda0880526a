#include "libcore/care/claim/name_map.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/yaml.hpp"

namespace carechain::care::claim {
namespace {

void read_table(const encoding::YamlNode& root, const char* key, std::map<std::string, std::string, std::less<>>& to) {
  const auto* const node = root.find(key);
  if (node == nullptr || node->kind == encoding::YamlNode::Kind::null) return;
  if (node->kind != encoding::YamlNode::Kind::map) node->fail(std::string(key) + " is a map of identifiers");
  for (const auto& [name, value] : node->entries) to[name.scalar] = value.text();
}

Hash keyed(const SecretKey& secret, std::string_view purpose, std::string_view text) {
  const SecretKey key = crypto::hkdf_key(secret.view(), {}, view_of(purpose));
  return crypto::hmac_sha256(key.view(), view_of(text));
}

}  // namespace

NameMap read_name_map(std::string_view yaml, const std::string& file) {
  const auto root = encoding::parse_yaml(yaml, file);
  if (root.kind != encoding::YamlNode::Kind::map) root.fail("a map of names is a YAML map");
  root.only({"payer", "payers", "members", "providers", "currency"});
  NameMap map;
  if (const auto* const payer = root.find("payer")) map.payer = payer->text();
  if (const auto* const currency = root.find("currency")) map.currency = currency->text();
  read_table(root, "payers", map.payers);
  read_table(root, "members", map.members);
  read_table(root, "providers", map.providers);
  return map;
}

PublicKey pseudonym(const SecretKey& secret, std::string_view identifier) {
  return PublicKey(keyed(secret, "carechain/claim-member/1", identifier).view());
}
DocumentDigest document_digest(const SecretKey& secret, std::string_view document) {
  return DocumentDigest(keyed(secret, "carechain/claim-document/1", document).view());
}

}  // namespace carechain::care::claim
