#pragma once
// Records, grants and decisions as the chain knows them.

#include "libcore/care/policy.hpp"

namespace carechain::care {

struct RecordHandleMeaning;
using RecordHandle = FixedBytes<RecordHandleMeaning, 32>;  // random; names a record to keys and ciphertexts

// What a custodian lets the chain know of a record beyond its types, so that rules can speak of it. Whatever is absent
// is unknown: a rule that forbids by it then fits, one that permits by it doesn't.
struct RecordFacts {
  Words labels;                     // security labels; none: normal confidentiality, nothing sensitive
  Words categories, codes;          // "system|code", sorted
  std::optional<Time> from, until;  // the data's own time
  template <class V>
  void fields(V& v) {
    v("labels", labels, "security labels");
    v("categories", categories, "categories, system|code");
    v("codes", codes, "clinical codes, system|code");
    v("from", from, "first second of the data's own time");
    v("until", until, "last second of the data's own time");
  }
};

struct Record {
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey patient;               // her account with this custodian
  PublicKey custodian;             // account
  std::vector<std::string> types;  // FHIR resource types; empty: not FHIR
  std::string media;               // media type
  RecordFacts facts;
  Hash root;                 // of the ciphertext: RFC 6962 over header and chunks; zero when external
  std::uint64_t size = 0;    // of the ciphertext in bytes
  Hash digest;               // keyed, of the plaintext
  bool external = false;     // the data stays where it lives; the pointer is in the capsules
  std::uint64_t stored = 0;  // height
  std::optional<std::string> jurisdiction, retention;  // codes of the constitution
  std::optional<Time> keep_until;                      // last second in which it may not be erased
  template <class V>
  void fields(V& v) {
    v("handle", handle, "random name of the record to keys and ciphertexts");
    v("version", version, "version of the record");
    v("patient", patient, "the patient's account with this custodian");
    v("custodian", custodian, "who keeps it");
    v("types", types, "FHIR resource types");
    v("media", media, "media type");
    v("facts", facts, "what rules may know of it");
    v("root", root, "root of the ciphertext");
    v("size", size, "bytes of ciphertext");
    v("digest", digest, "keyed digest of the plaintext");
    v("external", external, "the data stays where it lives");
    v("stored", stored, "height");
    v("jurisdiction", jurisdiction, "whose law it is under");
    v("retention", retention, "retention class");
    v("keep_until", keep_until, "last second in which it may not be erased");
  }
};

struct Grant {
  PublicKey patient;  // account
  Policy policy;
  std::uint64_t began = 0;             // height
  std::optional<std::uint64_t> ended;  // height of its revocation
  template <class V>
  void fields(V& v) {
    v("patient", patient, "who grants");
    v("base", policy.base, "where no provision fits");
    v("provisions", policy.provisions, "what is allowed and forbidden");
    v("began", began, "height of the grant");
    v("ended", ended, "height of its revocation");
  }
};

// Which grants may speak of somebody: those that name the account, or anyone (zero), about one record, or any (zero).
// The latest are in the list itself, earlier ones in full pages.
inline constexpr std::size_t grants_a_page = 16;
struct GrantList {
  std::vector<ObjectRef> latest;  // as they came
  std::uint64_t pages = 0;
  template <class V>
  void fields(V& v) {
    v("latest", latest, "the latest grants");
    v("pages", pages, "full pages of earlier ones");
  }
};
struct GrantPage {
  std::vector<ObjectRef> grants;  // as they came
  template <class V>
  void fields(V& v) {
    v("grants", grants, "earlier grants");
  }
};

struct UsedRequest {
  ObjectRef decision;  // that answered it
  template <class V>
  void fields(V& v) {
    v("decision", decision, "what answered it");
  }
};

// Evidence against a custodian: a decision that the chain can't confirm.
struct Unfounded {
  std::string why;
  template <class V>
  void fields(V& v) {
    v("why", why, "what the chain says instead");
  }
};

inline constexpr ledger::Table<Record> records{"record"};              // ObjectRef
inline constexpr ledger::Table<Grant> grants{"grant"};                 // ObjectRef
inline constexpr ledger::Table<GrantList> grant_lists{"~grants"};      // patient, account, record
inline constexpr ledger::Table<GrantPage> grant_pages{"~grant-page"};  // patient, account, record, number of the page
inline constexpr ledger::Table<UsedRequest> used_requests{"request"};  // id of the signed request
inline constexpr ledger::Table<Unfounded> unfounded{"unfounded"};      // ObjectRef of the decision

// Query indexes (notes). Heights are big-endian, so rows come in the order of the chain.
//   "rec/"  patient || record ref            -> (empty)     records of a patient
//   "grn/"  patient || grant ref             -> (empty)     grants of a patient
//   "gto/"  account || grant ref             -> (empty)     grants that name an account
//   "log/"  patient || height u64 || transaction, operation, answer u32 each -> LogEntry
//   "cus/"  custodian || the same                                            -> LogEntry
std::string note_key(std::string_view table, const PublicKey& account);
void note_ref(ledger::Context&, std::string_view table, const PublicKey& account,
              const ObjectRef&);  // one without a value

struct LogEntry {
  PublicKey requester;  // account
  PublicKey custodian;
  std::optional<PublicKey> patient;  // absent: a request that could not be read
  std::optional<ObjectRef> record;
  std::string purpose;  // empty: unknown
  bool permit = false;
  std::string reason;
  std::optional<ObjectRef> grant;   // that decided
  std::optional<std::string> path;  // of the provision in it
  std::optional<std::string> unfounded;
  ObjectRef decision;  // on the chain
  Time decided;        // when the custodian says it decided
  std::uint64_t height = 0;
  template <class V>
  void fields(V& v) {
    v("requester", requester, "who asked");
    v("custodian", custodian, "who decided");
    v("patient", patient, "whose record");
    v("record", record, "which record");
    v("purpose", purpose, "for what");
    v("permit", permit, "permitted or denied");
    v("reason", reason, "why");
    v("grant", grant, "the grant that decided");
    v("path", path, "the provision in it that decided");
    v("unfounded", unfounded, "what the chain says instead");
    v("decision", decision, "the decision on the chain");
    v("decided", decided, "when");
    v("height", height, "where it was sealed");
  }
};

}  // namespace carechain::care
