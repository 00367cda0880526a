#include "libcore/care/claim/money.hpp"

#include <algorithm>

#include "libcore/contract/money.hpp"

namespace carechain::care::claim {
namespace {

std::int64_t positive(std::int64_t amount) { return std::max<std::int64_t>(amount, 0); }

// Takes `excess` off the parts one after the other, as far as they go.
void waive(std::int64_t excess, std::int64_t& first, std::int64_t& second, std::int64_t& third) {
  for (std::int64_t* const part : {&first, &second, &third}) {
    const std::int64_t off = std::min(excess, *part);
    *part -= off;
    excess -= off;
  }
}

}  // namespace

Shares share(const Terms& terms) {
  Shares made;
  made.allowed = std::min(terms.charge, positive(terms.fee));
  made.contractual = terms.charge - made.allowed;
  const std::int64_t benefit = terms.limit_left ? std::min(made.allowed, positive(*terms.limit_left)) : made.allowed;
  made.over_limit = made.allowed - benefit;
  const std::int64_t deductible_left = terms.deductible_applies ? positive(terms.deductible_left) : 0;
  if (terms.copay_first) {
    made.copay = std::min(positive(terms.copay), benefit);
    made.deductible = std::min(benefit - made.copay, deductible_left);
  } else {
    made.deductible = std::min(benefit, deductible_left);
    made.copay = std::min(positive(terms.copay), benefit - made.deductible);
  }
  const std::int64_t rest = benefit - made.deductible - made.copay;
  const std::int64_t base = terms.coinsurance_on_deducted ? benefit - made.deductible : rest;
  const std::int64_t rate = std::clamp<std::int64_t>(terms.coinsurance, 0, contract::basis_points_in_whole);
  made.coinsurance = std::min(*contract::share_of(base, rate), rest);
  const std::int64_t excess = positive(made.patient() - positive(terms.out_of_pocket_left));
  waive(excess, made.coinsurance, made.copay, made.deductible);
  made.paid = benefit - made.patient();
  return made;
}

bool balanced(const Terms& terms, const Shares& shares) {
  const bool none_negative = shares.contractual >= 0 && shares.over_limit >= 0 && shares.deductible >= 0 &&
                             shares.copay >= 0 && shares.coinsurance >= 0 && shares.paid >= 0;
  return none_negative && terms.charge == shares.paid + shares.contractual + shares.over_limit + shares.patient();
}

std::int64_t later_payment(std::int64_t allowed, std::int64_t normal, std::int64_t prior_paid, bool non_duplication) {
  const std::int64_t unpaid = positive(allowed - prior_paid);
  return non_duplication ? std::min(unpaid, positive(normal - prior_paid)) : std::min(unpaid, positive(normal));
}

}  // namespace carechain::care::claim
