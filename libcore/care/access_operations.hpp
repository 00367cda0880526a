#pragma once
// The operations of record sharing: record.put access.grant access.revoke access.decide access.refuse access.review.

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

inline constexpr std::size_t max_answers = 1000;  // records one decision may answer for

struct PutRecord {
  static constexpr std::string_view name = "record.put";
  RecordHandle handle;
  std::uint64_t version = 1;
  PublicKey patient;
  std::vector<std::string> types;
  std::string media;
  RecordFacts facts;
  std::optional<Hash> root;  // absent: external
  std::uint64_t size = 0;
  Hash digest;
  std::optional<std::string> jurisdiction, retention;
  std::optional<Time> keep_until;
  template <class V>
  void fields(V& v) {
    v("handle", handle, "random name of the record to keys and ciphertexts");
    v("version", version, "version of the record");
    v("patient", patient, "the patient's account with this custodian");
    v("types", types, "FHIR resource types, sorted; none: not FHIR");
    v("media", media, "media type");
    v("facts", facts, "what rules may know of it; what is left out is unknown");
    v("root", root, "RFC 6962 root of the ciphertext; absent: the data stays where it lives");
    v("size", size, "bytes of ciphertext");
    v("digest", digest, "HMAC-SHA-256 of the plaintext's root under a key in the capsules");
    v("jurisdiction", jurisdiction, "whose law it is under, where the constitution names jurisdictions");
    v("retention", retention, "retention class, where the constitution names some");
    v("keep_until", keep_until, "last second in which it may not be erased, if later than its class says");
  }
};

struct GrantAccess {
  static constexpr std::string_view name = "access.grant";
  Policy policy;
  template <class V>
  void fields(V& v) {
    v("base", policy.base, "where no provision fits: permit, deny, or nothing");
    v("provisions", policy.provisions, "what is allowed and forbidden, with exceptions nested in it");
  }
};

struct RevokeAccess {
  static constexpr std::string_view name = "access.revoke";
  ObjectRef grant;
  template <class V>
  void fields(V& v) {
    v("grant", grant, "the grant that ends");
  }
};

struct Answer {
  ObjectRef record;
  bool permit = false;
  std::string reason;
  std::optional<ObjectRef> grant;
  std::optional<std::string> path = {};  // of the provision in it that decided
  template <class V>
  void fields(V& v) {
    v("record", record, "which record");
    v("permit", permit, "permitted or denied");
    v("reason", reason, "why");
    v("grant", grant, "the grant that decided");
    v("path", path, "the provision in it that decided");
  }
};

// What a custodian decided about a signed request. Never refused once it is well formed, since data may have been
// released on it: what the chain can't confirm is recorded as unfounded.
struct DecideAccess {
  static constexpr std::string_view name = "access.decide";
  Bytes request;  // the signed request itself
  std::uint64_t basis_height = 0;
  Hash basis_hash;  // of the block whose state it was decided on
  Time at;
  std::vector<Answer> answers;
  template <class V>
  void fields(V& v) {
    v("request", request, "the signed request (COSE)");
    v("basis_height", basis_height, "height of the state it was decided on");
    v("basis_hash", basis_hash, "hash of that block");
    v("at", at, "when it was decided");
    v("answers", answers, "one for each record");
  }
};

// A request that was refused before anything could be decided: stale, replayed, altered, wrongly addressed, unreadable.
// Its payload is deleted; the fact of the refusal stays.
struct RefuseRequest {
  static constexpr std::string_view name = "access.refuse";
  Hash request;  // SHA-256 of what came
  std::optional<PublicKey> requester;
  std::string reason;
  Time at;
  template <class V>
  void fields(V& v) {
    v("request", request, "SHA-256 of the bytes that came");
    v("requester", requester, "the key that signed it, if its signature holds");
    v("reason", reason, "stale, replayed, altered, misaddressed, unreadable or nothing-named");
    v("at", at, "when it was refused");
  }
};

void add_access_operations(ledger::OperationTable&);

}  // namespace carechain::care
