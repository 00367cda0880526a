#include "libcore/care/trial/registry.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace carechain::care::trial {
namespace {

using encoding::Array;
using encoding::Map;
using encoding::Value;
using encoding::YamlNode;

const Value* at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* here = &value;
  for (const std::string_view key : path)
    if (here = here->find(key); here == nullptr) return nullptr;
  return here;
}
std::string text_at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* found = at(value, path);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(found);
  return text == nullptr ? "" : *text;
}
std::optional<std::string> given(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}
const Array& list_at(const Value& value, std::initializer_list<std::string_view> path) {
  static const Array none;
  const Value* found = at(value, path);
  const auto* list = found == nullptr ? nullptr : std::get_if<Array>(found);
  return list == nullptr ? none : *list;
}

// Persons' names and numbers with fractions stay off the chain.
Value without_private(const Value& value) {
  static const std::set<std::string, std::less<>> left_out{"overallOfficials", "centralContacts", "contacts",
                                                           "geoPoint"};
  if (const auto* list = std::get_if<Array>(&value)) {
    Array kept;
    for (const Value& item : *list) kept.push_back(without_private(item));
    return kept;
  }
  const auto* map = std::get_if<Map>(&value);
  if (map == nullptr) return value;
  Map kept;
  for (const auto& [key, item] : *map)
    if (!left_out.contains(key)) kept.emplace_back(key, without_private(item));
  return kept;
}

void put(Map& map, const std::string& key, const std::string& text) {
  if (!text.empty()) map.emplace_back(key, text);
}
void put(Map& map, const std::string& key, Array list) {
  if (!list.empty()) map.emplace_back(key, std::move(list));
}
void put(Map& map, const std::string& key, Map inner) {
  if (!inner.empty()) map.emplace_back(key, std::move(inner));
}

// One outcome and where it belongs.
void put_outcome(std::array<Array, 3>& outcomes, const std::string& kind, Map outcome) {
  outcomes[kind == "primary" ? 0 : kind == "secondary" ? 1 : 2].push_back(std::move(outcome));
}
Map outcomes_module(std::array<Array, 3> outcomes) {
  Map module;
  put(module, "primaryOutcomes", std::move(outcomes[0]));
  put(module, "secondaryOutcomes", std::move(outcomes[1]));
  put(module, "otherOutcomes", std::move(outcomes[2]));
  return module;
}

std::string word_of_concept(const Value& concept_value) {
  if (std::string text = text_at(concept_value, {"text"}); !text.empty()) return text;
  for (const Value& coding : list_at(concept_value, {"coding"})) {
    if (std::string text = text_at(coding, {"code"}); !text.empty()) return text;
    if (std::string text = text_at(coding, {"display"}); !text.empty()) return text;
  }
  return {};
}

// "active-comparator", "Active comparator": ACTIVE_COMPARATOR.
std::string constant_of(const std::string& fhir) {
  std::string constant;
  for (const char c : fhir)
    constant += c == '-' || c == ' ' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return constant;
}

// Of http://terminology.hl7.org/CodeSystem/research-study-phase: n-a, early-phase-1, phase-1, phase-1-phase-2 …
Array phases_of(const std::string& fhir) {
  const std::string word = constant_of(fhir);
  if (word.starts_with("EARLY")) return {"EARLY_PHASE1"};
  Array phases;
  for (const char number : {'1', '2', '3', '4'})
    if (word.find(std::string("PHASE_") + number) != std::string::npos)
      phases.emplace_back("PHASE" + std::string{number});
  return phases.empty() ? Array{"NA"} : phases;
}

std::string status_of(const std::string& fhir) {
  if (fhir == "active") return "RECRUITING";
  if (fhir == "completed" || fhir == "administratively-completed") return "COMPLETED";
  if (fhir == "withdrawn") return "WITHDRAWN";
  if (fhir.starts_with("temporarily-closed")) return "SUSPENDED";
  if (fhir.starts_with("closed-to-accrual")) return "ACTIVE_NOT_RECRUITING";
  return "NOT_YET_RECRUITING";
}

