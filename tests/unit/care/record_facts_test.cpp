#include "libcore/care/record_facts.hpp"

#include <doctest/doctest.h>

namespace carechain::care {
namespace {

constexpr FactChoice everything{true, true, true, true};

constexpr const char* observation =
    R"({"resourceType":"Observation","meta":{"security":[{"code":"R"},{"code":"HIV"},{"display":"secret"}]},
        "category":[{"coding":[{"system":"http://hl7.org/fhir/observation-category","code":"laboratory"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"718-7"},{"system":"http://loinc.org","code":"4548-4"}],
                "text":"blood of Alice"},
        "effectiveDateTime":"2024-02-03"})";

std::string bundle_of(const std::string& one, const std::string& other) {
  return R"({"resourceType":"Bundle","entry":[{"resource":)" + one + R"(},{"resource":)" + other + "}]}";
}

}  // namespace

TEST_CASE("the facts of a resource are those that were chosen") {
  const RecordFacts all = facts_of_fhir(observation, everything);
  CHECK(all.labels == Words{{"HIV", "R"}});
  CHECK(all.categories == Words{{"http://hl7.org/fhir/observation-category|laboratory"}});
  CHECK(all.codes == Words{{"http://loinc.org|4548-4", "http://loinc.org|718-7"}});
  CHECK(all.from == parse_time("2024-02-03"));
  CHECK(all.until == parse_time("2024-02-03", true));
  const RecordFacts usual = facts_of_fhir(observation, {});
  CHECK(usual.labels == all.labels);
  CHECK(usual.categories == all.categories);
  CHECK_FALSE(usual.codes);
  CHECK_FALSE(usual.from);
}

TEST_CASE("a resource without labels has none, which is not unknown") {
  const RecordFacts facts = facts_of_fhir(R"({"resourceType":"Patient","birthDate":"1970-01-05"})", everything);
  CHECK(facts.labels == Words{std::vector<std::string>{}});
  CHECK(facts.categories == Words{std::vector<std::string>{}});
  CHECK(facts.from == parse_time("1970-01-05"));
}

TEST_CASE("of a bundle is known what all of it shares") {
  const std::string plain = R"({"resourceType":"Condition","onsetDateTime":"2020-01-01"})";
  const RecordFacts mixed = facts_of_fhir(bundle_of(observation, plain), everything);
  CHECK_FALSE(mixed.labels);
  CHECK_FALSE(mixed.categories);
  CHECK_FALSE(mixed.codes);
  CHECK(mixed.from == parse_time("2020-01-01"));
  CHECK(mixed.until == parse_time("2024-02-03", true));
  CHECK(facts_of_fhir(bundle_of(plain, plain), everything).labels == Words{std::vector<std::string>{}});
}

TEST_CASE("what is no FHIR gives no facts") {
  for (const char* bad : {"", "{", "[]", "hello", "{\"resourceType\":3}", R"({"resourceType":"Bundle"})"}) {
    const RecordFacts facts = facts_of_fhir(bad, {});
    CHECK_FALSE_MESSAGE(facts.codes, bad);
    CHECK_FALSE_MESSAGE(facts.from, bad);
  }
  CHECK_FALSE(facts_of_fhir("{", {}).labels);
}

}  // namespace carechain::care
