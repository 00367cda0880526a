#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "register-copy",
    .summary = "say who holds a copy of a vault's keys, or that it is destroyed",
    .description =
        R"(Whoever has a copy of a vault and a copy of its epoch's master key can open all of it, also after an erasure. So each copy of
the master key that is made, for a backup or an escrow, is put on the chain with its holder; copy the epoch file itself with
whatever you trust. When its holder has destroyed it, the holder signs that with --destroyed.

A certificate of erasure is COMPLETE only when no such copy of the destroyed epoch is left; else it is PARTIAL and names the
holders. Once they have signed, erase-key issues a complete one. list copies shows the register.)",
    .examples =
        R"($ cp ~/.config/carechain/keys/vault-*-000001.epoch /mnt/escrow && register-copy --held-by escrow -k mercy -L demo
$ register-copy --destroyed 1f0c2d3e -k escrow -L demo)",
    .exit_status = "1: there is no such copy, or it is somebody else's.",
    .see_also = "erase-key(1), verify-erasure(1), list(1)"};

struct Options {
  std::string ledger, holder, destroyed;
  cli::KeyChoice key;
  std::uint64_t epoch = 0;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("--held-by", options.holder, "who holds the copy").type_name("WHO");
  set.add("--epoch", options.epoch, "epoch that was copied; default: the vault's current one")
      .type_name("NUMBER")
      .check(cli::whole(1, 0xffffffff));
  set.add("--destroyed", options.destroyed, "the copy that this key's owner has destroyed").type_name("ID");
  set.add_flag("--offline", options.offline, "sign and print only");
}

ledger::NewOperation operation_of(const Options& options, const ledger::Pool& pool) {
  if (!options.destroyed.empty())
    return ledger::operation(care::DestroyCopy{ledger::ref_of(care::find_object(pool, options.destroyed))});
  care::RegisterCopy copy{cli::account_of_who(options.holder, pool.pending_state()), options.epoch};
  if (copy.epoch == 0) copy.epoch = care::Vault::open({options.ledger}, cli::keys_directory()).epoch();
  return ledger::operation(copy);
}

Exit run(const Options& options, cli::Output& out) {
  if (options.holder.empty() == options.destroyed.empty())
    throw misuse("say who holds a copy, or which is destroyed", "--held-by WHO, or --destroyed ID");
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(),
                     {operation_of(options, pool)}, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(register_copy, about, declare, run);
