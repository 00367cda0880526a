#include "libcore/base/whole.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace carechain;

TEST_CASE("whole numbers are read as people write them") {
  CHECK(parse_whole<std::uint64_t>("0") == 0);
  CHECK(parse_whole<std::uint64_t>("18446744073709551615") == UINT64_MAX);
  CHECK(parse_whole<std::int64_t>("-9223372036854775808") == INT64_MIN);
  CHECK(parse_whole<std::int64_t>("-1") == -1);
  CHECK(parse_whole<std::uint8_t>("255") == 255);
}

TEST_CASE("what is not a plain decimal number is refused") {
  for (const char* text :
       {"", "-", "+1", " 1", "1 ", "01", "00", "-0", "-01", "0x10", "1e3", "1.0", "1_000", "١", "--1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_whole<std::int64_t>(text));
    CHECK_FALSE(parse_whole<std::uint64_t>(text));
  }
  CHECK_FALSE(parse_whole<std::uint64_t>("-1"));
  CHECK_FALSE(parse_whole<int>(std::string_view("1\0", 2)));
}

TEST_CASE("a number that does not fit is refused, not cut") {
  CHECK_FALSE(parse_whole<std::uint64_t>("18446744073709551616"));
  CHECK_FALSE(parse_whole<std::int64_t>("9223372036854775808"));
  CHECK_FALSE(parse_whole<std::int64_t>("-9223372036854775809"));
  CHECK_FALSE(parse_whole<std::uint8_t>("256"));
}

TEST_CASE("bounds are inclusive") {
  CHECK(parse_whole<int>("3", 3, 5) == 3);
  CHECK(parse_whole<int>("5", 3, 5) == 5);
  CHECK_FALSE(parse_whole<int>("2", 3, 5));
  CHECK_FALSE(parse_whole<int>("6", 3, 5));
}

TEST_CASE("sums and products notice overflow") {
  CHECK(checked_add<std::uint64_t>(UINT64_MAX - 1, 1) == UINT64_MAX);
  CHECK_FALSE(checked_add<std::uint64_t>(UINT64_MAX, 1));
  CHECK(checked_add<std::int64_t>(INT64_MAX, INT64_MIN) == -1);
  CHECK_FALSE(checked_add<std::int64_t>(INT64_MIN, -1));
  CHECK(checked_multiply<std::uint64_t>(1ULL << 32, (1ULL << 32) - 1) == ((1ULL << 32) - 1) << 32);
  CHECK_FALSE(checked_multiply<std::uint64_t>(1ULL << 32, 1ULL << 32));
  CHECK_FALSE(checked_multiply<std::int64_t>(INT64_MIN, -1));
}
