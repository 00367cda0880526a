#include "libcore/care/claim/adjudicate.hpp"

#include <algorithm>

#include "libcore/care/claim/plan.hpp"
#include "libcore/care/contract_kinds.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care::claim {
namespace {

constexpr std::int64_t day_seconds = 86'400;

// A reason for a claim or line as a whole.
struct Denial {
  std::string group, reason;
  std::optional<std::string> remark = {};
};

void deny_line(LineDecision& line, const Line& submitted, const Denial& denial) {
  line.outcome = "denied";
  line.allowed = line.paid = 0;
  line.adjustments = {{denial.group, denial.reason, submitted.charge, denial.remark}};
}

// "CO-96" of a contract's rule; a number alone is the payer's obligation.
Denial denial_of(std::string_view reason) {
  const std::size_t dash = reason.find('-');
  if (reason.empty()) return {"CO", "96"};
  if (dash == std::string_view::npos) return {"CO", std::string(reason)};
  return {std::string(reason.substr(0, dash)), std::string(reason.substr(dash + 1))};
}

// One claim on its way through the steps.
class Adjudication {
 public:
  Adjudication(const ledger::State& state, const SubmitClaim& claim, const Case& of)
      : state_(state), claim_(claim), case_(of) {
    for (const Line& line : claim.lines) ruling_.lines.push_back({line.number, "paid", 0, 0, {}, std::nullopt});
  }

  Ruling run() {
    if (auto denial = required_parts()) return deny_all(*denial);
    if (auto denial = provider_step()) return deny_all(*denial);
    if (auto denial = coverage_step()) return deny_all(*denial);
    if (auto denial = order_step()) return deny_all(*denial);
    if (auto denial = filing_step()) return deny_all(*denial);
    if (const std::string reason = pend_reason(); !reason.empty() && !case_.reviewed) return pend(reason);
    lines_step();
    if (!line_doubt_.empty() && !case_.reviewed) return pend(line_doubt_);
    return conclude();
  }

 private:
  bool is_claim() const { return claim_.use == "claim"; }

  Ruling deny_all(const Denial& denial) {
    for (std::size_t i = 0; i < claim_.lines.size(); ++i) deny_line(ruling_.lines[i], claim_.lines[i], denial);
    ruling_.state = "denied";
    ruling_.reason = denial.group + '-' + denial.reason;
    return std::move(ruling_);
  }

  Ruling pend(const std::string& reason) {
    for (std::size_t i = 0; i < claim_.lines.size(); ++i) {
      deny_line(ruling_.lines[i], claim_.lines[i], {"OA", "133"});
      ruling_.lines[i].outcome = "pended";
      ruling_.lines[i].rule.reset();
    }
    ruling_.drawn.clear();
    ruling_.paid = ruling_.patient = 0;
    ruling_.state = "pended";
    ruling_.reason = reason;
    ruling_.review_days = plan_ ? plan_->number(PlanParameter::review_days, 30) : 30;
    return std::move(ruling_);
  }

  // 0: what has to be there.
  std::optional<Denial> required_parts() const {
    std::int64_t sum = 0;
    for (const Line& line : claim_.lines) sum += line.charge;
    if (sum != claim_.total) return Denial{"CO", "16", "M54"};
    return std::nullopt;
  }

  // 1: the check digit, and the directory on the day of service.
  std::optional<Denial> provider_step() {
    if (!ledger::is_npi(claim_.provider)) return Denial{"CO", "16", "N257"};
    for (const Line& line : claim_.lines)
      if (line.rendering && !ledger::is_npi(*line.rendering)) return Denial{"CO", "16", "N290"};
    standing_ = provider::standing_of(state_, claim_.provider, claim_.from, case_.now);
    if (!standing_.known || !standing_.active) return Denial{"CO", "B7"};
    return std::nullopt;
  }

