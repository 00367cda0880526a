// Adverse events, the boundary, holds, and the board that lifts them.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

bool is_term(std::string_view text) {
  return !text.empty() && text.size() <= 100 && encoding::is_utf8(view_of(text)) &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_suspected(const AdverseEvent& event) {
  return is_one_of(event.causality, {"possible", "probable", "definite", "unknown"});
}
bool has(const AdverseEvent& event, std::string_view criterion) {
  return std::ranges::find(event.criteria, criterion) != event.criteria.end();
}
bool is_fatal(const AdverseEvent& event) {
  return event.outcome == "fatal" || has(event, "death") || (event.grade == 5 && event.scale.starts_with("CTCAE"));
}
// By its criteria, whatever the reporter's flag says; the flag can only add.
bool is_serious(const AdverseEvent& event) { return event.serious || !event.criteria.empty() || is_fatal(event); }

Verdict check_event(const AdverseEvent& event) {
  if (!is_term(event.term)) return Refused{"the term of an event has 1 to 100 characters"};
  if (!is_one_of(event.scale, {"CTCAE-4.0", "CTCAE-5.0", "CTCAE-6.0", "severity-3"}))
    return Refused{"an event is graded by CTCAE-4.0, CTCAE-5.0, CTCAE-6.0 or severity-3"};
  const std::uint32_t highest = event.scale == "severity-3" ? 3 : 5;
  if (event.grade < 1 || event.grade > highest)
    return Refused{"grades of " + event.scale + " go from 1 to " + std::to_string(highest)};
  for (const std::string& criterion : event.criteria)
    if (!is_one_of(criterion,
                   {"death", "life-threatening", "hospitalisation", "disability", "congenital", "important"}))
      return Refused{"'" + criterion + "' is no criterion of seriousness"};
  if (!std::ranges::is_sorted(event.criteria, std::less_equal<>()))
    return Refused{"the criteria of seriousness are sorted and distinct"};
  if (!is_one_of(event.causality, {"unrelated", "unlikely", "possible", "probable", "definite", "unknown"}))
    return Refused{"causality is unrelated, unlikely, possible, probable, definite or unknown"};
  if (!is_one_of(event.outcome, {"recovered", "recovering", "not-recovered", "sequelae", "fatal", "unknown"}))
    return Refused{"the outcome is recovered, recovering, not-recovered, sequelae, fatal or unknown"};
  if (event.onset && !parse_time(*event.onset)) return Refused{"the onset is a date, a month or a year"};
  return std::nullopt;
}

struct Weight {  // of an event, on the trial's own scale
  bool same_scale, severe, serious, fatal, counts;
};

Weight weigh(const AdverseEvent& event, const Trial& trial) {
  Weight weight{};
  weight.same_scale = event.scale == trial.scale;
  weight.severe = weight.same_scale && event.grade >= 3;
  weight.serious = is_serious(event);
  weight.fatal = is_fatal(event);
  const bool by_grade = weight.same_scale && event.grade >= trial.min_grade && (!trial.related || is_suspected(event));
  weight.counts = trial.has_safety && (by_grade || (trial.serious && weight.serious));
  return weight;
}

void count(ArmCount& row, const Weight& weight, const Subject& before) {
  ++row.events;
  row.severe_events += weight.severe ? 1u : 0;
  row.serious_events += weight.serious ? 1u : 0;
  row.fatal_events += weight.fatal ? 1u : 0;
  row.other_scale += weight.same_scale ? 0u : 1;
  if (!before.exposed) return;  // in screening: an event, but nobody at risk
  row.with_event += before.eventful ? 0u : 1;
  row.severe += weight.severe && !before.severe ? 1u : 0;
  row.serious += weight.serious && !before.serious ? 1u : 0;
  row.mild += !weight.serious && !before.mild ? 1u : 0;
  row.fatal += weight.fatal && !before.fatal ? 1u : 0;
  row.affected += weight.counts && !before.affected ? 1u : 0;
}

void hold_if_crossed(Context& context, const ObjectRef& ref, Trial& trial, const std::string& arm,
                     const ArmCount& count) {
  const Limits limits = limit_tables.get(context.state, ref)->limits;
  const std::uint32_t limit = limit_at(limits, count.exposed);
  if (limit == 0 || count.affected < limit || trial.held) return;
  ++trial.holds;
  trial.held = true;
  Hold hold;
  hold.arm = arm;
  hold.exposed = count.exposed;
  hold.affected = count.affected;
  hold.limit = limit;
  hold.since = context.time;
  hold.event = ledger::ref_of(context.id);
  hold.version = trial.version;
  holds.put(context.state, hold, ref, trial.holds);
  trials.put(context.state, trial, ref);
  cause_hold(context, ref, hold);
}

void count_arm(Context& context, const ObjectRef& ref, Trial& trial, const std::string& arm, const Weight& weight,
               const Subject& before) {
  ArmCount row = arm_counts.get(context.state, ref, arm).value_or(ArmCount{});
  const std::uint64_t affected = row.affected;
  count(row, weight, before);
  arm_counts.put(context.state, row, ref, arm);
  if (row.affected > affected && trial.by_arm == !arm.empty()) hold_if_crossed(context, ref, trial, arm, row);
}

// 21 CFR 312.32, ICH E2A: suspected, serious and unexpected; 7 days when fatal or life-threatening, else 15.
void start_clock(Context& context, const AdverseEvent& event, const Weight& weight) {
  if (!weight.serious || !is_suspected(event) || event.expected) return;
  const std::int64_t days = weight.fatal || has(event, "life-threatening") ? 7 : 15;
  const ObjectRef ref = ledger::ref_of(context.id);
  const Clock clock{event.trial, event.subject, Time{event.known.seconds + days * day}, {}};
  clocks.put(context.state, clock, ref);
  due_reports.put(context.state, {}, event.trial, static_cast<std::uint64_t>(clock.due.seconds), ref);
  await_report(context, ref, clock);
}

// Neither withdrawal nor a missing consent, a hold or the lock keeps an event from being reported. No earlier event
// counts, so that events can be admitted.
Verdict check_reporting(const AdverseEvent& event, const Context& context, const std::optional<Trial>& trial,
                        const std::optional<Subject>& subject) {
  if (!trial) return Refused{"there is no such trial"};
  if (!subject) return Refused{"there is no such subject in this trial"};
  if (context.signer != trial->sponsor && site_of(context.state, event.trial, context.signer) != subject->site)
    return Refused{"the subject's site or the sponsor reports an event"};
  if (auto refused = check_entry(context, event.known, event.late)) return refused;
  return check_event(event);
}

Verdict admit_event(const AdverseEvent& event, Context& context) {
  return check_reporting(event, context, trials.get(context.state, event.trial),
                         subjects.get(context.state, event.trial, event.subject));
}

Verdict apply_event(const AdverseEvent& event, Context& context) {
  auto trial = trials.get(context.state, event.trial);
  auto subject = subjects.get(context.state, event.trial, event.subject);
  if (auto refused = check_reporting(event, context, trial, subject)) return refused;
  const Weight weight = weigh(event, *trial);
  count_arm(context, event.trial, *trial, "", weight, *subject);
  if (!subject->arm.empty()) count_arm(context, event.trial, *trial, subject->arm, weight, *subject);
  ++subject->events;
  if (subject->exposed) {
    subject->eventful = true;
    subject->severe |= weight.severe;
    subject->serious |= weight.serious;
    subject->mild |= !weight.serious;
    subject->fatal |= weight.fatal;
    subject->affected |= weight.counts;
  }
  if (weight.fatal) subject->status = "deceased";
  subjects.put(context.state, *subject, event.trial, event.subject);
  start_clock(context, event, weight);
  return std::nullopt;
}

Verdict apply_report(const ReportEvent& report, Context& context) {
  auto clock = clocks.get(context.state, report.event);
  if (!clock) return Refused{"no report to the authority is due for this event"};
  const Trial trial = *trials.get(context.state, clock->trial);
  if (context.signer != trial.sponsor) return Refused{"the sponsor reports to the authority"};
  if (clock->reported) return Refused{"it was reported already, at " + text_of_time(*clock->reported)};
  if (report.at.seconds > context.time.seconds + day) return Refused{"it says that it was reported in the future"};
  clock->reported = report.at;
  clocks.put(context.state, *clock, report.event);
  due_reports.erase(context.state, clock->trial, static_cast<std::uint64_t>(clock->due.seconds), report.event);
  report_made(context, report.event);
  return std::nullopt;
}

void decide(Hold& hold, Trial& trial, const std::string& decision) {
  hold.decision = decision;
  if (decision == "continue") trial.held = false;
  if (trial.status == "published") return;
  trial.status = decision == "suspend" ? "suspended" : decision == "terminate" ? "terminated" : "recruiting";
}

Verdict apply_lift(const LiftHold& lift, Context& context) {
  auto trial = trials.get(context.state, lift.trial);
  if (!trial) return Refused{"there is no such trial"};
  auto hold = holds.get(context.state, lift.trial, lift.hold);
  if (!hold) return Refused{"there is no such safety hold"};
  const Protocol protocol = *protocols.get(context.state, lift.trial, hold->version);
  if (std::ranges::find(protocol.monitors, context.signer) == protocol.monitors.end())
    return Refused{"only members of the monitoring board decide on a hold"};
  // A suspended trial waits for another decision; any other is final.
  if (!hold->decision.empty() && trial->status != "suspended")
    return Refused{"the board decided already: " + hold->decision};
  if (!is_one_of(lift.decision, {"continue", "modify", "suspend", "terminate"}))
    return Refused{"the board decides continue, modify, suspend or terminate"};
  std::erase_if(hold->votes, [&](const Vote& vote) {
    return vote.member == context.signer && vote.decision != lift.decision;  // she changed her mind
  });
  if (std::ranges::find(hold->votes, context.signer, &Vote::member) != hold->votes.end())
    return Refused{"this member decided the same already"};
  hold->votes.push_back({context.signer, lift.decision});
  if (std::ranges::count(hold->votes, lift.decision, &Vote::decision) >= std::ptrdiff_t{protocol.monitors_needed})
    decide(*hold, *trial, lift.decision);
  holds.put(context.state, *hold, lift.trial, lift.hold);
  trials.put(context.state, *trial, lift.trial);
  return std::nullopt;
}

}  // namespace

void add_safety_operations(ledger::OperationTable& table) {
  table.add<AdverseEvent>("an adverse event of a subject", apply_event, false, admit_event);
  table.add<ReportEvent>("the sponsor reported an event to the authority", apply_report);
  table.add<LiftHold>("a member of the monitoring board decides on a safety hold", apply_lift, false);
}

}  // namespace carechain::care::trial
