#include "libcore/care/audit_event.hpp"

#include "libcore/care/decision.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {
namespace {

using encoding::JsonWriter;

constexpr std::string_view dicom = "http://dicom.nema.org/resources/ontology/DCM";
constexpr std::string_view act_reason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
constexpr std::string_view participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
constexpr std::string_view entity_type = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
constexpr std::string_view object_role = "http://terminology.hl7.org/CodeSystem/object-role";
constexpr std::string_view source_type = "http://terminology.hl7.org/CodeSystem/security-source-type";
constexpr std::string_view uri = "urn:ietf:rfc:3986";

void coding(JsonWriter& json, std::string_view system, std::string_view code, std::string_view display = "") {
  json.begin_object().key("system").value(system).key("code").value(code);
  if (!display.empty()) json.key("display").value(display);
  json.end_object();
}

void codeable(JsonWriter& json, std::string_view system, std::string_view code) {
  json.begin_object().key("coding").begin_array();
  coding(json, system, code);
  json.end_array().end_object();
}

void identifier(JsonWriter& json, const std::string& value) {
  json.key("identifier").begin_object().key("system").value(uri).key("value").value(value).end_object();
}

void who(JsonWriter& json, const PublicKey& account, const ledger::State& state) {
  json.begin_object();
  if (account.is_zero()) {
    json.key("display").value("unknown: the request could not be read");
  } else {
    identifier(json, encoding::did_key(account));
    const auto identity = ledger::identities.get(state, account);
    if (identity && identity->name) json.key("display").value(*identity->name);
  }
  json.end_object();
}

void agents(JsonWriter& json, const LogEntry& entry, const ledger::State& state, const Hash& ledger) {
  json.key("agent").begin_array().begin_object().key("type");
  codeable(json, participation, "IRCP");
  json.key("who");
  who(json, entry.requester, state);
  json.key("requestor").value(true);
  if (entry.grant) {
    std::string policy = "urn:carechain:" + encoding::hex(ledger.view()) + ':' + ledger::json_text(*entry.grant);
    if (entry.path) policy += '#' + *entry.path;
    json.key("policy").begin_array().value(policy).end_array();
  }
  json.end_object().begin_object().key("type");
  codeable(json, participation, "CST");
  json.key("who");
  who(json, entry.custodian, state);
  json.key("requestor").value(false).end_object().end_array();
}

void entities(JsonWriter& json, const LogEntry& entry, const ledger::State& state, const Hash& ledger) {
  if (!entry.patient) return;
  json.key("entity").begin_array().begin_object().key("what").begin_object();
  identifier(json, encoding::did_key(*entry.patient));
  json.end_object().key("type");
  coding(json, entity_type, "1", "Person");
  json.key("role");
  coding(json, object_role, "1", "Patient");
  json.end_object();
  if (entry.record) {
    const auto record = records.get(state, *entry.record);
    json.begin_object().key("what").begin_object();
    identifier(json, "urn:carechain:" + encoding::hex(ledger.view()) + ':' + ledger::json_text(*entry.record));
    json.end_object().key("type");
    coding(json, entity_type, "2", "System Object");
    json.key("role");
    coding(json, object_role, "4", "Domain Resource");
    if (record && record->facts.labels && !record->facts.labels->empty()) {
      json.key("securityLabel").begin_array();
      for (const std::string& label : *record->facts.labels) json.begin_object().key("code").value(label).end_object();
      json.end_array();
    }
    std::string types;
    if (record)
      for (const std::string& type : record->types) types += (types.empty() ? "" : " ") + type;
    if (!types.empty()) json.key("name").value(types);
    json.end_object();
  }
  json.end_array();
}

std::string uuid_of(const LogEntry& entry) {
  Bytes bytes = copy_of(entry.decision.view());
  if (entry.record) append(bytes, entry.record->view());
  std::string hex = encoding::hex(crypto::sha256(bytes).view().first(16));
  hex[12] = '8';                          // RFC 9562: version 8, of our own making
  hex[16] = "89ab"[(hex[16] - '0') & 3];  // its variant
  for (const std::size_t place : {20u, 16u, 12u, 8u}) hex.insert(place, "-");
  return hex;
}

}  // namespace

AuditEvent audit_event(const LogEntry& entry, const ledger::State& state, const Hash& ledger) {
  const std::string id = uuid_of(entry);
  JsonWriter json;
  json.begin_object().key("resourceType").value("AuditEvent").key("id").value(id).key("type");
  coding(json, dicom, "110110", "Patient Record");
  json.key("subtype").begin_array();
  coding(json, "http://hl7.org/fhir/restful-interaction", "read");
  if (entry.reason == "emergency") coding(json, dicom, "110127", "Emergency Override Started");
  json.end_array().key("action").value("R").key("recorded").value(to_text(entry.decided));
  json.key("outcome").value(entry.permit ? "0" : entry.record ? "4" : "8");
  std::string why(explain_reason(entry.reason));
  if (entry.unfounded) why += "; the chain can't confirm it: " + *entry.unfounded;
  json.key("outcomeDesc").value(why);
  if (!entry.purpose.empty()) {
    json.key("purposeOfEvent").begin_array();
    codeable(json, act_reason, entry.purpose);
    json.end_array();
  }
  agents(json, entry, state, ledger);
  json.key("source").begin_object().key("observer");
  who(json, entry.custodian, state);
  json.key("type").begin_array();
  coding(json, source_type, "4", "Application Server");
  json.end_array().end_object();
  entities(json, entry, state, ledger);
  return {"urn:uuid:" + id, json.end_object().take()};
}

}  // namespace carechain::care