  // 2, 3: a coverage of that member with that payer, in force on the day of service.
  std::optional<Denial> coverage_step() {
    const auto list = coverages_of.get(state_, claim_.payer, claim_.member);
    if (!list) return Denial{"CO", "31"};
    bool before = false;
    for (const ObjectRef& ref : list->refs) {
      const auto coverage = coverages.get(state_, ref);
      before = before || claim_.from < coverage->from;
      const bool covers = coverage->from <= claim_.from && (!coverage->until || claim_.from <= *coverage->until);
      if (!covers) continue;
      if (coverage_) other_coverage_ = true;
      if (coverage_ && coverage_->order == coverage->order) unclear_ = true;
      if (coverage_ && coverage_->order <= coverage->order) continue;
      coverage_ = coverage;
      ruling_.coverage = ref;
    }
    if (!coverage_) return Denial{"PR", before ? "26" : "27"};
    ruling_.subscriber = coverage_->subscriber;
    auto plan = contract::contract_in_force(state_, all_contract_kinds(), coverage_->plan, case_.height);
    if (!plan || plan->contract->kind().name != plan_kind_name) return Denial{"PR", "204"};
    plan_.emplace(std::move(*plan));
    ruling_.plan_name = coverage_->plan;
    ruling_.plan = plan_->title();
    if (plan_->text(PlanParameter::currency) != claim_.currency) return Denial{"CO", "16", "M54"};
    standing_.stale = provider_is_stale();
    return std::nullopt;
  }
  bool provider_is_stale() const {
    return provider::standing_of(state_, claim_.provider, claim_.from, case_.now,
                                 plan_->number(PlanParameter::stale_days, 90))
        .stale;
  }

  // 4: somebody else pays first and has not yet.
  std::optional<Denial> order_step() const {
    if (coverage_->order > 1 && claim_.prior.empty() && is_claim()) return Denial{"CO", "22"};
    return std::nullopt;
  }

  // 5: one calendar year, or the plan's number of days; after an earlier payer from its decision.
  std::optional<Denial> filing_step() const {
    if (!is_claim()) return std::nullopt;
    Time from = claim_.type == "institutional" ? claim_.to : claim_.from;
    for (const PriorPayment& prior : claim_.prior)
      if (prior.decided && *prior.decided > from) from = *prior.decided;
    const std::int64_t days = plan_->number(PlanParameter::filing_days);
    const std::int64_t last = days > 0 ? from.seconds / day_seconds + days : a_year_after(from.seconds / day_seconds);
    if (case_.now.seconds / day_seconds > last) return Denial{"CO", "29"};
    return std::nullopt;
  }
  static std::int64_t a_year_after(std::int64_t days) {
    const contract::CivilDate date = contract::civil_of_days(days);
    const unsigned day = contract::is_date(date.year + 1, date.month, date.day) ? date.day : date.day - 1;
    return contract::days_of_civil(date.year + 1, date.month, day);
  }

  // What makes a claim not straightforward, before its lines are looked at.
  std::string pend_reason() const {
    if (unclear_) return "coverage-unclear";
    if (standing_.disputed) return "provider-disputed";
    if (standing_.stale) return "provider-stale";
    if (claim_.accident) return "accident";
    if (claim_.total > plan_->number(PlanParameter::auto_limit)) return "high-charge";
    return {};
  }

