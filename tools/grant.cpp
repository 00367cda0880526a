#include <map>

#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/opening.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/care/purpose.hpp"
#include "libcore/care/scope.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/release_stream.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "grant",
    .summary = "let somebody read, as the patient",
    .description =
        R"(The patient signs that an account may read one record, or all her records of some FHIR resource types (a SMART scope),
for some purposes of use, from one time until another. The grant counts once it is sealed. Future records that it covers are
readable too.

Towards each custodian the patient has another account, derived from her key; the right one is used by itself. A scope is
granted at every custodian that keeps records of hers, or at --custodian only.

Who reads needs the keys of records that are stored already. Where the custodian's vault and its keys are at hand, grant
seals them to the grantee itself. Elsewhere they come through a pipe: with - the lines of release-record for a request
with --capsules are read, and the sealed keys are printed ahead of the grant, for submit-tx at the custodian's. Nothing
is queued here then.)",
    .examples = R"($ grant --to dr-bob --record 1f0c2d3e -k alice -L demo
$ grant --to mercy --scope 'patient/Observation.rs' --purpose HRESCH --until 2027-12-31 -k alice -L demo
$ request-access -k alice --capsules --custodian mercy -L copy | ssh mercy release-record -k mercy -L demo |
    grant -k alice --to dr-bob --scope 'patient/*.rs' -L copy - | ssh mercy submit-tx -L demo)",
    .exit_status = "1: the ledger's rules refuse it, or there is nothing of the patient's to grant.",
    .see_also = "revoke(1), request-access(1), access-log(1), list(1)"};

struct Options {
  std::string ledger, input, batch, to, record, custodian;
  cli::KeyChoice key;
  std::vector<std::string> scopes, purposes;
  std::optional<Time> from, until;
  bool offline = false;
};

void declare(CLI::App& app, Options& options) {
  cli::add_ledger(app, options.ledger);
  cli::add_key(app, options.key);
  cli::add_batch(app, options.batch);
  app.add_option("input", options.input, "- reads released capsules from stdin")
      ->type_name("{-}")
      ->transform(cli::one_of({"-"}));
  app.add_option("--to", options.to, "who may read")->type_name("WHO")->required();
  app.add_option("--record", options.record, "one record")->type_name("ID");
  app.add_option("--scope", options.scopes, "SMART scope, such as patient/Observation.rs")->type_name("SCOPE");
  app.add_option("--purpose", options.purposes, "purpose of use; default: the ledger's, usually TREAT")
      ->type_name("PURPOSE")
      ->transform(cli::one_of(care::purpose_codes()).description(""));
  app.add_option("--from", options.from, "first day or second")->type_name("TIME")->transform(cli::time_value());
  app.add_option("--until", options.until, "last day or second")->type_name("TIME")->transform(cli::time_value(true));
  app.add_option("--custodian", options.custodian, "only at this custodian")->type_name("WHO");
  app.add_flag("--offline", options.offline, "sign and print only");
}

care::GrantAccess fields_of(const Options& options, const ledger::Pool& pool) {
  if (options.record.empty() == options.scopes.empty())
    throw misuse("a grant names one record, or scopes", "--record ID, or --scope 'patient/*.rs' for everything");
  care::GrantAccess grant;
  grant.to = cli::account_of_who(options.to, pool.pending_state());
  if (!options.record.empty()) grant.record = ledger::ref_of(care::find_object(pool, options.record));
  for (const std::string& scope : options.scopes) grant.types.push_back(care::parse_scope(scope).resource);
  std::ranges::sort(grant.types);
  grant.types.erase(std::unique(grant.types.begin(), grant.types.end()), grant.types.end());
  grant.purposes = options.purposes;
  if (grant.purposes.empty()) grant.purposes = {pool.ledger().constitution().defaults.purpose};
  grant.from = options.from;
  grant.until = options.until;
  return grant;
}

