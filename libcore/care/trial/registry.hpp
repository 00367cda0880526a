#pragma once
// Registry records: ClinicalTrials.gov API v2, FHIR ResearchStudy (R4, R5), and the same in our YAML. All become one
// shape, ClinicalTrials.gov's protocolSection, which goes on the chain whole, but for what names persons or has
// fractions: officials, contacts and places on the map.

#include "libcore/care/trial/operations.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/yaml.hpp"

namespace carechain::care::trial {

// A record's protocolSection. Throws refusal(): not JSON, neither of the two formats, no title.
encoding::Value read_registry(std::string_view json);
// The same from the keys title, summary, study-id, registry-id, phases, allocation, masking, purpose, model,
// enrollment, conditions, arms, outcomes, eligibility, start, completion of a YAML document. Throws YamlFault.
encoding::Value registry_of_yaml(const encoding::YamlNode&);

// What rules look at in it: title, numbers, masking, arms (A1, A2, …), outcomes (without ids, unless the record has
// them), dates.
Protocol protocol_of(const encoding::Value& protocol_section);

// Outcomes keep the ids that they had in the version before: those that measure the same, however it is written, in
// whatever group; new ones get the next free number.
void carry_ids(const std::vector<Outcome>& before, std::vector<Outcome>& after);
std::string normalised(std::string_view measure);  // lower-case words

// The record as a registry takes it, ClinicalTrials.gov v2: protocolSection as registered, and when published
// resultsSection. JSON.
std::string export_of(const ledger::State&, const ObjectRef& trial);

}  // namespace carechain::care::trial
