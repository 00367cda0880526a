// Registering and amending: versions are added, none is changed.
#include <algorithm>

#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {
namespace {

void approve(ledger::Changes& state, const ObjectRef& trial, std::uint32_t version, const SiteApproval& approval) {
  Site site = sites.get(state, trial, approval.site).value_or(Site{});
  site.versions.push_back({version, approval.from, approval.irb});
  sites.put(state, site, trial, approval.site);
}

Verdict check_people(const ledger::State& state, const Protocol& protocol) {
  for (const SiteApproval& site : protocol.sites) {
    const auto identity = ledger::identities.get(state, site.site);
    if (!identity || identity->kind != ledger::Kind::organisation)
      return Refused{"a site has to be an organisation of this ledger"};
  }
  for (const PublicKey& member : protocol.monitors)
    if (!ledger::identities.has(state, member))
      return Refused{"a member of the monitoring board has to be enrolled on this ledger",
                     "carechain enroll-identity NAME --role monitor"};
  return std::nullopt;
}

void keep(Context& context, const ObjectRef& trial, std::uint32_t number, const Protocol& protocol, Version version) {
  version.registered = context.time;
  version.form = protocol.form;
  version.ref = ledger::ref_of(context.id);
  versions.put(context.state, version, trial, number);
  Protocol stored = protocol;
  registries.put(context.state, {std::move(stored.registry)}, trial, number);
  stored.registry.clear();
  stored.sites.clear();  // theirs is the table of sites
  protocols.put(context.state, stored, trial, number);
  for (const SiteApproval& approval : protocol.sites) approve(context.state, trial, number, approval);
  if (protocol.safety) limit_tables.put(context.state, {protocol.safety->limits}, trial);
  await_results(context, trial, protocol);
}

void take_over(Trial& trial, const Protocol& protocol) {
  trial.blinded = protocol.blinded;
  trial.scale = protocol.scale;
  trial.has_safety = protocol.safety.has_value();
  if (!protocol.safety) return;
  trial.min_grade = protocol.safety->min_grade;
  trial.related = protocol.safety->related;
  trial.serious = protocol.safety->serious;
  trial.by_arm = protocol.safety->by_arm;
}

Verdict apply_register(const RegisterTrial& fields, Context& context) {
  const Protocol& protocol = fields.protocol;
  const auto sponsor = ledger::identities.get(context.state, context.signer);
  if (!sponsor || std::ranges::find(sponsor->roles, "sponsor") == sponsor->roles.end())
    return Refused{"only an enrolled sponsor registers a trial", "enroll-identity NAME --role sponsor"};
  if (const std::string fault = fault_of(protocol); !fault.empty()) return Refused{fault};
  if (auto refused = check_people(context.state, protocol)) return refused;
  for (const auto& name : {protocol.registry_id, std::optional(protocol.study_id)})
    if (name && trial_names.has(context.state, *name))
      return Refused{"the trial " + *name + " is registered already", "trial-amend registers a new version of it"};
  Trial trial;
  trial.sponsor = context.signer;
  trial.study_id = protocol.study_id;
  trial.registered = context.time;
  take_over(trial, protocol);
  const ObjectRef ref = ledger::ref_of(context.id);
  trial_names.put(context.state, {ref}, protocol.study_id);
  if (protocol.registry_id && *protocol.registry_id != protocol.study_id)
    trial_names.put(context.state, {ref}, *protocol.registry_id);
  keep(context, ref, 1, protocol, {});
  trials.put(context.state, trial, ref);
  context.state.note(note_key("trl", ref), {});
  return std::nullopt;
}

// An outcome keeps its id for ever; what was registered about its allocation and counting can't be changed under way.
Verdict check_change(const Trial& trial, const Protocol& before, const AmendTrial& amend) {
  const Protocol& after = amend.protocol;
  if (after.study_id != before.study_id) return Refused{"an amendment can't change the study number"};
  if (after.blinded != before.blinded && trial.enrolling) return Refused{"the blinding can't change after enrolment"};
  if (after.randomisation != before.randomisation && trial.allocations > 0)
    return Refused{"the commitment to the randomisation can't change after the first allocation"};
  if (before.safety && !after.safety) return Refused{"an amendment can't drop the safety rule"};
  if (after.scale != before.scale && trial.enrolling)
    return Refused{"the scale of grades can't change after enrolment: versions are never mixed in one count"};
  if (!is_one_of(amend.reconsent, {"none", "new-only", "all-active", "affected-arm"}))
    return Refused{"who must consent again: none, new-only, all-active or affected-arm"};
  const bool due = is_one_of(amend.reconsent, {"all-active", "affected-arm"});
  if (due != amend.by.has_value())
    return Refused{"a deadline goes with --reconsent all-active or affected-arm, and only with these"};
  if (due && after.form == before.form) return Refused{"consenting again needs a new consent form"};
  if ((amend.reconsent == "affected-arm") == amend.arms.empty())
    return Refused{"affected arms go with --reconsent affected-arm"};
  for (const std::string& arm : amend.arms)
    if (find_arm(after, arm) == nullptr) return Refused{"there is no arm '" + arm + "'"};
  if (amend.irb.empty() || amend.irb.size() > 64) return Refused{"an amendment needs the review board's approval"};
  if (!amend.reason.empty() && !is_code(amend.reason)) return Refused{"the reason is a short code"};
  return std::nullopt;
}

Verdict apply_amend(const AmendTrial& amend, Context& context) {
  auto trial = trials.get(context.state, amend.trial);
  if (!trial) return Refused{"there is no such trial"};
  if (trial->sponsor != context.signer) return Refused{"only its sponsor amends a trial"};
  if (trial->status == "published") return Refused{"the trial is published: its protocol is final"};
  if (const std::string fault = fault_of(amend.protocol); !fault.empty()) return Refused{fault};
  if (auto refused = check_people(context.state, amend.protocol)) return refused;
  const Protocol before = *protocols.get(context.state, amend.trial, trial->version);
  if (auto refused = check_change(*trial, before, amend)) return refused;
  if (const auto& id = amend.protocol.registry_id; id && id != before.registry_id) {
    if (trial_names.has(context.state, *id)) return Refused{"the registry number belongs to another trial"};
    trial_names.put(context.state, {amend.trial}, *id);
  }
  Version version;
  version.substantial = amend.substantial;
  version.reconsent = amend.reconsent;
  version.arms = amend.arms;
  version.by = amend.by;
  version.irb = amend.irb;
  version.reason = amend.reason;
  version.stage = trial->revealed    ? "unblinded"
                  : trial->locked    ? "locked"
                  : trial->enrolling ? "enrolling"
                                     : "before-enrolment";
  ++trial->version;
  keep(context, amend.trial, trial->version, amend.protocol, version);
  take_over(*trial, amend.protocol);
  if (version.by) cause_reconsent(context, amend.trial, trial->version, version);
  if (trial->held) {
    Hold hold = *holds.get(context.state, amend.trial, trial->holds);
    if (hold.decision == "modify") trial->held = false;  // what the board asked for
  }
  trials.put(context.state, *trial, amend.trial);
  return std::nullopt;
}

Verdict apply_adopt(const AdoptVersion& adopt, Context& context) {
  const auto trial = trials.get(context.state, adopt.trial);
  if (!trial) return Refused{"there is no such trial"};
  if (trial->sponsor != context.signer) return Refused{"only its sponsor admits a site to a version"};
  if (adopt.version == 0 || adopt.version > trial->version) return Refused{"there is no such version"};
  if (adopt.site.irb.empty() || adopt.site.irb.size() > 64)
    return Refused{"a site needs the reference of its review board's approval"};
  const auto identity = ledger::identities.get(context.state, adopt.site.site);
  if (!identity || identity->kind != ledger::Kind::organisation)
    return Refused{"a site has to be an organisation of this ledger"};
  if (const auto site = sites.get(context.state, adopt.trial, adopt.site.site))
    for (const VersionFrom& row : site->versions)
      if (row.version == adopt.version) return Refused{"the site adopted this version already"};
  approve(context.state, adopt.trial, adopt.version, adopt.site);
  return std::nullopt;
}

}  // namespace

void add_registration_operations(ledger::OperationTable& table) {
  table.add<RegisterTrial>("a sponsor registers a trial before it begins", apply_register);
  table.add<AmendTrial>("a sponsor registers a new version of a protocol", apply_amend);
  table.add<AdoptVersion>("a site's review board approved a version", apply_adopt);
}

void add_trial_operations(ledger::OperationTable& table) {
  add_registration_operations(table);
  add_consent_operations(table);
  add_enrolment_operations(table);
  add_visit_operations(table);
  add_safety_operations(table);
  add_conclusion_operations(table);
}

}  // namespace carechain::care::trial
