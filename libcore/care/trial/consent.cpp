// Consents, of subjects and for them, and their end.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

void begin_or_continue(Context& context, const GiveConsent& fields, bool represented, const ObjectRef& ref) {
  auto subject = subjects.get(context.state, fields.trial, fields.subject);
  Site site = *sites.get(context.state, fields.trial, fields.site);
  if (!subject) {
    subject.emplace();
    subject->site = fields.site;
    Trial trial = *trials.get(context.state, fields.trial);
    members.put(context.state, {fields.subject}, fields.trial, trial.subjects++);
    trials.put(context.state, trial, fields.trial);
    context.state.note(note_key("tsb", fields.trial, carechain::text_of(fields.subject.view())), {});
    ledger::mark_private(context.state, fields.subject, context.height);
    ++site.consented;
  }
  for (VersionFrom& row : site.versions) row.consents += row.version == fields.version ? 1u : 0;
  sites.put(context.state, site, fields.trial, fields.site);
  subject->consents.push_back({fields.version, fields.at, represented, is_late(context, fields.at), ref});
  subjects.put(context.state, *subject, fields.trial, fields.subject);
}

// What a subject did before that stands against a consent.
Verdict check_history(const ledger::State& state, const ObjectRef& trial, const PublicKey& account,
                      const PublicKey& site, std::uint32_t version) {
  const auto subject = subjects.get(state, trial, account);
  if (!subject) return std::nullopt;
  if (subject->site != site) return Refused{"the subject belongs to another site"};
  if (!subject->withdrawn.empty()) return Refused{"the subject withdrew from " + subject->withdrawn};
  if (std::ranges::find(subject->consents, version, &Consent::version) != subject->consents.end())
    return Refused{"the subject consented to this version already"};
  return std::nullopt;
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
  return check_history(context.state, fields.trial, fields.subject, fields.site, fields.version);
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
  if (auto refused = check_history(context.state, fields.trial, fields.subject, waiting->site, waiting->version))
    return refused;
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

}  // namespace

const Consent* consent_at(const Subject& subject, Time at) {
  const Consent* found = nullptr;
  for (const Consent& consent : subject.consents)
    if (consent.at <= at && (found == nullptr || consent.version >= found->version)) found = &consent;
  return found;
}

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

std::optional<Due> consent_owed(const ledger::State& state, const ObjectRef& trial, const Subject& subject, Time at) {
  if (subject.consents.empty() || is_one_of(subject.withdrawn, {"follow-up", "data-use"})) return std::nullopt;
  if (!is_one_of(subject.status, {"consented", "enrolled", "randomised"})) return std::nullopt;
  const auto force = version_in_force(*sites.get(state, trial, subject.site), at);
  if (!force) return std::nullopt;
  const std::uint32_t signed_version = std::ranges::max(subject.consents, {}, &Consent::version).version;
  return consent_due(state, trial, subject, signed_version, *force);
}

Verdict check_due(const std::optional<Due>& due, Time at) {
  if (!due || !due->by || at <= *due->by) return std::nullopt;
  return Refused{"the subject had to consent to version " + std::to_string(due->version) + " by " +
                     text_of_time(*due->by) + ": no new procedures, but safety reports",
                 "show-trial --worklist lists whom to ask"};
}

void add_consent_operations(ledger::OperationTable& table) {
  table.add<GiveConsent>("a subject, or her representative, consents", apply_consent);
  table.add<Countersign>("an investigator answers for a represented consent", apply_countersign);
  table.add<Withdraw>("a subject withdraws", apply_withdraw, false);
  table.add<ExcludeVisit>("the data of a visit are left out of what is published", apply_exclude);
}

}  // namespace carechain::care::trial
