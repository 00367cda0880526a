#pragma once
// Accounts: who may sign, under which key, and in which standing. An account is named by its first key for ever; its
// current key may be another. A key nobody enrolled is an account of its own without roles: patients need no enrolment.
// Besides: who may seal, and which rule set is in force.

#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/constitution.hpp"
#include "libcore/ledger/operation.hpp"

namespace carechain::ledger {

bool is_role_word(std::string_view);    // [a-z][a-z-]*, at most 32 characters
bool is_public_name(std::string_view);  // UTF-8, 1 to 64 bytes, no control characters, no leading or trailing blank
bool is_npi(std::string_view);          // ten digits, first 1 or 2, Luhn over 80840 || NPI (45 CFR 162.406)
bool is_gln(std::string_view);          // 13 digits with the GS1 check digit

enum class Kind { organisation, professional, patient };
std::string_view to_text(Kind);
bool parse(std::string_view, Kind&);

// A stretch of heights; to_height absent: still going on. The block at `to_height` no longer belongs to it.
struct Stretch {
  std::uint64_t from_height = 0;
  std::optional<std::uint64_t> to_height;
  template <class V>
  void fields(V& v) {
    v("from", from_height, "first height");
    v("to", to_height, "first height after it");
  }
};

struct Identity {
  Kind kind = Kind::professional;
  PublicKey key;                          // the current one
  std::optional<PublicKey> organisation;  // who enrolled it; absent: a founding member
  std::optional<std::string> name, npi, gln;
  std::vector<std::string> roles;
  std::uint64_t enrolled = 0;  // height
  std::optional<Time> until;   // last second of its standing
  std::vector<Stretch> suspended;
  std::optional<std::string> jurisdiction;  // absent: that of who enrolled it
  template <class V>
  void fields(V& v) {
    v("kind", kind, "organisation, professional or patient");
    v("key", key, "the account's current key");
    v("organisation", organisation, "who enrolled it");
    v("name", name, "public name");
    v("npi", npi, "national provider identifier");
    v("gln", gln, "GS1 global location number");
    v("roles", roles, "what it does");
    v("enrolled", enrolled, "height of its enrolment");
    v("until", until, "last second of its standing");
    v("suspended", suspended, "heights at which it was suspended");
    v("jurisdiction", jurisdiction, "whose law it is under");
  }
};

struct KeyUse {  // what a key is to the ledger
  PublicKey account;
  std::optional<std::uint64_t> retired;  // height at which a newer key took over
  template <class V>
  void fields(V& v) {
    v("account", account, "the account it signs for");
    v("retired", retired, "height at which it was replaced");
  }
};
struct AccountRef {
  PublicKey account;
  template <class V>
  void fields(V& v) {
    v("account", account, "an account");
  }
};
struct SealedAt {
  std::uint64_t height = 0;
  template <class V>
  void fields(V& v) {
    v("height", height, "where it was sealed");
  }
};
struct PrivateAccount {
  std::uint64_t since = 0;
  template <class V>
  void fields(V& v) {
    v("since", since, "height from which it is known as a person's own");
  }
};
inline constexpr Table<Identity> identities{"id"};                   // account
inline constexpr Table<KeyUse> keys{"key"};                          // key
inline constexpr Table<AccountRef> names{"name"};                    // public name
inline constexpr Table<SealedAt> sealed_transactions{"~tx"};         // transaction id
inline constexpr Table<PrivateAccount> private_accounts{"private"};  // account
inline constexpr Table<Constitution> constitutions{"constitution"};  // (one row)
inline constexpr Table<Privacy> privacies{"privacy"};                // (one row, or none)

// Accounts of persons who need no organisation, such as patients with records: nobody may enrol them as staff, since
// staff can be given another key by their organisation. Domains mark them.
void mark_private(Changes&, const PublicKey& account, std::uint64_t height);

// A sound Ed25519 key (crypto::sound_public_key). Those of accounts that the ledger knows were looked at when it came
// to know them, which saves most operations the work.
bool sound_account(const State&, const PublicKey& account);

// The account a key signs for; nullopt: the key was replaced by a newer one.
std::optional<PublicKey> account_of(const State&, const PublicKey& key);
std::optional<PublicKey> account_named(const State&, std::string_view public_name);
// The key that now signs for an account.
PublicKey current_key(const State&, const PublicKey& account);
// Not suspended at that height and not past its end. True for accounts nobody enrolled.
bool in_good_standing(const State&, const PublicKey& account, std::uint64_t height, Time);
bool in_good_standing(const Identity&, std::uint64_t height, Time);
// Whose law an account is under: its own entry's, else that of who enrolled it; nullopt: unknown.
std::optional<std::string> jurisdiction_of(const State&, const PublicKey& account);

// Puts a constitution's founders, sealers and rules into an empty state: the state of block 0.
void found(const Constitution&, Changes&);

struct Enroll {
  static constexpr std::string_view name = "identity.enroll";
  PublicKey account;
  Kind kind = Kind::professional;
  std::vector<std::string> roles;
  std::optional<std::string> public_name, npi, gln, jurisdiction;
  std::optional<Time> until;
  template <class V>
  void fields(V& v) {
    v("account", account, "the account's first key");
    v("kind", kind, "organisation, professional or patient");
    v("roles", roles, "what it does");
    v("name", public_name, "public name; never of a patient");
    v("npi", npi, "national provider identifier; never of a patient");
    v("gln", gln, "GS1 global location number; never of a patient");
    v("jurisdiction", jurisdiction, "whose law it is under; absent: that of who enrols it; never of a patient");
    v("until", until, "last second of its standing");
  }
};
struct Suspend {
  static constexpr std::string_view name = "identity.suspend";
  PublicKey account;
  bool lift = false;
  template <class V>
  void fields(V& v) {
    v("account", account, "whose standing ends for now");
    v("lift", lift, "true: it is restored");
  }
};
struct Rotate {
  static constexpr std::string_view name = "identity.rotate";
  PublicKey account, key;
  template <class V>
  void fields(V& v) {
    v("account", account, "whose key is replaced");
    v("key", key, "the new key");
  }
};
void add_account_operations(OperationTable&);

}  // namespace carechain::ledger
