#pragma once
// Records, grants and decisions as the chain knows them.

#include "libcore/ledger/accounts.hpp"

namespace carechain::care {

using ledger::ObjectRef;
struct RecordHandleMeaning;
using RecordHandle = FixedBytes<RecordHandleMeaning, 32>;  // random; names a record to keys and ciphertexts

struct Record {
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey patient;               // her account with this custodian
  PublicKey custodian;             // account
  std::vector<std::string> types;  // FHIR resource types; empty: not FHIR
  std::string media;               // media type
  Hash root;                       // of the ciphertext: RFC 6962 over header and chunks; zero when external
  std::uint64_t size = 0;          // of the ciphertext in bytes
  Hash digest;                     // keyed, of the plaintext
  bool external = false;           // the data stays where it lives; the pointer is in the capsules
  std::uint64_t stored = 0;        // height
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
  PublicKey patient, to;            // accounts
  std::optional<ObjectRef> record;  // only this one; absent: by type
  std::vector<std::string> types;   // FHIR resource types, or "*"
  std::vector<std::string> purposes;
  std::optional<Time> from, until;     // both inclusive
  std::uint64_t began = 0;             // height
  std::optional<std::uint64_t> ended;  // height of its revocation
  std::optional<ObjectRef> previous;   // the grant before it from this patient to the same account
  template <class V>
  void fields(V& v) {
    v("patient", patient, "who grants");
    v("to", to, "who may read");
    v("record", record, "only this record");
    v("types", types, "FHIR resource types, or *");
    v("purposes", purposes, "purposes of use");
    v("from", from, "first second");
    v("until", until, "last second");
    v("began", began, "height of the grant");
    v("ended", ended, "height of its revocation");
    v("previous", previous, "the grant before it between the same two");
  }
};

struct GrantHead {
  ObjectRef latest;
  template <class V>
  void fields(V& v) {
    v("latest", latest, "the latest grant between two accounts");
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
inline constexpr ledger::Table<GrantHead> grant_heads{"grants"};       // patient, to
inline constexpr ledger::Table<UsedRequest> used_requests{"request"};  // id of the signed request
inline constexpr ledger::Table<Unfounded> unfounded{"unfounded"};      // ObjectRef of the decision

// Query indexes (notes). Heights are big-endian, so rows come in the order of the chain.
//   "rec/"  patient || record ref            -> (empty)     records of a patient
//   "grn/"  patient || grant ref             -> (empty)     grants of a patient
//   "gto/"  to || grant ref                  -> (empty)     grants to an account
//   "log/"  patient || height u64 || transaction, operation, answer u32 each -> LogEntry
//   "cus/"  custodian || the same                                            -> LogEntry
std::string note_key(std::string_view table, const PublicKey& account);

struct LogEntry {
  PublicKey requester;  // account
  PublicKey custodian;
  std::optional<PublicKey> patient;  // absent: a request that could not be read
  std::optional<ObjectRef> record;
  std::string purpose;  // empty: unknown
  bool permit = false;
  std::string reason;
  std::optional<ObjectRef> grant;  // that permitted
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
    v("grant", grant, "the grant that permitted");
    v("unfounded", unfounded, "what the chain says instead");
    v("decision", decision, "the decision on the chain");
    v("decided", decided, "when");
    v("height", height, "where it was sealed");
  }
};

}  // namespace carechain::care
