#include "libcore/encoding/cbor.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

using namespace carechain;
using namespace carechain::encoding;

namespace {

Bytes from_hex(std::string_view digits) { return parse_hex(digits).value(); }

// Why bytes are refused; empty: they are not.
std::string reason(const Bytes& encoded) {
  try {
    decode(encoded);
    return {};
  } catch (const CborFault& fault) {
    CHECK(fault.exit() == Exit::no);
    CHECK(fault.offset() <= encoded.size());
    return fault.reason();
  }
}
std::string reason(std::string_view digits) { return reason(from_hex(digits)); }

Bytes written(const auto& write) {
  Bytes bytes;
  CborWriter to(bytes);
  write(to);
  return bytes;
}

Bytes nested(std::size_t depth, std::uint8_t head = 0x81) {
  Bytes bytes(depth, head);
  bytes.push_back(0);
  return bytes;
}

}  // namespace

TEST_CASE("of RFC 8949 appendix A the subset is read and written back, the rest refused by name") {
  const std::filesystem::path file = std::filesystem::path(TEST_SHARED_DATA) / "crypto/cbor/appendix_a.json";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: no " << file.string());
    return;
  }
  const auto entries = nlohmann::json::parse(std::ifstream(file));
  std::map<std::string, int> refused;
  int same_bytes = 0;
  for (const auto& entry : entries) {
    const Bytes encoded = from_hex(entry["hex"].get<std::string>());
    CAPTURE(entry["hex"]);
    const std::string why = reason(encoded);
    if (!why.empty()) {
      ++refused[why];
      continue;
    }
    ++same_bytes;
    CHECK(encode(decode(encoded)) == encoded);
    if (entry.contains("decoded")) CHECK(nlohmann::json::parse(to_json(decode(encoded))) == entry["decoded"]);
  }
  int refusals = 0;
  for (const auto& [why, count] : refused) {
    MESSAGE(count << " refused: " << why);
    refusals += count;
  }
  CHECK(entries.size() == 49);
  CHECK(same_bytes == 16);
  CHECK(refusals == 33);
  MESSAGE(same_bytes << " read and written back, " << refusals << " refused");
}

TEST_CASE("integers have the exact bytes of RFC 8949") {
  const std::pair<std::uint64_t, const char*> numbers[] = {{0, "00"},
                                                           {23, "17"},
                                                           {24, "1818"},
                                                           {255, "18ff"},
                                                           {256, "190100"},
                                                           {65535, "19ffff"},
                                                           {65536, "1a00010000"},
                                                           {4294967295, "1affffffff"},
                                                           {4294967296, "1b0000000100000000"},
                                                           {UINT64_MAX, "1bffffffffffffffff"}};
  for (const auto& [number, digits] : numbers) {
    CHECK(hex(encode(Value(number))) == digits);
    CHECK(decode(from_hex(digits)) == Value(number));
  }
  const std::pair<std::int64_t, const char*> negatives[] = {
      {-1, "20"}, {-24, "37"}, {-25, "3818"}, {-256, "38ff"}, {-257, "390100"}, {INT64_MIN, "3b7fffffffffffffff"}};
  for (const auto& [number, digits] : negatives) {
    CHECK(hex(encode(Value(number))) == digits);
    CHECK(decode(from_hex(digits)) == Value(number));
  }
  CHECK(encode(Value(std::int64_t{24})) == from_hex("1818"));
  CHECK(reason("3b8000000000000000") == "integer below -2^63");
}

TEST_CASE("strings, lists, maps and constants have the exact bytes of RFC 8949") {
  const Value value(Map{{"text", "ü"}, {"b", Bytes{1, 2}}, {"list", Array{true, false, nullptr}}, {"a", Map{}}});
  CHECK(hex(encode(value)) ==
        "a46161a061624201026"
        "46c69737483f5f4f6"
        "647465787462c3bc");
  CHECK(hex(encode(decode(encode(value)))) == hex(encode(value)));
}

TEST_CASE("keys are sorted, shorter first, then by bytes") {
  const Value value(Map{{"bb", 1}, {"ä", 2}, {"c", 3}, {"", 4}, {"aaa", 5}, {"a", 6}});
  const Value read = decode(encode(value));
  std::vector<std::string> keys;
  for (const auto& [key, item] : std::get<Map>(read)) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"", "a", "c", "bb", "ä", "aaa"});
  CHECK(*read.find("c") == Value(std::uint64_t{3}));
  CHECK(read.find("d") == nullptr);
  CHECK(Value(std::uint64_t{1}).find("c") == nullptr);
}

