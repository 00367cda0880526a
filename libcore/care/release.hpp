#pragma once
// Releasing: a custodian answers a signed request. The decision is durable in the pool before a byte goes out.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/access_operations.hpp"
#include "libcore/care/decision.hpp"
#include "libcore/care/emergency_reason.hpp"
#include "libcore/care/request.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

// What a custodian says about one record, signed with the word "release". The ciphertext follows it as it stands.
struct Release {
  Bytes request;  // the request it answers
  bool permit = false;
  std::string reason;
  std::optional<ObjectRef> record;  // absent: the request as a whole was refused
  std::optional<ObjectRef> grant, decision;
  std::optional<RecordHandle> handle;
  std::uint64_t version = 1;
  std::optional<PublicKey> reader;   // key the capsule is sealed to
  std::optional<Bytes> capsule;      // the keys, sealed to the reader
  std::optional<Hash> root, digest;  // of ciphertext; keyed, of plaintext
  std::uint64_t bytes = 0;           // of ciphertext that follow
  std::vector<std::string> types;
  std::optional<std::string> media;
  Time time;
  template <class V>
  void fields(V& v) {
    v("request", request, "the signed request it answers");
    v("permit", permit, "permitted or denied");
    v("reason", reason, "why");
    v("record", record, "which record");
    v("grant", grant, "the grant that decided");
    v("decision", decision, "the decision on the chain");
    v("handle", handle, "random name of the record");
    v("version", version, "version of the record");
    v("reader", reader, "key the capsule is sealed to");
    v("capsule", capsule, "the record's keys, sealed to the reader");
    v("root", root, "root of the ciphertext");
    v("digest", digest, "keyed digest of the plaintext");
    v("bytes", bytes, "bytes of ciphertext that follow");
    v("types", types, "FHIR resource types");
    v("media", media, "media type");
    v("time", time, "when");
  }
};

struct Released {
  Release fields;
  Bytes message;                    // signed
  std::optional<store::File> data;  // ciphertext, `fields.bytes` of it; absent: none follows
};

// Gets external data: the plaintext behind a pointer. The source throws Error when it could not be had in full.
using Fetch = std::function<crypto::Source(const std::string& uri)>;

struct ReleaseDesk {
  store::Layout layout;
  const ledger::OperationTable& operations;
  const Vault* vault;  // nullptr: none; then nothing that is permitted can be released
  const crypto::Signer& custodian;
  const std::vector<SecretKey>& seeds;  // the custodian's: to fetch, and to seal keys anew
  Time now;
  const Random& random;
  Fetch fetch;
  std::optional<StatedReason> reason = {};  // that came with the request, for an emergency
};

// Decides on one request and logs it. One element for each record, or one refusal of the whole. The transaction that
// logs it is in `transaction`. Throws Error when it could not be logged: then nothing is released.
std::vector<Released> release(const ReleaseDesk&, ByteView request, Bytes& transaction);

}  // namespace carechain::care
