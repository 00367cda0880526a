#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "review-claim",
    .summary = "decide a pended claim or an appeal, as a person of the payer",
    .description =
        R"(A claim that is not straightforward waits for a person (show-claim --state pended). --approve has the plan decide it without
further questions; --deny CODE denies it with that adjustment reason code (a number, or GROUP-CODE such as PR-204).
--ask CODE asks the submitter for what is missing: without an answer (appeal-claim --answer) within --within so many days the claim is
denied with CO-252.

On an appeal (show-claim --appealed) --uphold CODE lets the decision stand, --overturn CODE has the claim decided anew without
further questions, on the state as it is now: mend first what was wrong, such as a coverage or an authorisation. --reopen CODE
has a claim decided anew without an appeal, for example when show-claim says that a claim before it was reversed.)",
    .examples =
        R"($ show-claim --state pended --payer acme-health -L demo | jq -r .id | xargs review-claim --approve -k acme-health -L demo
$ review-claim 5d1f3c09.0 --deny 50 -k acme-health -L demo)",
    .exit_status = "1: there is no such claim, it does not wait for that, or it is another payer's.",
    .see_also = "show-claim(1), appeal-claim(1), reverse-claim(1)"};

struct Options {
  std::string ledger, deny, ask, reopen, uphold, overturn;
  std::uint64_t within = 45;
  cli::KeyChoice key;
  std::vector<std::string> claims;
  bool approve = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("claim", options.claims, "claims: TX.N, or the beginning of it").type_name("TEXT").required();
  set.add_flag("--approve", options.approve, "the plan decides without further questions");
  set.add("--deny", options.deny, "deny with this adjustment reason code").type_name("TEXT");
  set.add("--ask", options.ask, "ask the submitter for this: a remark code, or a short code").type_name("TEXT");
  set.add("--within", options.within, "days in which to answer what is asked; default: 45")
      .type_name("NUMBER")
      .check(cli::whole(1, 366));
  set.add("--uphold", options.uphold, "the decision that is appealed stands, for this reason").type_name("TEXT");
  set.add("--overturn", options.overturn, "decide anew what is appealed, for this reason").type_name("TEXT");
  set.add("--reopen", options.reopen, "decide anew, for this reason").type_name("TEXT");
  set.add_flag("--offline", options.offline, "sign and print only");
}

ledger::NewOperation deed(const Options& options, const ledger::ObjectRef& claim, Time now) {
  using namespace care::claim;
  if (!options.ask.empty()) {
    const auto days = static_cast<std::int64_t>(options.within);
    return ledger::operation(InquireClaim{claim, options.ask, Time{now.seconds + days * 86'400}});
  }
  if (!options.uphold.empty()) return ledger::operation(RuleAppeal{claim, false, options.uphold});
  if (!options.overturn.empty()) return ledger::operation(RuleAppeal{claim, true, options.overturn});
  if (!options.reopen.empty()) return ledger::operation(ReopenClaim{claim, options.reopen});
  return ledger::operation(ReviewClaim{claim, options.approve, options.deny});
}

Exit run(const Options& options, cli::Output& out) {
  int deeds = options.approve ? 1 : 0;
  for (const auto* reason : {&options.deny, &options.ask, &options.uphold, &options.overturn, &options.reopen})
    deeds += reason->empty() ? 0 : 1;
  if (deeds != 1)
    throw misuse(
        "one of --approve, --deny CODE, --ask CODE, --uphold CODE, --overturn CODE and --reopen CODE is needed");
  const store::Layout layout{options.ledger};
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  std::vector<ledger::NewOperation> operations;
  for (const std::string& name : options.claims)
    operations.push_back(deed(options, cli::claim_named(ledger, name), out.world().now()));
  cli::sign_and_send(out, layout, ledger.id(), cli::own_keys(options.key).signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(review_claim, about, declare, run);
