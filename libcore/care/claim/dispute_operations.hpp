#pragma once
// What payer and provider have to say to each other about a claim: information that a decision waits for, and appeals
// against decisions. claim.inquire claim.answer, claim.appeal claim.rule.
//
//   pended -> information-requested -> answered, or denied with CO-252 when nobody answers in time
//   decided -> appealed (level 1 and up) -> upheld, or overturned: decided anew without further questions

#include "libcore/care/claim/claim_tables.hpp"
#include "libcore/contract/effects.hpp"

namespace carechain::care::claim {

inline constexpr const char* answer_timer = "claim.answer";
inline constexpr const char* appeal_timer = "claim.appeal";
// A payer rules on an appeal in that time, or an effect `overdue` says so (29 CFR 2560.503-1(i)(2)(iii)).
inline constexpr std::int64_t appeal_days = 60;
inline constexpr std::uint64_t max_appeal_level = 9;

struct InquireClaim {
  static constexpr std::string_view name = "claim.inquire";
  ObjectRef claim;
  std::string reason;
  Time until;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim, pended");
    v("reason", reason, "what is missing: a remark code, or a short code");
    v("until", until, "without an answer by then the claim is denied with CO-252");
  }
};

struct AnswerClaim {
  static constexpr std::string_view name = "claim.answer";
  ObjectRef claim;
  DocumentDigest document;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim");
    v("document", document, "keyed digest of what was sent, off the chain");
  }
};

struct AppealClaim {
  static constexpr std::string_view name = "claim.appeal";
  ObjectRef claim;
  std::string reason;
  std::optional<DocumentDigest> document;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim, decided");
    v("reason", reason, "a short code");
    v("document", document, "keyed digest of the letter, off the chain");
  }
};

struct RuleAppeal {
  static constexpr std::string_view name = "claim.rule";
  ObjectRef claim;
  bool overturn = false;
  std::string reason;
  template <class V>
  void fields(V& v) {
    v("claim", claim, "which claim, appealed");
    v("overturn", overturn, "true: decided anew, on the state as it is now, without further questions");
    v("reason", reason, "a short code");
  }
};

void add_dispute_operations(ledger::OperationTable&);
void answer_overdue(contract::Moment&, const ObjectRef& claim, ByteView);
void appeal_overdue(contract::Moment&, const ObjectRef& claim, ByteView);

}  // namespace carechain::care::claim
