#include "libcore/cli/log_views.hpp"

#include <fmt/format.h>

#include "libcore/base/error.hpp"
#include "libcore/care/audit_event.hpp"
#include "libcore/care/decision.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {
namespace {

using encoding::JsonWriter;

std::string short_name(const PublicKey& account, const ledger::State& state) {
  const auto identity = ledger::identities.get(state, account);
  return identity && identity->name ? clean(*identity->name) : encoding::did_key(account).substr(0, 20) + "…";
}

std::optional<std::string> did(const std::optional<PublicKey>& key) {
  return key && !key->is_zero() ? std::optional(encoding::did_key(*key)) : std::nullopt;
}

void value_or_null(JsonWriter& json, const char* key, const std::optional<std::string>& value) {
  json.key(key);
  value ? json.value(*value) : json.null();
}

std::string data_of(const care::LogEntry& entry) {
  const auto ref = [](const std::optional<care::ObjectRef>& object) {
    return object ? std::optional(ledger::json_text(*object)) : std::nullopt;
  };
  JsonWriter json;
  json.begin_object().key("decision").value(care::decision_word(entry.permit, entry.reason));
  json.key("reason").value(entry.reason);
  value_or_null(json, "requester", did(entry.requester));
  value_or_null(json, "custodian", did(entry.custodian));
  value_or_null(json, "patient", did(entry.patient));
  value_or_null(json, "record", ref(entry.record));
  value_or_null(json, "purpose", entry.purpose.empty() ? std::nullopt : std::optional(entry.purpose));
  value_or_null(json, "evidence", ref(entry.grant));
  value_or_null(json, "path", entry.path);
  value_or_null(json, "unfounded", entry.unfounded);
  return json.end_object().take();
}

}  // namespace

std::string review_state(const care::Emergency& emergency, Time now) {
  if (emergency.finding) return "reviewed: " + std::string(to_text(*emergency.finding));
  return (emergency.due < now ? "review OVERDUE since " : "review due ") + to_text(emergency.due);
}

std::string LogLines::remark(const care::LogEntry& entry, bool sealed) const {
  if (entry.unfounded) return "UNFOUNDED: " + *entry.unfounded;
  if (entry.reason == "emergency") {
    const auto emergency = care::emergencies.get(pool_.pending_state(), entry.grant.value_or(entry.decision));
    if (emergency) return "EMERGENCY: " + review_state(*emergency, out_.world().now());
  }
  return sealed ? "" : "(pending)";
}

void LogLines::print(const care::LogEntry& entry, bool sealed) {
  const ledger::Ledger& ledger = pool_.ledger();
  if (!out_.json()) {
    rows_.push_back({to_text(entry.decided), std::string(care::decision_word(entry.permit, entry.reason)), entry.reason,
                     entry.requester.is_zero()          ? "?"
                     : entry.requester == entry.patient ? "the patient"
                                                        : short_name(entry.requester, ledger.state()),
                     entry.purpose, entry.record ? ledger::json_text(*entry.record).substr(0, 12) : "-",
                     short_name(entry.custodian, ledger.state()), remark(entry, sealed)});
    return;
  }
  Envelope envelope;
  envelope.type = "access.log";
  envelope.id = ledger::json_text(entry.decision);
  envelope.ids = {*envelope.id};
  envelope.tx = encoding::hex(ledger::id_of(entry.decision).tx.view());
  envelope.status = sealed ? "sealed" : "pending";
  if (sealed) envelope.height = entry.height;
  if (const auto block = sealed ? ledger.block_hash(entry.height) : std::nullopt)
    envelope.block = encoding::hex(block->view());
  envelope.time = entry.decided;
  envelope.signer = encoding::did_key(entry.custodian);
  envelope.ledger = encoding::hex(ledger.id().view());
  envelope.reason = std::string(care::explain_reason(entry.reason));
  envelope.data = data_of(entry);
  out_.envelope(envelope);
}

void LogLines::finish() {
  if (!out_.json()) out_.table({"when", "decision", "why", "who", "purpose", "record", "custodian", ""}, rows_);
}

LogBundle::LogBundle(Output& out, const ledger::Pool& pool) : out_(out), pool_(pool) {
  JsonWriter time;
  time.value(to_text(out.world().now()));
  out_.raw(view_of(R"({"resourceType":"Bundle","type":"collection","timestamp":)" + time.take()));
}