// FHIR ResearchStudy: https://hl7.org/fhir/R4/researchstudy.html, and R5's names where they differ.
Value of_research_study(const Value& study) {
  Map identification, status, design, description, sponsor;
  for (const Value& identifier : list_at(study, {"identifier"})) {
    const std::string id = text_at(identifier, {"value"});
    const bool nct = id.size() == 11 && id.starts_with("NCT");
    const std::string key = nct ? "nctId" : "orgStudyIdInfo";
    if (std::ranges::find(identification, key, &Map::value_type::first) != identification.end() || id.empty()) continue;
    nct ? put(identification, key, id) : put(identification, key, Map{{"id", id}});
  }
  put(identification, "briefTitle", text_at(study, {"title"}));
  put(status, "overallStatus", status_of(text_at(study, {"status"})));
  put(status, "whyStopped",
      study.find("reasonStopped") != nullptr ? word_of_concept(*study.find("reasonStopped")) : "");
  if (const auto start = text_at(study, {"period", "start"}); !start.empty())
    put(status, "startDateStruct", Map{{"date", start}});
  if (const auto end = text_at(study, {"period", "end"}); !end.empty())
    put(status, "primaryCompletionDateStruct", Map{{"date", end}});
  put(sponsor, "name", text_at(study, {"sponsor", "display"}));
  put(description, "briefSummary", text_at(study, {"description"}));
  if (const Value* phase = study.find("phase")) put(design, "phases", phases_of(word_of_concept(*phase)));
  Array arms, conditions;
  for (const char* key : {"arm", "comparisonGroup"}) {
    for (const Value& arm : list_at(study, {key})) {
      Map row;
      put(row, "label", text_at(arm, {"name"}));
      if (const Value* type = arm.find("type")) put(row, "type", constant_of(word_of_concept(*type)));
      put(row, "description", text_at(arm, {"description"}));
      arms.emplace_back(std::move(row));
    }
  }
  for (const Value& condition : list_at(study, {"condition"})) conditions.emplace_back(word_of_concept(condition));
  std::array<Array, 3> outcomes;
  for (const char* key : {"objective", "outcomeMeasure"}) {
    for (const Value& objective : list_at(study, {key})) {
      const Value* type = objective.find("type");
      const auto* several = type == nullptr ? nullptr : std::get_if<Array>(type);
      if (several != nullptr) type = several->empty() ? nullptr : &several->front();
      Map row;
      put(row, "measure", text_at(objective, {"name"}));
      put(row, "description", text_at(objective, {"description"}));
      put_outcome(outcomes, type == nullptr ? "primary" : word_of_concept(*type), std::move(row));
    }
  }
  Map section, arms_module, sponsors;
  put(section, "identificationModule", std::move(identification));
  put(section, "statusModule", std::move(status));
  put(sponsors, "leadSponsor", std::move(sponsor));
  put(section, "sponsorCollaboratorsModule", std::move(sponsors));
  put(section, "descriptionModule", std::move(description));
  put(section, "conditionsModule", conditions.empty() ? Map{} : Map{{"conditions", conditions}});
  put(section, "designModule", std::move(design));
  put(arms_module, "armGroups", std::move(arms));
  put(section, "armsInterventionsModule", std::move(arms_module));
  put(section, "outcomesModule", outcomes_module(std::move(outcomes)));
  return section;
}

std::string text_of(const YamlNode& node, std::string_view key) {
  const YamlNode* found = node.find(key);
  return found == nullptr ? "" : found->text();
}
Array texts_of(const YamlNode& node, std::string_view key) {
  Array list;
  if (const YamlNode* found = node.find(key)) {
    if (found->kind == YamlNode::Kind::scalar) list.emplace_back(found->text());
    for (const YamlNode& item : found->items) list.emplace_back(item.text());
  }
  return list;
}

// The words that a registry knows for a key.
void check_words(const YamlNode& node, std::string_view key, const std::vector<std::string_view>& known) {
  const YamlNode* found = node.find(key);
  if (found == nullptr) return;
  const auto check = [&](const YamlNode& word) {
    if (std::ranges::find(known, word.text()) != known.end()) return;
    std::string list;
    for (const std::string_view one : known) list += (list.empty() ? "" : ", ") + std::string(one);
    word.fail("'" + word.text() + "' is none of " + list);
  };
  if (found->kind == YamlNode::Kind::scalar) check(*found);
  for (const YamlNode& item : found->items) check(item);
}

