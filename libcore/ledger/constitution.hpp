#pragma once
// The consortium's constitution: what its members agreed on before block 0. Block 0's body is its canonical CBOR.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libcore/base/time.hpp"
#include "libcore/encoding/fields.hpp"
#include "libcore/encoding/yaml.hpp"
#include "libcore/ledger/work.hpp"

namespace carechain::ledger {

inline constexpr std::uint64_t known_rule_set = 1;  // the newest this program knows

using Salt = FixedBytes<struct SaltMeaning, 32>;

struct Quorum {
  std::uint64_t needed = 1;   // 1 .. of.size()
  std::vector<PublicKey> of;  // accounts, distinct
  template <class V>
  void fields(V& v) {
    v("needed", needed, "how many of them must sign");
    v("of", of, "the accounts that may sign");
  }
};

struct Consensus {
  std::uint64_t spacing = 600;        // seconds between blocks that the target aims at
  std::uint64_t half_life = 172800;   // seconds off schedule that halve or double the target
  std::uint64_t target = 0x1f00ffff;  // compact target of block 0
  std::uint64_t future = 7200;        // seconds a header may be ahead of the clock when it is accepted
  template <class V>
  void fields(V& v) {
    v("spacing", spacing, "seconds between blocks that the target aims at");
    v("half_life", half_life, "seconds off schedule that halve or double the target");
    v("target", target, "compact target of block 0");
    v("future", future, "seconds a header may be ahead of the clock when it is accepted");
  }
};

struct Member {
  std::string name;
  PublicKey account;
  std::vector<std::string> roles;
  std::optional<std::string> npi, gln, jurisdiction;
  template <class V>
  void fields(V& v) {
    v("name", name, "public name");
    v("account", account, "its first key");
    v("roles", roles, "what it does");
    v("npi", npi, "national provider identifier");
    v("gln", gln, "GS1 global location number");
    v("jurisdiction", jurisdiction, "whose law it is under");
  }
};

// Where records under one law may be kept and released to.
struct Jurisdiction {
  std::string code;                 // such as EU or US-MD
  std::vector<std::string> within;  // codes of jurisdictions
  template <class V>
  void fields(V& v) {
    v("code", code, "its code");
    v("within", within, "where its records may be kept and released to");
  }
};

// How long records of a kind have to be kept before they may be erased.
struct RetentionClass {
  std::string name;
  std::uint64_t years = 0;                  // from the day they are stored
  std::string basis;                        // the law or contract that says so
  std::optional<std::string> jurisdiction;  // only for records under this law
  template <class V>
  void fields(V& v) {
    v("name", name, "name of the class");
    v("years", years, "how long from the day a record is stored");
    v("basis", basis, "the law or contract that says so");
    v("jurisdiction", jurisdiction, "only for records under this law");
  }
};

struct Privacy {
  std::vector<Jurisdiction> jurisdictions;         // none: records go anywhere
  std::vector<RetentionClass> retention;           // none: nothing has to be kept
  std::vector<PublicKey> holds;                    // accounts that may set and lift legal holds
  std::optional<std::uint64_t> challenge_seconds;  // requests answer a custodian's challenge not older than this
  const Jurisdiction* jurisdiction(std::string_view code) const;       // nullptr: none
  const RetentionClass* retention_class(std::string_view name) const;  // nullptr: none
  template <class V>
  void fields(V& v) {
    v("jurisdictions", jurisdictions, "where records may be kept and released to");
    v("retention", retention, "how long records have to be kept");
    v("holds", holds, "who may set and lift legal holds");
    v("challenge_seconds", challenge_seconds, "requests answer a challenge not older than this");
  }
};

struct Defaults {
  std::string purpose = "TREAT";                   // purpose of use where a program is given none
  std::uint64_t segment_bytes = 64u << 20;         // size of a block segment
  std::uint64_t request_seconds = 300;             // how long a signed request for access is fresh
  std::optional<std::uint64_t> emergency_seconds;  // how long an emergency lasts; 0: none; absent: a day
  std::optional<std::uint64_t> review_seconds;     // until it must be reviewed; absent: three days
  template <class V>
  void fields(V& v) {
    v("purpose", purpose, "purpose of use where none is given");
    v("segment_bytes", segment_bytes, "size of a block segment");
    v("request_seconds", request_seconds, "how long a request for access is fresh");
    v("emergency_seconds", emergency_seconds, "how long an emergency lasts; 0: there is no emergency access");
    v("review_seconds", review_seconds, "how long an emergency may wait for its review");
  }
};

struct Constitution {
  std::string name;
  Time created;
  Salt salt;
  std::uint64_t rules = known_rule_set;
  Quorum quorum;  // who changes the rule set and the sealers
  Consensus consensus;
  std::vector<PublicKey> sealers;
  std::vector<Member> members;
  Defaults defaults;
  std::optional<Privacy> privacy;
  template <class V>
  void fields(V& v) {
    v("name", name, "the consortium's name");
    v("created", created, "time of block 0");
    v("salt", salt, "makes two ledgers with one constitution differ");
    v("rules", rules, "rule set");
    v("quorum", quorum, "who changes rules and sealers");
    v("consensus", consensus, "proof of work");
    v("sealers", sealers, "keys that may seal blocks");
    v("members", members, "founding organisations");
    v("defaults", defaults, "where a program is given nothing");
    v("privacy", privacy, "jurisdictions, retention, legal holds, challenges");
  }
  WorkRules work() const;
};

// Resolves `key: NAME` to an account; throws Error when there is no such key.
using KeyByName = std::function<PublicKey(const std::string&)>;
struct ConstitutionDefaults {
  Time now;   // for `created` when absent
  Salt salt;  // for `salt` when absent
};
// Reads and checks a constitution document; throws YamlFault with line and column.
Constitution read_constitution(const encoding::YamlNode&, const KeyByName&, const ConstitutionDefaults&);

// What makes a decoded constitution unacceptable; nullopt: nothing. Applied again whenever block 0 is read.
std::optional<std::string> constitution_fault(const Constitution&);

}  // namespace carechain::ledger
