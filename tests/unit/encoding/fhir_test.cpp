#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "libcore/encoding/json.hpp"

#include "unit/text.hpp"

using namespace carechain::encoding;

namespace {

using carechain::test::content;

std::vector<std::string> types(std::string_view text) {
  std::vector<std::string> found;
  const auto document = inspect_fhir(text);
  for (const FhirResource& entry : document.value().entries) found.push_back(entry.type);
  return found;
}

// Every slice must be the resource that nlohmann/json finds at its place; counts the types.
void check_slices(const std::string& text, std::map<std::string, int>& counts) {
  const auto tree = nlohmann::json::parse(text);
  const auto document = inspect_fhir(text);
  REQUIRE(document);
  CHECK(document->type == tree["resourceType"]);
  std::size_t index = 0;
  for (const auto& entry : tree.value("entry", nlohmann::json::array())) {
    if (!entry.contains("resource")) continue;
    REQUIRE(index < document->entries.size());
    const FhirResource& found = document->entries[index++];
    ++counts[found.type];
    const std::string slice = text.substr(found.begin, found.size);
    REQUIRE(slice.front() == '{');
    REQUIRE(slice.back() == '}');
    REQUIRE(nlohmann::json::parse(slice) == entry["resource"]);
    REQUIRE(found.type == entry["resource"]["resourceType"]);
  }
  CHECK((document->type != "Bundle" || index == document->entries.size()));
}

}  // namespace

TEST_CASE("a bundle's resources are found with their exact bytes") {
  const std::string text =
      R"( {"resourceType":"Bundle", "entry":[ {"resource": {"resourceType":"Patient","x":[{"resource":{}}]} ,"fullUrl":"u"},)"
      R"({"resource":{"a":{"resourceType":"Inner"},"resourceType":"Claim"}}]} )";
  const auto document = inspect_fhir(text);
  REQUIRE(document);
  CHECK(document->type == "Bundle");
  REQUIRE(document->entries.size() == 2);
  const auto slice = [&text](const FhirResource& r) { return text.substr(r.begin, r.size); };
  CHECK(slice(document->entries[0]) == R"({"resourceType":"Patient","x":[{"resource":{}}]})");
  CHECK(document->entries[0].type == "Patient");
  CHECK(slice(document->entries[1]) == R"({"a":{"resourceType":"Inner"},"resourceType":"Claim"})");
  CHECK(document->entries[1].type == "Claim");
}

TEST_CASE("the type may come last, and only a bundle has entries") {
  CHECK(types(R"({"entry":[{"resource":{"resourceType":"Patient"}}],"resourceType":"Bundle"})") ==
        std::vector<std::string>{"Patient"});
  CHECK(types(R"({"resourceType":"List","entry":[{"resource":{"resourceType":"Patient"}}]})").empty());
  CHECK(inspect_fhir(R"({"resourceType":"Patient"})")->type == "Patient");
}

TEST_CASE("resources elsewhere in a bundle are not its entries") {
  CHECK(types(R"({"resourceType":"Bundle","entry":{"resource":{"resourceType":"A"}}})").empty());
  CHECK(types(R"({"resourceType":"Bundle","entry":[[{"resource":{"resourceType":"A"}}]]})").empty());
  CHECK(types(R"({"resourceType":"Bundle","entry":[{"resource":[{"resourceType":"A"}]}]})").empty());
  CHECK(types(R"({"resourceType":"Bundle","entry":[{"response":{"resourceType":"A"}}]})").empty());
  CHECK(types(R"({"resourceType":"Bundle","link":[{"resource":{"resourceType":"A"}}]})").empty());
  CHECK(types(R"({"resourceType":"Bundle","entry":[{"resource":"A"},{"resource":{}}]})") ==
        std::vector<std::string>{""});
}

TEST_CASE("a bundle within a bundle counts as one resource") {
  CHECK(types(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Bundle","entry":[{"resource":
        {"resourceType":"Patient"}}]}},{"resource":{"resourceType":"Claim"}}]})") ==
        std::vector<std::string>{"Bundle", "Claim"});
}

TEST_CASE("JSON that is no FHIR resource has no type, and broken JSON is refused") {
  for (const char* text : {"{}", "[]", "1", R"([{"resourceType":"Patient"}])", R"({"resourceType":1})",
                           R"({"resourceType":["Patient"]})", R"({"a":{"resourceType":"Patient"}})"})
    CHECK_FALSE(inspect_fhir(text));
  for (const char* text : {"", "{", R"({"resourceType":"Patient"}{})", R"({"resourceType":"A","resourceType":"B"})"})
    CHECK_THROWS_AS(inspect_fhir(text), JsonFault);
}

TEST_CASE("the Synthea bundles hold 2822 entries of the published types, each sliced exactly") {
  const std::filesystem::path folder = std::filesystem::path(TEST_SHARED_DATA) / "fhir/synthea";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no " << folder.string());
    return;
  }
  std::map<std::string, int> counts;
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    CAPTURE(file.path().string());
    check_slices(content(file.path()), counts);
    ++files;
  }
  CHECK(files == 20);
  CHECK(counts == std::map<std::string, int>{{"Observation", 1270},
                                             {"Claim", 329},
                                             {"Encounter", 263},
                                             {"ExplanationOfBenefit", 263},
                                             {"Immunization", 187},
                                             {"Procedure", 184},
                                             {"Condition", 75},
                                             {"MedicationRequest", 66},
                                             {"DiagnosticReport", 65},
                                             {"CarePlan", 33},
                                             {"Organization", 25},
                                             {"Practitioner", 25},
                                             {"Patient", 20},
                                             {"AllergyIntolerance", 10},
                                             {"Goal", 5},
                                             {"ImagingStudy", 2}});
  int total = 0;
  for (const auto& [type, count] : counts) total += count;
  CHECK(total == 2822);
}

TEST_CASE("the HL7 examples are read, each with its type") {
  const std::filesystem::path folder = std::filesystem::path(TEST_SHARED_DATA) / "fhir/hl7-examples";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no " << folder.string());
    return;
  }
  std::map<std::string, int> counts;
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    CAPTURE(file.path().string());
    check_slices(content(file.path()), counts);
    ++files;
  }
  CHECK(files == 282);
}