void LogBundle::print(const care::LogEntry& entry) {
  const auto event = care::audit_event(entry, pool_.ledger().state(), pool_.ledger().id());
  out_.raw(view_of(std::string(first_ ? ",\"entry\":[" : ",") + "\n{\"fullUrl\":\"" + event.urn +
                   "\",\"resource\":" + event.json + '}'));
  first_ = false;
}

void LogBundle::finish() { out_.line(first_ ? "}" : "]}"); }

void print_disclosures(Output& out, const ledger::Pool& pool, const std::vector<care::Disclosure>& all) {
  std::vector<std::vector<std::string>> rows;
  for (const care::Disclosure& one : all) {
    const auto identity = ledger::identities.get(pool.ledger().state(), one.recipient);
    if (!out.json()) {
      rows.push_back({to_text(one.first), short_name(one.recipient, pool.ledger().state()), one.purpose,
                      fmt::format("{}", fmt::join(one.types, " ")), std::to_string(one.records),
                      std::to_string(one.count), one.count > 1 ? to_text(one.last) : "-",
                      short_name(one.custodian, pool.ledger().state())});
      continue;
    }
    JsonWriter json;
    json.begin_object().key("recipient").value(encoding::did_key(one.recipient));
    value_or_null(json, "name", identity ? identity->name : std::nullopt);
    value_or_null(json, "npi", identity ? identity->npi : std::nullopt);
    json.key("custodian").value(encoding::did_key(one.custodian)).key("purpose").value(one.purpose);
    json.key("types").begin_array();
    for (const std::string& type : one.types) json.value(type);
    json.end_array().key("records").value(one.records).key("count").value(one.count);
    json.key("first").value(to_text(one.first)).key("last").value(to_text(one.last)).end_object();
    Envelope envelope;
    envelope.type = "access.disclosure";
    envelope.time = one.first;
    envelope.signer = encoding::did_key(one.custodian);
    envelope.ledger = encoding::hex(pool.ledger().id().view());
    envelope.data = json.take();
    out.envelope(envelope);
  }
  if (!out.json()) out.table({"first", "recipient", "purpose", "what", "records", "times", "last", "custodian"}, rows);
}

void print_emergency(Output& out, const ledger::Pool& pool, const care::ObjectRef& ref,
                     const care::Emergency& emergency) {
  JsonWriter json;
  encoding::json_fields(emergency, json);
  Envelope envelope;
  envelope.type = "access.emergency";
  envelope.id = ledger::json_text(ref);
  envelope.ids = {*envelope.id};
  envelope.tx = encoding::hex(ledger::id_of(ref).tx.view());
  envelope.status = pool.ledger().find_transaction(ledger::id_of(ref).tx) ? "sealed" : "pending";
  envelope.time = emergency.opened;
  envelope.signer = encoding::did_key(emergency.custodian);
  envelope.ledger = encoding::hex(pool.ledger().id().view());
  envelope.reason = review_state(emergency, out.world().now());
  envelope.data = json.take();
  out.envelope(envelope);
}

std::vector<care::Suspension> read_suspensions(const std::string& file, const ledger::State& state) {
  std::vector<care::Suspension> all;
  auto reader = LineReader::open(file);
  while (const auto line = reader.next()) {
    if (line->empty()) continue;
    const std::string where = file + ", line " + std::to_string(reader.line_number());
    const encoding::Value value = encoding::parse_json(*line);
    const auto text = [&](const char* key) {
      const encoding::Value* found = value.find(key);
      const auto* word = found != nullptr ? std::get_if<std::string>(found) : nullptr;
      return word != nullptr ? *word : std::string();
    };
    const encoding::Value* oral_value = value.find("oral");
    const bool* oral = oral_value != nullptr ? std::get_if<bool>(oral_value) : nullptr;
    const auto from = parse_time(text("from"));
    auto until = parse_time(text("until"), true);
    if (text("recipient").empty() || !from)
      throw misuse(where + ": a statement needs \"recipient\" and \"from\"", "see access-log(1)");
    if (oral != nullptr && *oral) {
      const Time limit{from->seconds + care::oral_suspension_seconds - 1};
      if (!until || limit < *until) until = limit;
    }
    if (!until)
      throw misuse(where + ": a written statement says until when; an oral one counts for 30 days",
                   "\"until\": \"2027-01-31\", or \"oral\": true");
    all.push_back({account_of_who(text("recipient"), state), *from, *until});
  }
  return all;
}

}  // namespace carechain::cli
