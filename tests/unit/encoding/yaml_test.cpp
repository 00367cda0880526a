#include "libcore/encoding/yaml.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include "unit/text.hpp"

using namespace carechain;
using namespace carechain::encoding;
using Kind = YamlNode::Kind;

namespace {

using test::contains;
using test::repeated;

std::string yaml_problem(std::string_view text) {
  try {
    parse_yaml(text, "f.yaml");
    return {};
  } catch (const YamlFault& fault) {
    CHECK(fault.exit() == Exit::no);
    return fault.what();
  }
}

std::string complaint(const auto& deed) {
  try {
    deed();
    return {};
  } catch (const YamlFault& fault) {
    return fault.what();
  }
}

}  // namespace

TEST_CASE("a document becomes nodes with their places, in its order") {
  const YamlNode root =
      parse_yaml("# who\nname: Mercy\nsealers:\n  - did:key:a   # first\n  - {b: 1, a: \"x\"}\nempty:\n", "g.yaml");
  CHECK(root.kind == Kind::map);
  REQUIRE(root.entries.size() == 3);
  CHECK(root.entries[0].first.scalar == "name");
  CHECK(root.entries[0].first.line == 2);
  CHECK(root.entries[0].first.column == 1);
  CHECK(root.at("name").text() == "Mercy");
  CHECK(root.at("name").column == 7);
  const YamlNode& sealers = root.at("sealers");
  CHECK(sealers.kind == Kind::list);
  REQUIRE(sealers.items.size() == 2);
  CHECK(sealers.items[0].scalar == "did:key:a");
  CHECK(sealers.items[0].line == 4);
  CHECK(sealers.items[0].column == 5);
  CHECK(sealers.items[1].entries[0].first.scalar == "b");
  CHECK(sealers.items[1].at("a").quoted);
  CHECK(root.at("empty").kind == Kind::null);
  CHECK(root.find("absent") == nullptr);
  CHECK(root.at("name").file == "g.yaml");
}

TEST_CASE("quoted scalars are text, plain ones are as written") {
  const YamlNode root = parse_yaml(
      "a: 007\nb: \"007\"\nc: '1'\nd: yes\ne: |\n  two\n  lines\nf: !!str 5\ng: !!int 5\nh: ~\ni: null\nj: ''\n", "f");
  CHECK(root.at("a").scalar == "007");
  CHECK_FALSE(root.at("a").quoted);
  CHECK(root.at("b").quoted);
  CHECK(root.at("c").quoted);
  CHECK(root.at("d").text() == "yes");
  CHECK(root.at("e").scalar == "two\nlines\n");
  CHECK(root.at("e").quoted);
  CHECK(root.at("f").quoted);
  CHECK_FALSE(root.at("g").quoted);
  CHECK(root.at("h").kind == Kind::null);
  CHECK(root.at("i").kind == Kind::null);
  CHECK(root.at("j").kind == Kind::scalar);
  CHECK(parse_yaml("|+\n x\n\n", "f").scalar == "x\n\n");
  CHECK(parse_yaml("|\n x", "f").scalar == "x\n");  // a missing last line end is added
  CHECK(parse_yaml("'x\n\n y'", "f").scalar == "x\ny");
}

TEST_CASE("an empty document is null") {
  for (const char* text : {"", "\n", "# only a comment\n", "---\n", "~"}) {
    CAPTURE(text);
    const YamlNode root = parse_yaml(text, "f.yaml");
    CHECK(root.kind == Kind::null);
    CHECK(root.line >= 1);
    CHECK(root.column >= 1);
    CHECK(root.file == "f.yaml");
  }
  CHECK(parse_yaml("--- {a: 1}\n...\n", "f").at("a").scalar == "1");
}

