#include <algorithm>

#include "libcore/care/claim/adjudication.hpp"

namespace carechain::care::claim {
namespace {

// "CO-96" of a contract's rule; a number alone is the payer's obligation.
Denial denial_of(std::string_view reason) {
  const std::size_t dash = reason.find('-');
  if (reason.empty()) return {"CO", "96"};
  if (dash == std::string_view::npos) return {"CO", std::string(reason)};
  return {std::string(reason.substr(0, dash)), std::string(reason.substr(dash + 1))};
}

}  // namespace

// 6: the same line before. nullopt: go on.
std::optional<Denial> Adjudication::repetition(const Line& line) {
  static constexpr std::array<std::string_view, 4> repeats{"59", "76", "77", "91"};
  for (const std::string& modifier : line.modifiers)
    if (std::ranges::find(repeats, modifier) != repeats.end()) return std::nullopt;
  const Hash key = line_key(claim_, line);
  for (const auto& [seen, units, charge] : own_lines_)
    if (seen == key) return judge_repetition(units == line.units && charge == line.charge);
  own_lines_.emplace_back(key, line.units, line.charge);
  const auto uses = line_uses.get(state_, key);
  if (!uses) return std::nullopt;
  bool near = false;
  for (const LineUse& use : uses->uses) {
    if (use.claim == case_.self) continue;
    if (use.units == line.units && use.charge == line.charge) return judge_repetition(true);
    near = true;
  }
  return near ? judge_repetition(false) : std::nullopt;
}

std::optional<Denial> Adjudication::judge_repetition(bool exact) {
  if (exact) return Denial{"OA", "18"};
  doubt("suspect-duplicate");
  return std::nullopt;
}

void Adjudication::doubt(const std::string& reason) {
  if (line_doubt_.empty()) line_doubt_ = reason;
}

Adjudication::Authorisation Adjudication::authorisation_of(const Line& line) const {
  Authorisation found;
  for (const ObjectRef& ref : claim_.authorisations) {
    const auto given = claims.get(state_, ref);
    if (!given || given->submitted.use != "preauthorization" || given->state != "approved") continue;
    if (given->submitted.member != claim_.member || given->submitted.payer != claim_.payer) continue;
    for (std::size_t i = 0; i < given->submitted.lines.size(); ++i) {
      const Line& approved = given->submitted.lines[i];
      if (approved.code != line.code || given->lines[i].outcome == "denied") continue;
      if (line.from < given->submitted.from || line.to > given->submitted.to) continue;
      found.exceeded = found.exceeded || line.units > approved.units;
      found.matches = found.matches || line.units <= approved.units;
    }
  }
  return found;
}

void Adjudication::lines_step() {
  in_network_ = std::ranges::find(standing_.networks, plan_->text(PlanParameter::network)) != standing_.networks.end();
  load_accumulators();
  PlanInputs inputs(*plan_, claim_, *coverage_, standing_, in_network_, other_coverage_, case_.now, scratch_);
  for (const PriorPayment& prior : claim_.prior) {
    prior_paid_ += prior.paid;
    prior_adjusted_ += prior.adjusted;
  }
  std::vector<std::size_t> order(claim_.lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return claim_.lines[i].number; });
  for (const std::size_t i : order) one_line(i, inputs);
}

void Adjudication::one_line(std::size_t i, PlanInputs& inputs) {
  const Line& line = claim_.lines[i];
  LineDecision& decision = ruling_.lines[i];
  if (is_claim())
    if (const auto denial = repetition(line)) return deny_line(decision, line, *denial);
  const Authorisation authorised = authorisation_of(line);
  if (!claim_.authorisations.empty() && !authorised.matches)
    return deny_line(decision, line, {"CO", authorised.exceeded ? "198" : "15"});
  inputs.set_line(line, authorised.matches, left_);
  if (!rules_step(line, decision, inputs)) return;
  if (!in_network_ && !claim_.emergency && plan_->flag(PlanParameter::network_only))
    return deny_line(decision, line, {"CO", "242"});
  price_step(line, decision, inputs);
}

// 7 to 11: the plan's own rules. false: decided.
bool Adjudication::rules_step(const Line& line, LineDecision& decision, const PlanInputs& inputs) {
  const auto& plan = plan_->contract();
  const contract::Decision said = plan.decide(inputs.values(), scratch_);
  if (!said.rule.empty()) decision.rule = std::string(said.rule);
  if (said.failure) doubt("rule-failed: " + std::string(said.failed_rule));
  for (auto& effect : plan.effects_of(said, inputs.values(), scratch_))
    ruling_.effects.push_back({line.number, std::move(effect)});
  if (said.outcome == "pend") doubt(said.reason.empty() ? "rule: " + std::string(said.rule) : std::string(said.reason));
  if (said.outcome != "deny") return true;
  deny_line(decision, line, denial_of(said.reason));
  return false;
}

std::optional<std::int64_t> Adjudication::amount(PlanFormula which, const PlanInputs& inputs) {
  const auto place = static_cast<std::size_t>(which);
  if (!plan_->contract().has_formula(place)) return std::nullopt;
  const auto value = plan_->contract().formula(place, inputs.values(), scratch_);
  if (!value || !value->is(contract::Kind::integer)) {
    doubt("formula-failed: " + plan_->contract().kind().formulas[place].name);
    return std::nullopt;
  }
  return value->integer();
}

