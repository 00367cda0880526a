#include <map>

#include "libcore/care/challenge.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/care/emergency_reason.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/care/request.hpp"
#include "libcore/care/scope.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "request-access",
    .summary = "ask a custodian for records, signed",
    .description =
        R"(Prints a signed request, a JSON line for each custodian asked. It is good for a few minutes, once, for that
custodian, those records and that purpose. The custodian's release-record reads it and decides; open-record opens what comes
back. Nothing is written here.

In an emergency a clinician asks for the purpose ETREAT (or BTG) and states a --reason. That opens what no grant does, and is
reviewed by the custodian (review-access). The reason is sealed to the custodian and printed on a line of its own ahead of the
request; the chain gets a keyed digest of it.

Records are named by operands, or all of a patient's by --patient, of one FHIR type by --scope. A patient who asks for her own
records needs no grant; her key for that custodian is used by itself. With --capsules only the keys are asked for, which she
passes on with grant.)",
    .examples =
        R"($ request-access 1f0c2d3e -k dr-bob -L demo | release-record -k mercy -L demo | open-record -k dr-bob > bundle.json
$ request-access --patient did:key:z6Mk… --scope patient/Observation.rs -k dr-bob -L copy | ssh mercy release-record -k mercy -L demo |
    open-record -k dr-bob -O observations)",
    .exit_status = "1: there is no such record on the ledger.",
    .see_also = "release-record(1), open-record(1), grant(1)"};

struct Options {
  std::string ledger, patient, scope, custodian, purpose, challenge, reason;
  cli::KeyChoice key;
  std::vector<std::string> records;
  bool capsules = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("record", options.records, "records asked for").type_name("ID");
  set.add("--record", options.records, "the same, as an option").type_name("ID");
  set.add("--patient", options.patient, "all records of this patient").type_name("WHO");
  set.add("--scope", options.scope, "of one FHIR type, such as patient/Observation.rs").type_name("SCOPE");
  set.add("--custodian", options.custodian, "ask this custodian only").type_name("WHO");
  set.add("--purpose", options.purpose, "purpose of use; default: the ledger's, usually TREAT")
      .type_name("PURPOSE")
      .check(cli::purpose());
  set.add("--challenge", options.challenge, "answer the challenges in this file, a line for each custodian")
      .type_name("FILE|-");
  set.add("--reason", options.reason, "why, in an emergency (purpose ETREAT or BTG); read by those who review it")
      .type_name("TEXT");
  set.add_flag("--capsules", options.capsules, "ask for the keys only, to grant stored records");
}

class Asking {
 public:
  Asking(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        pool_(ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now())),
        own_(cli::own_keys(options.key)) {
    if (!options.reason.empty() && !care::is_emergency_purpose(options.purpose))
      throw misuse("a reason is stated for emergencies", "--purpose ETREAT");
    if (!options.custodian.empty()) only_ = cli::account_of_who(options.custodian, pool_.pending_state());
    if (!options.challenge.empty()) read_challenges();
  }

  void run() {
    if (!options_.records.empty())
      by_record();
    else if (!options_.patient.empty() && !is_own(options_.patient))
      by_patient();
    else
      own_records();
  }

 private:
  void by_record() {
    std::map<PublicKey, std::vector<care::ObjectRef>> asked;
    std::map<PublicKey, care::Record> sample;
    for (const std::string& text : options_.records) {
      const auto ref = ledger::ref_of(care::find_object(pool_, text));
      const auto record = care::records.get(pool_.pending_state(), ref);
      if (!record) throw refusal("'" + text + "' is not a record", "list records --patient WHO");
      asked[record->custodian].push_back(ref);
      sample.emplace(record->custodian, *record);
    }
    for (const auto& [custodian, refs] : asked) {
      care::Request request = request_to(custodian);
      request.records = refs;
      auto own = care::key_for_record(pool_.pending_state(), pool_.ledger().id(), own_.seeds, sample.at(custodian));
      print(request, own ? own->seed : own_.seeds.front());
    }
  }

  void by_patient() {
    bool asked = false;
    for (const PublicKey& custodian : only_ ? std::vector{*only_} : care::organisations(pool_)) {
      const PublicKey patient =
          cli::patient_account(options_.patient, pool_.pending_state(), pool_.ledger().id(), custodian);
      if (!only_ && care::records_of(pool_, patient).empty()) continue;
      if (!only_ && !keeps(custodian, patient)) continue;
      care::Request request = request_to(custodian);
      ask_all_of(patient, request);
      print(request, own_.seeds.front());
      asked = true;
    }
    if (!asked)
      throw refusal("no custodian on this ledger keeps records of this patient",
                    "--custodian WHO asks there all the same");
  }

