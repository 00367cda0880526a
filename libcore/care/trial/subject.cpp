// From consent to the last visit.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

// The consent that was in force at a time; nullptr: none.
const Consent* consent_at(const Subject& subject, Time at) {
  const Consent* found = nullptr;
  for (const Consent& consent : subject.consents)
    if (consent.at <= at && (found == nullptr || consent.version >= found->version)) found = &consent;
  return found;
}

void begin_or_continue(Context& context, const GiveConsent& fields, bool represented, const ObjectRef& ref) {
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (!subject) {
    subject.emplace();
    subject->site = fields.site;
    context.state.note(note_key("tsb", fields.trial, carechain::text_of(fields.subject.view())), {});
    ledger::mark_private(context.state, fields.subject, context.height);
    Site site = *sites.get(context.state, fields.trial, fields.site);
    ++site.consented;
    sites.put(context.state, site, fields.trial, fields.site);
  }
  subject->consents.push_back({fields.version, fields.at, represented, is_late(context, fields.at), ref});
  subjects.put(context.state, *subject, fields.trial, fields.subject);
}

Verdict check_consent(const GiveConsent& fields, const Context& context) {
  const auto trial = trials.get(context.state, fields.trial);
  if (auto refused = check_open(trial)) return refused;
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  if (fields.at < trial->registered) return Refused{"it was signed before the trial was registered"};
  const auto site = sites.get(context.state, fields.trial, fields.site);
  if (!site) return Refused{"the trial has no such site"};
  const auto force = version_in_force(*site, fields.at);
  if (!force) return Refused{"no version of the protocol is approved at this site yet"};
  if (fields.version != *force)
    return Refused{"version " + std::to_string(fields.version) +
                   " of the consent form is not in force at this site: " + std::to_string(*force) + " is"};
  const auto version = versions.get(context.state, fields.trial, fields.version);
  if (!version->form || *version->form != fields.form) return Refused{"that is not the consent form of this version"};
  if (!ledger::sound_account(context.state, fields.subject)) return Refused{"the subject's account is not a sound key"};
  if (const auto known = ledger::identities.get(context.state, fields.subject);
      known && known->kind != ledger::Kind::patient)
    return Refused{"the subject's account is enrolled as something else", "give the account she shows to this trial"};
  const auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (!subject) return std::nullopt;
  if (subject->site != fields.site) return Refused{"the subject belongs to another site"};
  if (!subject->withdrawn.empty()) return Refused{"the subject withdrew from " + subject->withdrawn};
  for (const Consent& consent : subject->consents)
    if (consent.version == fields.version) return Refused{"the subject consented to this version already"};
  return std::nullopt;
}

Verdict apply_consent(const GiveConsent& fields, Context& context) {
  if (auto refused = check_consent(fields, context)) return refused;
  if (context.signer == fields.subject) {
    if (fields.meaning != "consent") return Refused{"the subject's own signature means consent"};
    begin_or_continue(context, fields, false, ledger::ref_of(context.id));
    return std::nullopt;
  }
  if (fields.meaning != "representative")
    return Refused{"a consent is signed with the subject's own key, or by a representative and an investigator",
                   "--meaning representative, then an investigator: trial-event countersign"};
  if (site_of(context.state, fields.trial, context.signer))
    return Refused{"who runs the trial at a site can't represent its subjects"};
  represented.put(context.state, {context.signer, fields.site, fields.version, fields.at, is_late(context, fields.at)},
                  fields.trial, fields.subject);
  return std::nullopt;
}

Verdict apply_countersign(const Countersign& fields, Context& context) {
  if (auto refused = check_open(trials.get(context.state, fields.trial))) return refused;
  const auto waiting = represented.get(context.state, fields.trial, fields.subject);
  if (!waiting || waiting->version != fields.version || waiting->representative != fields.representative)
    return Refused{"no representative's signature waits for this"};
  if (!is_investigator_of(context.state, context.signer, waiting->site))
    return Refused{"only an investigator of the site countersigns", "enroll-identity NAME --role investigator"};
  if (fields.meaning != "responsibility") return Refused{"an investigator's signature means responsibility"};
  GiveConsent consent;
  consent.trial = fields.trial;
  consent.subject = fields.subject;
  consent.site = waiting->site;
  consent.version = waiting->version;
  consent.at = waiting->at;
  begin_or_continue(context, consent, true, ledger::ref_of(context.id));
  represented.erase(context.state, fields.trial, fields.subject);
  return std::nullopt;
}

