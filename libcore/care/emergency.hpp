#pragma once
// Emergency access ("break-glass", 45 CFR 164.312(a)(2)(ii)): a clinician who states a reason reads what the patient's
// policy does not permit. That opens an emergency: it expires, and somebody else must review it before a deadline.
//
// The reason stays off the chain: the request holds its keyed digest (emergency_reason.hpp).

#include "libcore/care/access_tables.hpp"
#include "libcore/care/policy_evaluation.hpp"

namespace carechain::care {

// Purposes that emergency access may be asked for: ETREAT (FHIR R4's) and BTG (later editions of v3-ActReason).
bool is_emergency_purpose(std::string_view);
bool is_clinical_role(std::string_view);  // enrolled roles of those who treat patients

enum class Review { justified, unjustified };
std::string_view to_text(Review);
bool parse(std::string_view, Review&);

struct Emergency {
  PublicKey custodian, requester;  // accounts
  std::vector<PublicKey> patients;
  std::string purpose;
  std::optional<Hash> reason;  // keyed digest
  Time opened, expires;        // expires: last second at which the same requester needs no new reason
  Time due;                    // last second for its review
  std::uint64_t height = 0;
  std::optional<PublicKey> reviewer;  // account
  std::optional<Review> finding;
  std::optional<std::uint64_t> reviewed;  // height
  template <class V>
  void fields(V& v) {
    v("custodian", custodian, "who released");
    v("requester", requester, "who broke the glass");
    v("patients", patients, "whose records");
    v("purpose", purpose, "purpose of use");
    v("reason", reason, "keyed digest of the reason");
    v("opened", opened, "when it was decided");
    v("expires", expires, "last second of the emergency");
    v("due", due, "last second for its review");
    v("height", height, "where it was sealed");
    v("reviewer", reviewer, "who reviewed it");
    v("finding", finding, "justified or unjustified");
    v("reviewed", reviewed, "height of the review");
  }
};
struct LatestEmergency {
  ObjectRef decision;
  template <class V>
  void fields(V& v) {
    v("decision", decision, "the decision that opened it");
  }
};
inline constexpr ledger::Table<Emergency> emergencies{"emergency"};            // the decision that opened it
inline constexpr ledger::Table<LatestEmergency> latest_emergencies{"alarms"};  // patient, requester

// How long an emergency and the time for its review last; nullopt: the constitution knows no emergency access.
struct EmergencyTerms {
  std::int64_t access_seconds, review_seconds;
};
std::optional<EmergencyTerms> emergency_terms(const ledger::State&);

// The emergency of this requester for this patient that is open as of a height and time.
std::optional<ObjectRef> open_emergency(const ledger::State&, const PublicKey& patient, const PublicKey& requester,
                                        std::uint64_t height, Time);

struct ReviewEmergency {
  static constexpr std::string_view name = "access.review";
  ObjectRef decision;
  Review finding = Review::justified;
  template <class V>
  void fields(V& v) {
    v("decision", decision, "the decision that opened the emergency");
    v("finding", finding, "justified or unjustified");
  }
};
// The custodian, or one of its members with the role privacy-officer; never who broke the glass. Once.
ledger::Outcome apply_review(const ReviewEmergency&, ledger::Context&);

// Records that a decision opened an emergency for these patients.
void open(ledger::Context&, Emergency);

}  // namespace carechain::care
