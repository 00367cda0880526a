#include "libcore/encoding/json.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "unit/text.hpp"

using namespace carechain;
using namespace carechain::encoding;

namespace {

using test::content;
using test::repeated;

std::string json_problem(std::string_view text, bool keep_decimals = false) {
  try {
    parse_json(text, keep_decimals);
    return {};
  } catch (const JsonFault& fault) {
    CHECK(fault.exit() == Exit::no);
    return fault.what();
  }
}

}  // namespace

TEST_CASE("the writer puts commas, colons and quotes") {
  JsonWriter to;
  to.begin_object().key("a").value(1).key("b").begin_array().value("x").null().value(true).begin_object().end_object();
  to.begin_array().end_array().end_array().key("c").raw("[1,2]").key("d").value(std::uint64_t{18446744073709551615U});
  to.key("e").value(std::int64_t{-5}).key("f").begin_object().key("g").value(false).end_object().end_object();
  CHECK(to.text() == R"({"a":1,"b":["x",null,true,{},[]],"c":[1,2],"d":18446744073709551615,"e":-5,"f":{"g":false}})");
}

TEST_CASE("text is escaped as RFC 8259 section 7 asks, and no more") {
  const auto escaped = [](std::string_view text) { return JsonWriter().value(text).take(); };
  CHECK(escaped("plain /ü€😀\x7F") == "\"plain /ü€😀\x7F\"");
  CHECK(escaped("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(escaped(std::string_view("\0\x01\x1F", 3)) == R"("\u0000\u0001\u001f")");
  CHECK(JsonWriter().begin_object().key("a\"\n").value("").end_object().take() == R"({"a\"\n":""})");
  for (unsigned c = 0; c < 128; ++c) {
    const std::string one(1, static_cast<char>(c));
    CHECK(nlohmann::json::parse(escaped(one)).get<std::string>() == one);
  }
}

TEST_CASE("bytes that are not UTF-8 are written as U+FFFD") {
  const auto escaped = [](std::string_view text) { return JsonWriter().value(text).take(); };
  CHECK(escaped("a\xFFz") == "\"a\uFFFDz\"");
  CHECK(escaped("\xE1\x80") == "\"\uFFFD\"");
  CHECK(escaped("\xC0\x80\n") == "\"\uFFFD\uFFFD\\n\"");
  CHECK(escaped("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("a value is shown as JSON with bytes as hexadecimal") {
  const Value value(Map{{"b", Bytes{0xAB, 1}}, {"a", Array{nullptr, true, -1, "x"}}});
  CHECK(to_json(value) == R"({"b":"ab01","a":[null,true,-1,"x"]})");
}

TEST_CASE("a document becomes a value, keys in their order") {
  const Value value = parse_json(
      R"( {"z":[1,-2,18446744073709551615,-9223372036854775808],"a":{"n":null,"t":true},"s":"\u00fc\ud83d\ude00"} )");
  CHECK(value == Value(Map{{"z", Array{std::uint64_t{1}, std::int64_t{-2}, std::uint64_t{UINT64_MAX}, INT64_MIN}},
                           {"a", Map{{"n", nullptr}, {"t", true}}},
                           {"s", "ü😀"}}));
  CHECK(parse_json("0") == Value(std::uint64_t{0}));
  CHECK(parse_json("-0") == Value(std::uint64_t{0}));
  CHECK(parse_json("[]") == Value(Array{}));
  CHECK(to_json(parse_json(R"({"a":[{},[],"\"",1]})")) == R"({"a":[{},[],"\"",1]})");
}

TEST_CASE("a decimal is its exact text or a fault") {
  for (const char* number : {"1.0", "1e2", "-0.10", "18446744073709551616", "-9223372036854775809", "1E+2",
                             "123456789012345678901234567890.12345678901234567890"}) {
    CAPTURE(number);
    CHECK(parse_json(number, true) == Value(number));
    CHECK(json_problem(number).find("only integers of 64 bits") != std::string::npos);
    CHECK(json_problem(number).ends_with(number));
  }
}

TEST_CASE("duplicate keys are refused wherever they are") {
  CHECK(json_problem(R"({"a":1,"b":2,"a":3})") == "line 1, column 16: duplicate key 'a'");
  CHECK(json_problem("{\"a\":[\n{\"ä\":1, \"b\":{\"a\":1},\n \"\\u00e4\":2}]}") ==
        "line 3, column 9: duplicate key 'ä'");
  CHECK(json_problem(R"([{"a":1},{"a":1},{"b":{"a":{"a":1}}}])").empty());
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  CHECK(json_problem(many + "\"x\":0}").empty());
  CHECK(json_problem(many + "\"k3\":0}").ends_with("duplicate key 'k3'"));
  CHECK(json_problem(many + "\"k999\":0}").ends_with("duplicate key 'k999'"));
}

TEST_CASE("sixty-four levels are read, the next is refused, and a million do no harm") {
  CHECK(json_problem(repeated("[", 64) + repeated("]", 64)).empty());
  CHECK(json_problem(repeated("[", 65) + repeated("]", 65)) == "line 1, column 65: nested deeper than 64");
  CHECK(json_problem(repeated("{\"a\":", 64) + '1' + repeated("}", 64)).empty());
  CHECK(json_problem(repeated("{\"a\":", 65) + '1' + repeated("}", 65)).ends_with("nested deeper than 64"));
  CHECK(json_problem(repeated("[", 1000000)).ends_with("nested deeper than 64"));
  CHECK_THROWS_AS(inspect_fhir(repeated("[", 1000000)), JsonFault);
}

TEST_CASE("a fault says line and column, in characters") {
  CHECK(json_problem("").starts_with("line 1, column 1: "));
  CHECK(json_problem("{\n  \"ä\" 1}").starts_with("line 2, column 7: syntax error while parsing object separator"));
  CHECK(json_problem("[1,\n2,]").starts_with("line 2, column 3: "));
  CHECK(json_problem("1 2").starts_with("line 1, column 3: "));
  CHECK(json_problem("\"a\xFF\"") == "line 1, column 3: not UTF-8");
  CHECK(json_problem("[1e400]").find("number overflow") != std::string::npos);
  CHECK(json_problem("[\"my secret\", oops]").find("secret") == std::string::npos);
  CHECK(json_problem(repeated("x", 100000)).size() < 200);
}

TEST_CASE("JSONTestSuite: what must parse parses, what must not is refused") {
  const std::filesystem::path folder = std::filesystem::path(TEST_SHARED_DATA) / "crypto/json-suite";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no " << folder.string());
    return;
  }
  int good = 0, bad = 0, free_choice = 0, free_accepted = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    CAPTURE(name);
    const std::string text = content(file.path());
    const std::string why = json_problem(text, true);
    if (name.starts_with("y_")) {
      ++good;
      CHECK(why == "");
    } else if (name.starts_with("n_")) {
      ++bad;
      CHECK(why != "");
      CHECK_THROWS_AS(find_top_level_string(text, "a"), JsonFault);
      CHECK_THROWS_AS(inspect_fhir(text), JsonFault);
    } else {
      ++free_choice;
      free_accepted += why.empty() ? 1 : 0;
    }
  }
  CHECK(good == 57);
  CHECK(bad == 113);
  CHECK(free_choice == 21);
  MESSAGE(free_accepted << " of " << free_choice << " with a free choice are read");
}

TEST_CASE("one string is found at the top level without building the rest") {
  const std::string_view text =
      R"({"v":1,"data":{"cose":"inner","x":[{"cose":"deep"}]},"cose":"outer","list":["cose"],"n":1.5})";
  CHECK(find_top_level_string(text, "cose") == "outer");
  CHECK_FALSE(find_top_level_string(text, "v"));
  CHECK_FALSE(find_top_level_string(text, "data"));
  CHECK_FALSE(find_top_level_string(text, "x"));
  CHECK_FALSE(find_top_level_string(text, "list"));
  CHECK_FALSE(find_top_level_string(text, "absent"));
  CHECK(find_top_level_string(R"({"\u0061":"\u00fc"})", "a") == "ü");
  CHECK(find_top_level_string(R"({"":"empty"})", "") == "empty");
  CHECK_FALSE(find_top_level_string(R"(["a","b"])", "a"));
  CHECK_FALSE(find_top_level_string(R"("a")", "a"));
  CHECK_FALSE(find_top_level_string(R"({"a":["b"]})", "a"));
}

TEST_CASE("looking for a string checks the whole text") {
  for (const char* text : {"", R"({"a":"b"} x)", R"({"a":"b")", R"({"a":"b","c":})", R"({"a":"b","a":"c"})",
                           R"({"a":"b","c":{"d":1,"d":2}})", "{\"a\":\"b\",\"c\":\"\xFF\"}"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(find_top_level_string(text, "a"), JsonFault);
  }
}
