#include <doctest/doctest.h>

#include "libcore/contract/contract.hpp"
#include "libcore/contract/inputs.hpp"

using namespace carechain;
using namespace carechain::contract;

namespace {

ContractKind kind() {
  ContractKind kind;
  kind.name = "door";
  kind.inputs = {{"guest", Type::object_of(std::make_shared<ObjectShape>(ObjectShape{
                               "guest", {{"name", Type::Base::text, ""}, {"age", Type::Base::integer, ""}}}))}};
  kind.outcomes = {"open", "shut"};
  kind.parameters = {{"least_age", Unit::years, true, "how old a guest must be"}};
  kind.formulas = {{"fee", Type::Base::integer, true, "cents"}};
  kind.effects = {"notify"};
  return kind;
}

std::string document(const std::string& rule, const std::string& parameters = "  least_age: 18 years\n") {
  return "contract: door\nversion: 1\nkind: door\nparameters:\n" + parameters +
         "tables:\n  banned: [joe, jim]\nformulas:\n  fee: \"guest.age * 10\"\nrules:\n  - name: first\n    when: \"" +
         rule +
         "\"\n    then: shut\n    reason: \"1\"\notherwise: open\ntests:\n  - name: joe stays outside\n    input: "
         "{guest: {name: joe, age: 30}}\n"
         "    expect: {outcome: shut, reason: \"1\", fee: 300}\n";
}

std::shared_ptr<const Contract> compiled(const std::string& text) {
  const auto read = read_document(text, "door.yaml", [](const std::string&) { return std::string(); });
  return Contract::compile(read.document, kind(), read.places);
}
std::string fault_of(const std::string& text) {
  try {
    compiled(text);
    return {};
  } catch (const Error& fault) {
    CHECK(fault.exit() == Exit::no);
    return fault.what();
  }
}

}  // namespace

TEST_CASE("a contract decides by its first rule that holds, and runs its own tests") {
  const auto contract = compiled(document("guest.name in banned || guest.age < least_age"));
  for (const auto& tested : contract->run_examples()) CHECK_MESSAGE(tested.fault.empty(), tested.fault);
  Scratch scratch;
  const auto inputs =
      inputs_from(encoding::Map{{"guest", encoding::Map{{"name", std::string("ann")}, {"age", std::uint64_t{40}}}}},
                  contract->kind().inputs, scratch);
  CHECK(contract->decide(inputs, scratch).outcome == "open");
  const auto explained = contract->explain(inputs, scratch);
  REQUIRE(explained.size() == 2);
  CHECK(explained[1].result == "false");
  REQUIRE(explained[1].seen.size() == 4);
  CHECK(explained[1].seen[0].first == "guest.name");
  CHECK(explained[1].seen[3].first == "least_age");
  CHECK(explained[1].seen[3].second == "18");
}

TEST_CASE("what is wrong with a document is said with its place") {
  CHECK(fault_of(document("guest.nmae == 'joe'"))
            .starts_with("door.yaml:12:11: rule 'first': line 1, column 7: 'guest' has no field 'nmae'"));
  CHECK(fault_of(document("guest.age")).find("yields int, but bool is wanted") != std::string::npos);
  CHECK(fault_of(document("true", "  least_age: 18 days\n")).find("is in years, not in days") != std::string::npos);
  CHECK(fault_of(document("true", "  least_age: 18\n")).find("a number needs a unit") != std::string::npos);
  CHECK(fault_of(document("true", "  other: 18 years\n")).find("the parameter 'least_age' is missing") !=
        std::string::npos);
}

TEST_CASE("a document comes back from its bytes as it was") {
  const auto read = read_document(document("true"), "door.yaml", [](const std::string&) { return std::string(); });
  const Bytes bytes = encoding::encode_fields(read.document);
  CHECK(encoding::encode_fields(encoding::decode_fields<Document>(bytes)) == bytes);
}
