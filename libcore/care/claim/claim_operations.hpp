#pragma once
// The operations of claims: coverage.enroll claim.submit claim.review claim.reverse claim.reopen.

#include "libcore/care/claim/claim_tables.hpp"
#include "libcore/contract/effects.hpp"

namespace carechain::care::claim {

inline constexpr std::size_t max_lines = 999;  // of a claim, as X12 has it

struct EnrollCoverage {
  static constexpr std::string_view name = "coverage.enroll";
  PublicKey member;
  std::optional<PublicKey> subscriber;
  std::string plan, relationship;
  std::uint64_t order = 1;
  Time from;
  std::optional<Time> until;
  std::optional<ObjectRef> replaces;  // an earlier entry of the same member, which this one corrects or ends
  template <class V>
  void fields(V& v) {
    v("member", member, "the account that the patient shows to this payer");
    v("subscriber", subscriber, "whose family's accumulators count; absent: her own");
    v("plan", plan, "the plan's contract");
    v("relationship", relationship, "self, spouse, child or other");
    v("order", order, "1: this payer pays first");
    v("from", from, "first day");
    v("until", until, "last day; absent: open-ended");
    v("replaces", replaces, "an entry that this one corrects or ends");
  }
};

// A person decides a pended claim.
struct ReviewClaim {
  static constexpr std::string_view name = "claim.review";
  ObjectRef claim;
  bool approve = false;
  std::string reason;  // of a denial: GROUP-CODE or a code
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim");
    v("approve", approve, "true: decided by the plan without further questions; false: denied");
    v("reason", reason, "of a denial: the adjustment reason code");
  }
};

// A decision is taken back as if it had never been: by who submitted it (void) or by the payer.
struct ReverseClaim {
  static constexpr std::string_view name = "claim.reverse";
  ObjectRef claim;
  std::string reason;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim");
    v("reason", reason, "a short code");
  }
};

// The payer decides anew what was denied or flagged, on the state as it is now: because it was wrong, or a claim before
// it was reversed. An appeal is ruled on by claim.rule (dispute_operations.hpp).
struct ReopenClaim {
  static constexpr std::string_view name = "claim.reopen";
  ObjectRef claim;
  std::string reason;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim");
    v("reason", reason, "a short code");
  }
};

void add_claim_operations(ledger::OperationTable&);
// What happens when nobody decides a pended claim in time: an effect `overdue` for the payer.
void claim_overdue(contract::Moment&, const ObjectRef& claim, ByteView);

}  // namespace carechain::care::claim
