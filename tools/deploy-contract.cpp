#include "libcore/care/contract_kinds.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/contract_files.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/contract/contract_operations.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "deploy-contract",
    .summary = "put a contract into force",
    .description =
        R"(Checks contract documents as check-contract(1) does and makes the transaction that puts them on the chain, tables and
tests included. A contract's name belongs to the account that deployed it first; a new version is signed by the same
account and has a larger number. It is in force from the block that holds it, or from the height that --from names;
decisions made before replay under the version that was in force then.)",
    .examples = R"($ deploy-contract share/contracts/example-ppo.yaml -k acme-health -L demo
$ deploy-contract example-ppo-v2.yaml --from 1200 -k acme-health -L demo)",
    .exit_status = "1: the document is wrong, one of its tests fails, or the name belongs to somebody else.",
    .see_also = "check-contract(1), list(1), mine(1), carechain-contract(5)"};

struct Options {
  std::string ledger;
  cli::KeyChoice key;
  std::vector<std::string> files;
  std::uint64_t from = 0;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("file", options.files, "contract documents").type_name("FILE").required();
  set.add("--from", options.from, "first height at which it is in force; default: at once")
      .check(cli::whole(1, UINT64_MAX))
      .type_name("HEIGHT");
  set.add_flag("--offline", options.offline, "sign and print, without queueing");
}

Exit run(const Options& options, cli::Output& out) {
  std::vector<ledger::NewOperation> operations;
  for (const std::string& file : options.files) {
    const auto read = cli::read_contract(file);
    const auto* const kind = contract::find_kind(care::all_contract_kinds(), read.document.kind);
    if (kind != nullptr)
      contract::Contract::compile(read.document, *kind, read.places);  // its faults name line and column
    if (const auto fault = contract::document_fault(read.document, care::all_contract_kinds()))
      throw refusal(file + ": " + *fault, "check-contract " + file);
    contract::DeployContract deploy{read.document.title, read.document.version, {}, read.document};
    if (options.from > 0) deploy.from = options.from;
    operations.push_back(ledger::operation(deploy));
    if (operations.back().fields.size() > contract::max_document_bytes)
      throw refusal(file + ": with its tables it is over 900 KiB", "split its tables over several contracts");
  }
  const store::Layout layout{options.ledger};
  const auto keys = cli::own_keys(options.key);
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  cli::sign_and_send(out, layout, ledger, keys.signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(deploy_contract, about, declare, run);
