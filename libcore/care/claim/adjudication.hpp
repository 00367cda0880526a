#pragma once
// Inside adjudication: one claim on its way through the steps of the plan. What concerns the claim as a whole is in
// adjudicate.cpp, what concerns its lines and money in adjudicate_lines.cpp.

#include "libcore/care/claim/adjudicate.hpp"
#include "libcore/care/claim/plan.hpp"

namespace carechain::care::claim {

// A reason for a claim or line as a whole.
struct Denial {
  std::string group, reason;
  std::optional<std::string> remark = {};
};
void deny_line(LineDecision&, const Line& submitted, const Denial&);

class Adjudication {
 public:
  Adjudication(const ledger::State& state, const SubmitClaim& claim, const Case& of);

  Ruling run();

 private:
  bool is_claim() const { return claim_.use == "claim"; }

  Ruling deny_all(const Denial& denial);
  Ruling pend(const std::string& reason);
  std::optional<Denial> required_parts() const;
  std::optional<Denial> provider_step();
  std::optional<Denial> coverage_step();
  bool provider_is_stale() const;
  std::optional<Denial> order_step() const;
  std::optional<Denial> filing_step() const;
  static std::int64_t a_year_after(std::int64_t days);
  std::string pend_reason() const;
  std::optional<Denial> repetition(const Line& line);
  std::optional<Denial> judge_repetition(bool exact);
  void doubt(const std::string& reason);

  // 9: approved authorisations.
  struct Authorisation {
    bool matches = false, exceeded = false;
  };
  Authorisation authorisation_of(const Line& line) const;
  void lines_step();
  void one_line(std::size_t i, PlanInputs& inputs);
  bool rules_step(const Line& line, LineDecision& decision, const PlanInputs& inputs);
  std::optional<std::int64_t> amount(PlanFormula which, const PlanInputs& inputs);
  void price_step(const Line& line, LineDecision& decision, const PlanInputs& inputs);
  void take(const Line& line, LineDecision& decision, const Terms& terms, Shares shares, const std::string& category);
  std::int64_t after_prior(const Terms& terms, Shares& shares);
  void draw(const Line&, std::int64_t deductible, std::int64_t patient, const std::string& category,
            std::int64_t counted);
  void load_accumulators();
  std::int64_t& use_of(const std::string& category);
  std::int64_t used_of(const std::string& category) { return use_of(category); }
  Ruling conclude();

  const ledger::State& state_;
  const SubmitClaim& claim_;
  const Case& case_;
  Ruling ruling_;
  provider::Standing standing_;
  std::optional<Coverage> coverage_;
  std::optional<Plan> plan_;
  contract::Scratch scratch_;
  Left left_;
  std::vector<CategoryUse> categories_;
  std::vector<std::tuple<Hash, std::uint64_t, std::int64_t>> own_lines_;
  std::int64_t prior_paid_ = 0, prior_adjusted_ = 0;
  std::string line_doubt_;
  bool in_network_ = false, other_coverage_ = false, unclear_ = false;
};

}  // namespace carechain::care::claim
