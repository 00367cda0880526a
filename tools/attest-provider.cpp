#include "libcore/care/operations.hpp"
#include "libcore/care/provider/directory.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "attest-provider",
    .summary = "stand behind a directory entry, or dispute it",
    .description =
        R"(Says that an entry is right as it stands: all of it, or the element that --path names. That makes it fresh for another 90 days, and
adds the weight of the signer's word. --dispute VALUE says that the element should be VALUE: an accepted value
is then frozen and shown as disputed until whoever has authority for it, or the provider, decides. Claims of a provider with stale or
disputed entries wait for a person.)",
    .examples = R"($ attest-provider 1234567893 --evidence portal -k dr-bob -L demo
$ attest-provider 1234567893 --path phone --dispute 555-0199 --evidence phone -k acme-health -L demo)",
    .exit_status = "1: there is no such provider or element.",
    .see_also = "register-provider(1), find-provider(1)"};

struct Options {
  std::string ledger, path, evidence = "primary-source", dispute;
  cli::KeyChoice key;
  std::vector<std::string> npis;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("npi", options.npis, "national provider identifiers").type_name("TEXT").required();
  set.add("--path", options.path, "this element only").type_name("TEXT");
  set.add("--dispute", options.dispute, "what the element should be").type_name("TEXT");
  set.add("--evidence", options.evidence, "on what it rests")
      .check(cli::one_of({"nppes", "primary-source", "phone", "site", "portal", "claims"}));
  set.add_flag("--offline", options.offline, "sign and print only");
}

Exit run(const Options& options, cli::Output& out) {
  if (!options.dispute.empty() && options.path.empty()) throw misuse("--dispute needs --path");
  std::vector<ledger::NewOperation> operations;
  for (const std::string& npi : options.npis) {
    care::provider::AttestProvider attest{npi, options.path, options.evidence, {}, !options.dispute.empty()};
    if (attest.dispute) attest.value = options.dispute;
    operations.push_back(ledger::operation(attest));
  }
  const store::Layout layout{options.ledger};
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  cli::sign_and_send(out, layout, ledger, cli::own_keys(options.key).signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(attest_provider, about, declare, run);
