// Enrolment and allocation.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

void expose(Context& context, const ObjectRef& trial, Subject& subject) {
  if (subject.exposed) return;
  subject.exposed = true;
  const auto count = [&](const std::string& arm) {
    ArmCount row = arm_counts.get(context.state, trial, arm).value_or(ArmCount{});
    ++row.exposed;
    arm_counts.put(context.state, row, trial, arm);
  };
  count("");
  if (!subject.arm.empty()) count(subject.arm);
}

Verdict check_no_hold(const Trial& trial) {
  if (!trial.held) return std::nullopt;
  return Refused{"the trial is on safety hold " + std::to_string(trial.holds) + ": nobody is enrolled or randomised",
                 "the monitoring board decides: trial-event lift-hold --decision continue"};
}

Verdict check_enroll(const EnrollSubject& fields, const Context& context, const std::optional<Trial>& trial,
                     const std::optional<Subject>& subject) {
  if (auto refused = check_open(trial)) return refused;
  if (fields.eligible)
    if (auto refused = check_no_hold(*trial)) return refused;
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  if (fields.at < trial->registered) return Refused{"nobody is enrolled before the trial is registered"};
  if (!subject) return Refused{"the subject has not consented", "trial-event consent, with the subject's own key"};
  if (site_of(context.state, fields.trial, context.signer) != subject->site)
    return Refused{"only the subject's site enrols her"};
  if (consent_at(*subject, fields.at) == nullptr) return Refused{"the subject had not consented by then"};
  if (!subject->withdrawn.empty()) return Refused{"the subject withdrew from " + subject->withdrawn};
  if (subject->status != "consented") return Refused{"the subject is " + subject->status + " already"};
  if (fields.eligible)
    if (auto refused = check_due(consent_owed(context.state, fields.trial, *subject, fields.at), fields.at))
      return refused;
  if (!fields.eligible && !fields.reason) return Refused{"a screen failure needs a reason: a short code"};
  if (fields.reason && !is_code(*fields.reason)) return Refused{"the reason is a short code"};
  return std::nullopt;
}

Verdict apply_enroll(const EnrollSubject& fields, Context& context) {
  auto trial = trials.get(context.state, fields.trial);
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (auto refused = check_enroll(fields, context, trial, subject)) return refused;
  const Protocol protocol = *protocols.get(context.state, fields.trial, trial->version);
  if (fields.arm && (protocol.randomisation || find_arm(protocol, *fields.arm) == nullptr))
    return Refused{protocol.randomisation ? "the arm comes from the randomisation"
                                          : "there is no arm '" + *fields.arm + "'"};
  Site site = *sites.get(context.state, fields.trial, subject->site);
  ++(fields.eligible ? site.enrolled : site.screen_failed);
  sites.put(context.state, site, fields.trial, subject->site);
  subject->status = fields.eligible ? "enrolled" : "screen-failure";
  if (fields.eligible && !protocol.randomisation) {
    subject->arm = fields.arm.value_or(protocol.arms.size() == 1 ? protocol.arms.front().id : "");
    expose(context, fields.trial, *subject);
  }
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  if (fields.eligible && !trial->enrolling) {
    trial->enrolling = fields.at;
    trials.put(context.state, *trial, fields.trial);
  }
  return std::nullopt;
}

Verdict check_randomise(const Randomise& fields, const Context& context, const std::optional<Trial>& trial,
                        const std::optional<Subject>& subject) {
  if (auto refused = check_open(trial)) return refused;
  if (auto refused = check_no_hold(*trial)) return refused;
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  if (!subject || subject->status != "enrolled")
    return Refused{subject ? "the subject is " + subject->status : "there is no such subject in this trial"};
  if (!subject->withdrawn.empty()) return Refused{"the subject withdrew from " + subject->withdrawn};
  if (consent_at(*subject, fields.at) == nullptr) return Refused{"the subject had not consented by then"};
  if (auto refused = check_due(consent_owed(context.state, fields.trial, *subject, fields.at), fields.at))
    return refused;
  if (!is_code(fields.stratum)) return Refused{"the stratum is malformed"};
  return std::nullopt;
}

Verdict apply_randomise(const Randomise& fields, Context& context) {
  auto trial = trials.get(context.state, fields.trial);
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (auto refused = check_randomise(fields, context, trial, subject)) return refused;
  const Protocol protocol = *protocols.get(context.state, fields.trial, trial->version);
  if (!protocol.randomisation) return Refused{"the trial registered no commitment to a randomisation"};
  if (context.signer != protocol.randomiser.value_or(trial->sponsor))
    return Refused{"only the trial's randomiser allocates"};
  if (fields.arm.has_value() == trial->blinded)
    return Refused{trial->blinded ? "an allocation in a blinded trial doesn't name the arm"
                                  : "the allocation names no arm"};
  if (fields.arm && find_arm(protocol, *fields.arm) == nullptr) return Refused{"there is no arm '" + *fields.arm + "'"};
  Counter next = strata.get(context.state, fields.trial, fields.stratum).value_or(Counter{});
  if (fields.index != next.count)
    return Refused{"the next number in stratum " + fields.stratum + " is " + std::to_string(next.count)};
  ++next.count;
  strata.put(context.state, next, fields.trial, fields.stratum);
  allocations.put(context.state, {fields.subject, fields.stratum, fields.arm.value_or(""), fields.index}, fields.trial,
                  trial->allocations);
  ++trial->allocations;
  trials.put(context.state, *trial, fields.trial);
  Site site = *sites.get(context.state, fields.trial, subject->site);
  ++site.randomised;
  sites.put(context.state, site, fields.trial, subject->site);
  subject->status = "randomised";
  subject->stratum = fields.stratum;
  subject->index = fields.index;
  subject->arm = fields.arm.value_or("");
  expose(context, fields.trial, *subject);
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  return std::nullopt;
}

}  // namespace

void add_enrolment_operations(ledger::OperationTable& table) {
  table.add<EnrollSubject>("a site enrols a subject, or notes a screen failure", apply_enroll);
  table.add<Randomise>("a subject is allocated", apply_randomise);
}

}  // namespace carechain::care::trial
