// Milestones, the reveal of the randomisation, publication, payment.
#include <algorithm>
#include <set>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? "0" : text.substr(point + 1);
  return !whole.empty() && !part.empty() && text.size() <= 32 && std::ranges::all_of(whole, digit) &&
         std::ranges::all_of(part, digit);
}

Verdict check_milestone(const ReachMilestone& fields, const Context& context, const Trial& trial) {
  if (context.signer != trial.sponsor) return Refused{"only the sponsor reports a milestone"};
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  const Protocol protocol = *protocols.get(context.state, fields.trial, trial.version);
  const bool own = std::ranges::find(protocol.milestones, fields.milestone) != protocol.milestones.end();
  if (!own && !is_one_of(fields.milestone, {"analysis-plan", "primary-completion", "lock"}))
    return Refused{"the protocol has no milestone '" + fields.milestone + "'"};
  if (milestones.has(context.state, fields.trial, fields.milestone))
    return Refused{"the milestone " + fields.milestone + " was reached already"};
  if ((fields.milestone == "analysis-plan") && !fields.digest)
    return Refused{"an analysis plan is registered by its digest", "--document FILE"};
  for (const std::string& earlier : protocol.milestones) {
    if (!own || earlier == fields.milestone) break;
    if (!milestones.has(context.state, fields.trial, earlier))
      return Refused{"the milestone " + earlier + " comes before " + fields.milestone};
  }
  return std::nullopt;
}

Verdict apply_milestone(const ReachMilestone& fields, Context& context) {
  auto trial = trials.get(context.state, fields.trial);
  if (!trial) return Refused{"there is no such trial"};
  if (auto refused = check_milestone(fields, context, *trial)) return refused;
  milestones.put(context.state, {fields.at, fields.digest, ledger::ref_of(context.id)}, fields.trial, fields.milestone);
  // What orders the plan and the lock is the chain, not what its signer says.
  if (fields.milestone == "analysis-plan" && !trial->locked) trial->planned = context.time;
  if (fields.milestone == "lock") trial->locked = context.time;
  trials.put(context.state, *trial, fields.trial);
  return std::nullopt;
}

void add_subject(ArmCount& row, const Subject& subject) {
  ++row.exposed;
  row.affected += subject.affected ? 1u : 0;
  row.with_event += subject.eventful ? 1u : 0;
  row.severe += subject.severe ? 1u : 0;
  row.serious += subject.serious ? 1u : 0;
  row.mild += subject.mild ? 1u : 0;
  row.fatal += subject.fatal ? 1u : 0;
  row.events += subject.events;
}

// What the schedule says about one allocation; in a blinded trial that is how the arm becomes known.
void check_allocation(Context& context, const RevealSchedule& reveal, const Protocol& protocol, std::uint64_t number,
                      bool blinded, Disagreement& found) {
  Allocation row = *allocations.get(context.state, reveal.trial, number);
  const auto arm = arm_of(reveal.schedule, protocol.arms, row.stratum, row.index);
  ++found.checked;
  if (!arm || (!blinded && *arm != row.arm)) {
    if (found.wrong++ == 0) found.first = row.stratum + " " + std::to_string(row.index);
    return;
  }
  if (!blinded) return;
  row.arm = *arm;
  allocations.put(context.state, row, reveal.trial, number);
  Subject subject = *subjects.get(context.state, reveal.trial, row.subject);
  subject.arm = *arm;
  subjects.put(context.state, subject, reveal.trial, row.subject);
  ArmCount count = arm_counts.get(context.state, reveal.trial, *arm).value_or(ArmCount{});
  add_subject(count, subject);
  arm_counts.put(context.state, count, reveal.trial, *arm);
}

Verdict apply_reveal(const RevealSchedule& reveal, Context& context) {
  auto trial = trials.get(context.state, reveal.trial);
  if (!trial) return Refused{"there is no such trial"};
  const Protocol protocol = *protocols.get(context.state, reveal.trial, trial->version);
  if (context.signer != trial->sponsor && context.signer != protocol.randomiser)
    return Refused{"the sponsor or the randomiser reveals the schedule"};
  if (!trial->locked) return Refused{"the schedule is revealed after the database is locked"};
  if (trial->revealed) return Refused{"the schedule was revealed already"};
  if (!protocol.randomisation || commitment_of(reveal.schedule) != *protocol.randomisation)
    return Refused{"this is not the schedule that was committed to"};
  if (const std::string fault = fault_of(reveal.schedule, protocol.arms); !fault.empty()) return Refused{fault};
  Disagreement found;
  for (std::uint64_t number = 0; number < trial->allocations; ++number)
    check_allocation(context, reveal, protocol, number, trial->blinded, found);
  disagreements.put(context.state, found, reveal.trial);
  trial->revealed = true;
  trials.put(context.state, *trial, reveal.trial);
  return std::nullopt;
}

