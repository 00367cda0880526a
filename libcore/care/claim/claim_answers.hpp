#pragma once
// Decisions as others read them: FHIR R4 ClaimResponse and ExplanationOfBenefit, X12 835.

#include <string>
#include <string_view>
#include <vector>

#include "libcore/care/claim/claim_tables.hpp"

namespace carechain::care::claim {

// "123.45" of cents; negative with '-'.
std::string money_text(std::int64_t cents);

// One JSON object without line breaks. References are the accounts and ids of this ledger.
std::string claim_response(const Claim&, const ObjectRef&);
std::string explanation_of_benefit(const Claim&, const ObjectRef&);

// What one 835 tells: a claim as it was decided, or (`reversal`) that decision taken back, amounts negated.
struct RemittanceItem {
  ObjectRef ref;
  Claim claim;
  bool reversal = false;
};
struct Remittance {
  std::string payer_name, payee_name, payee_npi;  // as enrolled; may be empty
  std::string trace;                              // of the payment
  Time when;
  std::vector<RemittanceItem> items;
};
// An interchange with one transaction set, a segment a line. It balances: each line's charge less its adjustments is
// what is paid, each claim's likewise, and BPR02 is the sum of the claims' payments less PLB; a sum below zero is
// carried forward.
std::string remittance_835(const Remittance&, std::uint64_t control);

}  // namespace carechain::care::claim
