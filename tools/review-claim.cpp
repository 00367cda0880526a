#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "review-claim",
    .summary = "decide a pended claim, as a person of the payer",
    .description =
        R"(A claim that is not straightforward waits for a person (show-claim --state pended). --approve has the plan decide it without
further questions; --deny CODE denies it with that adjustment reason code (a number, or GROUP-CODE such as PR-204).
--reopen CODE has a claim decided anew on the state as it is now: after an appeal, or when show-claim says that a claim
before it was reversed.)",
    .examples =
        R"($ show-claim --state pended --payer acme-health -L demo | jq -r .id | xargs review-claim --approve -k acme-health -L demo
$ review-claim 5d1f3c09.0 --deny 50 -k acme-health -L demo)",
    .exit_status = "1: there is no such claim, it is not pended, or it is another payer's.",
    .see_also = "show-claim(1), reverse-claim(1)"};

struct Options {
  std::string ledger, deny, reopen;
  cli::KeyChoice key;
  std::vector<std::string> claims;
  bool approve = false, offline = false;
};

void declare(CLI::App& app, Options& options) {
  cli::add_ledger(app, options.ledger);
  cli::add_key(app, options.key);
  app.add_option("claim", options.claims, "claims: TX.N, or the beginning of it")->type_name("TEXT")->required();
  app.add_flag("--approve", options.approve, "the plan decides without further questions");
  app.add_option("--deny", options.deny, "deny with this adjustment reason code")->type_name("TEXT");
  app.add_option("--reopen", options.reopen, "decide anew, for this reason")->type_name("TEXT");
  app.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  if (int{options.approve} + int{!options.deny.empty()} + int{!options.reopen.empty()} != 1)
    throw misuse("one of --approve, --deny CODE and --reopen CODE is needed");
  const store::Layout layout{options.ledger};
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  std::vector<ledger::NewOperation> operations;
  for (const std::string& name : options.claims) {
    const auto ref = cli::claim_named(ledger, name);
    operations.push_back(options.reopen.empty()
                             ? ledger::operation(care::claim::ReviewClaim{ref, options.approve, options.deny})
                             : ledger::operation(care::claim::ReopenClaim{ref, options.reopen}));
  }
  cli::sign_and_send(out, layout, ledger.id(), cli::own_keys(options.key).signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(review_claim, about, declare, run);
