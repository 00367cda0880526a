#include "libcore/care/operations.hpp"
#include "libcore/care/roles.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "enroll-identity",
    .summary = "enrol, suspend or re-key an account",
    .description =
        R"(An organisation of the ledger enrols an account: a did:key, or a key file of that name. Institutions and
professionals get a public name (NAME, unless --name says otherwise), roles, and if they have one an NPI or a GLN. The roles
tell what kind of account it is: hospital, payer and the like are organisations, patient is a patient, all others are
professionals. Only an organisation with the role registrar may enrol other organisations.

A patient is never enrolled with a name or an identifier; patients need no enrolment to grant or revoke.

With --suspend the account's standing ends until --restore; with --rotate KEY it gets a new key. A key is replaced by the
old key, or for staff and organisations by whoever enrolled them; a patient's only by her own.)",
    .examples = R"($ enroll-identity dr-bob --role clinician -k mercy -L demo
$ enroll-identity did:key:z6Mk… --name 'St Mary' --role hospital --npi 1234567893 -k mercy -L demo
$ enroll-identity dr-bob --suspend -k mercy -L demo)",
    .exit_status = "1: the ledger's rules refuse it, or there is no such account.",
    .see_also = "keygen(1), list(1), grant(1)"};

struct Options {
  std::string ledger, batch, who, name, npi, gln, jurisdiction, rotate;
  cli::KeyChoice key;
  std::vector<std::string> roles;
  std::optional<Time> until;
  bool suspend = false, restore = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("who", options.who, "the account: a did:key, a key file's name, or the name enrolled")
      .type_name("WHO")
      .required();
  set.add("--role", options.roles, "what it does").type_name("ROLE");
  set.add("--name", options.name, "public name; default: WHO").type_name("TEXT");
  set.add("--npi", options.npi, "national provider identifier, ten digits").type_name("TEXT");
  set.add("--gln", options.gln, "GS1 global location number, 13 digits").type_name("TEXT");
  set.add("--jurisdiction", options.jurisdiction, "whose law it is under; default: the enroller's").type_name("TEXT");
  set.add("--until", options.until, "last day or second of its standing")
      .type_name("TIME")
      .check(cli::time_value(true));
  set.add_flag("--suspend", options.suspend, "end the account's standing for now");
  set.add_flag("--restore", options.restore, "lift a suspension");
  set.add("--rotate", options.rotate, "replace the account's key by this one").type_name("WHO");
  set.add_flag("--offline", options.offline, "sign and print only");
}

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

ledger::NewOperation enrolment(const Options& options, const ledger::State& state) {
  if (options.roles.empty()) throw misuse("a role is missing", "--role clinician, --role hospital, --role patient, …");
  ledger::Enroll enroll;
  enroll.account = cli::account_of_who(options.who, state);
  enroll.kind = care::kind_of_roles(options.roles);
  enroll.roles = options.roles;
  enroll.npi = given(options.npi);
  enroll.gln = given(options.gln);
  enroll.jurisdiction = given(options.jurisdiction);
  enroll.until = options.until;
  enroll.public_name = given(options.name);
  const bool plain = !options.who.starts_with("did:") && options.who.find('/') == std::string::npos;
  if (!enroll.public_name && enroll.kind != ledger::Kind::patient && plain) enroll.public_name = options.who;
  return ledger::operation(enroll);
}

ledger::NewOperation operation_of(const Options& options, const ledger::State& state) {
  if (int{options.suspend} + int{options.restore} + int{!options.rotate.empty()} > 1)
    throw misuse("--suspend, --restore and --rotate exclude one another");
  if (options.suspend || options.restore)
    return ledger::operation(ledger::Suspend{cli::account_of_who(options.who, state), options.restore});
  if (!options.rotate.empty()) {
    const PublicKey key = options.rotate.starts_with("did:") ? cli::account_of_who(options.rotate, state)
                                                             : cli::public_key_of_file(options.rotate);
    return ledger::operation(ledger::Rotate{cli::account_of_who(options.who, state), key});
  }
  return enrolment(options, state);
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  std::vector<ledger::NewOperation> operations;
  if (options.batch.empty())
    operations.push_back(operation_of(options, pool.pending_state()));
  else
    for (const Options& line : cli::read_batch(options.batch, out, declare))
      operations.push_back(operation_of(line, pool.pending_state()));
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), operations,
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(enroll_identity, about, declare, run);
