#include "libcore/care/operations.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "keygen",
    .summary = "make an identity, or show one",
    .description = R"(Makes an Ed25519 key pair and prints its public name, a did:key. The private key goes to
NAME.pem in $CARECHAIN_KEYS (default ~/.config/carechain/keys), or to the file given with -o; it is
readable by its owner only, and an existing file is never replaced.

Key files are PKCS#8 PEM, so that openssl reads them and keys made by
  openssl genpkey -algorithm ed25519
work here too. With --encrypt the file is encrypted under a passphrase (PBES2 with scrypt and AES-256).

With --show the did:key of an existing key is printed. With --derive NAME --for WHO the account is
printed that patient NAME shows to that custodian, payer or trial on the ledger: each sees another one,
and nobody but the patient can tell that they belong together. Give that did:key to the custodian.)",
    .examples = R"($ keygen alice
$ keygen --encrypt --passphrase-file secret.txt dr-bob
$ keygen --show alice
$ keygen --derive alice --for mercy -L demo)",
    .exit_status = "1: the key file exists already. 3: there is no such key, or its passphrase is missing or wrong.",
    .see_also = "init-ledger(1), enroll-identity(1), carechain(7)"};

struct Options {
  std::string name, output, derive, counterpart, ledger, passphrase_file;
  int passphrase_fd = -1;
  bool encrypt = false, show = false;
};

void declare(cli::OptionSet& set, Options& options) {
  set.add("name", options.name, "name of the new key, or of the key to show").type_name("NAME");
  set.add("-o,--output", options.output, "write the key to this file").type_name("FILE");
  set.add_flag("--encrypt", options.encrypt, "encrypt the key file under a passphrase");
  set.add("--passphrase-file", options.passphrase_file, "read the passphrase from the file's first line")
      .type_name("FILE");
  set.add("--passphrase-fd", options.passphrase_fd, "read the passphrase from this file descriptor")
      .type_name("NUMBER")
      .check(cli::whole(0, 1023));
  set.add_flag("--show", options.show, "print the did:key of an existing key");
  set.add("--derive", options.derive, "print the account that this patient's key shows to one counterpart")
      .type_name("NAME");
  set.add("--for", options.counterpart, "the custodian, payer or trial to derive for").type_name("WHO");
  cli::add_ledger(set, options.ledger).required(false);
}

void print(cli::Output& out, const char* type, const std::string& name, const PublicKey& key, const std::string& file) {
  if (!out.json()) {
    out.line(encoding::did_key(key));
    return;
  }
  cli::Envelope envelope;
  envelope.type = type;
  envelope.id = encoding::did_key(key);
  envelope.ids = {*envelope.id};
  envelope.time = out.world().now();
  envelope.signer = envelope.id;
  encoding::JsonWriter json;
  json.begin_object().key("name").value(name).key("did").value(*envelope.id);
  if (!file.empty()) json.key("file").value(file);
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

std::string ask_passphrase(const Options& options) {
  const auto passphrase = cli::passphrase_of({options.name, options.passphrase_file, options.passphrase_fd})();
  if (!passphrase || passphrase->empty())
    throw Error("there is no passphrase to encrypt with", "--passphrase-file FILE, or run it on a terminal");
  return *passphrase;
}

void require_plain_name(const std::string& name) {
  const auto odd = [](char c) { return c == '/' || static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  if (name.empty() || name.front() == '.' || name.front() == '-' || name.starts_with("did:") ||
      std::ranges::any_of(name, odd))
    throw misuse("'" + name + "' can't be the name of a key", "letters, digits and hyphens; or -o FILE");
}

Exit make(const Options& options, cli::Output& out) {
  std::string path = options.output;
  if (path.empty()) {
    require_plain_name(options.name);
    path = cli::keys_directory() + "/" + options.name + ".pem";
  }
  if (store::exists(path)) throw refusal("'" + path + "' exists already; it is never replaced", "choose another name");
  const SecretKey seed = draw_secret(out.world().random);
  std::string pem = options.encrypt ? crypto::write_encrypted_pem(seed, ask_passphrase(options), out.world().random)
                                    : crypto::write_private_pem(seed);
  if (options.output.empty()) store::make_directory(cli::keys_directory(), 0700);
  store::write_new_file(path, view_of(pem), 0600);
  wipe(pem.data(), pem.size());
  print(out, "key", options.name, crypto::public_key(seed), path);
  return Exit::ok;
}

Exit derive(const Options& options, cli::Output& out) {
  if (options.counterpart.empty() || options.ledger.empty())
    throw misuse("--derive needs --for WHO and the ledger", "keygen --derive alice --for mercy -L demo");
  const auto ledger = ledger::Ledger::open({options.ledger}, care::all_operations());
  const PublicKey other = cli::account_of_who(options.counterpart, ledger.state());
  const auto keys = cli::own_keys({options.derive, options.passphrase_file, options.passphrase_fd});
  const SecretKey seed = care::pairwise_seed(keys.seeds.front(), ledger.id(), other);
  print(out, "pairwise", options.derive, crypto::public_key(seed), {});
  return Exit::ok;
}

Exit run(const Options& options, cli::Output& out) {
  if (!options.derive.empty()) return derive(options, out);
  if (options.name.empty() && options.output.empty()) throw misuse("a name is missing", "keygen alice");
  if (!options.show) return make(options, out);
  const crypto::PemKeys keys = cli::read_key({options.name, options.passphrase_file, options.passphrase_fd});
  print(out, "key", options.name, keys.only_public ? *keys.only_public : crypto::public_key(keys.seeds.front()), {});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(keygen, about, declare, run);