// 12 to 15.
void Adjudication::price_step(const Line& line, LineDecision& decision, const PlanInputs& inputs) {
  Terms terms;
  terms.charge = line.charge;
  terms.fee = amount(PlanFormula::allowed, inputs).value_or(0);
  terms.copay = amount(PlanFormula::copay, inputs).value_or(0);
  terms.coinsurance = amount(PlanFormula::coinsurance, inputs).value_or(plan_->number(PlanParameter::coinsurance));
  const auto applies =
      plan_->contract().formula(static_cast<std::size_t>(PlanFormula::deductible_applies), inputs.values(), scratch_);
  terms.deductible_applies = !applies || applies->boolean();
  terms.deductible_left = left_.deductible;
  terms.out_of_pocket_left = left_.out_of_pocket;
  terms.copay_first = plan_->flag(PlanParameter::copay_first);
  terms.coinsurance_on_deducted = plan_->flag(PlanParameter::coinsurance_on_deducted);
  std::string category;
  const auto limit = amount(PlanFormula::limit, inputs);
  if (limit && *limit >= 0) {
    const auto named =
        plan_->contract().formula(static_cast<std::size_t>(PlanFormula::category), inputs.values(), scratch_);
    if (named) category = std::string(named->text());
    terms.limit_left = std::max<std::int64_t>(*limit - used_of(category), 0);
  }
  take(line, decision, terms, share(terms), category);
}

void Adjudication::take(const Line& line, LineDecision& decision, const Terms& terms, Shares shares,
                        const std::string& category) {
  std::int64_t prior = 0;
  const std::int64_t as_first = shares.deductible;
  if (!claim_.prior.empty()) prior = after_prior(terms, shares);
  decision.allowed = shares.allowed;
  decision.paid = shares.paid;
  const auto adjust = [&](const char* group, const char* reason, std::int64_t cents) {
    if (cents != 0) decision.adjustments.push_back({group, reason, cents, std::nullopt});
  };
  adjust("OA", "23", prior);
  adjust(in_network_ || claim_.emergency ? "CO" : "PR", "45", shares.contractual);
  adjust("PR", "119", shares.over_limit);
  adjust("PR", "1", shares.deductible);
  adjust("PR", "3", shares.copay);
  adjust("PR", "2", shares.coinsurance);
  ruling_.paid += shares.paid;
  ruling_.patient += shares.patient() + shares.over_limit + (in_network_ || claim_.emergency ? 0 : shares.contractual);
  left_.deductible = std::max<std::int64_t>(left_.deductible - as_first, 0);
  left_.out_of_pocket = std::max<std::int64_t>(left_.out_of_pocket - shares.patient(), 0);
  const std::int64_t counted = category.empty() ? 0 : shares.counted();
  if (!category.empty()) use_of(category) += counted;
  draw(line, as_first, shares.patient(), category, counted);
}

// As a later payer: what earlier ones paid and wrote off comes off the charge first, then never more than is unpaid.
std::int64_t Adjudication::after_prior(const Terms& terms, Shares& shares) {
  const std::int64_t paid_before = std::min(prior_paid_, terms.charge);
  const std::int64_t written_off = std::min(prior_adjusted_, terms.charge - paid_before);
  prior_paid_ -= paid_before;
  prior_adjusted_ -= written_off;
  std::int64_t rest = terms.charge - paid_before - written_off;
  const std::int64_t owed =
      later_payment(shares.allowed, shares.paid, paid_before, plan_->flag(PlanParameter::non_duplication));
  shares.paid = std::min(owed, rest);
  rest -= shares.paid;
  for (std::int64_t* const part : {&shares.over_limit, &shares.deductible, &shares.copay, &shares.coinsurance}) {
    *part = std::min(*part, rest);
    rest -= *part;
  }
  shares.contractual = rest;
  return paid_before + written_off;
}

void Adjudication::draw(const Line&, std::int64_t deductible, std::int64_t patient, const std::string& category,
                        std::int64_t counted) {
  if (deductible == 0 && patient == 0 && counted == 0) return;
  for (Drawn& drawn : ruling_.drawn)
    if (drawn.category == category) {
      drawn.deductible += deductible;
      drawn.out_of_pocket += patient;
      drawn.limit += counted;
      return;
    }
  ruling_.drawn.push_back({year_of(claim_), deductible, patient, category, counted});
}

void Adjudication::load_accumulators() {
  const std::uint32_t year = year_of(claim_);
  const auto own = accumulators.get(state_, claim_.member, year, coverage_->plan).value_or(Accumulator{});
  categories_ = own.categories;
  left_.deductible = plan_->number(PlanParameter::deductible) - own.deductible;
  left_.out_of_pocket = plan_->number(PlanParameter::out_of_pocket) - own.out_of_pocket;
  const bool family_deductible = plan_->has(PlanParameter::deductible_family);
  const bool family_pocket = plan_->has(PlanParameter::out_of_pocket_family);
  if (!family_deductible && !family_pocket) return;
  const auto family =
      family_accumulators.get(state_, coverage_->subscriber, year, coverage_->plan).value_or(Accumulator{});
  const std::int64_t deductible = plan_->number(PlanParameter::deductible_family) - family.deductible;
  if (family_deductible)
    left_.deductible =
        plan_->flag(PlanParameter::aggregate_family) ? deductible : std::min(left_.deductible, deductible);
  if (family_pocket)
    left_.out_of_pocket =
        std::min(left_.out_of_pocket, plan_->number(PlanParameter::out_of_pocket_family) - family.out_of_pocket);
}

std::int64_t& Adjudication::use_of(const std::string& category) {
  for (CategoryUse& use : categories_)
    if (use.name == category) return use.used;
  categories_.push_back({category, 0});
  return categories_.back().used;
}
}  // namespace carechain::care::claim
