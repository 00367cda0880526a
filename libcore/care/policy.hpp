#pragma once
// What a patient allows and forbids: the rule part of a FHIR R4 Consent (its policyRule and provisions), as it goes on
// the chain. Codes, accounts, records and times only; never names or free text.
//
// A list that is absent stands for anything. All criteria of a provision must fit (AND), of a list one (OR); nested
// provisions are exceptions to the one around them.

#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/accounts.hpp"

namespace carechain::care {

using ledger::ObjectRef;

enum class Effect { deny, permit };
std::string_view to_text(Effect);
bool parse(std::string_view, Effect&);

// An account; of an organisation also its accredited members, or with `role` only its members with that role.
struct Actor {
  PublicKey account;
  std::optional<std::string> role;
  template <class V>
  void fields(V& v) {
    v("account", account, "a person, or an organisation for its accredited members");
    v("role", role, "only the organisation's members with this role");
  }
  friend bool operator==(const Actor&, const Actor&) = default;
};

using Words = std::optional<std::vector<std::string>>;

struct Provision {
  Effect effect = Effect::permit;
  std::optional<Time> from, until;  // both inclusive
  std::optional<std::vector<Actor>> actors;
  Words actions, purposes;
  Words types;   // FHIR resource types, "*" for everything
  Words media;   // media types
  Words codes;   // "system|code", or "code" in any system
  Words labels;  // security labels: confidentiality as a high-water mark, sensitivity as it stands
  std::optional<std::vector<ObjectRef>> records;
  std::optional<Time> data_from, data_until;  // overlap with the clinically relevant time
  std::vector<Provision> provisions;          // exceptions
  template <class V>
  void fields(V& v) {
    v("effect", effect, "permit or deny");
    v("actors", actors, "who asks");
    v("records", records, "these records");
    v("types", types, "FHIR resource types, or * for everything");
    v("codes", codes, "clinical codes, system|code");
    v("labels", labels, "security labels");
    v("media", media, "media types");
    v("data_from", data_from, "first second of the data's own time");
    v("data_until", data_until, "last second of the data's own time");
    v("purposes", purposes, "purposes of use (v3-ActReason)");
    v("actions", actions, "consent actions");
    v("from", from, "first second of the rule");
    v("until", until, "last second of the rule");
    v("provisions", provisions, "exceptions to this rule");
  }
};

struct Policy {
  std::optional<Effect> base;  // where no provision fits; absent: the policy says nothing then
  std::vector<Provision> provisions;
};

inline constexpr std::size_t max_provisions = 256;      // of a policy, nested ones included
inline constexpr std::size_t max_provision_depth = 4;   // of provisions in provisions
inline constexpr std::size_t max_criterion_items = 64;  // of one list

// What is wrong with it, in a user's words; nullopt: nothing. Accounts, records and the signer are for the caller.
std::optional<std::string> policy_fault(const Policy&);

bool is_code(std::string_view);                            // 1 to 64 of A-Z a-z 0-9 . _ -
bool is_type_list(const std::vector<std::string>& types);  // sorted, distinct FHIR types or "*"

// Every actor and every record that is named anywhere in it, in the order of the document.
std::vector<Actor> actors_of(const Policy&);
std::vector<ObjectRef> records_named(const Policy&);
std::vector<PublicKey> accounts_named(const Policy&);  // of the actors; ascending, each once
// Whether it may speak about somebody whom it does not name.
bool speaks_of_anyone(const Policy&);

// The last second at which it permits anything; nullopt: no end.
std::optional<Time> last_second(const Policy&);

}  // namespace carechain::care
