#include "libcore/ledger/constitution.hpp"

#include <set>

#include "libcore/base/whole.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/constitution_privacy.hpp"

namespace carechain::ledger {

using encoding::YamlNode;

PublicKey read_account(const YamlNode& node, const KeyByName& by_name) {
  const std::string text = node.text();
  if (text.starts_with("did:")) {
    const auto key = encoding::parse_did_key(text);
    if (!key || !crypto::sound_public_key(*key)) node.fail("'" + text + "' is not a did:key of an Ed25519 key");
    return *key;
  }
  try {
    return by_name(text);
  } catch (const Error& error) {
    node.fail(error.what(), error.hint());
  }
}

// A sealer or a quorum member: "did:key:…", a key's name, or {key: NAME}.
PublicKey read_key_item(const YamlNode& node, const KeyByName& by_name) {
  if (node.kind != YamlNode::Kind::map) return read_account(node, by_name);
  node.only({"key", "account"});
  return read_account(node.find("account") != nullptr ? node.at("account") : node.at("key"), by_name);
}

namespace {

const std::vector<YamlNode>& list_of(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::list) node.fail("a list is expected here");
  return node.items;
}

Quorum read_quorum(const YamlNode& node, const KeyByName& by_name) {
  node.only({"needed", "of"});
  Quorum quorum;
  for (const YamlNode& item : list_of(node.at("of"))) quorum.of.push_back(read_key_item(item, by_name));
  quorum.needed = node.at("needed").whole(1, quorum.of.size());
  return quorum;
}

std::uint64_t read_target(const YamlNode& node) {
  const std::string text = node.text();
  if (!text.starts_with("0x") || text.size() != 10) node.fail("a target is written as 0x and eight hex digits");
  const auto bytes = encoding::parse_hex(text.substr(2));
  if (!bytes) node.fail("a target is written as 0x and eight hex digits");
  const auto compact = load_be<std::uint32_t>(bytes->data());
  if (!expand_target(compact)) node.fail("'" + text + "' is not a compact target", "0x1f00ffff is a mild one");
  return compact;
}

Consensus read_consensus(const YamlNode& node) {
  node.only({"spacing", "half_life", "target", "future"});
  Consensus consensus;
  if (const auto* spacing = node.find("spacing")) consensus.spacing = spacing->whole(1, 1u << 30);
  if (const auto* half_life = node.find("half_life")) consensus.half_life = half_life->whole(1, 1u << 30);
  if (const auto* target = node.find("target")) consensus.target = read_target(*target);
  if (const auto* future = node.find("future")) consensus.future = future->whole(0, 1u << 30);
  return consensus;
}

Member read_member(const YamlNode& node, const KeyByName& by_name) {
  node.only({"name", "key", "account", "roles", "npi", "gln", "jurisdiction"});
  Member member;
  member.name = node.at("name").text();
  member.account = read_account(node.find("account") != nullptr ? node.at("account") : node.at("key"), by_name);
  for (const YamlNode& role : list_of(node.at("roles"))) {
    if (!is_role_word(role.text())) role.fail("a role is a word of lower-case letters and hyphens");
    member.roles.push_back(role.text());
  }
  if (const auto* npi = node.find("npi")) {
    member.npi = npi->text();
    if (!is_npi(*member.npi)) npi->fail("'" + *member.npi + "' is not an NPI (ten digits, the last a check digit)");
  }
  if (const auto* gln = node.find("gln")) {
    member.gln = gln->text();
    if (!is_gln(*member.gln)) gln->fail("'" + *member.gln + "' is not a GLN (13 digits, the last a check digit)");
  }
  if (const auto* law = node.find("jurisdiction")) member.jurisdiction = law->text();
  return member;
}

Defaults read_defaults(const YamlNode& node) {
  node.only({"purpose", "segment_bytes", "request_seconds", "emergency_seconds", "review_seconds"});
  Defaults defaults;
  if (const auto* purpose = node.find("purpose")) defaults.purpose = purpose->text();
  if (const auto* segment = node.find("segment_bytes")) defaults.segment_bytes = segment->whole(4096, 1u << 30);
  if (const auto* fresh = node.find("request_seconds")) defaults.request_seconds = fresh->whole(1, 86400);
  if (const auto* emergency = node.find("emergency_seconds"))
    defaults.emergency_seconds = emergency->whole(0, 31536000);
  if (const auto* review = node.find("review_seconds")) defaults.review_seconds = review->whole(1, 31536000);
  return defaults;
}

Salt read_salt(const YamlNode& node) {
  const auto bytes = encoding::parse_hex(node.text());
  if (!bytes || bytes->size() != Salt::size) node.fail("a salt is 64 hex digits");
  return Salt(*bytes);
}

Time read_created(const YamlNode& node) {
  const auto time = parse_time(node.text());
  if (!time) node.fail("'" + node.text() + "' is not a time", "write it like 2026-01-31T08:00:00Z");
  return *time;
}

bool distinct(const std::vector<PublicKey>& keys) {
  return std::set<PublicKey>(keys.begin(), keys.end()).size() == keys.size();
}

}  // namespace

