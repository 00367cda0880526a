#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "reverse-claim",
    .summary = "take a claim's decision back",
    .description =
        R"(Voids claims: accumulators get back exactly what these had drawn, what was paid is asked back (an effect `recover`), and claims
that drew on the same accumulators later are flagged, since they may come out differently now (review-claim --reopen).
By who submitted the claim, or by its payer. To replace a claim, submit the corrected one with its original named (FHIR
related, or frequency 7 with REF*F8 in X12): that reverses the original in the same step.)",
    .examples = R"($ reverse-claim 5d1f3c09.0 --reason duplicate -k mercy -L demo)",
    .exit_status = "1: there is no such claim, it was reversed already, or the signer has no part in it.",
    .see_also = "submit-claim(1), show-claim(1), review-claim(1)"};

struct Options {
  std::string ledger, reason = "void";
  cli::KeyChoice key;
  std::vector<std::string> claims;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("claim", options.claims, "claims: TX.N, or the beginning of it").type_name("TEXT").required();
  set.add("--reason", options.reason, "a short code").type_name("TEXT");
  set.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  std::vector<ledger::NewOperation> operations;
  for (const std::string& name : options.claims)
    operations.push_back(ledger::operation(care::claim::ReverseClaim{cli::claim_named(ledger, name), options.reason}));
  cli::sign_and_send(out, layout, ledger.id(), cli::own_keys(options.key).signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(reverse_claim, about, declare, run);
