#include <algorithm>
#include <map>
#include <set>

#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/opening.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/care/scope.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/policy_input.hpp"
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
        R"(The patient signs that somebody may read one record, or all her records of some FHIR resource types (a SMART scope),
for some purposes of use, from one time until another. The grant counts once it is sealed. Future records that it covers are
readable too. --to names a person, an organisation, which stands for its accredited members, or with ROLE@ORGANISATION those
of them who have a role. With --deny she forbids it instead; what forbids wins over what allows.

With --consent the rule is that of a FHIR R4 Consent: its base rule (OPTIN or OPTOUT) and its provisions. Only codes, accounts,
times and records go on the chain; what the chain can't express is refused by the name of its element. Who is meant by a
reference is said with --actor REFERENCE=WHO, unless it is a did:key or a member's NPI or GLN. Where the root provision has
criteria and no type, --root says whether they limit where the base rule holds (base) or are an exception to it (exception).

Towards each custodian the patient has another account, derived from her key; the right one is used by itself. A scope is
granted at every custodian that keeps records of hers, or at --custodian only.

Who reads needs the keys of records that are stored already. Where the custodian's vault and its keys are at hand, grant
seals them to the grantee itself. Elsewhere they come through a pipe: with - the lines of release-record for a request
with --capsules are read, and the sealed keys are printed ahead of the grant, for submit-tx at the custodian's. Nothing
is queued here then.)",
    .examples = R"($ grant --to dr-bob --record 1f0c2d3e -k alice -L demo
$ grant --to clinician@mercy --scope 'patient/Observation.rs?category=laboratory' --until 2027-12-31 -k alice -L demo
$ grant --to eve --deny --scope 'patient/*.rs' -k alice -L demo
$ grant --consent consent.json --actor Organization/f001=mercy --root exception -k alice -L demo
$ request-access -k alice --capsules --custodian mercy -L copy | ssh mercy release-record -k mercy -L demo |
    grant -k alice --to dr-bob --scope 'patient/*.rs' -L copy - | ssh mercy submit-tx -L demo)",
    .exit_status = "1: the ledger's rules refuse it, or there is nothing of the patient's to grant.",
    .see_also = "revoke(1), request-access(1), access-log(1), list(1)"};

struct Options {
  std::string ledger, input, batch, record, custodian, consent;
  cli::KeyChoice key;
  std::vector<std::string> to, scopes, purposes, labels, actors;
  std::optional<Time> from, until;
  std::optional<care::RootReading> root;
  bool offline = false, deny = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("input", options.input, "- reads released capsules from stdin").type_name("{-}").check(cli::one_of({"-"}));
  set.add("--to", options.to, "who may read; ROLE@ORGANISATION: its members with that role").type_name("WHO");
  set.add_flag("--deny", options.deny, "forbid instead of allowing");
  set.add("--record", options.record, "one record").type_name("ID");
  set.add("--scope", options.scopes, "SMART scope, such as patient/Observation.rs?category=laboratory")
      .type_name("SCOPE");
  set.add("--label", options.labels, "only with this security label; N, R, V: up to that confidentiality")
      .type_name("WORD");
  set.add("--purpose", options.purposes, "purpose of use; default: the ledger's, usually TREAT")
      .type_name("PURPOSE")
      .check(cli::purpose());
  set.add("--from", options.from, "first day or second").type_name("TIME").check(cli::time_value());
  set.add("--until", options.until, "last day or second").type_name("TIME").check(cli::time_value(true));
  set.add("--custodian", options.custodian, "only at this custodian").type_name("WHO");
  set.add("--consent", options.consent, "the rule of a FHIR R4 Consent").type_name("FILE");
  set.add("--actor", options.actors, "whom a reference in it means: REFERENCE=WHO").type_name("TEXT");
  set.add("--root", options.root, "what criteria in its untyped root provision are")
      .check(cli::choice<care::RootReading>(
          {{"base", care::RootReading::base}, {"exception", care::RootReading::exception}}));
  set.add_flag("--offline", options.offline, "sign and print only");
}

std::vector<std::string> purposes_of(const Options& options, const ledger::Pool& pool) {
  if (!options.purposes.empty()) return options.purposes;
  return {pool.ledger().constitution().defaults.purpose};
}

// The scopes without a query make one rule, each with a query a rule of its own.
std::vector<care::Provision> rules_of(const Options& options, const ledger::Pool& pool) {
  care::Provision rule;
  rule.effect = options.deny ? care::Effect::deny : care::Effect::permit;
  rule.actors.emplace();
  for (const std::string& who : options.to) rule.actors->push_back(cli::actor_of_who(who, pool.pending_state()));
  if (!options.deny || !options.purposes.empty()) rule.purposes = purposes_of(options, pool);
  if (!options.labels.empty()) rule.labels = options.labels;
  rule.from = options.from;
  rule.until = options.until;
  std::vector<care::Provision> rules;
  if (!options.record.empty()) {
    rules.push_back(rule);
    rules.back().records = {ledger::ref_of(care::find_object(pool, options.record))};
  }
  std::set<std::string> types;
  for (const std::string& text : options.scopes) {
    const care::Scope scope = care::parse_scope(text);
    if (scope.codes.empty()) {
      types.insert(scope.resource);
      continue;
    }
    rules.push_back(rule);
    rules.back().types = {scope.resource};
    rules.back().codes = scope.codes;
  }
  if (types.empty()) return rules;
  rule.types.emplace(types.begin(), types.end());
  rules.insert(rules.begin(), std::move(rule));
  return rules;
}

