#pragma once
// What is paid of a line, and by whom: cost sharing in whole cents (the formulas of health plans, with one rounding).

#include <cstdint>
#include <optional>

namespace carechain::care::claim {

struct Terms {
  std::int64_t charge = 0;
  std::int64_t fee = 0;                    // of the plan for this line; the allowed amount is never above the charge
  std::optional<std::int64_t> limit_left;  // of the benefit this year; absent: no limit
  std::int64_t deductible_left = 0;        // the smaller of the member's and the family's
  std::int64_t out_of_pocket_left = 0;
  bool deductible_applies = true;
  std::int64_t copay = 0;
  std::int64_t coinsurance = 0;  // basis points
  bool copay_first = false;
  bool coinsurance_on_deducted = false;  // of what the deductible left; else of what the copay left, too
};

// Each part in cents, none negative; charge = paid + contractual + over_limit + deductible + copay + coinsurance.
struct Shares {
  std::int64_t allowed = 0;
  std::int64_t contractual = 0;  // above the fee: written off in the network, the patient's outside it
  std::int64_t over_limit = 0;
  std::int64_t deductible = 0, copay = 0, coinsurance = 0;
  std::int64_t paid = 0;
  std::int64_t patient() const { return deductible + copay + coinsurance; }
  std::int64_t counted() const { return allowed - over_limit; }  // towards the benefit's limit
};

// Requires charge >= 0. Negative terms count as zero, a share over the whole as the whole.
Shares share(const Terms&);
bool balanced(const Terms&, const Shares&);

// What a later payer owes (NAIC coordination of benefits): never more than is left unpaid of the allowed amount.
//   normal     what it would pay were it first, and what the patient would then owe
//   prior_paid by the payers before; `non_duplication`: only what it would have paid beyond that
std::int64_t later_payment(std::int64_t allowed, std::int64_t normal, std::int64_t prior_paid, bool non_duplication);

}  // namespace carechain::care::claim
