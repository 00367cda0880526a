#include "libcore/care/operations.hpp"
#include "libcore/care/trial/queries.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/trial_files.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "trial-publish",
    .summary = "publish a trial's results, or say what is missing",
    .description =
        R"(Publishes the results of every registered outcome. That is possible only when every phase of the protocol is done, the
database is locked, the analysis plan was registered before that, the randomisation is revealed and agrees, consent covers
every visit that is not excluded, and there is no safety hold. Otherwise each thing that is missing is printed, a line each,
and nothing is signed. With --check nothing is signed either way.

The results are JSON, a list with for each outcome its id, parameter (MEAN, MEDIAN, NUMBER, COUNT_OF_PARTICIPANTS, …), unit
and groups with arm, subjects, value, and where there are any spread, lower, upper. Numbers are written as texts, or whole.
An outcome that was never registered is declared with "post_hoc": true. show-trial --export then prints the registry record.)",
    .examples = R"($ trial-publish NCT00567567 --results results.json --check -L demo
$ trial-publish NCT00567567 --results results.json -k acme -L demo && mine -L demo
$ show-trial NCT00567567 --export -L demo > record.json)",
    .exit_status = "1: something is missing; or the rules refuse it.",
    .see_also = "show-trial(1), trial-event(1)"};

struct Options {
  std::string ledger, trial, results;
  cli::KeyChoice key;
  bool check = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key).required(false);
  set.add("trial", options.trial, "the trial: its study or registry number, or its id").type_name("ID").required();
  set.add("--results", options.results, "results of every outcome, JSON; - is stdin").type_name("FILE|-");
  set.add_flag("--check", options.check, "only say what is missing");
  set.add_flag("--offline", options.offline, "sign and print only");
}

void print_missing(const ledger::Pool& pool, const care::trial::ObjectRef& trial, const std::string& what,
                   cli::Output& out) {
  if (!out.json()) return out.line(cli::clean(what));
  cli::Envelope line;
  line.type = "trial.missing";
  line.id = ledger::json_text(trial);
  line.ids = {*line.id};
  line.ledger = encoding::hex(pool.ledger().id().view());
  line.reason = what;
  out.envelope(line);
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  if (!options.check && options.key.key.empty()) throw misuse("--key is required", "or --check");
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  care::trial::PublishTrial publish;
  publish.trial = care::trial::find_trial(pool, options.trial);
  if (!options.results.empty()) publish.results = cli::read_results(options.results);
  const auto missing = missing_for_publication(pool.pending_state(), publish.trial, publish.results);
  for (const std::string& what : missing) print_missing(pool, publish.trial, what, out);
  if (!missing.empty()) return Exit::no;
  if (options.check) return Exit::ok;
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), {ledger::operation(publish)},
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trial_publish, about, declare, run);
