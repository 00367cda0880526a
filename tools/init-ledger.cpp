#include "libcore/care/operations.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "init-ledger",
    .summary = "found a ledger from a constitution",
    .description = R"(Makes a ledger directory whose block 0 holds the constitution: who the members are, who may seal,
how hard the proof of work is, and who may change that. The YAML file is kept beside the blocks as it was given.
In it, a key is a did:key, or the name of a key in $CARECHAIN_KEYS.

With --solo no file is needed: a key called like the directory is made (unless there is one of that name), and a ledger on
which that one organisation has every role and seals with next to no work, with a vault ready for records. It is for trying
things out and for tests.)",
    .examples = R"($ init-ledger --solo -L demo
$ init-ledger -L consortium genesis.yaml)",
    .exit_status = "1: there is a ledger already, or the constitution is refused; the message names line and column.",
    .see_also = "keygen(1), enroll-identity(1), mine(1), carechain-ledger(5)"};

struct Options {
  std::string ledger, constitution;
  bool solo = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("constitution", options.constitution, "the constitution, a YAML file").type_name("FILE");
  set.add_flag("--solo", options.solo, "make a ledger for one person to try things out");
}

ledger::Constitution read(const std::string& text, const std::string& file, const cli::World& world) {
  return ledger::read_constitution(encoding::parse_yaml(text, file), cli::public_key_of_file,
                                   {world.now(), ledger::Salt(draw<ledger::Salt::size>(world.random))});
}

// The last part of the directory's name, as a key's and the organisation's name.
std::string solo_name(std::string directory) {
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  const std::string last = directory.substr(directory.rfind('/') + 1);
  return last.empty() || last == "." || last == ".." ? "solo" : last;
}

std::string solo_constitution(const std::string& name) {
  return "# A ledger for one person to try things out: one organisation with every role, next to no work.\n"
         "name: " +
         name +
         "\n"
         "sealers: [" +
         name +
         "]\n"
         "members:\n"
         "  - name: " +
         name +
         "\n"
         "    key: " +
         name +
         "\n"
         "    roles: [registrar, hospital, laboratory, pharmacy, manufacturer, distributor, payer, sponsor]\n"
         "consensus:\n"
         "  spacing: 60\n"
         "  half_life: 3600\n"
         "  target: \"0x207fffff\"\n";
}

void make_solo_key(const std::string& name, cli::Output& out) {
  const std::string path = cli::keys_directory() + "/" + name + ".pem";
  if (store::exists(path)) return;
  store::make_directory(cli::keys_directory(), 0700);
  std::string pem = crypto::write_private_pem(draw_secret(out.world().random));
  store::write_new_file(path, view_of(pem), 0600);
  wipe(pem.data(), pem.size());
  out.words("made the key '{}' in {}", name, path);
}

void print(cli::Output& out, const ledger::Ledger& ledger) {
  cli::Envelope envelope;
  envelope.type = "ledger";
  envelope.id = encoding::hex(ledger.id().view());
  envelope.ids = {*envelope.id};
  envelope.status = "sealed";
  envelope.height = 0;
  envelope.block = envelope.id;
  envelope.ledger = envelope.id;
  envelope.time = ledger.tip().time();
  encoding::JsonWriter json;
  json.begin_object().key("name").value(ledger.constitution().name).key("pin").value("0:" + *envelope.id);
  json.key("members").begin_array();
  for (const auto& member : ledger.constitution().members) json.value(member.name);
  envelope.data = json.end_array().end_object().take();
  out.envelope(envelope);
}

Exit run(const Options& options, cli::Output& out) {
  if (options.solo != options.constitution.empty())
    throw misuse(options.solo ? "--solo needs no constitution" : "the constitution is missing",
                 "init-ledger -L demo genesis.yaml, or init-ledger --solo -L demo");
  const store::Layout layout{options.ledger};
  if (store::exists(layout.blocks()))
    throw refusal("there is a ledger in '" + layout.root + "' already", "choose another directory with -L");
  const std::string name = solo_name(options.ledger);
  if (options.solo) make_solo_key(name, out);
  const std::string text = options.solo ? solo_constitution(name) : store::read_file(options.constitution, 4u << 20);
  const auto constitution = read(text, options.solo ? "genesis.yaml" : options.constitution, out.world());
  ledger::create_ledger(layout, care::all_operations(), constitution, text);
  if (options.solo)
    care::Vault::open_or_create(layout, cli::keys_directory(), constitution.members.front().account,
                                out.world().random);
  print(out, ledger::Ledger::open(layout, care::all_operations()));
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(init_ledger, about, declare, run);
