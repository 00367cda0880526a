// The record as a registry takes it.
#include <algorithm>
#include <functional>

#include "libcore/care/trial/registry.hpp"

namespace carechain::care::trial {
namespace {

using encoding::Array;
using encoding::Map;
using encoding::Value;

Value& child(Value& value, const std::string& key) {
  if (!std::holds_alternative<Map>(value)) value = Map{};
  Map& map = std::get<Map>(value);
  const auto found = std::ranges::find(map, key, &Map::value_type::first);
  if (found != map.end()) return found->second;
  return map.emplace_back(key, Value()).second;
}

std::string overall_status(const Trial& trial) {
  if (trial.status == "terminated") return "TERMINATED";
  if (trial.status == "suspended" || trial.held) return "SUSPENDED";
  if (trial.status == "published") return "COMPLETED";
  if (trial.locked) return "ACTIVE_NOT_RECRUITING";
  return trial.enrolling ? "RECRUITING" : "NOT_YET_RECRUITING";
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

void put_known(Map& map, const std::string& key, const std::optional<std::string>& text) {
  if (text) map.emplace_back(key, *text);
}

std::string group_id(const char* prefix, std::size_t number) {
  std::string digits = std::to_string(number);
  return prefix + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

Array groups_of(const Protocol& protocol, const char* prefix) {
  Array groups;
  for (std::size_t i = 0; i < protocol.arms.size(); ++i)
    groups.emplace_back(Map{{"id", group_id(prefix, i)}, {"title", protocol.arms[i].label}});
  return groups;
}

std::string group_of(const Protocol& protocol, const char* prefix, const std::string& arm) {
  const auto found = std::ranges::find(protocol.arms, arm, &Arm::id);
  return group_id(prefix, static_cast<std::size_t>(found - protocol.arms.begin()));
}

Map measure_of(const Protocol& protocol, const OutcomeResult& result) {
  const auto outcome = std::ranges::find(protocol.outcomes, result.outcome, &Outcome::id);
  const bool known = outcome != protocol.outcomes.end();
  Map measure{{"type", known ? upper(outcome->kind) : "POST_HOC"},
              {"title", known ? outcome->measure : result.title.value_or(result.outcome)}};
  if (known) put_known(measure, "description", outcome->description);
  if (known) put_known(measure, "timeFrame", outcome->time_frame);
  measure.emplace_back("reportingStatus", "POSTED");
  measure.emplace_back("paramType", result.parameter);
  put_known(measure, "dispersionType", result.dispersion);
  measure.emplace_back("unitOfMeasure", result.unit);
  measure.emplace_back("groups", groups_of(protocol, "OG"));
  Array counts, measurements;
  for (const GroupResult& group : result.groups) {
    const std::string id = group_of(protocol, "OG", group.arm);
    counts.emplace_back(Map{{"groupId", id}, {"value", std::to_string(group.subjects)}});
    Map row{{"groupId", id}, {"value", group.value}};
    put_known(row, "spread", group.spread);
    put_known(row, "lowerLimit", group.lower);
    put_known(row, "upperLimit", group.upper);
    measurements.emplace_back(std::move(row));
  }
  measure.emplace_back("denoms", Array{Map{{"units", "Participants"}, {"counts", counts}}});
  measure.emplace_back("classes", Array{Map{{"categories", Array{Map{{"measurements", measurements}}}}}});
  return measure;
}

Map events_of(const ledger::State& state, const ObjectRef& ref, const Protocol& protocol) {
  Array groups;
  for (std::size_t i = 0; i < protocol.arms.size(); ++i) {
    const ArmCount count = arm_counts.get(state, ref, protocol.arms[i].id).value_or(ArmCount{});
    groups.emplace_back(Map{{"id", group_id("EG", i)},
                            {"title", protocol.arms[i].label},
                            {"deathsNumAffected", count.fatal},
                            {"deathsNumAtRisk", count.exposed},
                            {"seriousNumAffected", count.serious},
                            {"seriousNumAtRisk", count.exposed},
                            {"otherNumAffected", count.mild},
                            {"otherNumAtRisk", count.exposed}});
  }
  return Map{{"frequencyThreshold", "0"},
             {"timeFrame", "from allocation to the end of follow-up"},
             {"description", "subjects with at least one event; graded by " + protocol.scale},
             {"eventGroups", groups}};
}

// Subjects of each arm that `counts` says yes to.
Array achieved(const Protocol& protocol, const std::vector<Subject>& exposed,
               const std::function<bool(const Subject&)>& counts) {
  Array achievements;
  for (std::size_t i = 0; i < protocol.arms.size(); ++i) {
    const auto number = std::ranges::count_if(
        exposed, [&](const Subject& subject) { return subject.arm == protocol.arms[i].id && counts(subject); });
    achievements.emplace_back(Map{{"groupId", group_id("FG", i)}, {"numSubjects", std::to_string(number)}});
  }
  return achievements;
}

Map flow_of(const ledger::State& state, const ObjectRef& ref, const Protocol& protocol) {
  std::vector<Subject> exposed;
  const Trial trial = *trials.get(state, ref);
  for (std::uint64_t number = 0; number < trial.subjects; ++number)
    if (auto subject = subjects.get(state, ref, members.get(state, ref, number)->subject); subject->exposed)
      exposed.push_back(std::move(*subject));
  const auto completed = [](const Subject& subject) { return subject.status == "completed"; };
  const Array steps{
      Map{{"type", "STARTED"}, {"achievements", achieved(protocol, exposed, [](const Subject&) { return true; })}},
      Map{{"type", "COMPLETED"}, {"achievements", achieved(protocol, exposed, completed)}},
      Map{{"type", "NOT COMPLETED"}, {"achievements", achieved(protocol, exposed, std::not_fn(completed))}}};
  return Map{{"groups", groups_of(protocol, "FG")},
             {"periods", Array{Map{{"title", "Overall Study"}, {"milestones", steps}}}}};
}

// How many there were in each arm. What they were like is medical data, off the chain.
Map baseline_of(const ledger::State& state, const ObjectRef& ref, const Protocol& protocol) {
  Array counts;
  for (std::size_t i = 0; i < protocol.arms.size(); ++i) {
    const ArmCount count = arm_counts.get(state, ref, protocol.arms[i].id).value_or(ArmCount{});
    counts.emplace_back(Map{{"groupId", group_id("BG", i)}, {"value", std::to_string(count.exposed)}});
  }
  return Map{{"groups", groups_of(protocol, "BG")},
             {"denoms", Array{Map{{"units", "Participants"}, {"counts", counts}}}}};
}

}  // namespace

std::string export_of(const ledger::State& state, const ObjectRef& ref) {
  const Trial trial = *trials.get(state, ref);
  const Protocol protocol = *protocols.get(state, ref, trial.version);
  Value section = encoding::decode(registries.get(state, ref, trial.version)->record);
  const auto published = publications.get(state, ref);
  if (trial.enrolling || trial.locked) child(child(section, "statusModule"), "overallStatus") = overall_status(trial);
  if (published) {
    const std::uint64_t exposed = arm_counts.get(state, ref, "").value_or(ArmCount{}).exposed;
    child(child(section, "designModule"), "enrollmentInfo") = Map{{"count", exposed}, {"type", "ACTUAL"}};
  }
  Map record{{"protocolSection", section}};
  if (published) {
    Array measures;
    for (const OutcomeResult& result : published->results) measures.emplace_back(measure_of(protocol, result));
    record.emplace_back("resultsSection", Map{{"participantFlowModule", flow_of(state, ref, protocol)},
                                              {"baselineCharacteristicsModule", baseline_of(state, ref, protocol)},
                                              {"outcomeMeasuresModule", Map{{"outcomeMeasures", measures}}},
                                              {"adverseEventsModule", events_of(state, ref, protocol)}});
  }
  record.emplace_back("hasResults", published.has_value());
  return encoding::to_json(record);
}

}  // namespace carechain::care::trial
