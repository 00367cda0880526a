#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/rotation.hpp"
#include "libcore/cli/key_chain.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/release_stream.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "rotate-key",
    .summary = "replace a key by a new one without losing access",
    .description =
        R"(Makes a new key, signs with the old one that it takes over for every account of it on the ledger (a patient's account at each
custodian included), and leaves both in the one key file, the new one first: the old one still opens what is sealed to it.
An encrypted file stays encrypted under its passphrase. Broken off at any point, the same command goes on with the same
new key. Where the key file is used on several ledgers, the command is given on each: the others take the new key over.

What is sealed to the old key in this ledger directory's vault is sealed to the new one as well, where the vault's key is at
hand. For other custodians --reseal reads what they release and prints the keys, sealed to the new key, for submit-tx.

A sealer is a key, not an account: mine goes on with the old one from the same file until govern-ledger changes that.)",
    .examples = R"($ rotate-key -k alice -L demo && mine -k mercy -L demo
$ request-access -k alice --capsules -L copy | ssh mercy release-record -k mercy -L demo |
    rotate-key --reseal -k alice -L copy | ssh mercy submit-tx -L demo)",
    .exit_status = "1: this ledger knows no account of the key.",
    .see_also = "keygen(1), enroll-identity(1), request-access(1), submit-tx(1)"};

struct Options {
  std::string ledger;
  cli::KeyChoice key;
  bool reseal = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add_flag("--reseal", options.reseal, "seal the keys in releases from stdin to the current key; changes no key");
  set.add_flag("--offline", options.offline, "sign and print only");
}

// What is in a vault at hand; a failure is told, since the rotation itself is done.
void reseal_at_hand(const ledger::Pool& pool, const store::Layout& layout,
                    const std::vector<care::AccountKey>& accounts, cli::Output& out) {
  if (!care::Vault::exists(layout)) return;
  try {
    auto vault = care::Vault::open(layout, cli::keys_directory());
    const auto use = vault.use();
    std::size_t sealed = 0;
    for (const auto& account : accounts) sealed += care::reseal_in_vault(pool, vault, account, out.world().random);
    if (sealed > 0) out.words("sealed {} capsule{} to the new key", sealed, sealed == 1 ? "" : "s");
  } catch (const Error& error) {
    out.words("the vault's capsules were not sealed to the new key: {}", error.what());
  }
}

// The key that takes over: the one a broken-off attempt prepared; the file's current one, where another ledger made it
// that and this one does not know it yet; else a new one.
bool file_is_ahead(const cli::KeyChain& chain, const ledger::Pool& pool) {
  return !chain.coming() && chain.seeds().size() > 1 && !care::has_accounts(pool, chain.seeds().front());
}

Exit rotate(const Options& options, cli::Output& out, const ledger::Pool& pool) {
  const store::Layout layout{options.ledger};
  cli::KeyChain chain(options.key);
  const bool ahead = file_is_ahead(chain, pool);
  std::vector<SecretKey> olds;
  for (std::size_t i = ahead ? 1 : 0; i < chain.seeds().size(); ++i) olds.push_back(chain.seeds()[i].clone());
  const bool known = std::ranges::any_of(olds, [&](const SecretKey& old) { return care::has_accounts(pool, old); });
  if (!known && !chain.coming())
    throw refusal("this ledger knows no account of the key '" + options.key.key + "'", "list identities");
  if (!ahead && !chain.coming()) chain.prepare(draw_secret(out.world().random), out.world().random);
  const SecretKey fresh = (ahead ? chain.seeds().front() : *chain.coming()).clone();
  const auto accounts = care::accounts_to_rotate(pool, olds, fresh);
  std::vector<Bytes> transactions;
  for (const auto& account : accounts)
    transactions.push_back(care::sign_rotation(pool, account, out.world().now(), out.world().random));
  if (!options.offline) reseal_at_hand(pool, layout, accounts, out);
  if (!transactions.empty()) cli::send_all(out, layout, pool.ledger().id(), transactions, options.offline);
  if (!ahead) chain.promote_coming(out.world().random);
  out.words("{} holds the new key and {} older", chain.path(), chain.seeds().size() - 1);
  return Exit::ok;
}

Exit reseal(const Options& options, cli::Output& out, const ledger::Pool& pool) {
  const cli::OwnKeys own = cli::own_keys(options.key);
  cli::ReleaseStream stream(cli::LineReader::open("-"));
  std::size_t lines = 0, sealed = 0;
  while (auto release = stream.next(own.seeds, &pool.ledger())) {
    ++lines;
    if (!release->fields.permit || !release->fields.capsule) continue;
    const crypto::Signer signer(release->reader_seed);
    cli::Envelope envelope;
    envelope.type = "access.capsule";
    envelope.ledger = encoding::hex(pool.ledger().id().view());
    envelope.signer = encoding::did_key(signer.public_key());
    envelope.time = out.world().now();
    envelope.cose = encoding::base64url(
        care::reseal(pool.ledger().id(), *release, signer.public_key(), signer, out.world().random));
    out.envelope(envelope);
    ++sealed;
  }
  if (lines == 0)
    throw refusal("there is nothing on stdin",
                  "request-access --capsules … | release-record … | rotate-key --reseal …");
  if (sealed == 0) throw refusal("no capsule came", "access-log shows what was refused");
  return Exit::ok;
}

Exit run(const Options& options, cli::Output& out) {
  if (options.reseal && options.offline) throw misuse("--reseal signs nothing for the chain: leave out --offline");
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  return options.reseal ? reseal(options, out, pool) : rotate(options, out, pool);
}

}  // namespace

CARECHAIN_PROGRAM(rotate_key, about, declare, run);
