#include "libcore/care/operations.hpp"
#include "libcore/care/trial/registry.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/trial_report.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "show-trial",
    .summary = "show how a trial stands",
    .description =
        R"(Shows a trial: status, enrolment by site, adverse events against the boundary, safety holds, what is overdue. A blinded
trial is counted all arms together until its randomisation is revealed. Without a trial: all there are.

  --worklist  subjects who must consent again, and by when
  --diff      what changed in what the trial measures between two versions, and how grave that is; one version alone is
              compared with the latest
  --payments  what accrued for visits, and what of it is paid
  --overdue   reports to authorities, new consents and results that are late
  --export    the registry record, ClinicalTrials.gov v2: with results once they are published)",
    .examples = R"($ show-trial NCT00567567 -L demo
$ show-trial NCT00567567 --diff 1 2 -L demo
$ show-trial NCT00567567 --export -L demo | jq .resultsSection)",
    .exit_status = "1: there is no such trial or version.",
    .see_also = "trial-register(1), trial-event(1), trial-publish(1)"};

constexpr std::uint32_t max_version = 100'000;

struct Options {
  std::string ledger, trial;
  std::vector<std::uint32_t> diff;
  std::optional<std::uint32_t> later;
  bool worklist = false, payments = false, overdue = false, exported = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("trial", options.trial, "the trial: its study or registry number, or its id").type_name("ID");
  set.add("later", options.later, "with --diff: the later version")
      .type_name("NUMBER")
      .check(cli::whole(1, max_version));
  set.add_flag("--worklist", options.worklist, "who must consent again");
  set.add("--diff", options.diff, "a protocol version: what changed since, or up to a later one")
      .type_name("NUMBER")
      .check(cli::whole(1, max_version));
  set.add_flag("--payments", options.payments, "what accrued for visits");
  set.add_flag("--overdue", options.overdue, "what is late");
  set.add_flag("--export", options.exported, "the registry record");
}

void list_trials(const ledger::Pool& pool, cli::Output& out) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& ref : care::trial::all_trials(pool)) {
    const auto trial = *care::trial::trials.get(pool.pending_state(), ref);
    const auto protocol = *care::trial::protocols.get(pool.pending_state(), ref, trial.version);
    if (!out.json()) {
      rows.push_back({trial.study_id, protocol.registry_id.value_or("-"), std::to_string(trial.version),
                      trial.held ? "on safety hold" : trial.status, cli::clean(protocol.title)});
      continue;
    }
    cli::Envelope line;
    line.type = "trial";
    line.id = ledger::json_text(ref);
    line.ids = {*line.id};
    encoding::JsonWriter json;
    json.begin_object().key("title").value(protocol.title).key("trial");
    encoding::json_fields(trial, json);
    line.data = json.end_object().take();
    out.envelope(line);
  }
  if (!out.json()) out.table({"study", "registry", "version", "status", "title"}, rows);
}

Exit run(const Options& options, cli::Output& out) {
  const int asked = int{options.worklist} + int{options.payments} + int{options.overdue} + int{options.exported} +
                    int{!options.diff.empty()};
  if (asked > 1) throw misuse("--worklist, --diff, --payments, --overdue and --export exclude one another");
  if (options.later && options.diff.empty()) throw misuse("a second operand goes with --diff", "--diff 1 2");
  if (options.diff.size() + (options.later ? 1 : 0) > 2) throw misuse("--diff compares two versions", "--diff 1 2");
  if (options.trial.empty() && asked > 0) throw misuse("trial is required");
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  if (options.trial.empty()) {
    list_trials(pool, out);
    return Exit::ok;
  }
  const auto ref = care::trial::find_trial(pool, options.trial);
  if (options.exported) {
    out.line(care::trial::export_of(pool.pending_state(), ref));
    return Exit::ok;
  }
  cli::TrialReport report(pool, ref, out.world().now(), out);
  if (options.worklist)
    report.worklist();
  else if (options.payments)
    report.payments();
  else if (options.overdue)
    report.overdue();
  else if (!options.diff.empty())
    report.diff(options.diff[0], options.diff.size() == 2 ? options.diff[1] : options.later);
  else
    report.status();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(show_trial, about, declare, run);
