#include <map>

#include "libcore/care/claim/claim_answers.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;
using care::claim::Claim;
using care::claim::Remittance;

constexpr cli::About about{
    .name = "export-remittance",
    .summary = "tell providers what was decided, as X12 835",
    .description =
        R"(Writes an X12 835 interchange for each account that submitted claims to the payer: every claim decided in the blocks from --since
on, and every reversal, line by line with its adjustments. It balances: charges less adjustments are payments, and the sum
in BPR is what the payment effects of those blocks add up to. Claims are named by their id on the ledger, members by
the account that they show to the payer.)",
    .examples = R"($ export-remittance --payer acme-health --since 1200 -L demo > remittance.835)",
    .exit_status = "1: there is no such payer. 0 also when nothing was decided.",
    .see_also = "show-claim(1), list(1)"};

struct Options {
  std::string ledger, payer, to;
  std::uint64_t since = 0, until = UINT64_MAX;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("--payer", options.payer, "whose decisions").type_name("WHO").required();
  set.add("--to", options.to, "only for this account").type_name("WHO");
  set.add("--since", options.since, "first block").check(cli::whole(0, UINT64_MAX)).type_name("HEIGHT");
  set.add("--until", options.until, "last block").check(cli::whole(0, UINT64_MAX)).type_name("HEIGHT");
}

std::string trace_of(const PublicKey& payer, const PublicKey& payee, std::uint64_t since, std::uint64_t until) {
  return encoding::did_key(payer).substr(48) + encoding::did_key(payee).substr(48) + '-' + std::to_string(since) + '-' +
         std::to_string(until);
}

Exit run(const Options& options, cli::Output& out) {
  const auto ledger = ledger::Ledger::open(store::Layout{options.ledger}, care::all_operations());
  const PublicKey payer = cli::account_of_who(options.payer, ledger.state());
  std::optional<PublicKey> to;
  if (!options.to.empty()) to = cli::account_of_who(options.to, ledger.state());
  const std::uint64_t until = std::min(options.until, ledger.tip().height);
  const auto within = [&](std::uint64_t height) { return height >= options.since && height <= until; };
  std::map<PublicKey, Remittance> remittances;
  ledger.scan_notes("clm/" + std::string(text_of(payer.view())), [&](std::string_view key, std::string_view) {
    const ledger::ObjectRef ref(view_of(key.substr(key.size() - ledger::ObjectRef::size)));
    const Claim claim = *care::claim::claims.get(ledger.state(), ref);
    if ((to && claim.submitter != *to) || claim.submitted.use != "claim" || claim.lines.empty()) return true;
    const bool decided = claim.state != "pended" && claim.lines[0].outcome != "pended";
    if (decided && within(claim.decided)) remittances[claim.submitter].items.push_back({ref, claim, false});
    if (decided && claim.reversed && within(*claim.reversed))
      remittances[claim.submitter].items.push_back({ref, claim, true});
    return true;
  });
  std::uint64_t control = options.since + 1;
  for (auto& [payee, remittance] : remittances) {
    const auto from = ledger::identities.get(ledger.state(), payer),
               into = ledger::identities.get(ledger.state(), payee);
    remittance.payer_name = from ? from->name.value_or("") : "";
    remittance.payee_name = into ? into->name.value_or("") : "";
    remittance.payee_npi = into ? into->npi.value_or("") : "";
    remittance.trace = trace_of(payer, payee, options.since, until);
    remittance.when = ledger.tip().time();
    out.raw(view_of(care::claim::remittance_835(remittance, control++)));
  }
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(export_remittance, about, declare, run);
