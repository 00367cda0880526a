#pragma once
// A plan and the values its rules see, for one claim.

#include <array>

#include "libcore/care/claim/claim_tables.hpp"
#include "libcore/care/claim/money.hpp"
#include "libcore/care/claim/plan_kind.hpp"
#include "libcore/care/provider/directory.hpp"
#include "libcore/contract/contract_operations.hpp"

namespace carechain::care::claim {

// What of a member's plan is left this year, as lines use it up.
struct Left {
  std::int64_t deductible = 0, out_of_pocket = 0;
};

class Plan {
 public:
  explicit Plan(contract::InForce in_force) : in_force_(std::move(in_force)) {}

  std::int64_t number(PlanParameter which, std::int64_t absent = 0) const;
  bool has(PlanParameter which) const;
  bool flag(PlanParameter which) const;
  std::string text(PlanParameter which) const;
  const contract::Contract& contract() const { return *in_force_.contract; }
  std::string title() const;  // NAME/VERSION

 private:
  contract::InForce in_force_;
};

// The inputs of a plan's expressions. Claim and provider stay, line and what is left change.
class PlanInputs {
 public:
  PlanInputs(const Plan&, const SubmitClaim&, const Coverage&, const provider::Standing&, bool in_network,
             bool other_coverage, Time now, contract::Scratch&);
  PlanInputs(const PlanInputs&) = delete;
  PlanInputs& operator=(const PlanInputs&) = delete;
  void set_line(const Line&, bool authorised, const Left&);
  std::span<const contract::Value> values() const { return inputs_; }

 private:
  template <class Field>
  static constexpr std::size_t at(Field field) {
    return static_cast<std::size_t>(field);
  }
  contract::Value texts(const std::vector<std::string>&);

  contract::Scratch& scratch_;
  std::array<contract::Value, static_cast<std::size_t>(ClaimField::count)> claim_;
  std::array<contract::Value, static_cast<std::size_t>(LineField::count)> line_;
  std::array<contract::Value, static_cast<std::size_t>(MemberField::count)> member_;
  std::array<contract::Value, static_cast<std::size_t>(ProviderField::count)> provider_;
  std::array<contract::ObjectData, static_cast<std::size_t>(Input::count)> objects_;
  std::array<contract::Value, static_cast<std::size_t>(Input::count)> inputs_;
};

}  // namespace carechain::care::claim