Map outcome_of_yaml(const YamlNode& node) {
  node.only({"kind", "measure", "description", "time-frame", "metric", "method", "id"});
  Map outcome;
  put(outcome, "id", text_of(node, "id"));
  put(outcome, "measure", node.at("measure").text());
  put(outcome, "description", text_of(node, "description"));
  put(outcome, "timeFrame", text_of(node, "time-frame"));
  put(outcome, "metric", text_of(node, "metric"));
  put(outcome, "method", text_of(node, "method"));
  return outcome;
}

Map eligibility_of_yaml(const YamlNode& node) {
  node.only({"criteria", "sex", "minimum-age", "maximum-age"});
  Map eligibility;
  put(eligibility, "eligibilityCriteria", text_of(node, "criteria"));
  put(eligibility, "sex", text_of(node, "sex"));
  put(eligibility, "minimumAge", text_of(node, "minimum-age"));
  put(eligibility, "maximumAge", text_of(node, "maximum-age"));
  return eligibility;
}

std::optional<Time> date_at(const Value& section, std::string_view key) {
  const std::string date = text_at(section, {"statusModule", key, "date"});
  return date.empty() ? std::nullopt : parse_time(date, true);
}

void read_outcomes(const Value& section, Protocol& protocol) {
  for (const auto& [key, kind] : {std::pair{"primaryOutcomes", "primary"}, std::pair{"secondaryOutcomes", "secondary"},
                                  std::pair{"otherOutcomes", "other"}}) {
    for (const Value& row : list_at(section, {"outcomesModule", key})) {
      Outcome outcome;
      outcome.id = text_at(row, {"id"});
      outcome.kind = kind;
      outcome.measure = text_at(row, {"measure"});
      outcome.description = given(text_at(row, {"description"}));
      outcome.time_frame = given(text_at(row, {"timeFrame"}));
      outcome.metric = given(text_at(row, {"metric"}));
      outcome.method = given(text_at(row, {"method"}));
      protocol.outcomes.push_back(std::move(outcome));
    }
  }
}

}  // namespace

Value read_registry(std::string_view json) {
  const Value document = encoding::parse_json(json, true);
  if (const Value* section = document.find("protocolSection")) return without_private(*section);
  if (text_at(document, {"resourceType"}) == "ResearchStudy") return of_research_study(document);
  throw refusal("this is neither a ClinicalTrials.gov v2 record nor a FHIR ResearchStudy",
                "a record has \"protocolSection\" or \"resourceType\":\"ResearchStudy\" at its top");
}

