#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/ledger/governance.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "govern-ledger",
    .summary = "sign a change of sealers or rules, as one of the quorum",
    .description =
        R"(The constitution names a quorum: which accounts change who may seal and which rule set is in force, and how many of them
it takes. Each signs exactly the same change, including the height from which it holds; once enough signatures are sealed, it is
decided. The height must lie ahead of the block that decides.)",
    .examples = R"($ govern-ledger --admit st-mary --from 1200 -k mercy -L demo
$ govern-ledger --remove did:key:z6Mk… --from 1300 -k mercy -L demo
$ govern-ledger --rules 2 --from 2000 -k mercy -L demo)",
    .exit_status = "1: the signer is not of the quorum or has signed already, or the height is not ahead.",
    .see_also = "init-ledger(1), list(1), carechain-ledger(5)"};

struct Options {
  std::string ledger, admit, remove;
  cli::KeyChoice key;
  std::uint64_t rules = 0, from = 0;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("--admit", options.admit, "this key may seal").type_name("WHO");
  set.add("--remove", options.remove, "this key may no longer seal").type_name("WHO");
  set.add("--rules", options.rules, "this rule set comes into force")
      .type_name("NUMBER")
      .check(cli::whole(1, 1u << 30));
  set.add("--from", options.from, "first height at which it holds")
      .type_name("HEIGHT")
      .check(cli::whole(1, 1ull << 62))
      .required();
  set.add_flag("--offline", options.offline, "sign and print only");
}

// Sealers are keys: of an enrolled account the current one.
PublicKey sealing_key(const std::string& who, const ledger::State& state) {
  return ledger::current_key(state, cli::account_of_who(who, state));
}

ledger::NewOperation change(const Options& options, const ledger::State& state) {
  if (int{!options.admit.empty()} + int{!options.remove.empty()} + int{options.rules != 0} != 1)
    throw misuse("one of --admit, --remove and --rules is needed");
  if (options.rules != 0) return ledger::operation(ledger::ChangeRules{options.rules, options.from});
  const bool remove = !options.remove.empty();
  return ledger::operation(
      ledger::ChangeSealer{sealing_key(remove ? options.remove : options.admit, state), options.from, remove});
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(),
                     {change(options, pool.pending_state())}, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(govern_ledger, about, declare, run);