// Visits that were recorded before it was known that the subject had withdrawn: nothing is deleted, but they are not
// covered by her consent. How many.
std::uint64_t mark_uncovered(Context& context, const Withdraw& fields, std::uint32_t version) {
  std::uint64_t marked = 0;
  for (; version > 0; --version) {
    const Protocol protocol = *protocols.get(context.state, fields.trial, version);
    for (const Visit& visit : protocol.visits) {
      if (fields.level == "intervention" && visit.follow_up) continue;
      auto row = visits_done.get(context.state, fields.trial, fields.subject, visit.id);
      if (!row || row->uncovered || row->at <= fields.at) continue;
      row->uncovered = true;
      visits_done.put(context.state, *row, fields.trial, fields.subject, visit.id);
      if (!row->excluded) ++marked;
    }
  }
  return marked;
}

Verdict apply_withdraw(const Withdraw& fields, Context& context) {
  auto trial = trials.get(context.state, fields.trial);
  if (!trial) return Refused{"there is no such trial"};
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (!subject) return Refused{"there is no such subject in this trial"};
  const auto site = site_of(context.state, fields.trial, context.signer);
  if (context.signer != fields.subject && site != subject->site)
    return Refused{"the subject withdraws, or the site for her"};
  if (!is_one_of(fields.level, {"intervention", "follow-up", "data-use"}))
    return Refused{"a withdrawal is from intervention, follow-up or data-use"};
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  const auto rank = [](std::string_view level) {
    return level == "data-use" ? 3 : level == "follow-up" ? 2 : level == "intervention" ? 1 : 0;
  };
  if (rank(fields.level) <= rank(subject->withdrawn)) return Refused{"the subject withdrew already"};
  if (subject->withdrawn.empty()) {
    Site row = *sites.get(context.state, fields.trial, subject->site);
    ++row.withdrawn;
    sites.put(context.state, row, fields.trial, subject->site);
  }
  subject->withdrawn = fields.level;
  subject->withdrawn_at = fields.at;
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  if (subject->last_visit && *subject->last_visit > fields.at) {
    trial->uncovered += mark_uncovered(context, fields, trial->version);
    trials.put(context.state, *trial, fields.trial);
  }
  return std::nullopt;
}

Verdict apply_exclude(const ExcludeVisit& fields, Context& context) {
  auto trial = trials.get(context.state, fields.trial);
  const auto subject = subjects.get(context.state, fields.trial, fields.subject);
  auto row = visits_done.get(context.state, fields.trial, fields.subject, fields.visit);
  if (!trial || !subject || !row) return Refused{"there is no such visit"};
  if (context.signer != trial->sponsor && site_of(context.state, fields.trial, context.signer) != subject->site)
    return Refused{"the sponsor or the subject's site leaves out a visit"};
  if (row->excluded) return Refused{"the visit is left out already"};
  row->excluded = true;
  visits_done.put(context.state, *row, fields.trial, fields.subject, fields.visit);
  if (row->uncovered) --trial->uncovered;
  trials.put(context.state, *trial, fields.trial);
  return std::nullopt;
}

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

// Which version's schedule counts for a visit: that of the consent, or where no new consent was asked for, that in
// force.
Verdict covering_version(const RecordVisit& fields, const Context& context, const Subject& subject,
                         std::uint32_t& signed_version, std::uint32_t& schedule) {
  const Consent* consent = consent_at(subject, fields.at);
  if (consent == nullptr) return Refused{"the subject had not consented by then"};
  const auto force = version_in_force(*sites.get(context.state, fields.trial, subject.site), fields.at);
  if (!force) return Refused{"no version of the protocol was in force at the site"};
  signed_version = consent->version;
  schedule = *force;
  const auto due = consent_due(context.state, fields.trial, subject, consent->version, *force);
  if (!due) return std::nullopt;
  if (due->by && fields.at > *due->by)
    return Refused{"the subject had to consent to version " + std::to_string(due->version) + " by " +
                       text_of_time(*due->by) + ": no new procedures, but safety reports",
                   "show-trial --worklist lists whom to ask"};
  schedule = consent->version;
  return std::nullopt;
}

Verdict check_visit(const RecordVisit& fields, const Context& context, const std::optional<Trial>& trial,
                    const std::optional<Subject>& subject) {
  if (auto refused = check_open(trial)) return refused;
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  if (!subject) return Refused{"the subject has not consented", "trial-event consent, with the subject's own key"};
  if (site_of(context.state, fields.trial, context.signer) != subject->site)
    return Refused{"only the subject's site records visits"};
  if (subject->status == "screen-failure") return Refused{"the subject failed screening"};
  if (visits_done.has(context.state, fields.trial, fields.subject, fields.visit))
    return Refused{"the visit " + fields.visit + " is recorded already: it is paid for once"};
  return std::nullopt;
}

Verdict check_withdrawal(const RecordVisit& fields, const Subject& subject, bool follow_up) {
  if (subject.withdrawn.empty() || fields.at < *subject.withdrawn_at) return std::nullopt;
  if (subject.withdrawn == "intervention" && follow_up) return std::nullopt;
  return Refused{"the subject withdrew from " + subject.withdrawn + " at " + text_of_time(*subject.withdrawn_at)};
}