TEST_CASE("text and whole numbers are taken, or refused at their place") {
  const YamlNode root = parse_yaml("n: 12\nq: \"12\"\nz: 012\nm: -1\nf: 1.5\nl: [1]\no: {a: 1}\ne: ''\nx:\n", "g.yaml");
  CHECK(root.at("n").whole(12, 12) == 12);
  CHECK(root.at("n").whole(0, UINT64_MAX) == 12);
  CHECK(root.at("n").text() == "12");
  CHECK(complaint([&] { root.at("n").whole(13, 20); }) == "g.yaml:1:4: expected a whole number from 13 to 20");
  for (const char* key : {"q", "z", "m", "f", "l", "o", "e", "x"}) {
    CAPTURE(key);
    CHECK(contains(complaint([&] { root.at(key).whole(0, 100); }), "expected a whole number from 0 to 100"));
  }
  CHECK(complaint([&] { root.at("l").text(); }) == "g.yaml:6:4: expected a text, found a list");
  CHECK(complaint([&] { root.at("o").text(); }) == "g.yaml:7:4: expected a text, found a map");
  CHECK(complaint([&] { root.at("e").text(); }) == "g.yaml:8:4: expected a text, found nothing");
  CHECK(contains(complaint([&] { root.at("x").text(); }), "expected a text, found nothing"));
}

TEST_CASE("missing and unknown keys are named, with the nearest known one") {
  const YamlNode root = parse_yaml("name: x\nsealer: [a]\n", "genesis.yaml");
  CHECK(complaint([&] {
          root.only({"name", "sealers"});
        }) == "genesis.yaml:2:1: unknown key 'sealer' (did you mean 'sealers'?)");
  CHECK(complaint([&] { root.only({"name", "rules"}); }) == "genesis.yaml:2:1: unknown key 'sealer'");
  CHECK(complaint([&] { root.only({"name", "sealer", "more"}); }).empty());
  CHECK(complaint([&] { root.at("salt"); }) == "genesis.yaml:1:1: missing key 'salt'");
  CHECK(contains(complaint([&] { root.at("name").at("x"); }), "1:7: expected keys and values"));
  CHECK(contains(complaint([&] { root.at("name").only({"x"}); }), "1:7: expected keys and values"));
}

TEST_CASE("a node can complain with a hint") {
  try {
    parse_yaml("a: 1", "f").at("a").fail("too small", "take 2");
    FAIL("no complaint");
  } catch (const YamlFault& fault) {
    CHECK(std::string(fault.what()) == "f:1:4: too small");
    CHECK(fault.hint() == "take 2");
  }
}

TEST_CASE("duplicate keys are refused at the second") {
  CHECK(yaml_problem("a: 1\nb: 2\na: 3\n") == "f.yaml:3:1: duplicate key 'a'");
  CHECK(yaml_problem("x: {a: 1, \"a\": 2}\n") == "f.yaml:1:11: duplicate key 'a'");
  CHECK(yaml_problem("- {a: 1}\n- {a: 1}\n").empty());
}

TEST_CASE("keys must be words") {
  CHECK(contains(yaml_problem("? [a]\n: 1\n"), "a key must be a word"));
  CHECK(contains(yaml_problem("{a: 1}: 2\n"), "a key must be a word"));
  CHECK(contains(yaml_problem("~: 2\n"), "a key must be a word"));
}

TEST_CASE("aliases, merge keys, foreign tags and several documents are refused") {
  CHECK(yaml_problem("a: &x 1\nb: *x\n") == "f.yaml:2:4: aliases are not taken");
  CHECK(yaml_problem("a: &x [*x]\n") == "f.yaml:1:8: aliases are not taken");
  CHECK(yaml_problem("<<: {a: 1}\n") == "f.yaml:1:1: merge keys are not taken");
  CHECK(yaml_problem("\"<<\": 1\n").empty());
  CHECK(contains(yaml_problem("a: !!binary aGk=\n"), "is not taken"));
  CHECK(contains(yaml_problem("a: !mine 1\n"), "is not taken"));
  CHECK(contains(yaml_problem("a: !!set {x: 1}\n"), "is not taken"));
  CHECK(contains(yaml_problem("a: !!str [1]\n"), "is not taken"));
  CHECK(yaml_problem("a: !!map {x: !!seq [!!bool true]}\n").empty());
  CHECK(yaml_problem("a: 1\n---\nb: 2\n") == "f.yaml:2:1: more than one document");
  CHECK(contains(yaml_problem("a: 1\n...\nb: 2\n"), "more than one document"));
  CHECK_FALSE(yaml_problem("{a: 1}}\n").empty());
  CHECK_FALSE(yaml_problem("[a]]\n").empty());
}