void missing_results(const Protocol& protocol, const std::vector<OutcomeResult>& results,
                     std::vector<std::string>& missing) {
  std::set<std::string> reported;
  for (const OutcomeResult& result : results) {
    const auto known = std::ranges::find(protocol.outcomes, result.outcome, &Outcome::id);
    if (known == protocol.outcomes.end() && !result.post_hoc)
      missing.emplace_back("outcome " + result.outcome + " was never registered: declare it as post hoc");
    if (known != protocol.outcomes.end() && result.post_hoc)
      missing.emplace_back("outcome " + result.outcome + " was registered: it isn't post hoc");
    if (!reported.insert(result.outcome).second) missing.emplace_back("outcome " + result.outcome + " has two results");
    for (const GroupResult& group : result.groups) {
      if (find_arm(protocol, group.arm) == nullptr)
        missing.emplace_back("result of " + result.outcome + ": there is no arm '" + group.arm + "'");
      for (const auto& number : {std::optional(group.value), group.spread, group.lower, group.upper})
        if (number && !is_decimal(*number))
          missing.emplace_back("result of " + result.outcome + ": '" + *number + "' is not a decimal number");
    }
  }
  for (const Outcome& outcome : protocol.outcomes) {
    const auto result = std::ranges::find(results, outcome.id, &OutcomeResult::outcome);
    if (result == results.end() || result->groups.empty())
      missing.emplace_back("no result of " + outcome.kind + " outcome " + outcome.id + " (" + outcome.measure + ")");
  }
}

Verdict apply_publish(const PublishTrial& publish, Context& context) {
  auto trial = trials.get(context.state, publish.trial);
  if (!trial) return Refused{"there is no such trial"};
  if (trial->sponsor != context.signer) return Refused{"only its sponsor publishes a trial"};
  if (trial->status == "published") return Refused{"the trial is published already"};
  const auto missing = missing_for_publication(context.state, publish.trial, publish.results);
  if (!missing.empty())
    return Refused{missing.front() +
                   (missing.size() > 1 ? " (and " + std::to_string(missing.size() - 1) + " more)" : "")};
  trial->status = "published";
  trials.put(context.state, *trial, publish.trial);
  publications.put(context.state, {publish.results, context.time, ledger::ref_of(context.id)}, publish.trial);
  results_published(context, publish.trial);
  return std::nullopt;
}

Verdict apply_pay(const AcknowledgePayment& pay, Context& context) {
  auto accrual = accruals.get(context.state, pay.visit);
  if (!accrual) return Refused{"nothing accrued there", "show-trial --payments lists what accrued"};
  const Trial trial = *trials.get(context.state, accrual->trial);
  if (context.signer != trial.sponsor) return Refused{"the sponsor acknowledges payments"};
  if (accrual->paid) return Refused{"it was paid already"};
  accrual->paid = ledger::ref_of(context.id);
  accruals.put(context.state, *accrual, pay.visit);
  return std::nullopt;
}

}  // namespace

std::vector<std::string> missing_for_publication(const ledger::State& state, const ObjectRef& ref,
                                                 const std::vector<OutcomeResult>& results) {
  std::vector<std::string> missing;
  const Trial trial = *trials.get(state, ref);
  const Protocol protocol = *protocols.get(state, ref, trial.version);
  for (const std::string& milestone : protocol.milestones)
    if (!milestones.has(state, ref, milestone)) missing.emplace_back("phase " + milestone + " is not done");
  if (!trial.locked) missing.emplace_back("the database is not locked");
  if (!trial.planned)
    missing.emplace_back(milestones.has(state, ref, "analysis-plan") ? "the analysis plan was registered after the lock"
                                                                     : "no analysis plan is registered");
  if (trial.held && trial.status != "terminated") missing.emplace_back("the trial is on safety hold");
  if (protocol.randomisation && !trial.revealed) missing.emplace_back("the randomisation schedule is not revealed");
  if (const auto check = disagreements.get(state, ref); check && check->wrong > 0)
    missing.push_back(std::to_string(check->wrong) + " allocations don't follow from the schedule, first " +
                      check->first);
  if (trial.uncovered > 0)
    missing.push_back(std::to_string(trial.uncovered) +
                      " visits after a withdrawal are not covered by consent: exclude them");
  missing_results(protocol, results, missing);
  return missing;
}

void add_conclusion_operations(ledger::OperationTable& table) {
  table.add<ReachMilestone>("the sponsor reports a milestone", apply_milestone);
  table.add<RevealSchedule>("the randomisation is revealed and recomputed", apply_reveal);
  table.add<PublishTrial>("the sponsor publishes the results", apply_publish);
  table.add<AcknowledgePayment>("the sponsor paid a subject for a visit", apply_pay);
}

}  // namespace carechain::care::trial
