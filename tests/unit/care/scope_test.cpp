#include "libcore/care/scope.hpp"

#include <doctest/doctest.h>

#include "libcore/base/error.hpp"

namespace carechain::care {

TEST_CASE("scopes of both versions are read") {
  struct Case {
    const char *text, *resource, *interactions;
  };
  for (const Case& due : {Case{"patient/Observation.rs", "Observation", "rs"},
                          {"patient/*.r", "*", "r"},
                          {"patient/*.cruds", "*", "cruds"},
                          {"patient/MedicationRequest.s", "MedicationRequest", "s"},
                          {"patient/Observation.read", "Observation", "rs"},
                          {"patient/*.*", "*", "cruds"}}) {
    const Scope scope = parse_scope(due.text);
    CHECK_MESSAGE(scope.resource == due.resource, due.text);
    CHECK_MESSAGE(scope.interactions == due.interactions, due.text);
  }
}

TEST_CASE("a scope that is malformed or can't be granted makes no sense on a command line") {
  for (const char* bad : {"",
                          "patient",
                          "patient/",
                          "patient/Observation",
                          "patient/.r",
                          "patient/Observation.",
                          "/Observation.r",
                          "patient/observation.rs",
                          "patient/Observation.sr",
                          "patient/Observation.rr",
                          "patient/Observation.x",
                          "patient/Obs ervation.r",
                          "patient/Obs1.r",
                          "user/Observation.rs",
                          "system/*.r",
                          "patient/Observation.rs?",
                          "patient/Observation.rs?category",
                          "patient/Observation.rs?category=",
                          "patient/Observation.rs?category=a,,b",
                          "patient/Observation.rs?category=|",
                          "patient/Observation.rs?category=lab&code=x",
                          "patient/Observation.rs?date=gt2020",
                          "patient/Observation.rs?code=a%7Cb",
                          "patient/Observation.cud",
                          "patient/Observation.write",
                          "patient.r/Observation",
                          "patient/**.r"}) {
    try {
      parse_scope(bad);
      FAIL_CHECK(bad);
    } catch (const Error& error) {
      CHECK_MESSAGE(error.exit() == Exit::usage, bad);
      CHECK_FALSE(error.hint().empty());
    }
  }
}

TEST_CASE("a query names categories or codes") {
  using Codes = std::vector<std::string>;
  CHECK(parse_scope("patient/Observation.rs").codes.empty());
  CHECK(parse_scope("patient/Observation.rs?category=laboratory").codes == Codes{"laboratory"});
  CHECK(parse_scope("patient/*.r?code=http://loinc.org|718-7,785-6").codes == Codes{"http://loinc.org|718-7", "785-6"});
}

TEST_CASE("a star covers every type, a type itself alone") {
  CHECK(scope_covers("*", "Observation"));
  CHECK(scope_covers("*", "*"));
  CHECK(scope_covers("Observation", "Observation"));
  CHECK_FALSE(scope_covers("Observation", "Condition"));
  CHECK_FALSE(scope_covers("Observation", "*"));
  CHECK_FALSE(scope_covers("Observation", "Obs"));
}

}  // namespace carechain::care
