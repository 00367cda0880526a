#include <doctest/doctest.h>

#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/scan.hpp"

using namespace carechain::care;

TEST_CASE("check digits of all lengths") {
  for (const auto* good : {"1234567890128", "12345678901231", "123456789012345675", "416000336108", "02345673"}) {
    std::string wrong = good;
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    CHECK(gs1::has_check_digit(good));
    CHECK(!gs1::has_check_digit(wrong));
  }
  CHECK(!gs1::has_check_digit(""));
}

TEST_CASE("EPC URNs and Digital Links of one thing have one path") {
  struct {
    const char *urn, *path;
  } const known[] = {{"urn:epc:id:sgtin:030001.0012345.11", "01/00300010123455/21/11"},
                     {"urn:epc:id:sgtin:030001.1012345.110", "01/10300010123452/21/110"},
                     {"urn:epc:id:sscc:030001.41234567890", "00/403000112345678901"},
                     {"urn:epc:id:sgln:030001.111121.0", "414/0300011111215"},
                     {"urn:epc:id:sgln:039999.999999.0", "414/0399999999991"},
                     {"urn:epc:id:sgln:4012345.00011.987", "414/4012345000115/254/987"},
                     {"urn:epc:id:pgln:4000001.98765", "417/4000001987658"},
                     {"urn:epc:id:giai:4000001.111", "8004/4000001111"},
                     {"urn:epc:class:lgtin:4054739.099914.20160711", "01/04054739999148/10/20160711"},
                     {"urn:epc:idpat:sgtin:4012345.066666.*", "01/04012345666663"},
                     {"urn:epc:id:sgtin:4012345.012345.a%2Fb", "01/04012345123456/21/a%2Fb"}};
  for (const auto& [urn, path] : known) {
    CHECK(gs1::path_of(urn) == std::string(path));
    CHECK(gs1::path_of("https://example.com/stem/" + std::string(path) + "?17=261231") == std::string(path));
  }
  for (const auto* bad : {"urn:epc:id:sgtin:030001.012345.1", "urn:epc:id:sgtin:03.0012345.1", "urn:epc:id:xyz:1.2.3",
                          "urn:epc:id:sgtin:030001.0012345.", "urn:epc:id:sscc:030001.4123456789",
                          "urn:epc:class:sgtin:030001.0012345.1", "https://example.com/page", "geo:50.9,6.9"})
    CHECK(!gs1::path_of(bad));
}

TEST_CASE("a link that is taken as it stands has the path that the parser gives it") {
  for (const char* path :
       {"01/00300010123455/21/11", "01/00300010123456/21/a.b-c_D", "00/403000112345678901", "414/0300011111116",
        "417/0300011111116", "01/00300010123455/21/12345678901234567890", "01/00300010123455/21/123456789012345678901",
        "01/00300010123455/21/", "01/0030001012345/21/1", "01/00300010123455/21/a~b", "01/00300010123455/21/%41",
        "00/4030001123456789012", "414/030001111111"}) {
    const std::string canonical = std::string("https://id.gs1.org/") + path;
    CAPTURE(canonical);
    // Another host takes the long way.
    CHECK(gs1::path_of_link(canonical) == gs1::path_of_link(std::string("https://example.org/") + path));
  }
}

TEST_CASE("a date of day 00 is the last of its month, and the century is the near one") {
  CHECK(gs1::date_of_yymmdd("260831", 2026) == "2026-08-31");
  CHECK(gs1::date_of_yymmdd("240200", 2026) == "2024-02-29");
  CHECK(gs1::date_of_yymmdd("250200", 2026) == "2025-02-28");
  CHECK(gs1::date_of_yymmdd("990101", 2026) == "1999-01-01");
  CHECK(gs1::date_of_yymmdd("770101", 2026) == "1977-01-01");
  CHECK(gs1::date_of_yymmdd("760101", 2026) == "2076-01-01");
  CHECK(gs1::date_of_yymmdd("010101", 2095) == "2101-01-01");
  CHECK(!gs1::date_of_yymmdd("261301", 2026));
  CHECK(gs1::yymmdd_of_date("2026-08-31") == "260831");
  CHECK(!gs1::yymmdd_of_date("2026-02-30"));
}

TEST_CASE("NDCs of ten digits give a GTIN, those of twelve do not fit") {
  CHECK(gs1::gtin_of_ndc("0591-0369-01") == "00305910369019");
  CHECK(gs1::gtin_of_ndc("0591-0369-01", '5') == "50305910369014");
  CHECK(gs1::gtin_of_ndc("12345-6789-0") == "00312345678906");
  CHECK(!gs1::gtin_of_ndc("123456-7890-12"));
  CHECK(gs1::ndc_format("123456-7890-12") == gs1::NdcFormat::ndc_6_4_2);
  CHECK(gs1::ndc_format("12345-6789-01") == gs1::NdcFormat::ndc_5_4_2);
  CHECK(gs1::ndc_format("1234567890") == gs1::NdcFormat::none);
}

TEST_CASE("a scan, brackets, a link and a bare GTIN say the same") {
  const gs1::Elements wanted{{"01", "00300010123455"}, {"21", "11"}, {"17", "250327"}};
  CHECK(gs1::read_any("]d20100300010123455"
                      "2111\x1d"
                      "17250327") == wanted);
  CHECK(gs1::read_any("0100300010123455"
                      "2111\x1d"
                      "17250327") == wanted);
  CHECK(gs1::read_any("(01)00300010123455(21)11(17)250327") == wanted);
  CHECK(gs1::read_any("]Q1https://example.com/01/00300010123455/21/11?17=250327") == wanted);
  CHECK(gs1::read_any("300010123455") == gs1::Elements{{"01", "00300010123455"}});
  CHECK_THROWS_AS(gs1::read_any("(01)00300010123456(21)11"), gs1::Gs1Fault);
}
