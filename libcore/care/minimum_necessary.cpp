#include "libcore/care/minimum_necessary.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "libcore/care/purpose.hpp"

namespace carechain::care {
namespace {

using Types = std::span<const std::string_view>;

// Classes of persons, categories of information, conditions (45 CFR 164.514(d)(2)); the consortium's protocol. Roles
// are those that organisations and their members are enrolled with; purposes cover those below them.
constexpr std::array<std::string_view, 13> billing{"Account",
                                                   "Claim",
                                                   "ClaimResponse",
                                                   "Coverage",
                                                   "CoverageEligibilityRequest",
                                                   "CoverageEligibilityResponse",
                                                   "Encounter",
                                                   "EnrollmentRequest",
                                                   "ExplanationOfBenefit",
                                                   "Organization",
                                                   "PaymentNotice",
                                                   "PaymentReconciliation",
                                                   "Practitioner"};
constexpr std::array<std::string_view, 4> eligibility{"Coverage", "CoverageEligibilityRequest",
                                                      "CoverageEligibilityResponse", "EnrollmentRequest"};
constexpr std::array<std::string_view, 5> operations{"Appointment", "Encounter", "Organization", "Practitioner",
                                                     "Schedule"};
constexpr std::array<std::string_view, 7> quality{"CarePlan",     "Encounter",    "Goal",     "MeasureReport",
                                                  "Organization", "Practitioner", "Procedure"};
constexpr std::array<std::string_view, 5> public_health{"Condition", "DiagnosticReport", "Immunization", "Observation",
                                                        "Specimen"};

struct Row {
  std::string_view purpose, role;
  Types types;
};
constexpr std::array<Row, 9> protocol{{{"HPAYMT", "payer", billing},
                                       {"HPAYMT", "biller", billing},
                                       {"COVERAGE", "payer", eligibility},
                                       {"COVERAGE", "registrar", eligibility},
                                       {"HOPERAT", "auditor", operations},
                                       {"PATADMIN", "registrar", operations},
                                       {"HQUALIMP", "auditor", quality},
                                       {"PUBHLTH", "regulator", public_health},
                                       {"PUBHLTH", "registry", public_health}}};

}  // namespace

bool needs_minimum(std::string_view purpose) {
  return !purpose_covers("TREAT", purpose) && !purpose_covers("ETREAT", purpose) && !purpose_covers("PATRQT", purpose);
}

bool names_data(const Provision* rule) {
  if (rule == nullptr) return false;
  const bool types = rule->types && std::ranges::find(*rule->types, "*") == rule->types->end();
  return types || rule->codes || rule->records;
}

bool within_minimum(std::string_view purpose, const std::vector<std::string>& roles,
                    const std::vector<std::string>& types) {
  const auto allowed = [&](const std::string& type) {
    return std::ranges::any_of(protocol, [&](const Row& row) {
      return purpose_covers(row.purpose, purpose) && std::ranges::find(roles, row.role) != roles.end() &&
             std::ranges::find(row.types, type) != row.types.end();
    });
  };
  return !types.empty() && std::ranges::all_of(types, allowed);
}

}  // namespace carechain::care
