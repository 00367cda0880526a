#include "libcore/care/trial/rules.hpp"

namespace carechain::care::trial {

std::string text_of_time(Time time) { return carechain::to_text(time); }

std::string note_key(std::string_view table, const ObjectRef& trial, std::string_view rest) {
  std::string key(table);
  key += '/';
  key += carechain::text_of(trial.view());
  key += rest;
  return key;
}

std::optional<std::uint32_t> version_in_force(const Site& site, Time at) {
  std::optional<std::uint32_t> found;
  for (const VersionFrom& row : site.versions)
    if (row.from <= at && (!found || row.version > *found)) found = row.version;
  return found;
}

Verdict check_entry(const Context& context, Time at, const std::optional<std::string>& late) {
  if (at > context.time) {
    const auto skew = static_cast<std::int64_t>(ledger::constitutions.get(context.state)->consensus.future);
    if (at.seconds > context.time.seconds + skew)
      return Refused{"it says that it happened after the block that holds it"};
  }
  if (late && !is_one_of(*late, {"migration", "paper-record", "outage", "delayed-report", "other"}))
    return Refused{"'" + *late + "' is no reason for a late entry",
                   "migration, paper-record, outage, delayed-report or other"};
  if (is_late(context, at) && !late)
    return Refused{"it happened more than 24 hours ago: a late entry needs a reason",
                   "--late migration, paper-record, outage, delayed-report or other"};
  return std::nullopt;
}

bool is_investigator_of(const ledger::State& state, const PublicKey& signer, const PublicKey& site) {
  const auto identity = ledger::identities.get(state, signer);
  return identity && identity->kind == ledger::Kind::professional && identity->organisation == site &&
         std::ranges::find(identity->roles, "investigator") != identity->roles.end();
}

std::optional<PublicKey> site_of(const ledger::State& state, const ObjectRef& trial, const PublicKey& signer) {
  if (sites.has(state, trial, signer)) return signer;
  const auto identity = ledger::identities.get(state, signer);
  if (!identity || !identity->organisation || !sites.has(state, trial, *identity->organisation)) return std::nullopt;
  return is_investigator_of(state, signer, *identity->organisation) ? identity->organisation : std::nullopt;
}

Verdict check_open(const std::optional<Trial>& trial) {
  if (!trial)
    return Refused{"there is no such trial: nobody is enrolled before it is registered", "carechain trial-register"};
  if (trial->locked) return Refused{"the trial's database was locked at " + text_of_time(*trial->locked)};
  if (trial->status == "suspended" || trial->status == "terminated")
    return Refused{"the monitoring board decided that the trial is " + trial->status};
  return std::nullopt;
}

}  // namespace carechain::care::trial
