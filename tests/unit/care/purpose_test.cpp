#include "libcore/care/purpose.hpp"

#include <doctest/doctest.h>

#include <set>

namespace carechain::care {

TEST_CASE("the general purposes of use are known, and nothing else") {
  for (const char* code :
       {"TREAT", "ETREAT", "HMARKT", "HOPERAT", "HPAYMT", "HRESCH", "PATRQT", "PUBHLTH", "COVERAGE", "BTG"})
    CHECK_MESSAGE(is_purpose(code), code);
  for (const char* code : {"", "treat", "TREAT ", "PurposeOfUse", "*"}) CHECK_FALSE_MESSAGE(is_purpose(code), code);
  const auto codes = purpose_codes();
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == codes.size());
  for (const std::string& code : codes) {
    CHECK(is_purpose(code));
    CHECK(purpose_covers(code, code));
  }
}

TEST_CASE("a wider purpose covers what lies under it, not the other way round") {
  CHECK(purpose_covers("HRESCH", "CLINTRCH"));
  CHECK(purpose_covers("HRESCH", "CLINTRCHNPC"));
  CHECK(purpose_covers("HPAYMT", "ELIGVER"));
  CHECK(purpose_covers("TREAT", "COC"));
  CHECK_FALSE(purpose_covers("CLINTRCH", "HRESCH"));
  CHECK_FALSE(purpose_covers("TREAT", "HPAYMT"));
  CHECK_FALSE(purpose_covers("", "TREAT"));
  CHECK_FALSE(purpose_covers("TREAT", ""));
  CHECK_FALSE(purpose_covers("TREAT", "UNKNOWN"));
}

TEST_CASE("treatment does not cover an emergency") {
  CHECK_FALSE(purpose_covers("TREAT", "ETREAT"));
  CHECK_FALSE(purpose_covers("TREAT", "BTG"));
  CHECK_FALSE(purpose_covers("ETREAT", "TREAT"));
  CHECK(purpose_covers("ETREAT", "BTG"));
}

}  // namespace carechain::care
