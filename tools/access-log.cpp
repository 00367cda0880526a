#include "libcore/care/access_log.hpp"
#include "libcore/care/decision.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/care/purpose.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "access-log",
    .summary = "who asked for a patient's records, and what was decided",
    .description =
        R"(Lists every decision, sealed and pending, also refusals: who asked, for which record and purpose, when, permit or deny, why, and by which
grant. A decision that the chain can't confirm is marked unfounded, with what the chain says instead: evidence
against its custodian.

For a patient: --patient with her key file shows the log at all her custodians, with a did:key that of one account. For a
custodian: --custodian. For an auditor: neither, everything. Requests that were refused unread have no patient and show in
their custodian's log.)",
    .examples = R"($ access-log --patient alice -L demo
$ access-log --custodian mercy --denied --since 2026-01-01 -L demo
$ access-log --unfounded -L copy)",
    .exit_status = "0 also when the list is empty. 1: there is no such custodian, requester or record.",
    .see_also = "release-record(1), list(1), grant(1)"};

struct Options {
  std::string ledger, patient, custodian, requester, record, purpose;
  std::optional<Time> since, until;
  bool permitted = false, denied = false, unfounded = false;
};

void declare(CLI::App& app, Options& options) {
  cli::add_ledger(app, options.ledger);
  app.add_option("--patient", options.patient, "of this patient's records")->type_name("WHO");
  app.add_option("--custodian", options.custodian, "decided by this custodian")->type_name("WHO");
  app.add_option("--requester", options.requester, "asked by this account")->type_name("WHO");
  app.add_option("--record", options.record, "about this record")->type_name("ID");
  app.add_option("--purpose", options.purpose, "for this purpose of use")
      ->type_name("PURPOSE")
      ->transform(cli::one_of(care::purpose_codes()).description(""));
  app.add_option("--since", options.since, "decided at this time or later")
      ->type_name("TIME")
      ->transform(cli::time_value());
  app.add_option("--until", options.until, "decided at this time or earlier")
      ->type_name("TIME")
      ->transform(cli::time_value(true));
  app.add_flag("--permitted", options.permitted, "only what was permitted");
  app.add_flag("--denied", options.denied, "only what was denied");
  app.add_flag("--unfounded", options.unfounded, "only what the chain can't confirm");
}

struct Filter {
  const Options& options;
  std::optional<PublicKey> custodian, requester;
  std::optional<care::ObjectRef> record;

  bool wants(const care::LogEntry& entry) const {
    if (custodian && entry.custodian != *custodian) return false;
    if (requester && entry.requester != *requester) return false;
    if (record && entry.record != *record) return false;
    if (!options.purpose.empty() && entry.purpose != options.purpose) return false;
    if (options.since && entry.decided < *options.since) return false;
    if (options.until && *options.until < entry.decided) return false;
    if (options.permitted && !entry.permit) return false;
    if (options.denied && entry.permit) return false;
    return !options.unfounded || entry.unfounded.has_value();
  }
};

class Printer {
 public:
  Printer(cli::Output& out, const ledger::Ledger& ledger) : out_(out), ledger_(ledger) {}

  void print(const care::LogEntry& entry, bool sealed) {
    if (!out_.json()) {
      const auto name = [&](const PublicKey& account) {
        const auto identity = ledger::identities.get(ledger_.state(), account);
        return identity && identity->name ? cli::clean(*identity->name)
                                          : encoding::did_key(account).substr(0, 20) + "…";
      };
      rows_.push_back({to_text(entry.decided), entry.permit ? "permit" : "deny", entry.reason,
                       entry.requester.is_zero()          ? "?"
                       : entry.requester == entry.patient ? "the patient"
                                                          : name(entry.requester),
                       entry.purpose, entry.record ? ledger::json_text(*entry.record).substr(0, 12) : "-",
                       name(entry.custodian),
                       entry.unfounded ? "UNFOUNDED: " + *entry.unfounded
                       : sealed        ? ""
                                       : "(pending)"});
      return;
    }
    cli::Envelope envelope;
    envelope.type = "access.log";
    envelope.id = ledger::json_text(entry.decision);
    envelope.ids = {*envelope.id};
    envelope.tx = encoding::hex(ledger::id_of(entry.decision).tx.view());
    envelope.status = sealed ? "sealed" : "pending";
    if (sealed) envelope.height = entry.height;
    if (const auto block = sealed ? ledger_.block_hash(entry.height) : std::nullopt)
      envelope.block = encoding::hex(block->view());
    envelope.time = entry.decided;
    envelope.signer = encoding::did_key(entry.custodian);
    envelope.ledger = encoding::hex(ledger_.id().view());
    envelope.reason = std::string(care::explain_reason(entry.reason));
    envelope.data = data_of(entry);
    out_.envelope(envelope);
  }

  void finish() {
    if (!out_.json()) out_.table({"when", "decision", "why", "who", "purpose", "record", "custodian", ""}, rows_);
  }

 private:
  static std::string data_of(const care::LogEntry& entry) {
    encoding::JsonWriter json;
    const auto optional = [&](const char* key, const std::optional<std::string>& value) {
      json.key(key);
      value ? json.value(*value) : json.null();
    };
    const auto did = [](const std::optional<PublicKey>& key) {
      return key && !key->is_zero() ? std::optional(encoding::did_key(*key)) : std::nullopt;
    };
    const auto ref = [](const std::optional<care::ObjectRef>& object) {
      return object ? std::optional(ledger::json_text(*object)) : std::nullopt;
    };
    json.begin_object().key("decision").value(entry.permit ? "permit" : "deny").key("reason").value(entry.reason);
    optional("requester", did(entry.requester));
    optional("custodian", did(entry.custodian));
    optional("patient", did(entry.patient));
    optional("record", ref(entry.record));
    optional("purpose", entry.purpose.empty() ? std::nullopt : std::optional(entry.purpose));
    optional("evidence", ref(entry.grant));
    optional("unfounded", entry.unfounded);
    return json.end_object().take();
  }

  cli::Output& out_;
  const ledger::Ledger& ledger_;
  std::vector<std::vector<std::string>> rows_;
};

Exit run(const Options& options, cli::Output& out) {
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  const ledger::Ledger& ledger = pool.ledger();
  Filter filter{options, {}, {}, {}};
  if (!options.custodian.empty()) filter.custodian = cli::account_of_who(options.custodian, ledger.state());
  if (!options.requester.empty()) filter.requester = cli::account_of_who(options.requester, ledger.state());
  if (!options.record.empty()) filter.record = ledger::ref_of(care::find_object(pool, options.record));
  Printer printer(out, ledger);
  const auto visit = [&](const care::LogEntry& entry, bool sealed) {
    if (filter.wants(entry)) printer.print(entry, sealed);
  };
  if (options.patient.starts_with("did:")) {
    care::log_of_patient(pool, cli::account_of_who(options.patient, ledger.state()), visit);
  } else if (!options.patient.empty()) {
    for (const auto& key : care::keys_at_custodians(pool, cli::own_keys({options.patient, {}, -1}).seeds, {}))
      care::log_of_patient(pool, key.account, visit);
  } else if (filter.custodian) {
    care::log_of_custodian(pool, *filter.custodian, visit);
  } else {
    care::log_of_all(pool, visit);
  }
  printer.finish();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(access_log, about, declare, run);
