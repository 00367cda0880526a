#pragma once
// What a custodian certifies about keys that it destroyed (NIST SP 800-88 asks for such a certificate), signed with the
// word "certificate". Its SHA-256 goes on the chain, it itself stays with whoever has it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/care/erasure_tables.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::care {

// Those who were permitted to read before: what they read they still have, and they have to be told (GDPR article 19).
struct Recipient {
  PublicKey account;
  std::string purpose;
  std::uint64_t permits = 0;
  Time first, last;
  std::vector<ObjectRef> decisions;  // each permit's, up to max_listed in a certificate
  template <class V>
  void fields(V& v) {
    v("account", account, "who was permitted");
    v("purpose", purpose, "for what");
    v("permits", permits, "how often");
    v("first", first, "the first time");
    v("last", last, "the last time");
    v("decisions", decisions, "the decisions on the chain");
  }
};

struct CopyHolder {
  PublicKey account;
  ObjectRef copy;
  std::uint64_t epoch = 0;
  template <class V>
  void fields(V& v) {
    v("account", account, "who holds a copy of the vault's keys");
    v("copy", copy, "its entry on the chain");
    v("epoch", epoch, "epoch that was copied");
  }
};

inline constexpr std::size_t max_listed = 10'000;  // records, and decisions, that a certificate names one by one

struct ErasureCertificate {
  Hash ledger;
  PublicKey custodian, patient;  // accounts
  ObjectRef order;
  std::optional<ObjectRef> record;  // absent: everything of the patient's at the custodian
  std::string basis;
  PublicKey ordered_by;
  std::uint64_t ordered_height = 0;
  Time destroyed;
  std::optional<Hash> key_id;  // absent: there was no key
  std::string vault;           // id
  std::uint64_t from_epoch = 0, to_epoch = 0;
  bool complete = false;
  std::uint64_t record_count = 0;
  std::vector<ObjectRef> records;  // up to max_listed
  std::uint64_t elsewhere = 0;     // of those, how many have their data at a source that no key of ours protects
  std::vector<CopyHolder> copies;  // of keys that would open it, not known to be destroyed
  std::vector<Recipient> recipients;
  std::vector<std::string> remains;  // what stays on the chain
  Time issued;
  template <class V>
  void fields(V& v) {
    v("ledger", ledger, "the ledger");
    v("custodian", custodian, "who destroyed the keys");
    v("patient", patient, "the patient's account with the custodian");
    v("order", order, "the order on the chain");
    v("record", record, "only this record; absent: everything of hers there");
    v("basis", basis, "why");
    v("ordered_by", ordered_by, "who ordered it");
    v("ordered_height", ordered_height, "height of the order");
    v("destroyed", destroyed, "when the keys were destroyed");
    v("key_id", key_id, "names the key that was destroyed");
    v("vault", vault, "id of the vault");
    v("from_epoch", from_epoch, "epoch whose master key was destroyed");
    v("to_epoch", to_epoch, "epoch that followed");
    v("complete", complete, "no copy of a key is known to be left");
    v("record_count", record_count, "how many records it is about");
    v("records", records, "the records");
    v("elsewhere", elsewhere, "how many of them have their data at a source of their own");
    v("copies", copies, "who holds copies of keys that would open it");
    v("recipients", recipients, "who was permitted to read, and has to be told");
    v("remains", remains, "what stays on the chain");
    v("issued", issued, "when it was signed");
  }
};

struct SignedCertificate {
  ErasureCertificate fields;
  Bytes message;
  PublicKey signer;  // key
  Hash digest;       // SHA-256 of the message
};

SignedCertificate sign_certificate(const ErasureCertificate&, const crypto::Signer&);
// Throws refusal(): not a certificate, or its signature does not hold.
SignedCertificate read_certificate(ByteView message);

// For people. `name` shows an account. Ends with the message itself between lines of dashes, so that it can be checked.
std::string certificate_text(const SignedCertificate&, const std::function<std::string(const PublicKey&)>& name);
// The messages in certificates as text or as JSON lines, as erase-key prints them. Throws refusal(): there is none.
std::vector<Bytes> messages_in_certificates(std::string_view file);

}  // namespace carechain::care
