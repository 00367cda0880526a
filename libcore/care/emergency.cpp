#include "libcore/care/emergency.hpp"

#include <algorithm>
#include <array>

namespace carechain::care {
namespace {

// After the HL7 v3-RoleCode and FHIR practitioner-role code systems (CC0), in the words that accounts are enrolled
// with.
constexpr std::array<std::string_view, 13> clinical_roles{
    "clinician",          "physician", "doctor",     "surgeon",     "nurse",       "midwife",
    "paramedic",          "dentist",   "pharmacist", "anesthetist", "radiologist", "psychiatrist",
    "emergency-physician"};

constexpr std::int64_t default_access_seconds = 24 * 3600;
constexpr std::int64_t default_review_seconds = 72 * 3600;

}  // namespace

bool is_emergency_purpose(std::string_view code) { return code == "ETREAT" || code == "BTG"; }
bool is_clinical_role(std::string_view role) { return std::ranges::find(clinical_roles, role) != clinical_roles.end(); }

std::string_view to_text(Review finding) { return finding == Review::justified ? "justified" : "unjustified"; }
bool parse(std::string_view text, Review& finding) {
  if (text != "justified" && text != "unjustified") return false;
  finding = text == "justified" ? Review::justified : Review::unjustified;
  return true;
}

std::optional<EmergencyTerms> emergency_terms(const ledger::State& state) {
  const auto constitution = ledger::constitutions.get(state);
  if (!constitution) return std::nullopt;
  const auto seconds = [](const std::optional<std::uint64_t>& given, std::int64_t otherwise) {
    return given ? static_cast<std::int64_t>(*given) : otherwise;
  };
  const EmergencyTerms terms{seconds(constitution->defaults.emergency_seconds, default_access_seconds),
                             seconds(constitution->defaults.review_seconds, default_review_seconds)};
  return terms.access_seconds > 0 ? std::optional(terms) : std::nullopt;
}

std::optional<ObjectRef> open_emergency(const ledger::State& state, const PublicKey& patient,
                                        const PublicKey& requester, std::uint64_t height, Time time) {
  const auto latest = latest_emergencies.get(state, patient, requester);
  if (!latest) return std::nullopt;
  const auto emergency = emergencies.get(state, latest->decision);
  const bool holds = emergency->height <= height && emergency->opened <= time && time <= emergency->expires;
  return holds ? std::optional(latest->decision) : std::nullopt;
}

void open(ledger::Context& context, Emergency emergency) {
  const auto terms = emergency_terms(context.state).value_or(EmergencyTerms{0, default_review_seconds});
  emergency.expires = {emergency.opened.seconds + terms.access_seconds};
  emergency.due = {emergency.opened.seconds + terms.review_seconds};
  emergency.height = context.height;
  const ObjectRef ref = ledger::ref_of(context.id);
  for (const PublicKey& patient : emergency.patients)
    latest_emergencies.put(context.state, {ref}, patient, emergency.requester);
  emergencies.put(context.state, emergency, ref);
}

ledger::Outcome apply_review(const ReviewEmergency& review, ledger::Context& context) {
  using ledger::Refused;
  auto emergency = emergencies.get(context.state, review.decision);
  if (!emergency)
    return Refused{"this decision opened no emergency", "access-log --overdue shows what waits for review"};
  if (context.signer == emergency->requester) return Refused{"who broke the glass can't review it"};
  if (context.signer != emergency->custodian) {
    const auto identity = ledger::identities.get(context.state, context.signer);
    const bool officer = identity && identity->organisation == emergency->custodian &&
                         std::ranges::find(identity->roles, "privacy-officer") != identity->roles.end();
    if (!officer)
      return Refused{"an emergency is reviewed by its custodian, or by a privacy-officer whom the custodian enrolled"};
  }
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the reviewer is suspended or its standing has ended"};
  if (emergency->reviewed) return Refused{"it was reviewed already, at block " + std::to_string(*emergency->reviewed)};
  emergency->reviewer = context.signer;
  emergency->finding = review.finding;
  emergency->reviewed = context.height;
  emergencies.put(context.state, *emergency, review.decision);
  return std::nullopt;
}

}  // namespace carechain::care
