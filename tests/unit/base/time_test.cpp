#include "libcore/base/time.hpp"

#include <doctest/doctest.h>

using namespace carechain;

namespace {

std::int64_t seconds(std::string_view text, bool end = false) {
  const auto time = parse_time(text, end);
  return time ? time->seconds : -1;
}

}  // namespace

TEST_CASE("instants of RFC 3339 become Unix seconds") {
  CHECK(seconds("1970-01-01T00:00:00Z") == 0);
  CHECK(seconds("2026-11-21T07:45:00Z") == 1795247100);
  CHECK(seconds("2000-02-29T23:59:59Z") == 951868799);
  CHECK(seconds("2038-01-19T03:14:08Z") == 2147483648);
  CHECK(seconds("9999-12-31T23:59:59Z") == 253402300799);
  CHECK(seconds("2026-11-21t07:45:00z") == 1795247100);
}

TEST_CASE("zones are taken off") {
  CHECK(seconds("2026-11-21T07:45:00+02:00") == 1795247100 - 7200);
  CHECK(seconds("2026-11-21T07:45:00-03:30") == 1795247100 + 12600);
  CHECK(seconds("2026-11-21T07:45:00+00:00") == 1795247100);
  CHECK(seconds("1969-12-31T23:00:00-01:00") == 0);
  CHECK(seconds("2017-01-01T00:30:00+11:00") == seconds("2016-12-31T13:30:00Z"));
}

TEST_CASE("fractions of a second are cut") {
  CHECK(seconds("2026-11-21T07:45:00.999999999999999999999Z") == 1795247100);
  CHECK(seconds("2026-11-21T07:45:00.5+02:00") == 1795247100 - 7200);
}

TEST_CASE("a partial date begins with its first second and ends with its last") {
  CHECK(seconds("2026") == seconds("2026-01-01T00:00:00Z"));
  CHECK(seconds("2026", true) == seconds("2026-12-31T23:59:59Z"));
  CHECK(seconds("2026-11") == seconds("2026-11-01T00:00:00Z"));
  CHECK(seconds("2026-11", true) == seconds("2026-11-30T23:59:59Z"));
  CHECK(seconds("2026-12", true) == seconds("2026-12-31T23:59:59Z"));
  CHECK(seconds("2026-11-21") == seconds("2026-11-21T00:00:00Z"));
  CHECK(seconds("2026-11-21", true) == seconds("2026-11-21T23:59:59Z"));
  CHECK(seconds("9999", true) == 253402300799);
  CHECK(seconds("2026-11-21T07:45:00Z", true) == 1795247100);  // an instant has no length
}

TEST_CASE("leap years follow the Gregorian calendar") {
  CHECK(seconds("2024-02", true) == seconds("2024-02-29T23:59:59Z"));
  CHECK(seconds("2023-02", true) == seconds("2023-02-28T23:59:59Z"));
  CHECK(seconds("2000-02-29") > 0);
  CHECK(seconds("2024-02-29") > 0);
  CHECK_FALSE(parse_time("2100-02-29"));
  CHECK_FALSE(parse_time("2023-02-29"));
}

TEST_CASE("what is no date is refused") {
  for (const char* text : {"",
                           "20",
                           "202",
                           "20266",
                           "2026-",
                           "2026-1",
                           "2026-00",
                           "2026-13",
                           "2026-11-",
                           "2026-11-0",
                           "2026-11-00",
                           "2026-11-31",
                           "2026-11-211",
                           "2026-11-21T",
                           "2026-11-21T07",
                           "2026-11-21T07:45",
                           "2026-11-21T07:45Z",
                           "2026-11-21T07:45:00",
                           "2026-11-21T24:00:00Z",
                           "2026-11-21T07:60:00Z",
                           "2026-11-21T07:45:60Z",
                           "2026-11-21T07:45:00.Z",
                           "2026-11-21T07:45:00,5Z",
                           "2026-11-21T07:45:00ZZ",
                           "2026-11-21T07:45:00+2:00",
                           "2026-11-21T07:45:00+0200",
                           "2026-11-21T07:45:00+24:00",
                           "2026-11-21T07:45:00+02:60",
                           "2026-11-21 07:45:00Z",
                           " 2026",
                           "2026 ",
                           "+2026",
                           "-2026",
                           "2026/11/21",
                           "２０２６"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text));
    CHECK_FALSE(parse_time(text, true));
  }
}

TEST_CASE("time before 1970 is out of bounds") {
  for (const char* text : {"1938-04-01", "1969", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "0000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text));
    CHECK_FALSE(parse_time(text, true));
  }
}

TEST_CASE("instants are written in UTC") {
  CHECK(to_text(Time{0}) == "1970-01-01T00:00:00Z");
  CHECK(to_text(Time{1795247100}) == "2026-11-21T07:45:00Z");
  CHECK(to_text(Time{253402300799}) == "9999-12-31T23:59:59Z");
}

TEST_CASE("years beyond 9999 are written with all their digits") {
  CHECK(to_text(Time{253402300800}) == "10000-01-01T00:00:00Z");
  CHECK(to_text(Time{max_time_seconds}) == "36812-02-20T00:36:15Z");
}

TEST_CASE("what is written is read back, day by day over the centuries") {
  for (std::int64_t s = 0; s < 253402300800; s += 86400 * 3 + 3661) {
    const auto back = parse_time(to_text(Time{s}));
    REQUIRE(back);
    REQUIRE(back->seconds == s);
  }
}