TEST_CASE("broken documents are refused with their place") {
  CHECK(yaml_problem("a: [1, 2\n").starts_with("f.yaml:2:1: "));
  CHECK(yaml_problem("a: b: c\n").starts_with("f.yaml:1:"));
  for (const char* text :
       {"a: 'x", "a: 'x\n", "a: \"x\n", "a: \"x\n\n   ", "a: 'x\r\n", "'", "'\n", "a: \"", "a: \"\\"}) {
    CAPTURE(text);
    CHECK_FALSE(yaml_problem(text).empty());
  }
  CHECK(yaml_problem("a: 1\nb: \"x\n") == "f.yaml:3:1: the text ends within quotes");
  CHECK(yaml_problem("a: 1\n b: 2\n").starts_with("f.yaml:2:"));
  CHECK(yaml_problem("a: @x\n").starts_with("f.yaml:1:4: "));
  CHECK(yaml_problem("\ta: 1\n").starts_with("f.yaml:1:"));
  CHECK(yaml_problem("*\n").starts_with("f.yaml:1:"));
  CHECK(yaml_problem("%YAML 9.9\n---\na: 1\n").starts_with("f.yaml:1:"));
}

TEST_CASE("bytes that are no text are refused with their place") {
  CHECK(yaml_problem(std::string_view("a: 1\nb: \0", 9)) == "f.yaml:2:4: a control character");
  CHECK(yaml_problem("a: \x04 b: 2\n") == "f.yaml:1:4: a control character");
  CHECK(yaml_problem("a: \x7F\n") == "f.yaml:1:4: a control character");
  CHECK(yaml_problem("a: 1\nb: \xFF\n") == "f.yaml:2:4: not UTF-8");
  CHECK(yaml_problem("\xFF\xFE"
                     "a") == "f.yaml:1:1: not UTF-8");
  CHECK(yaml_problem("a: ü\tb\r\n").empty());
  CHECK(yaml_problem(std::string(4 << 20, ' ')).empty());
  CHECK(yaml_problem(std::string((4 << 20) + 1, ' ')) == "f.yaml:1:1: longer than 4 MiB");
}

TEST_CASE("thirty-two levels are read, the next is refused") {
  CHECK(yaml_problem(repeated("[", 32) + repeated("]", 32)).empty());
  CHECK(yaml_problem(repeated("[", 33) + repeated("]", 33)) == "f.yaml:1:33: nested deeper than 32");
  CHECK(yaml_problem(repeated("{a: ", 32) + repeated("}", 32)).empty());
  CHECK(contains(yaml_problem(repeated("{a: ", 33) + repeated("}", 33)), "nested deeper than 32"));
  CHECK(contains(yaml_problem(repeated("- ", 33) + "a"), "nested deeper than 32"));
}

TEST_CASE("a megabyte of openings neither overflows the stack nor takes long") {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* opening :
       {"[", "{", "- ", "? ", "[{", "{a: ", "[a, ", "{? ", "- ? ", "- - a\n", "a: ", "!", "&a ", "[[],", "- !!seq\n"}) {
    CAPTURE(opening);
    const auto start = std::chrono::steady_clock::now();
    yaml_problem(repeated(opening, (std::size_t{1} << 20) / std::string_view(opening).size()));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    CAPTURE(took.count());
    CHECK(took.count() < 10);
  }
  const std::chrono::duration<double> all = std::chrono::steady_clock::now() - begin;
  MESSAGE("all of them: " << all.count() << " s");
}
