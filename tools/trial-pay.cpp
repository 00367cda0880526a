#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/trial/operations.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "trial-pay",
    .summary = "acknowledge that subjects were paid",
    .description =
        R"(Compensation accrues when a visit is recorded, once for each visit, and stays due whatever happens after, also when the
subject withdraws. The sponsor signs for what was paid; the money itself moves elsewhere. The visits, their amounts and the
accounts that subjects show to the trial are listed by show-trial --payments.)",
    .examples =
        R"($ show-trial NCT00567567 --payments -L demo | jq -r 'select(.data.paid == null).id' | xargs trial-pay -k acme -L demo)",
    .exit_status = "1: nothing accrued there, or it was paid already.",
    .see_also = "show-trial(1), trial-event(1)"};

struct Options {
  std::string ledger, batch;
  cli::KeyChoice key;
  std::vector<std::string> visits;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("visit", options.visits, "the visit that was paid for").type_name("ID").required();
  set.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  std::vector<Options> lines{options};
  if (!options.batch.empty()) lines = cli::read_batch(options.batch, out, declare);
  std::vector<ledger::NewOperation> operations;
  for (const Options& line : lines)
    for (const std::string& visit : line.visits)
      operations.push_back(
          ledger::operation(care::trial::AcknowledgePayment{ledger::ref_of(care::find_object(pool, visit))}));
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), operations,
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trial_pay, about, declare, run);