  void own_records() {
    const auto keys = care::keys_at_custodians(pool_, own_.seeds, only_);
    if (keys.empty())
      throw refusal("no custodian on this ledger keeps records of yours", "name records, or --patient WHO");
    for (const auto& key : keys) {
      care::Request request = request_to(key.custodian);
      ask_all_of(key.account, request);
      print(request, key.seed);
    }
  }

  bool is_own(const std::string& who) const {
    if (who.starts_with("did:")) return false;
    try {
      return cli::public_key_of_file(who) == own_.key();
    } catch (const Error&) {
      return false;
    }
  }

  bool keeps(const PublicKey& custodian, const PublicKey& patient) const {
    for (const auto& ref : care::records_of(pool_, patient)) {
      const auto record = care::records.get(pool_.pending_state(), ref);
      if (record && record->custodian == custodian) return true;
    }
    return false;
  }

  care::Request request_to(const PublicKey& custodian) const {
    care::Request request;
    request.custodian = custodian;
    request.purpose = options_.purpose.empty() ? pool_.ledger().constitution().defaults.purpose : options_.purpose;
    request.capsules_only = options_.capsules;
    request.time = out_.world().now();
    request.nonce = care::Nonce(draw<care::Nonce::size>(out_.world().random));
    if (const auto found = challenges_.find(custodian); found != challenges_.end()) {
      request.challenge = found->second;
    } else if (care::demanded_challenge_seconds(pool_.pending_state())) {
      const std::string name = cli::display_account(custodian, pool_.pending_state());
      throw refusal("this ledger demands that a request answers a challenge of " + name,
                    "release-record --challenge -k CUSTODIAN | request-access --challenge - …");
    }
    return request;
  }

  void read_challenges() {
    auto reader = cli::LineReader::open(options_.challenge);
    while (const auto line = reader.next()) {
      if (line->empty()) continue;
      Bytes message = cli::cose_of_line(*line, "line " + std::to_string(reader.line_number()));
      PublicKey signer;
      const care::Challenge challenge = care::read_challenge(pool_.ledger().id(), message, signer);
      challenges_[challenge.custodian] = std::move(message);
    }
    if (challenges_.empty())
      throw refusal("there is no challenge in '" + options_.challenge + "'", "release-record --challenge");
  }

  void ask_all_of(const PublicKey& patient, care::Request& request) const {
    request.patient = patient;
    if (!options_.scope.empty()) request.type = care::parse_scope(options_.scope).resource;
  }

  // Ahead of the request; the digest for it.
  Hash print_reason(const care::Request& request, const crypto::Signer& signer) {
    const auto reason = care::state_reason(options_.reason, out_.world().random);
    const PublicKey custodian = ledger::current_key(pool_.pending_state(), request.custodian);
    cli::Envelope envelope;
    envelope.type = "access.reason";
    envelope.time = request.time;
    envelope.signer = encoding::did_key(signer.public_key());
    envelope.ledger = encoding::hex(pool_.ledger().id().view());
    envelope.cose =
        encoding::base64url(care::reason_message(pool_.ledger().id(), signer, reason, custodian, out_.world().random));
    out_.envelope(envelope);
    return care::digest_of(reason);
  }

  void print(care::Request request, const SecretKey& seed) {
    const crypto::Signer signer(seed);
    const Hash& ledger = pool_.ledger().id();
    if (!options_.reason.empty()) request.reason = print_reason(request, signer);
    const Bytes message = care::sign_request(ledger, signer, request);
    cli::Envelope envelope;
    envelope.type = "access.request";
    envelope.id =
        encoding::hex(ledger::message_id(ledger::Word::request, ledger, ledger::parse_message(message)).view());
    envelope.ids = {*envelope.id};
    envelope.time = request.time;
    envelope.signer = encoding::did_key(signer.public_key());
    envelope.ledger = encoding::hex(ledger.view());
    encoding::JsonWriter json;
    encoding::json_fields(request, json);
    envelope.data = json.take();
    envelope.cose = encoding::base64url(message);
    out_.envelope(envelope);
  }

  const Options& options_;
  cli::Output& out_;
  ledger::Pool pool_;
  cli::OwnKeys own_;
  std::optional<PublicKey> only_;
  std::map<PublicKey, Bytes> challenges_;  // by custodian
};

Exit run(const Options& options, cli::Output& out) {
  if (!options.records.empty() && (!options.patient.empty() || !options.scope.empty()))
    throw misuse("name records, or a patient and a scope, not both");
  Asking(options, out).run();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(request_access, about, declare, run);
