#include "libcore/care/claim/claim_answers.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care::claim {
namespace {

using encoding::JsonWriter;

constexpr std::string_view categories = "http://terminology.hl7.org/CodeSystem/adjudication";
constexpr std::string_view reasons = "https://x12.org/codes/claim-adjustment-reason-codes";

std::string day_text(Time time) { return to_text(time).substr(0, 10); }

void put_coding(JsonWriter& json, std::string_view key, std::string_view system, std::string_view code) {
  json.key(key).begin_object().key("coding").begin_array().begin_object();
  if (!system.empty()) json.key("system").value(system);
  json.key("code").value(code).end_object().end_array().end_object();
}
void put_reference(JsonWriter& json, std::string_view key, const std::string& to) {
  json.key(key).begin_object().key("reference").value(to).end_object();
}
void put_money(JsonWriter& json, std::string_view key, std::int64_t cents, const std::string& currency) {
  json.key(key).begin_object().key("value").raw(money_text(cents)).key("currency").value(currency).end_object();
}
void put_adjudication(JsonWriter& json, std::string_view category, std::int64_t cents, const std::string& currency,
                      std::string_view reason = {}) {
  json.begin_object();
  put_coding(json, "category", categories, category);
  if (!reason.empty()) put_coding(json, "reason", reasons, reason);
  put_money(json, "amount", cents, currency);
  json.end_object();
}

// The category that an adjustment belongs to in FHIR's own list.
std::string_view category_of(const Adjustment& adjustment) {
  if (adjustment.group == "PR" && adjustment.reason == "1") return "deductible";
  if (adjustment.group == "PR" && adjustment.reason == "3") return "copay";
  return "eligible";
}

std::string_view outcome_of(const Claim& claim) { return claim.state == "pended" ? "queued" : "complete"; }

void put_items(JsonWriter& json, const Claim& claim, bool explanation) {
  const std::string& currency = claim.submitted.currency;
  json.key("item").begin_array();
  for (std::size_t i = 0; i < claim.lines.size(); ++i) {
    const LineDecision& line = claim.lines[i];
    const Line& submitted = claim.submitted.lines[i];
    json.begin_object().key(explanation ? "sequence" : "itemSequence").value(line.number);
    if (explanation) {
      put_coding(json, "productOrService", {}, submitted.code);
      json.key("servicedPeriod").begin_object().key("start").value(day_text(submitted.from));
      json.key("end").value(day_text(submitted.to)).end_object();
    }
    json.key("adjudication").begin_array();
    put_adjudication(json, "submitted", submitted.charge, currency);
    put_adjudication(json, "eligible", line.allowed, currency);
    for (const Adjustment& adjustment : line.adjustments)
      put_adjudication(json, category_of(adjustment), adjustment.amount, currency,
                       adjustment.group + '-' + adjustment.reason);
    put_adjudication(json, "benefit", line.paid, currency);
    json.end_array().end_object();
  }
  json.end_array();
}

void put_totals(JsonWriter& json, const Claim& claim) {
  json.key("total").begin_array();
  put_adjudication(json, "submitted", claim.submitted.total, claim.submitted.currency);
  put_adjudication(json, "benefit", claim.paid, claim.submitted.currency);
  json.end_array();
  if (claim.paid == 0 || claim.submitted.use != "claim") return;
  json.key("payment").begin_object();
  put_coding(json, "type", "http://terminology.hl7.org/CodeSystem/ex-paymenttype",
             claim.state == "paid" ? "complete" : "partial");
  put_money(json, "amount", claim.paid, claim.submitted.currency);
  json.end_object();
}

void put_head(JsonWriter& json, const Claim& claim, const ObjectRef& ref, const char* type) {
  const std::string id = ledger::json_text(ref);
  const bool over = claim.state == "voided" || claim.state == "replaced";
  json.begin_object().key("resourceType").value(type).key("id").value(id.substr(0, 32) + '-' + id.substr(65));
  json.key("status").value(over ? "cancelled" : "active");
  put_coding(json, "type", "http://terminology.hl7.org/CodeSystem/claim-type", claim.submitted.type);
  json.key("use").value(claim.submitted.use);
  put_reference(json, "patient", encoding::did_key(claim.submitted.member));
  json.key("created").value(to_text(claim.received));
  put_reference(json, "insurer", encoding::did_key(claim.submitted.payer));
}

}  // namespace

std::string money_text(std::int64_t cents) {
  const std::uint64_t size = cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
  const std::uint64_t rest = size % 100;
  return (cents < 0 ? "-" : "") + std::to_string(size / 100) + '.' + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string claim_response(const Claim& claim, const ObjectRef& ref) {
  JsonWriter json;
  put_head(json, claim, ref, "ClaimResponse");
  put_reference(json, "request", "Claim/" + ledger::json_text(ref));
  json.key("outcome").value(outcome_of(claim));
  if (!claim.reason.empty()) json.key("disposition").value(claim.reason);
  if (claim.submitted.use == "preauthorization" && claim.state == "approved")
    json.key("preAuthRef").value(ledger::json_text(ref));
  put_items(json, claim, false);
  put_totals(json, claim);
  json.end_object();
  return json.take();
}

std::string explanation_of_benefit(const Claim& claim, const ObjectRef& ref) {
  JsonWriter json;
  put_head(json, claim, ref, "ExplanationOfBenefit");
  json.key("provider").begin_object().key("identifier").begin_object();
  json.key("system")
      .value("http://hl7.org/fhir/sid/us-npi")
      .key("value")
      .value(claim.submitted.provider)
      .end_object()
      .end_object();
  json.key("outcome").value(outcome_of(claim));
  if (!claim.reason.empty()) json.key("disposition").value(claim.reason);
  json.key("billablePeriod").begin_object().key("start").value(day_text(claim.submitted.from));
  json.key("end").value(day_text(claim.submitted.to)).end_object();
  json.key("insurance").begin_array().begin_object().key("focal").value(true);
  put_reference(json, "coverage",
                claim.coverage ? "Coverage/" + ledger::json_text(*claim.coverage) : "Coverage/unknown");
  json.end_object().end_array();
  put_items(json, claim, true);
  put_totals(json, claim);
  json.end_object();
  return json.take();
}

}  // namespace carechain::care::claim