TEST_CASE("what can't be written is an error, not bytes") {
  CHECK_THROWS_WITH_AS(encode(Value(Map{{"a", 1}, {"b", 1}, {"a", 2}})), "duplicate key 'a'", Error);
  CHECK_THROWS_WITH_AS(encode(Value("\xFF")), "text is not UTF-8", Error);
  CHECK_THROWS_WITH_AS(encode(Value(Map{{"\xC0\x80", 1}})), "text is not UTF-8", Error);
  Value deep(nullptr);
  for (unsigned i = 0; i < cbor_max_depth; ++i) deep = Value(Array{deep});
  CHECK_NOTHROW(encode(deep));
  CHECK_THROWS_WITH_AS(encode(Value(Array{deep})), "nested deeper than 16", Error);
  CHECK_THROWS_WITH_AS(encode(Value(Map{{"a", deep}})), "nested deeper than 16", Error);
}

TEST_CASE("a head that is not the shortest is refused") {
  for (const char* digits : {"1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "3900ff",
                             "580161", "780161", "980100", "b801616100", "9900ff"}) {
    CAPTURE(digits);
    CHECK(reason(digits).ends_with("not in its shortest form"));
  }
}

TEST_CASE("what the subset does not have is refused by name") {
  CHECK(reason("f97c00") == "a floating-point number is not allowed");
  CHECK(reason("fa47c35000") == "a floating-point number is not allowed");
  CHECK(reason("fb3ff199999999999a") == "a floating-point number is not allowed");
  CHECK(reason("c074323031332d30332d32315432303a30343a30305a") == "a tag is not allowed");
  CHECK(reason("c249010000000000000000") == "a tag is not allowed");
  CHECK(reason("f7") == "undefined is not allowed");
  CHECK(reason("f0") == "a simple value is not allowed");
  CHECK(reason("f8ff") == "a simple value is not allowed");
  CHECK(reason("f814") == "a simple value is not allowed");
  for (const char* digits : {"5f42010243030405ff", "7f6161ff", "9fff", "bfff"})
    CHECK(reason(digits) == "indefinite length is not allowed");
  CHECK(reason("ff") == "a break without an indefinite length");
  for (const char* digits : {"1c", "1f", "3d", "3f", "5c", "7d", "9e", "bc", "fc"})
    CHECK(reason(digits) == "reserved head");
}

TEST_CASE("keys that are no text, misordered or twice there are refused by name") {
  CHECK(reason("a2616201616102") == "misordered key 'a'");
  CHECK(reason("a2626161006162"
               "00") == "misordered key 'b'");
  CHECK(reason("a2616101616102") == "duplicate key 'a'");
  CHECK(reason("a260016002") == "duplicate key ''");
  CHECK(reason("a201020304") == "a key must be text, found unsigned integer");
  CHECK(reason("a1f600") == "a key must be text, found null");
  CHECK(reason("a161ff00") == "text is not UTF-8");
}

TEST_CASE("a count or length beyond the bytes that are left is refused before anything is made room for") {
  CHECK(reason("9bffffffffffffffff") == "array of 18446744073709551615, but 0 bytes are left");
  CHECK(reason("9a0001000000") == "array of 65536, but 1 bytes are left");
  CHECK(reason("bb7fffffffffffffff6161") == "map of 9223372036854775807, but 2 bytes are left");
  CHECK(reason("a1"
               "60") == "map of 1, but 1 bytes are left");
  CHECK(reason("5bffffffffffffffff00") == "byte string of 18446744073709551615 bytes, but 1 are left");
  CHECK(reason("6361") == "text of 3 bytes, but 1 are left");
}

TEST_CASE("bytes that end too early or too late are refused") {
  CHECK(reason("") == "ends where an item should be");
  for (const char* digits : {"18", "19ff", "1affffff", "1bffffffffffffff"})
    CHECK(reason(digits) == "ends within a head");
  CHECK(reason("820001"
               "00") == "1 bytes too many");
  const Bytes whole = encode(Value(Map{{"a", Array{1, "two", Bytes(300, 3)}}, {"b", nullptr}}));
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(reason(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))).empty());
}