struct Wanted {
  care::GrantAccess grant;
  std::vector<PublicKey> custodians;  // empty: any
};

Wanted wanted(const Options& options, const ledger::Pool& pool, cli::Output& out) {
  Wanted result;
  if (!options.custodian.empty()) result.custodians = {cli::account_of_who(options.custodian, pool.pending_state())};
  const bool short_form = !options.to.empty() || !options.record.empty() || !options.scopes.empty() ||
                          !options.labels.empty() || !options.purposes.empty() || options.from || options.until ||
                          options.deny;
  if (options.consent.empty()) {
    if (options.to.empty()) throw misuse("--to is required", "see grant --help");
    if (options.record.empty() == options.scopes.empty())
      throw misuse("a grant names one record, or scopes", "--record ID, or --scope 'patient/*.rs' for everything");
    result.grant.policy.provisions = rules_of(options, pool);
    return result;
  }
  if (short_form)
    throw misuse("--consent says all that the other options would", "leave --to, --record, --scope and the like out");
  auto terms = cli::consent_of_file(options.consent, options.actors, options.root, pool);
  for (const std::string& warning : terms.warnings) out.words("{}: {}", options.consent, warning);
  result.grant.policy = std::move(terms.policy);
  if (result.custodians.empty()) result.custodians = std::move(terms.custodians);
  return result;
}

// The patient's keys that have to sign: one for each custodian that the grant is about.
std::vector<care::PatientKey> signing_keys(const ledger::Pool& pool, const std::vector<SecretKey>& seeds,
                                           const Wanted& wanted) {
  std::vector<care::PatientKey> keys;
  const auto named = care::records_named(wanted.grant.policy);
  if (!named.empty()) {
    const auto record = care::records.get(pool.pending_state(), named.front());
    if (!record)
      throw refusal("'" + ledger::json_text(named.front()) + "' is not a record", "list records --patient WHO");
    auto key = care::key_for_record(pool.pending_state(), pool.ledger().id(), seeds, *record);
    if (!key) throw refusal("the record is another patient's: only she may grant it");
    keys.push_back(std::move(*key));
    return keys;
  }
  if (wanted.custodians.empty()) keys = care::keys_at_custodians(pool, seeds, {});
  for (const PublicKey& custodian : wanted.custodians)
    for (auto& key : care::keys_at_custodians(pool, seeds, custodian)) keys.push_back(std::move(key));
  if (keys.empty())
    throw refusal("no custodian on this ledger keeps records of this patient",
                  "--custodian WHO grants there all the same, for records to come");
  return keys;
}

// The chain compares with the account that signs; a name means the key it is derived from.
void refuse_oneself(const std::vector<SecretKey>& seeds, const care::Policy& policy) {
  const auto named = care::accounts_named(policy);
  for (const SecretKey& seed : seeds)
    if (std::ranges::binary_search(named, crypto::public_key(seed)))
      throw refusal("a grant to oneself changes nothing: patients read their own records");
}

void seal_stored(const ledger::Pool& pool, const store::Layout& layout, const care::PatientKey& key,
                 const care::GrantAccess& grant, cli::Output& out) {
  if (care::Vault::owner_of(layout) != key.custodian) return;
  try {
    auto vault = care::Vault::open(layout, cli::keys_directory());
    const auto use = vault.use();
    care::seal_for_grantees({pool, vault, key.seed, key.account, out.world().random}, grant);
  } catch (const Error& error) {
    out.words("the keys of stored records were not sealed to the grantee: {}", error.what());
  }
}

struct Signing {
  care::PatientKey key;
  std::vector<care::GrantAccess> grants;
};

// Deliveries for the custodian, printed as lines of their own ahead of the grant.
void pass_capsules(const Options& options, const ledger::Pool& pool, const std::vector<SecretKey>& seeds,
                   const care::GrantAccess& grant, cli::Output& out) {
  if (options.input != "-") return;
  cli::ReleaseStream stream(cli::LineReader::open("-"));
  std::size_t resealed = 0, lines = 0;
  while (auto release = stream.next(seeds, &pool.ledger())) {
    ++lines;
    if (!release->fields.permit || !release->fields.capsule || !release->fields.record) continue;
    const auto record = care::records.get(pool.pending_state(), *release->fields.record);
    if (!record) continue;
    const crypto::Signer patient(release->reader_seed);
    for (const PublicKey& reader :  // only what the grant is about is sealed to a grantee, whatever came
         care::grantee_keys(pool, grant, record->custodian, *release->fields.record, *record)) {
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
    const Wanted grant = wanted(line, pool, out);
    refuse_oneself(own.seeds, grant.grant.policy);
    pass_capsules(line, pool, own.seeds, grant.grant, out);
    for (care::PatientKey& key : signing_keys(pool, own.seeds, grant)) {
      const PublicKey account = key.account;
      by_key.try_emplace(account, Signing{std::move(key), {}}).first->second.grants.push_back(grant.grant);
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