// The patient's keys that have to sign: one for each custodian that the grant is about.
std::vector<care::PatientKey> signing_keys(const Options& options, const ledger::Pool& pool,
                                           const std::vector<SecretKey>& seeds, const care::GrantAccess& grant) {
  if (grant.record) {
    const auto record = care::records.get(pool.pending_state(), *grant.record);
    if (!record) throw refusal("'" + options.record + "' is not a record", "list records --patient WHO");
    auto key = care::key_for_record(pool.pending_state(), pool.ledger().id(), seeds, *record);
    if (!key) throw refusal("the record is another patient's: only she may grant it");
    std::vector<care::PatientKey> one;
    one.push_back(std::move(*key));
    return one;
  }
  std::optional<PublicKey> only;
  if (!options.custodian.empty()) only = cli::account_of_who(options.custodian, pool.pending_state());
  auto keys = care::keys_at_custodians(pool, seeds, only);
  if (keys.empty())
    throw refusal("no custodian on this ledger keeps records of this patient",
                  "--custodian WHO grants there all the same, for records to come");
  return keys;
}

void seal_stored(const ledger::Pool& pool, const store::Layout& layout, const care::PatientKey& key,
                 const care::GrantAccess& grant, cli::Output& out) {
  if (care::Vault::owner_of(layout) != key.custodian) return;
  try {
    auto vault = care::Vault::open(layout, cli::keys_directory());
    const auto use = vault.use();
    care::seal_for_grantee({pool, vault, key.seed, key.account, out.world().random}, grant);
  } catch (const Error& error) {
    out.words("the keys of stored records were not sealed to the grantee: {}", error.what());
  }
}

struct Signing {
  care::PatientKey key;
  std::vector<care::GrantAccess> grants;
};

// Only what the grant is about is sealed to the grantee, whatever came.
bool is_granted(const care::GrantAccess& fields, const care::Release& release) {
  care::Grant grant;
  grant.record = fields.record;
  grant.types = fields.types;
  care::Record record;
  record.types = release.types;
  return care::covers(grant, *release.record, record);
}

// Deliveries for the custodian, printed as lines of their own ahead of the grant.
void pass_capsules(const Options& options, const ledger::Pool& pool, const std::vector<SecretKey>& seeds,
                   const care::GrantAccess& grant, cli::Output& out) {
  if (options.input != "-") return;
  cli::ReleaseStream stream(cli::LineReader::open("-"));
  const PublicKey reader = ledger::current_key(pool.pending_state(), grant.to);
  std::size_t resealed = 0, lines = 0;
  while (auto release = stream.next(seeds, &pool.ledger())) {
    ++lines;
    if (!release->fields.permit || !release->fields.capsule || !release->fields.record) continue;
    if (!is_granted(grant, release->fields)) continue;
    const crypto::Signer patient(release->reader_seed);
    const Bytes message = care::reseal(pool.ledger().id(), *release, reader, patient, out.world().random);
    cli::Envelope envelope;
    envelope.type = "access.capsule";
    envelope.ledger = encoding::hex(pool.ledger().id().view());
    envelope.signer = encoding::did_key(patient.public_key());
    envelope.time = out.world().now();
    envelope.cose = encoding::base64url(message);
    out.envelope(envelope);
    ++resealed;
  }
  if (lines == 0)
    throw refusal("there is nothing on stdin", "request-access --capsules … | release-record … | grant … -");
  if (resealed == 0)
    throw refusal("no capsule of a record that the grant covers came", "access-log shows what was refused");
}

Exit run(const Options& options, cli::Output& out) {
  if (options.input == "-" && !options.batch.empty()) throw misuse("- and --batch exclude one another");
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const cli::OwnKeys own = cli::own_keys(options.key);
  std::vector<Options> lines;
  if (options.batch.empty())
    lines.push_back(options);
  else
    lines = cli::read_batch(options.batch, out, declare);
  std::map<PublicKey, Signing> by_key;
  for (const Options& line : lines) {  // nothing is stored before every line was understood
    const care::GrantAccess grant = fields_of(line, pool);
    pass_capsules(line, pool, own.seeds, grant, out);
    for (care::PatientKey& key : signing_keys(line, pool, own.seeds, grant)) {
      const PublicKey account = key.account;
      by_key.try_emplace(account, Signing{std::move(key), {}}).first->second.grants.push_back(grant);
    }
  }
  for (const auto& [account, signing] : by_key) {
    std::vector<ledger::NewOperation> operations;
    for (const care::GrantAccess& grant : signing.grants) {
      if (options.input != "-" && !options.offline) seal_stored(pool, layout, signing.key, grant, out);
      operations.push_back(ledger::operation(grant));
    }
    cli::sign_and_send(out, layout, pool.ledger().id(), crypto::Signer(signing.key.seed), operations,
                       {options.offline || options.input == "-", {}});
  }
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(grant, about, declare, run);