Value registry_of_yaml(const YamlNode& node) {
  check_words(node, "phases", {"EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4", "NA"});
  check_words(node, "allocation", {"RANDOMIZED", "NON_RANDOMIZED", "NA"});
  check_words(node, "masking", {"NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"});
  Map section, identification, status, design, info, arms_module;
  put(identification, "nctId", text_of(node, "registry-id"));
  put(identification, "orgStudyIdInfo", Map{{"id", node.at("study-id").text()}});
  put(identification, "briefTitle", node.at("title").text());
  put(section, "identificationModule", std::move(identification));
  put(status, "overallStatus", "NOT_YET_RECRUITING");
  for (const auto& [key, name] :
       {std::pair{"start", "startDateStruct"}, std::pair{"primary-completion", "primaryCompletionDateStruct"},
        std::pair{"completion", "completionDateStruct"}})
    if (const auto date = text_of(node, key); !date.empty()) put(status, name, Map{{"date", date}});
  put(section, "statusModule", std::move(status));
  put(section, "descriptionModule", [&] {
    Map description;
    put(description, "briefSummary", text_of(node, "summary"));
    return description;
  }());
  put(section, "conditionsModule", [&] {
    Map conditions;
    put(conditions, "conditions", texts_of(node, "conditions"));
    return conditions;
  }());
  put(design, "phases", texts_of(node, "phases"));
  put(info, "allocation", text_of(node, "allocation"));
  put(info, "interventionModel", text_of(node, "model"));
  put(info, "primaryPurpose", text_of(node, "purpose"));
  if (const auto masking = text_of(node, "masking"); !masking.empty())
    put(info, "maskingInfo", Map{{"masking", masking}});
  put(design, "designInfo", std::move(info));
  if (const YamlNode* count = node.find("enrollment"))
    put(design, "enrollmentInfo", Map{{"count", count->whole(1, 10'000'000)}, {"type", "ESTIMATED"}});
  put(section, "designModule", std::move(design));
  Array arms;
  if (const YamlNode* list = node.find("arms")) {
    for (const YamlNode& arm : list->items) {
      Map row;
      put(row, "id", text_of(arm, "id"));
      put(row, "label", arm.at("label").text());
      put(row, "type", text_of(arm, "type"));
      arms.emplace_back(std::move(row));
    }
  }
  put(arms_module, "armGroups", std::move(arms));
  put(section, "armsInterventionsModule", std::move(arms_module));
  std::array<Array, 3> outcomes;
  for (const YamlNode& outcome : node.at("outcomes").items)
    put_outcome(outcomes, outcome.at("kind").text(), outcome_of_yaml(outcome));
  put(section, "outcomesModule", outcomes_module(std::move(outcomes)));
  if (const YamlNode* eligibility = node.find("eligibility"))
    put(section, "eligibilityModule", eligibility_of_yaml(*eligibility));
  return section;
}

Protocol protocol_of(const Value& section) {
  Protocol protocol;
  protocol.title = text_at(section, {"identificationModule", "briefTitle"});
  protocol.registry_id = given(text_at(section, {"identificationModule", "nctId"}));
  protocol.study_id = text_at(section, {"identificationModule", "orgStudyIdInfo", "id"});
  if (protocol.study_id.empty()) protocol.study_id = protocol.registry_id.value_or("");
  const std::string masking = text_at(section, {"designModule", "designInfo", "maskingInfo", "masking"});
  protocol.blinded = !masking.empty() && masking != "NONE";
  for (const Value& row : list_at(section, {"armsInterventionsModule", "armGroups"})) {
    Arm arm;
    arm.id = text_at(row, {"id"});
    if (arm.id.empty()) arm.id = "A" + std::to_string(protocol.arms.size() + 1);
    arm.label = text_at(row, {"label"});
    arm.kind = text_at(row, {"type"});
    protocol.arms.push_back(std::move(arm));
  }
  read_outcomes(section, protocol);
  protocol.scale = "CTCAE-5.0";
  protocol.primary_completion = date_at(section, "primaryCompletionDateStruct");
  protocol.registry = encoding::encode(section);
  return protocol;
}

std::string normalised(std::string_view measure) {
  std::string words;
  for (const char c : measure) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool part =
        (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (part)
      words += lower;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

void carry_ids(const std::vector<Outcome>& before, std::vector<Outcome>& after) {
  std::set<std::string> used;
  for (const Outcome& outcome : before) used.insert(outcome.id);
  std::set<std::string> taken;
  for (const Outcome& outcome : after) taken.insert(outcome.id);
  const auto carry = [&](Outcome& outcome, bool same_kind) {
    for (const Outcome& old : before) {
      if (same_kind && old.kind != outcome.kind) continue;
      if (taken.contains(old.id) || normalised(old.measure) != normalised(outcome.measure)) continue;
      taken.insert(outcome.id = old.id);
      return;
    }
  };
  for (const bool same_kind : {true, false})
    for (Outcome& outcome : after)
      if (outcome.id.empty()) carry(outcome, same_kind);
  unsigned number = 0;
  for (Outcome& outcome : after) {
    while (outcome.id.empty()) {
      const std::string fresh = "O" + std::to_string(++number);
      if (!used.contains(fresh) && taken.insert(fresh).second) outcome.id = fresh;
    }
  }
}

}  // namespace carechain::care::trial
