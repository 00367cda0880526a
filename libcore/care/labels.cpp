#include "libcore/care/labels.hpp"

#include <algorithm>
#include <array>

namespace carechain::care {
namespace {

using Codes = std::string_view;

// HL7 THO CodeSystem v3-Confidentiality (CC0).
constexpr std::array<Codes, 6> confidentialities{"U", "L", "M", "N", "R", "V"};

// HL7 THO CodeSystem v3-ActCode, the tree under _InformationSensitivityPolicy (CC0).
constexpr std::array<Codes, 52> sensitivities{
    "ETH",   "GDIS",     "HIV",     "MST",     "PREGNANT", "SCA",     "SDV",     "SEX",      "SPI",  "BH",   "COGN",
    "DVD",   "EMOTDIS",  "MH",      "PSY",     "PSYTHPN",  "SUD",     "ETHUD",   "OPIOIDUD", "STD",  "TBOO", "VIO",
    "IDS",   "SICKLE",   "DEMO",    "DOB",     "GENDER",   "LIVARG",  "MARST",   "PATLOC",   "RACE", "REL",  "B",
    "EMPL",  "LOCIS",    "SSP",     "ADOL",    "CEL",      "DIA",     "DRGIS",   "EMP",      "PDS",  "PHY",  "PRS",
    "COMPT", "ACOCOMPT", "CTCOMPT", "FMCOMPT", "HRCOMPT",  "LRCOMPT", "PACOMPT", "RESCOMPT"};

// HL7 THO CodeSystem consentaction (CC0).
constexpr std::array<Codes, 5> actions{"collect", "access", "use", "disclose", "correct"};

// HL7 THO code systems (CC0) and their names before THO.
constexpr std::array<Codes, 8> category_systems{"http://terminology.hl7.org/CodeSystem/observation-category",
                                                "http://terminology.hl7.org/CodeSystem/condition-category",
                                                "http://terminology.hl7.org/CodeSystem/medicationrequest-category",
                                                "http://terminology.hl7.org/CodeSystem/v2-0074",
                                                "http://hl7.org/fhir/observation-category",
                                                "http://hl7.org/fhir/condition-category",
                                                "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
                                                "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"};
constexpr std::array<Codes, 19> categories{
    "social-history", "vital-signs", "imaging",   "laboratory",        "procedure",           "survey",
    "exam",           "therapy",     "activity",  "problem-list-item", "encounter-diagnosis", "health-concern",
    "inpatient",      "outpatient",  "community", "discharge",         "assess-plan",         "food",
    "medication"};

template <class Table>
bool contains(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

}  // namespace

std::optional<int> confidentiality(std::string_view code) {
  const auto found = std::ranges::find(confidentialities, code);
  if (found == confidentialities.end()) return std::nullopt;
  return static_cast<int>(found - confidentialities.begin());
}

bool is_sensitivity(std::string_view code) { return contains(sensitivities, code); }
bool is_consent_action(std::string_view code) { return contains(actions, code); }
bool is_reading(std::string_view action) { return action == "access" || action == "disclose"; }
bool is_category_system(std::string_view system) { return contains(category_systems, system); }
bool is_category(std::string_view code) { return contains(categories, code); }

}  // namespace carechain::care
