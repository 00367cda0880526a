#pragma once
// A signed request for access: a signed message with the word "request". Fresh, single use, bound to ledger, custodian,
// records and purpose.

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::care {

using Nonce = FixedBytes<struct NonceMeaning, 16>;

inline constexpr std::int64_t request_clock_tolerance = 60;  // seconds a requester's clock may be ahead

struct Request {
  PublicKey custodian;               // account it is addressed to
  std::vector<ObjectRef> records;    // named ones; or
  std::optional<PublicKey> patient;  // all of this patient's at the custodian
  std::optional<std::string> type;   // … of this FHIR type; absent or "*": all
  std::string purpose;
  std::optional<Hash> reason;  // keyed digest of the reason for emergency access (emergency_reason.hpp)
  bool capsules_only = false;  // keys without data: for granting stored records
  Time time;
  Nonce nonce;
  std::optional<Bytes> challenge = {};  // the custodian's, signed (challenge.hpp)
  template <class V>
  void fields(V& v) {
    v("custodian", custodian, "account it is addressed to");
    v("records", records, "the records asked for");
    v("patient", patient, "all records of this patient at the custodian");
    v("type", type, "of this FHIR type only");
    v("purpose", purpose, "purpose of use");
    v("reason", reason, "keyed digest of the reason for emergency access");
    v("capsules_only", capsules_only, "keys without data");
    v("time", time, "when it was signed");
    v("nonce", nonce, "16 random bytes");
    v("challenge", challenge, "the custodian's challenge that it answers");
  }
};

// All of a patient's records, not some of them or of one type.
bool asks_for_whole_file(const Request&);

struct SignedRequest {
  Request request;
  PublicKey signer;  // key
  Hash id;           // SHA-256 of the Sig_structure
};
Bytes sign_request(const Hash& ledger, const crypto::Signer&, const Request&);
// nullopt: well formed, but the signature does not hold (or it is for another ledger). Throws CborFault.
std::optional<SignedRequest> read_request(const Hash& ledger, ByteView message);

}  // namespace carechain::care
