#include "libcore/care/operations.hpp"
#include "libcore/care/trial/queries.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/trial_files.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "trial-amend",
    .summary = "register a new version of a trial's protocol",
    .description =
        R"(Adds a version to a trial's protocol; the versions before it stay. FILE and --plan are as for trial-register and hold the new
version whole. Outcomes keep their ids where they measure the same, so that show-trial --diff can tell what was switched.

Who must consent again, and by when: until then visits go on under the old form, after that new procedures are refused,
safety reports never. The version is in force at the sites that the plan names, from the day it names; others adopt it later
with --adopt, when their review board has approved it.)",
    .examples =
        R"($ trial-amend NCT00567567 amended.json --plan plan2.yaml --irb IRB-17 --reconsent all-active --by 2026-12-31 -k acme -L demo
$ trial-amend NCT00567567 --adopt south --protocol 2 --irb IRB-S-4 -k acme -L demo)",
    .exit_status = "1: there is no such trial, or the rules refuse the amendment.",
    .see_also = "trial-register(1), show-trial(1)"};

struct Options {
  std::string ledger, trial, file, plan, irb, reason, reconsent = "none", adopt;
  std::uint32_t version = 0;
  cli::KeyChoice key;
  std::vector<std::string> arms;
  std::optional<Time> by, from;
  bool substantial = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("trial", options.trial, "the trial: its study or registry number, or its id").type_name("ID").required();
  set.add("file", options.file, "the new version: registry record or YAML").type_name("FILE");
  set.add("--plan", options.plan, "what no registry has, as YAML").type_name("FILE");
  set.add("--irb", options.irb, "reference of the review board's approval").type_name("TEXT");
  set.add("--reason", options.reason, "why, a short code").type_name("WORD");
  set.add("--reconsent", options.reconsent, "who must consent again")
      .check(cli::one_of({"none", "new-only", "all-active", "affected-arm"}));
  set.add("--arm", options.arms, "affected arm").type_name("NAME");
  set.add("--by", options.by, "last day to consent again").type_name("TIME").check(cli::time_value(true));
  set.add_flag("--substantial", options.substantial, "a substantial amendment");
  set.add("--adopt", options.adopt, "this site's review board approved a version").type_name("WHO");
  set.add("--protocol", options.version, "which version a site adopts")
      .type_name("NUMBER")
      .check(cli::whole(1, 100'000));
  set.add("--from", options.from, "from when it is in force at the site; default: now")
      .type_name("TIME")
      .check(cli::time_value());
  set.add_flag("--offline", options.offline, "sign and print only");
}

ledger::NewOperation adoption(const Options& options, const care::trial::ObjectRef& trial, const ledger::State& state,
                              Time now) {
  if (options.version == 0) throw misuse("--adopt needs --protocol");
  care::trial::AdoptVersion adopt;
  adopt.trial = trial;
  adopt.version = options.version;
  adopt.site = {cli::account_of_who(options.adopt, state), options.irb, options.from.value_or(now)};
  return ledger::operation(adopt);
}

ledger::NewOperation amendment(const Options& options, const care::trial::ObjectRef& ref, const ledger::State& state,
                               const Random& random) {
  if (options.file.empty()) throw misuse("file is required", "the new version, whole");
  care::trial::AmendTrial amend;
  amend.trial = ref;
  amend.protocol = cli::read_protocol(options.file, options.plan, state, random);
  const auto trial = care::trial::trials.get(state, amend.trial);
  const auto before = care::trial::protocols.get(state, amend.trial, trial->version);
  carry_ids(before->outcomes, amend.protocol.outcomes);
  amend.substantial = options.substantial;
  amend.reconsent = options.reconsent;
  amend.irb = options.irb;
  amend.reason = options.reason;
  amend.arms = options.arms;
  amend.by = options.by;
  return ledger::operation(amend);
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const auto trial = care::trial::find_trial(pool, options.trial);
  if (options.irb.empty()) throw misuse("--irb is required", "the reference of the review board's approval");
  const auto& state = pool.pending_state();
  const auto operation = options.adopt.empty() ? amendment(options, trial, state, out.world().random)
                                               : adoption(options, trial, state, out.world().now());
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), {operation},
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trial_amend, about, declare, run);
