#pragma once
// What the quorum of the constitution decides after block 0: the rule set, and who may seal. Each member of the quorum
// signs the same operation; the last signature that is needed makes it so.

#include <optional>
#include <vector>

#include "libcore/ledger/operation.hpp"

namespace carechain::ledger {

struct SealerTerm {
  std::uint64_t from_height = 0;
  std::optional<std::uint64_t> to_height;  // first height at which it may no longer seal
  template <class V>
  void fields(V& v) {
    v("from", from_height, "first height it may seal");
    v("to", to_height, "first height it may not");
  }
};
struct RuleSet {
  std::uint64_t set = 1;
  std::optional<std::uint64_t> next;         // decided, not yet in force
  std::optional<std::uint64_t> next_height;  // first height of `next`
  template <class V>
  void fields(V& v) {
    v("set", set, "rule set in force");
    v("next", next, "rule set decided on");
    v("next_height", next_height, "its first height");
  }
};
struct SealerRoll {
  std::vector<PublicKey> keys;
  template <class V>
  void fields(V& v) {
    v("keys", keys, "sealers whose term has no end; no row: those of the constitution");
  }
};
struct Votes {
  std::vector<PublicKey> by;
  template <class V>
  void fields(V& v) {
    v("by", by, "accounts that signed");
  }
};

inline constexpr Table<SealerTerm> sealers{"sealer"};       // key
inline constexpr Table<SealerRoll> sealer_roll{"sealers"};  // (one row)
inline constexpr Table<RuleSet> rule_sets{"rules"};         // (one row)
inline constexpr Table<Votes> votes{"vote"};                // SHA-256 of name and fields

// A sealer is a key, not an account: rotating an account's key changes nothing here, the quorum does.
bool may_seal(const State&, const PublicKey& key, std::uint64_t height);
std::uint64_t rule_set_at(const State&, std::uint64_t height);

struct ChangeRules {
  static constexpr std::string_view name = "ledger.rules";
  std::uint64_t set = 0, from = 0;
  template <class V>
  void fields(V& v) {
    v("set", set, "the rule set");
    v("from", from, "first height at which it is in force");
  }
};
struct ChangeSealer {
  static constexpr std::string_view name = "ledger.sealer";
  PublicKey key;
  std::uint64_t from = 0;
  bool remove = false;
  template <class V>
  void fields(V& v) {
    v("key", key, "the sealer's key");
    v("from", from, "first height at which it may seal, or no longer may");
    v("remove", remove, "true: it may no longer seal");
  }
};

void add_governance_operations(OperationTable&);

}  // namespace carechain::ledger