TEST_CASE("sixteen levels are read, the seventeenth is refused, and a million do no harm") {
  CHECK(reason(nested(16)).empty());
  CHECK(reason(nested(17)) == "nested deeper than 16");
  CHECK(reason(nested(1000000)) == "nested deeper than 16");
  Bytes empty(16, 0x81);
  empty.push_back(0x80);
  CHECK(reason(empty) == "nested deeper than 16");
  const Bytes deep = nested(17), fine = nested(16);
  CHECK(same(CborReader(fine).skip(), fine));
  CHECK_THROWS_WITH_AS(CborReader(deep).skip(), "CBOR at byte 16: nested deeper than 16", CborFault);
}

TEST_CASE("skipping checks all that decoding checks") {
  const char* texts[] = {"1800",
                         "f97c00",
                         "c101",
                         "a2616201616102",
                         "a2616101616102",
                         "61ff",
                         "9bffffffffffffffff",
                         "1c",
                         "8200",
                         "a10000",
                         "3b8000000000000000",
                         "f7"};
  for (const char* digits : texts) {
    CAPTURE(digits);
    const Bytes bytes = from_hex(digits);
    CHECK_THROWS_AS(CborReader(bytes).skip(), CborFault);
    CHECK_FALSE(reason(bytes).empty());
  }
  const Bytes two = from_hex("a161618301f541ff6162");
  CborReader from(two);
  CHECK(hex(from.skip()) == "a161618301f541ff");
  CHECK(from.text() == "b");
  CHECK(from.at_end());
}

TEST_CASE("the reader gives items one after the other, as views into its input") {
  const Bytes bytes = written([](CborWriter& to) {
    to.array(8);
    to.unsigned_integer(UINT64_MAX);
    to.integer(-500);
    to.integer(500);
    to.bytes(Bytes{1, 2, 3});
    to.text("ü");
    to.boolean(true);
    to.null();
    to.map(1);
    to.text("k");
    to.raw(from_hex("80"));
  });
  CborReader from(bytes);
  CHECK(from.peek() == CborReader::Type::array);
  CHECK(from.array() == 8);
  CHECK(from.unsigned_integer() == UINT64_MAX);
  CHECK(from.peek() == CborReader::Type::negative_integer);
  CHECK(from.integer() == -500);
  CHECK(from.integer() == 500);
  const ByteView view = from.bytes();
  CHECK(same(view, Bytes{1, 2, 3}));
  CHECK((view.data() > bytes.data() && view.data() < bytes.data() + bytes.size()));
  CHECK(from.text() == "ü");
  CHECK(from.peek() == CborReader::Type::boolean);
  CHECK(from.boolean());
  from.null();
  CHECK(from.map() == 1);
  CHECK(from.key(nullptr) == "k");
  CHECK_FALSE(from.take(Bytes{0x81}));
  CHECK(from.take(Bytes{0x80}));
  CHECK_FALSE(from.take(Bytes{0x80}));
  CHECK(from.left() == 0);
  from.expect_end();
}

TEST_CASE("an item of another type is refused with both names and its place") {
  const Bytes bytes = from_hex("8201f6");
  CborReader from(bytes);
  CHECK_THROWS_WITH_AS(from.map(), "CBOR at byte 0: map expected, found array", CborFault);
  from.array();
  CHECK_THROWS_WITH_AS(from.text(), "CBOR at byte 1: text expected, found unsigned integer", CborFault);
  CHECK_THROWS_WITH_AS(from.boolean(), "CBOR at byte 1: boolean expected, found unsigned integer", CborFault);
  CHECK_THROWS_WITH_AS(from.null(), "CBOR at byte 1: null expected, found unsigned integer", CborFault);
  from.unsigned_integer();
  CHECK_THROWS_WITH_AS(from.bytes(), "CBOR at byte 2: byte string expected, found null", CborFault);
  CHECK_THROWS_WITH_AS(from.expect_end(), "CBOR at byte 2: 1 bytes too many", CborFault);
  from.null();
  CHECK_THROWS_WITH_AS(from.null(), "CBOR at byte 3: ends where an item should be", CborFault);
  const Bytes large = from_hex("1b8000000000000000");
  CHECK_THROWS_WITH_AS(CborReader(large).integer(), "CBOR at byte 0: integer above 2^63 - 1", CborFault);
}

TEST_CASE("a fault carries the path that led to it") {
  const CborFault fault = CborFault(12, "wrong").under("until").under(2).under("items");
  CHECK(std::string(fault.what()) == "CBOR at byte 12, field 'items[2].until': wrong");
  CHECK(fault.offset() == 12);
  CHECK(fault.reason() == "wrong");
  CHECK(fault.field() == "items[2].until");
}
