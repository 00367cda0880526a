#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/care/claim/name_map.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "appeal-claim",
    .summary = "appeal against the decision of a claim, or answer what its payer asks",
    .description =
        R"(Who submitted a claim, or the patient with the account she shows to the payer, appeals against its decision; the payer rules
on that with review-claim --uphold or --overturn, within 60 days, or an effect says that it is overdue. What was upheld can be
appealed again, on the next level.

With --answer the submitter says that what the payer asked for (show-claim tells what, and by when) has been sent. The letter
itself goes another way: of --document FILE only a keyed digest is put on the chain.)",
    .examples = R"($ appeal-claim 5d1f3c09.0 --reason medical-record --document letter.pdf -k mercy -L demo
$ appeal-claim 5d1f3c09.0 --answer --document chart.pdf -k mercy -L demo)",
    .exit_status = "1: there is no such claim, nothing to appeal or answer, or the signer has no part in it.",
    .see_also = "show-claim(1), review-claim(1), submit-claim(1)"};

constexpr std::size_t largest_document = std::size_t{1} << 30;

struct Options {
  std::string ledger, reason, document;
  cli::KeyChoice key;
  std::vector<std::string> claims;
  bool answer = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("claim", options.claims, "claims: TX.N, or the beginning of it").type_name("TEXT").required();
  auto reason = set.add("--reason", options.reason, "why: a short code").type_name("TEXT");
  set.add("--document", options.document, "what is sent: its keyed digest is recorded").type_name("FILE");
  set.add_flag("--answer", options.answer, "answer what the payer asked for").excludes(reason);
  set.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  using namespace care::claim;
  if (options.answer && options.document.empty()) throw misuse("--answer needs --document FILE: what was sent");
  if (!options.answer && options.reason.empty()) throw misuse("--reason CODE is required, or --answer");
  const cli::OwnKeys keys = cli::own_keys(options.key);
  std::optional<DocumentDigest> document;
  if (!options.document.empty())
    document = document_digest(keys.seeds.front(), cli::read_all(options.document, largest_document));
  const store::Layout layout{options.ledger};
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  std::vector<ledger::NewOperation> operations;
  for (const std::string& name : options.claims) {
    const auto ref = cli::claim_named(ledger, name);
    operations.push_back(options.answer ? ledger::operation(AnswerClaim{ref, *document})
                                        : ledger::operation(AppealClaim{ref, options.reason, document}));
  }
  cli::sign_and_send(out, layout, ledger.id(), keys.signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(appeal_claim, about, declare, run);
