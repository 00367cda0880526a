#include "libcore/care/operations.hpp"
#include "libcore/care/trial/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/trial_files.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "trial-register",
    .summary = "register a trial before it begins",
    .description =
        R"(Puts a trial's protocol on the chain, before anybody is enrolled: design, arms, outcomes with stable ids, eligibility,
phases, and from the plan what no registry has: consent form, visits with their procedures and compensation, sites,
monitoring board, safety rule with its boundary table, commitment to the randomisation.

FILE is a ClinicalTrials.gov v2 record or a FHIR ResearchStudy (JSON), or our YAML, which may hold the plan as well
(share/examples/pain-trial.yaml is a commented one). The record is kept whole, but for the names of officials and contacts,
and coordinates. A randomisation schedule that the plan names and that doesn't exist yet is made; its seed stays in that
file until it is revealed.)",
    .examples = R"($ trial-register NCT00567567.json --plan plan.yaml -k acme -L demo
$ trial-register trial.yaml -k acme -L demo; mine -L demo)",
    .exit_status = "1: the record or the plan is not what it should be, or the ledger's rules refuse it.",
    .see_also = "trial-amend(1), trial-event(1), trial-boundary(1), show-trial(1)"};

struct Options {
  std::string ledger, file, plan;
  cli::KeyChoice key;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("file", options.file, "registry record or YAML; - is stdin").type_name("FILE").required();
  set.add("--plan", options.plan, "what no registry has, as YAML").type_name("FILE");
  set.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  auto protocol = cli::read_protocol(options.file, options.plan, pool.pending_state(), out.world().random);
  carry_ids({}, protocol.outcomes);
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(),
                     {ledger::operation(care::trial::RegisterTrial{protocol})}, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trial_register, about, declare, run);
