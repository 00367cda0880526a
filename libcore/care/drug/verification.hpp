#pragma once
// Answers to "is this unit what its label says?", in the words of GS1 Lightweight Messaging, signed, so that they can
// be trusted away from the ledger.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/drug/trace.hpp"
#include "libcore/ledger/signed_message.hpp"

namespace carechain::care::drug {

// As of a block. Lot and expiry are compared only when GTIN and serial match, and only what the question gives.
struct Verification {
  std::string kind = "drug.verify";  // so that it can't pass for another certificate
  std::string thing;
  std::optional<std::string> lot, expiry;  // as asked
  bool verified = false;
  std::optional<std::string> failure;  // No_match_GTIN_Serial, …_Lot, …_Expiry, …_Lot_Expiry, Not_for_re-distribution
  std::vector<std::string> information;  // Expired, Recalled, Suspect, Illegitimate, Stolen
  std::uint64_t height = 0;
  Hash block;
  Time time;
  template <class V>
  void fields(V& v) {
    v("kind", kind, "drug.verify");
    v("thing", thing, "which unit");
    v("lot", lot, "lot on its label");
    v("expiry", expiry, "expiry on its label");
    v("verified", verified, "whether it is and may be handed on");
    v("verificationFailureReason", failure, "why not");
    v("additionalInfo", information, "what else is known");
    v("height", height, "height of the ledger that was asked");
    v("block", block, "hash of that block");
    v("time", time, "when it was answered");
  }
};

Verification verify_unit(const ledger::Pool&, const Named&, Time now);
Bytes sign_verification(const Hash& ledger, const crypto::Signer&, const Verification&);

struct SignedVerification {
  Verification answer;
  PublicKey signer;
};
// nullopt: the signature does not hold on this ledger, or it is no such answer. Throws nothing.
std::optional<SignedVerification> open_verification(const Hash& ledger, ByteView message);

}  // namespace carechain::care::drug