  // 6: the same line before. nullopt: go on.
  std::optional<Denial> repetition(const Line& line) {
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
  std::optional<Denial> judge_repetition(bool exact) {
    if (exact) return Denial{"OA", "18"};
    doubt("suspect-duplicate");
    return std::nullopt;
  }
  void doubt(const std::string& reason) {
    if (line_doubt_.empty()) line_doubt_ = reason;
  }

  // 9: approved authorisations.
  struct Authorisation {
    bool matches = false, exceeded = false;
  };
  Authorisation authorisation_of(const Line& line) const {
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

  void lines_step() {
    in_network_ =
        std::ranges::find(standing_.networks, plan_->text(PlanParameter::network)) != standing_.networks.end();
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

  void one_line(std::size_t i, PlanInputs& inputs) {
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
  bool rules_step(const Line& line, LineDecision& decision, const PlanInputs& inputs) {
    const auto& plan = plan_->contract();
    const contract::Decision said = plan.decide(inputs.values(), scratch_);
    if (!said.rule.empty()) decision.rule = std::string(said.rule);
    if (said.failure) doubt("rule-failed: " + std::string(said.failed_rule));
    for (auto& effect : plan.effects_of(said, inputs.values(), scratch_))
      ruling_.effects.push_back({line.number, std::move(effect)});
    if (said.outcome == "pend")
      doubt(said.reason.empty() ? "rule: " + std::string(said.rule) : std::string(said.reason));
    if (said.outcome != "deny") return true;
    deny_line(decision, line, denial_of(said.reason));
    return false;
  }

  std::optional<std::int64_t> amount(PlanFormula which, const PlanInputs& inputs) {
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
  void price_step(const Line& line, LineDecision& decision, const PlanInputs& inputs) {
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

  void take(const Line& line, LineDecision& decision, const Terms& terms, Shares shares, const std::string& category) {
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
    ruling_.patient +=
        shares.patient() + shares.over_limit + (in_network_ || claim_.emergency ? 0 : shares.contractual);
    left_.deductible = std::max<std::int64_t>(left_.deductible - as_first, 0);
    left_.out_of_pocket = std::max<std::int64_t>(left_.out_of_pocket - shares.patient(), 0);
    const std::int64_t counted = category.empty() ? 0 : shares.counted();
    if (!category.empty()) use_of(category) += counted;
    draw(line, as_first, shares.patient(), category, counted);
  }

  // As a later payer: what earlier ones paid and wrote off comes off the charge first, then never more than is unpaid.
  std::int64_t after_prior(const Terms& terms, Shares& shares) {
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

  void draw(const Line&, std::int64_t deductible, std::int64_t patient, const std::string& category,
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

  void load_accumulators() {
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
  std::int64_t& use_of(const std::string& category) {
    for (CategoryUse& use : categories_)
      if (use.name == category) return use.used;
    categories_.push_back({category, 0});
    return categories_.back().used;
  }
  std::int64_t used_of(const std::string& category) { return use_of(category); }

  Ruling conclude() {
    std::size_t denied = 0;
    for (const LineDecision& line : ruling_.lines) denied += line.outcome == "denied" ? 1 : 0;
    if (denied == ruling_.lines.size())
      ruling_.state = "denied";
    else if (!is_claim())
      ruling_.state = "approved";
    else
      ruling_.state = denied == 0 ? "paid" : "partly-paid";
    if (ruling_.state == "denied" && !ruling_.lines.empty())
      ruling_.reason = ruling_.lines[0].adjustments[0].group + '-' + ruling_.lines[0].adjustments[0].reason;
    if (!is_claim()) ruling_.drawn.clear();
    return std::move(ruling_);
  }

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

}  // namespace

Ruling adjudicate(const ledger::State& state, const SubmitClaim& claim, const Case& of) {
  return Adjudication(state, claim, of).run();
}

Hash line_key(const SubmitClaim& claim, const Line& line) {
  Bytes text = bytes_of("carechain/claim-line/1");
  append(text, claim.payer.view());
  append(text, claim.member.view());
  encoding::CborWriter to(text);
  to.text(line.rendering ? *line.rendering : claim.provider);
  to.integer(line.from.seconds);
  to.integer(line.to.seconds);
  to.text(line.code);
  to.array(line.modifiers.size());
  for (const std::string& modifier : line.modifiers) to.text(modifier);
  return crypto::sha256(text);
}

std::uint32_t year_of(const SubmitClaim& claim) {
  return static_cast<std::uint32_t>(contract::civil_of_days(claim.from.seconds / day_seconds).year);
}

bool balanced(const SubmitClaim& claim, const std::vector<LineDecision>& lines) {
  if (lines.size() != claim.lines.size()) return false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::int64_t sum = lines[i].paid;
    for (const Adjustment& adjustment : lines[i].adjustments) sum += adjustment.amount;
    if (sum != claim.lines[i].charge || lines[i].paid < 0) return false;
  }
  return true;
}

}  // namespace carechain::care::claim