void accrue(Context& context, const RecordVisit& fields, const Visit& visit, const Protocol& protocol,
            const PublicKey& sponsor) {
  if (visit.pay == 0) return;
  const ObjectRef ref = ledger::ref_of(context.id);
  const Accrual accrual{fields.trial, fields.subject, visit.pay, protocol.currency, {}};
  accruals.put(context.state, accrual, ref);
  context.state.note(note_key("tac", fields.trial, carechain::text_of(ref.view())), {});
  cause_payment(context, accrual, sponsor);
}

Verdict apply_visit(const RecordVisit& fields, Context& context) {
  const auto trial = trials.get(context.state, fields.trial);
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (auto refused = check_visit(fields, context, trial, subject)) return refused;
  std::uint32_t signed_version = 0;
  std::uint32_t schedule = 0;
  if (auto refused = covering_version(fields, context, *subject, signed_version, schedule)) return refused;
  const Protocol protocol = *protocols.get(context.state, fields.trial, schedule);
  const Visit* visit = find_visit(protocol, fields.visit);
  if (visit == nullptr)
    return Refused{"version " + std::to_string(schedule) + " of the protocol has no visit '" + fields.visit + "'"};
  if (auto refused = check_withdrawal(fields, *subject, visit->follow_up)) return refused;
  for (const std::string& procedure : fields.procedures)
    if (std::ranges::find(visit->procedures, procedure) == visit->procedures.end())
      return Refused{"the subject's consent (version " + std::to_string(signed_version) + ") doesn't cover '" +
                     procedure + "' at visit " + fields.visit};
  visits_done.put(context.state,
                  {ledger::ref_of(context.id), fields.subject, fields.at, signed_version, false, false,
                   is_late(context, fields.at)},
                  fields.trial, fields.subject, fields.visit);
  std::string key(carechain::text_of(fields.subject.view()));
  context.state.note(note_key("tvd", fields.trial, key + fields.visit), {});
  ++subject->visits;
  if (!subject->last_visit || *subject->last_visit < fields.at) subject->last_visit = fields.at;
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  Site site = *sites.get(context.state, fields.trial, subject->site);
  ++site.visits;
  sites.put(context.state, site, fields.trial, subject->site);
  accrue(context, fields, *visit, protocol, trial->sponsor);
  return std::nullopt;
}

Verdict apply_complete(const CompleteSubject& fields, Context& context) {
  if (auto refused = check_open(trials.get(context.state, fields.trial))) return refused;
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  if (!subject) return Refused{"there is no such subject in this trial"};
  if (site_of(context.state, fields.trial, context.signer) != subject->site)
    return Refused{"only the subject's site says how her participation ended"};
  if (auto refused = check_entry(context, fields.at, fields.late)) return refused;
  if (!is_one_of(fields.status, {"completed", "discontinued", "lost"}))
    return Refused{"participation ends completed, discontinued or lost"};
  if (!is_one_of(subject->status, {"enrolled", "randomised"})) return Refused{"the subject is " + subject->status};
  subject->status = fields.status;
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  return std::nullopt;
}

}  // namespace

std::optional<Due> consent_due(const ledger::State& state, const ObjectRef& trial, const Subject& subject,
                               std::uint32_t signed_version, std::uint32_t in_force) {
  std::optional<Due> due;
  for (std::uint32_t number = signed_version + 1; number <= in_force; ++number) {
    const auto version = versions.get(state, trial, number);
    if (!version) break;
    const bool known_elsewhere =
        !subject.arm.empty() && std::ranges::find(version->arms, subject.arm) == version->arms.end();
    if (version->reconsent == "all-active" || (version->reconsent == "affected-arm" && !known_elsewhere)) {
      if (!due) due.emplace();
      due->version = number;
      if (!due->by || *version->by < *due->by) due->by = version->by;
    }
  }
  return due;
}

void add_subject_operations(ledger::OperationTable& table) {
  table.add<GiveConsent>("a subject, or her representative, consents", apply_consent);
  table.add<Countersign>("an investigator answers for a represented consent", apply_countersign);
  table.add<Withdraw>("a subject withdraws", apply_withdraw, false);
  table.add<EnrollSubject>("a site enrols a subject, or notes a screen failure", apply_enroll);
  table.add<Randomise>("a subject is allocated", apply_randomise);
  table.add<RecordVisit>("a site records a visit", apply_visit);
  table.add<CompleteSubject>("a subject's participation ended", apply_complete);
  table.add<ExcludeVisit>("the data of a visit are left out of what is published", apply_exclude);
}

}  // namespace carechain::care::trial
