#include "libcore/ledger/constitution.hpp"

#include <doctest/doctest.h>

#include <map>

#include "libcore/encoding/text.hpp"
#include "unit/ledger/little_chain.hpp"
#include "unit/text.hpp"

namespace carechain::ledger {
namespace {

using test::contains;

PublicKey key_called(const std::string& name) {
  if (name == "missing") throw Error("there is no key 'missing'", "keygen missing");
  return testing::person_called(name).key;
}

Constitution read(const std::string& yaml) {
  return read_constitution(encoding::parse_yaml(yaml, "genesis.yaml"), key_called,
                           {.now = {1'800'000'000}, .salt = Salt(Bytes(32, 9))});
}

std::string fault_of(const std::string& yaml) {
  try {
    read(yaml);
  } catch (const encoding::YamlFault& fault) {
    CHECK(fault.exit() == Exit::no);
    return std::string(fault.what()) + (fault.hint().empty() ? "" : " | " + fault.hint());
  }
  return "";
}

// Two hospitals, every key of the document in use.
const std::string two_members = R"(# a consortium of two
name: Two hospitals
created: 2026-01-31T08:00:00Z
salt: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
rules: 1
quorum:
  needed: 2
  of: [mercy, {key: stann}]
consensus:
  spacing: 300
  half_life: 7200
  target: "0x1e00ffff"
  future: 600
sealers:
  - mercy
  - key: stann
members:
  - name: Mercy Hospital
    key: mercy
    roles: [registrar, hospital]
    npi: 1234567893
  - name: St. Ann
    key: stann
    roles: [hospital]
    gln: "4012345000009"
defaults:
  purpose: TREAT
  segment_bytes: 1048576
  request_seconds: 120
)";

const std::string smallest = "name: one\nsealers: [mercy]\nmembers:\n  - {name: one, key: mercy, roles: [hospital]}\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
std::string fault_with(const std::string& from, const std::string& to) {
  return fault_of(replaced(two_members, from, to));
}
}  // namespace

TEST_CASE("the constitution of two hospitals is read as it is written") {
  const Constitution constitution = read(two_members);
  CHECK(constitution.name == "Two hospitals");
  CHECK(to_text(constitution.created) == "2026-01-31T08:00:00Z");
  CHECK(constitution.salt.bytes[31] == 0x1f);
  CHECK(constitution.quorum.needed == 2);
  CHECK(constitution.quorum.of == std::vector{key_called("mercy"), key_called("stann")});
  CHECK(constitution.sealers == std::vector{key_called("mercy"), key_called("stann")});
  CHECK(constitution.consensus.spacing == 300);
  CHECK(constitution.consensus.half_life == 7200);
  CHECK(constitution.consensus.target == 0x1e00ffff);
  CHECK(constitution.consensus.future == 600);
  REQUIRE(constitution.members.size() == 2);
  CHECK(constitution.members[0].name == "Mercy Hospital");
  CHECK(constitution.members[0].npi == "1234567893");
  CHECK(constitution.members[0].roles == std::vector<std::string>{"registrar", "hospital"});
  CHECK(constitution.members[1].gln == "4012345000009");
  CHECK(constitution.members[1].account == key_called("stann"));
  CHECK(constitution.defaults.segment_bytes == 1048576);
  CHECK(constitution.defaults.request_seconds == 120);
  CHECK(constitution.work().anchor == 0x1e00ffff);
  CHECK_FALSE(constitution_fault(constitution));
}

TEST_CASE("a constitution comes back from its canonical form") {
  const Bytes encoded = encoding::encode_fields(read(two_members));
  CHECK(encoding::encode_fields(encoding::decode_fields<Constitution>(encoded)) == encoded);
}

TEST_CASE("what a constitution leaves out is given") {
  const Constitution constitution = read(smallest);
  CHECK(constitution.created == Time{1'800'000'000});
  CHECK(constitution.salt == Salt(Bytes(32, 9)));
  CHECK(constitution.rules == known_rule_set);
  CHECK(constitution.quorum.needed == 1);
  CHECK(constitution.quorum.of == std::vector{key_called("mercy")});
  CHECK(constitution.consensus.spacing == 600);
  CHECK(constitution.defaults.purpose == "TREAT");
}

TEST_CASE("keys are written as did:key or by the name of a key file") {
  const std::string did = encoding::did_key(key_called("mercy"));
  const Constitution constitution = read(replaced(smallest, "[mercy]", "[\"" + did + "\"]"));
  CHECK(constitution.sealers == read(smallest).sealers);
  CHECK(contains(fault_of(replaced(smallest, "[mercy]", "[did:key:z6Mkxyz]")),
                 "genesis.yaml:2:11: 'did:key:z6Mkxyz' is not a did:key"));
  CHECK(contains(fault_of(replaced(smallest, "[mercy]", "[missing]")),
                 "genesis.yaml:2:11: there is no key 'missing' | keygen missing"));
}

TEST_CASE("a mistake in a constitution is named with line and column") {
  CHECK(contains(fault_with("sealers:", "sealer:"), "genesis.yaml:14:1: unknown key 'sealer'"));
  CHECK(contains(fault_with("name: Two hospitals\n", ""), "missing key 'name'"));
  CHECK(contains(fault_with("created: 2026-01-31T08:00:00Z", "created: 2026-02-31T08:00:00Z"),
                 "genesis.yaml:3:10: '2026-02-31T08:00:00Z' is not a time"));
  CHECK(contains(fault_with("salt: 00", "salt: 0"), "genesis.yaml:4:7: a salt is 64 hex digits"));
  CHECK(contains(fault_with("rules: 1", "rules: 2"), "genesis.yaml:5:8"));
  CHECK(contains(fault_with("needed: 2", "needed: 3"), "genesis.yaml:7:11"));
  CHECK(contains(fault_with("needed: 2", "needed: 0"), "genesis.yaml:7:11"));
  CHECK(contains(fault_with("of: [mercy, {key: stann}]", "of: mercy"), "genesis.yaml:8:7: a list is expected here"));
  CHECK(contains(fault_with("spacing: 300", "spacing: 0"), "genesis.yaml:10:12"));
  CHECK(contains(fault_with("spacing: 300", "spacing: -5"), "genesis.yaml:10:12"));
  CHECK(contains(fault_with("0x1e00ffff", "0x1e80ffff"), "genesis.yaml:12:11: '0x1e80ffff' is not a compact target"));
  CHECK(contains(fault_with("0x1e00ffff", "1e00ffff"),
                 "genesis.yaml:12:11: a target is written as 0x and eight hex digits"));
  CHECK(contains(fault_with("npi: 1234567893", "npi: 1234567890"), "genesis.yaml:21:10: '1234567890' is not an NPI"));
  CHECK(contains(fault_with("4012345000009", "4012345000000"), "genesis.yaml:25:10: '4012345000000' is not a GLN"));
  CHECK(contains(fault_with("roles: [hospital]", "roles: [Hospital]"), "genesis.yaml:24:13: a role is a word"));
  CHECK(contains(fault_with("    key: stann\n    roles", "    kee: stann\n    roles"),
                 "genesis.yaml:23:5: unknown key 'kee'"));
  CHECK(contains(fault_with("segment_bytes: 1048576", "segment_bytes: 1000"), "genesis.yaml:28:18"));
}

TEST_CASE("what no line can be blamed for is named too") {
  CHECK(contains(fault_with("sealers:\n  - mercy\n  - key: stann\n", "sealers: []\n"), "nobody may seal"));
  CHECK(contains(fault_with("  - key: stann\nmembers", "  - mercy\nmembers"), "a sealer is listed twice"));
  CHECK(contains(fault_with("[mercy, {key: stann}]", "[mercy, mercy]"), "distinct accounts"));
  CHECK(contains(fault_with("name: St. Ann", "name: Mercy Hospital"), "two members are called 'Mercy Hospital'"));
  CHECK(contains(fault_with("key: stann\n    roles", "key: mercy\n    roles"), "have the account of"));
  CHECK(contains(fault_of("name: x\nsealers: [mercy]\nmembers: []\n"), "'members' is empty"));
}

TEST_CASE("an unacceptable constitution is refused again when block 0 is read") {
  const Constitution good = read(two_members);
  const auto fault_after = [&](const std::function<void(Constitution&)>& change) {
    Constitution bad = good;
    change(bad);
    return constitution_fault(bad).value_or("");
  };
  CHECK(fault_after([](Constitution&) {}).empty());
  CHECK(contains(fault_after([](Constitution& c) { c.name.clear(); }), "no name"));
  CHECK(contains(fault_after([](Constitution& c) { c.quorum.needed = 0; }), "quorum"));
  CHECK(contains(fault_after([](Constitution& c) { c.consensus.spacing = 0; }), "spacing"));
  CHECK(contains(fault_after([](Constitution& c) { c.consensus.half_life = (1u << 30) + 1; }), "half_life"));
  CHECK(contains(fault_after([](Constitution& c) { c.consensus.target = 0x100000000 + 0x1d00ffff; }), "target"));
  CHECK(contains(fault_after([](Constitution& c) { c.consensus.target = 0x1d80ffff; }), "target"));
  CHECK(contains(fault_after([](Constitution& c) { c.members[0].name = "\n"; }), "is not a name"));
}

TEST_CASE("privacy is left out, or says jurisdictions, retention, holds and challenges") {
  CHECK_FALSE(read(two_members).privacy);
  const std::string privacy = R"(
privacy:
  jurisdictions:
    - {code: EU, within: [EU, CH]}
    - {code: US-MD}
  retention:
    - {class: standard, years: 10, basis: "the law", jurisdiction: EU}
  holds: [court, {key: mercy}]
  challenge_seconds: 120
)";
  const Constitution constitution = read(two_members + privacy);
  REQUIRE(constitution.privacy);
  CHECK(constitution.privacy->jurisdiction("EU")->within == std::vector<std::string>{"EU", "CH"});
  CHECK(constitution.privacy->jurisdiction("US-MD")->within == std::vector<std::string>{"US-MD"});
  CHECK(constitution.privacy->jurisdiction("CH") == nullptr);
  CHECK(constitution.privacy->retention_class("standard")->years == 10);
  CHECK(constitution.privacy->retention_class("other") == nullptr);
  CHECK(constitution.privacy->holds == std::vector{key_called("court"), key_called("mercy")});
  CHECK(constitution.privacy->challenge_seconds == 120);
  CHECK(encoding::decode_fields<Constitution>(encoding::encode_fields(constitution)).privacy->retention.size() == 1);

  const auto fault = [&](const std::string& from, const std::string& to) {
    return fault_of(two_members + replaced(privacy, from, to));
  };
  CHECK(contains(fault("challenge_seconds: 120", "challenge_seconds: 301"), "genesis.yaml:"));
  CHECK(contains(fault("holds: [court, {key: mercy}]", "holds: [mercy, mercy]"), "listed twice"));
  CHECK(contains(fault("code: US-MD", "code: EU"), "listed twice"));
  CHECK(contains(fault("code: US-MD", "code: Europe"), "not a jurisdiction's code"));
  CHECK(contains(fault("[EU, CH]", "[]"), "kept nowhere"));
  CHECK(contains(fault("jurisdiction: EU", "jurisdiction: FR"), "not among the jurisdictions"));
  CHECK(contains(fault("years: 10", "years: 1000"), "genesis.yaml:"));
  CHECK(contains(fault("class: standard", "class: Standard"), "not a retention class"));
  CHECK(contains(fault("years", "year"), "unknown key 'year'"));
  CHECK(contains(
      fault_of(replaced(two_members, "    key: stann\n    roles", "    key: stann\n    jurisdiction: eu\n    roles")),
      "not a jurisdiction's code"));
}

}  // namespace carechain::ledger
