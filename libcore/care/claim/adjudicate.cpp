#include <algorithm>

#include "libcore/care/claim/adjudication.hpp"
#include "libcore/care/contract_kinds.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care::claim {

void deny_line(LineDecision& line, const Line& submitted, const Denial& denial) {
  line.outcome = "denied";
  line.allowed = line.paid = 0;
  line.adjustments = {{denial.group, denial.reason, submitted.charge, denial.remark}};
}

Adjudication::Adjudication(const ledger::State& state, const SubmitClaim& claim, const Case& of)
    : state_(state), claim_(claim), case_(of) {
  for (const Line& line : claim.lines) ruling_.lines.push_back({line.number, "paid", 0, 0, {}, std::nullopt});
}

Ruling Adjudication::run() {
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

Ruling Adjudication::deny_all(const Denial& denial) {
  for (std::size_t i = 0; i < claim_.lines.size(); ++i) deny_line(ruling_.lines[i], claim_.lines[i], denial);
  ruling_.state = "denied";
  ruling_.reason = denial.group + '-' + denial.reason;
  return std::move(ruling_);
}

Ruling Adjudication::pend(const std::string& reason) {
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
std::optional<Denial> Adjudication::required_parts() const {
  std::int64_t sum = 0;
  for (const Line& line : claim_.lines) sum += line.charge;
  if (sum != claim_.total) return Denial{"CO", "16", "M54"};
  return std::nullopt;
}

// 1: the check digit, and the directory on the day of service.
std::optional<Denial> Adjudication::provider_step() {
  if (!ledger::is_npi(claim_.provider)) return Denial{"CO", "16", "N257"};
  for (const Line& line : claim_.lines)
    if (line.rendering && !ledger::is_npi(*line.rendering)) return Denial{"CO", "16", "N290"};
  standing_ = provider::standing_of(state_, claim_.provider, claim_.from, case_.now);
  if (!standing_.known || !standing_.active) return Denial{"CO", "B7"};
  return std::nullopt;
}

// 2, 3: a coverage of that member with that payer, in force on the day of service.
std::optional<Denial> Adjudication::coverage_step() {
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

bool Adjudication::provider_is_stale() const {
  return provider::standing_of(state_, claim_.provider, claim_.from, case_.now,
                               plan_->number(PlanParameter::stale_days, 90))
      .stale;
}

// 4: somebody else pays first and has not yet.
std::optional<Denial> Adjudication::order_step() const {
  if (coverage_->order > 1 && claim_.prior.empty() && is_claim()) return Denial{"CO", "22"};
  return std::nullopt;
}

// 5: one calendar year, or the plan's number of days; after an earlier payer from its decision.
std::optional<Denial> Adjudication::filing_step() const {
  if (!is_claim()) return std::nullopt;
  Time from = claim_.type == "institutional" ? claim_.to : claim_.from;
  for (const PriorPayment& prior : claim_.prior)
    if (prior.decided && *prior.decided > from) from = *prior.decided;
  const std::int64_t days = plan_->number(PlanParameter::filing_days);
  const std::int64_t last = days > 0 ? from.seconds / day_seconds + days : a_year_after(from.seconds / day_seconds);
  if (case_.now.seconds / day_seconds > last) return Denial{"CO", "29"};
  return std::nullopt;
}

std::int64_t Adjudication::a_year_after(std::int64_t days) {
  const contract::CivilDate date = contract::civil_of_days(days);
  const unsigned day = contract::is_date(date.year + 1, date.month, date.day) ? date.day : date.day - 1;
  return contract::days_of_civil(date.year + 1, date.month, day);
}

// What makes a claim not straightforward, before its lines are looked at.
std::string Adjudication::pend_reason() const {
  if (!case_.doubt.empty()) return case_.doubt;
  if (unclear_) return "coverage-unclear";
  if (standing_.disputed) return "provider-disputed";
  if (standing_.stale) return "provider-stale";
  if (claim_.accident) return "accident";
  if (claim_.total > plan_->number(PlanParameter::auto_limit)) return "high-charge";
  return {};
}

Ruling Adjudication::conclude() {
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
