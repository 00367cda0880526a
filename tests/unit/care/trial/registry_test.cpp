#include "libcore/care/trial/registry.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "libcore/care/trial/plan.hpp"

namespace {

using namespace carechain;
using namespace carechain::care::trial;
using encoding::Value;

std::string content_of(const std::string& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every leaf of a document that is not kept must be under one of these keys.
bool left_out(const std::string& key) {
  return key == "overallOfficials" || key == "centralContacts" || key == "contacts" || key == "geoPoint";
}

// How many leaves of `from` are missing in `in`, or differ.
std::size_t lost(const Value& from, const Value& in, std::size_t& leaves) {
  if (const auto* map = std::get_if<encoding::Map>(&from)) {
    std::size_t missing = 0;
    for (const auto& [key, value] : *map) {
      if (left_out(key)) continue;
      const Value* found = in.find(key);
      missing += found == nullptr ? 1 : lost(value, *found, leaves);
    }
    return missing;
  }
  if (const auto* list = std::get_if<encoding::Array>(&from)) {
    const auto* other = std::get_if<encoding::Array>(&in);
    if (other == nullptr || other->size() != list->size()) return 1;
    std::size_t missing = 0;
    for (std::size_t i = 0; i < list->size(); ++i) missing += lost((*list)[i], (*other)[i], leaves);
    return missing;
  }
  ++leaves;
  return from == in ? 0 : 1;
}

}  // namespace

TEST_CASE("ClinicalTrials.gov records lose nothing but persons and places on the map") {
  const std::string folder = TEST_SHARED_DATA "/trials/registry/ctgov-v2/";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  for (const std::string name : {"NCT00567567", "NCT00716976", "NCT01305200"}) {
    const std::string text = content_of(folder + name + ".json");
    const Value section = *encoding::parse_json(text, true).find("protocolSection");
    Protocol protocol = protocol_of(read_registry(text));
    carry_ids({}, protocol.outcomes);
    std::size_t leaves = 0;
    CHECK(lost(section, encoding::decode(protocol.registry), leaves) == 0);
    CHECK(leaves > 300);
    CHECK(protocol.registry_id == name);
    CHECK(fault_of(protocol) == "");
    CHECK(text.find("overallOfficials") != std::string::npos);
    CHECK(text_of(protocol.registry).find("overallOfficials") == std::string_view::npos);
  }
}

TEST_CASE("a ResearchStudy becomes the same shape") {
  const Value section = read_registry(R"({"resourceType":"ResearchStudy","status":"active","title":"T",
    "identifier":[{"value":"NCT12345678"},{"value":"S-1"}],"phase":{"coding":[{"code":"phase-2"}]},
    "arm":[{"name":"Drug","type":{"text":"Experimental"}}],
    "objective":[{"name":"Survival","type":{"coding":[{"code":"primary"}]}},{"name":"Sleep","type":{"coding":[{"code":"secondary"}]}}]})");
  const Protocol protocol = protocol_of(section);
  CHECK(protocol.registry_id == "NCT12345678");
  CHECK(protocol.study_id == "S-1");
  CHECK(protocol.arms.front().kind == "EXPERIMENTAL");
  REQUIRE(protocol.outcomes.size() == 2);
  CHECK(protocol.outcomes[1].kind == "secondary");
}

TEST_CASE("phases and kinds of arms become the registry's words") {
  const auto design = [](const std::string& phase, const std::string& arm) {
    const Value section = read_registry(R"({"resourceType":"ResearchStudy","title":"T","phase":{"coding":[{"code":")" +
                                        phase + R"("}]},"arm":[{"name":"A","type":{"text":")" + arm + R"("}}]})");
    std::string words;
    for (const Value& word : std::get<encoding::Array>(*section.find("designModule")->find("phases")))
      words += std::get<std::string>(word) + " ";
    return words + protocol_of(section).arms.front().kind;
  };
  CHECK(design("phase-1-phase-2", "active-comparator") == "PHASE1 PHASE2 ACTIVE_COMPARATOR");
  CHECK(design("early-phase-1", "Experimental") == "EARLY_PHASE1 EXPERIMENTAL");
  CHECK(design("phase-3", "No intervention") == "PHASE3 NO_INTERVENTION");
  CHECK(design("n-a", "Other") == "NA OTHER");
}

TEST_CASE("what is no registry record is refused") {
  CHECK_THROWS_WITH_AS(read_registry("{}"), doctest::Contains("neither"), Error);
  CHECK_THROWS_AS(read_registry("{"), encoding::JsonFault);
  CHECK_THROWS_AS(read_registry("[]"), Error);
}

TEST_CASE("outcomes keep their ids however they are written or moved") {
  const std::vector<Outcome> before{{"O1", "primary", "Pain, week 4", {}, {}, {}, {}},
                                    {"O2", "secondary", "Sleep", {}, {}, {}, {}}};
  std::vector<Outcome> after{{"", "primary", "sleep.", {}, {}, {}, {}},
                             {"", "secondary", "Mood", {}, {}, {}, {}},
                             {"", "other", "PAIN week 4", {}, {}, {}, {}}};
  carry_ids(before, after);
  CHECK(after[0].id == "O2");
  CHECK(after[1].id == "O3");
  CHECK(after[2].id == "O1");
}

TEST_CASE("a plan's mistakes are named with line and column") {
  const PlanWorld world{[](const std::string&) { return PublicKey(); }, [](const std::string&) { return Hash(); },
                        [](const std::string&, const std::vector<std::uint32_t>&) { return Schedule(); }};
  const auto fault = [&](const std::string& yaml) -> std::string {
    try {
      Protocol protocol;
      const auto node = encoding::parse_yaml(yaml, "plan.yaml");
      check_keys(node);
      read_plan(node, world, protocol);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  CHECK(fault("visit: []\n").find("plan.yaml:1:1") == 0);
  CHECK(fault("visits:\n  - {id: a, cost: 3}\n").find("plan.yaml:2") == 0);
  CHECK(fault("safety: {method: pocock, subjects: 30, rate: 3, alpha: 1/20}\n").find("not a rate") !=
        std::string::npos);
  CHECK(fault("safety: {method: guess, subjects: 30}\n").find("a method is") != std::string::npos);
  CHECK(fault("blinded: perhaps\n").find("neither true nor false") != std::string::npos);
  CHECK(fault("scale: CTCAE-5.0\nmilestones: [a, b]\n").empty());
}
