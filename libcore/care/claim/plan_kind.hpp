#pragma once
// Plans: contracts of the kind claim.plan. What their rules see of a claim, line by line, and what they decide.

#include "libcore/contract/contract.hpp"

namespace carechain::care::claim {

inline constexpr const char* plan_kind_name = "claim.plan";

contract::ContractKind plan_kind();

// Places of inputs, parameters and formulas in the kind; the fields of an input are in the order of its shape.
enum class Input : std::size_t { claim, line, member, provider, count };
enum class ClaimField : std::size_t {
  use,
  type,
  total,
  currency,
  from,
  to,
  received,
  accident,
  emergency,
  frequency,
  lines,
  prior_payers,
  count
};
enum class LineField : std::size_t { number, code, modifiers, place, units, charge, from, to, authorised, count };
enum class MemberField : std::size_t {
  relationship,
  order,
  covered_from,
  other_coverage,
  deductible_left,
  out_of_pocket_left,
  count
};
enum class ProviderField : std::size_t { known, active, npi, taxonomies, networks, in_network, stale, disputed, count };
enum class PlanParameter : std::size_t {
  currency,
  network,
  filing_days,
  deductible,
  deductible_family,
  out_of_pocket,
  out_of_pocket_family,
  coinsurance,
  auto_limit,
  review_days,
  stale_days,
  copay_first,
  coinsurance_on_deducted,
  aggregate_family,
  non_duplication,
  network_only,
  count
};
enum class PlanFormula : std::size_t { allowed, copay, coinsurance, deductible_applies, category, limit, count };

}  // namespace carechain::care::claim