WorkRules Constitution::work() const {
  return {consensus.spacing, consensus.half_life, static_cast<std::uint32_t>(consensus.target)};
}

Constitution read_constitution(const YamlNode& node, const KeyByName& by_name, const ConstitutionDefaults& given) {
  node.only({"name", "created", "salt", "rules", "quorum", "consensus", "sealers", "members", "defaults", "privacy"});
  Constitution constitution;
  constitution.name = node.at("name").text();
  constitution.created = node.find("created") != nullptr ? read_created(node.at("created")) : given.now;
  constitution.salt = node.find("salt") != nullptr ? read_salt(node.at("salt")) : given.salt;
  if (const auto* rules = node.find("rules")) constitution.rules = rules->whole(1, known_rule_set);
  for (const YamlNode& item : list_of(node.at("sealers"))) constitution.sealers.push_back(read_key_item(item, by_name));
  for (const YamlNode& item : list_of(node.at("members"))) constitution.members.push_back(read_member(item, by_name));
  if (const auto* quorum = node.find("quorum")) {
    constitution.quorum = read_quorum(*quorum, by_name);
  } else {  // all founders together
    for (const Member& member : constitution.members) constitution.quorum.of.push_back(member.account);
    constitution.quorum.needed = constitution.members.size();
  }
  if (const auto* consensus = node.find("consensus")) constitution.consensus = read_consensus(*consensus);
  if (const auto* defaults = node.find("defaults")) constitution.defaults = read_defaults(*defaults);
  if (const auto* privacy = node.find("privacy")) constitution.privacy = read_privacy(*privacy, by_name);
  if (const auto fault = constitution_fault(constitution)) node.fail(*fault);
  return constitution;
}

std::optional<std::string> constitution_fault(const Constitution& constitution) {
  const Consensus& consensus = constitution.consensus;
  if (constitution.name.empty()) return "the consortium has no name";
  if (constitution.sealers.empty()) return "nobody may seal: 'sealers' is empty";
  if (!distinct(constitution.sealers)) return "a sealer is listed twice";
  if (constitution.members.empty()) return "'members' is empty";
  const Quorum& quorum = constitution.quorum;
  if (quorum.needed == 0 || quorum.needed > quorum.of.size() || !distinct(quorum.of))
    return "the quorum must name distinct accounts and need at least one and at most all of them";
  if (consensus.spacing == 0 || consensus.half_life == 0 || consensus.spacing > 1u << 30 ||
      consensus.half_life > 1u << 30)
    return "spacing and half_life must be 1 to 2^30 seconds";
  if (consensus.target > 0xffffffff || !expand_target(static_cast<std::uint32_t>(consensus.target)))
    return "the target is not a compact target";
  std::set<std::string> taken;
  std::set<PublicKey> accounts;
  for (const Member& member : constitution.members) {
    if (!is_public_name(member.name)) return "'" + member.name + "' is not a name: 1 to 64 printable characters";
    if (!taken.insert(member.name).second) return "two members are called '" + member.name + "'";
    if (!accounts.insert(member.account).second) return "two members have the account of '" + member.name + "'";
  }
  return privacy_fault(constitution);
}

}  // namespace carechain::ledger
