// Visits, what they pay, and the end of a subject's participation.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

// The latest version whose procedures a consent covers without a new one: not those that only new subjects consent to.
std::uint32_t covered_by(const ledger::State& state, const ObjectRef& trial, std::uint32_t signed_version,
                         std::uint32_t force) {
  for (std::uint32_t number = signed_version + 1; number <= force; ++number)
    if (versions.get(state, trial, number)->reconsent == "new-only") return number - 1;
  return std::max(signed_version, force);
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
  const auto due = consent_due(context.state, fields.trial, subject, consent->version, *force);
  schedule = due ? consent->version : covered_by(context.state, fields.trial, consent->version, *force);
  return check_due(due, fields.at);
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

void accrue(Context& context, const Accrual& accrual, std::string word, const PublicKey& sponsor) {
  if (accrual.amount == 0) return;
  const ObjectRef ref = ledger::ref_of(context.id);
  accruals.put(context.state, accrual, ref);
  context.state.note(note_key("tac", accrual.trial, carechain::text_of(ref.view())), {});
  cause_payment(context, accrual, std::move(word), sponsor);
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
  ++subject->visits;
  if (!subject->last_visit || *subject->last_visit < fields.at) subject->last_visit = fields.at;
  subjects.put(context.state, *subject, fields.trial, fields.subject);
  Site site = *sites.get(context.state, fields.trial, subject->site);
  ++site.visits;
  sites.put(context.state, site, fields.trial, subject->site);
  accrue(context, {fields.trial, fields.subject, visit->pay, protocol.currency, {}}, "visit", trial->sponsor);
  return std::nullopt;
}

Verdict apply_complete(const CompleteSubject& fields, Context& context) {
  const auto trial = trials.get(context.state, fields.trial);
  if (auto refused = check_open(trial)) return refused;
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
  const Consent* consent = consent_at(*subject, fields.at);
  if (fields.status != "completed" || consent == nullptr) return std::nullopt;
  const Protocol protocol = *protocols.get(context.state, fields.trial, consent->version);
  accrue(context, {fields.trial, fields.subject, protocol.completion_bonus.value_or(0), protocol.currency, {}}, "bonus",
         trial->sponsor);
  return std::nullopt;
}

}  // namespace

void add_visit_operations(ledger::OperationTable& table) {
  table.add<RecordVisit>("a site records a visit", apply_visit);
  table.add<CompleteSubject>("a subject's participation ended", apply_complete);
}

}  // namespace carechain::care::trial
