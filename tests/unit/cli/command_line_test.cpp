#include "libcore/cli/command_line.hpp"

#include <doctest/doctest.h>

#include "libcore/base/error.hpp"
#include "libcore/cli/options.hpp"

using namespace carechain;
using namespace carechain::cli;

namespace {

struct Options {
  std::string ledger, level = "low", record;
  std::uint64_t from = 0;
  std::vector<std::string> to, files;
  std::optional<Time> since;
  bool dry = false;
};

void declare(OptionSet& set, Options& o) {
  set.add("-L,--ledger", o.ledger, "ledger").type_name("DIR");
  set.add("--from", o.from, "from").check(whole(0, 18'446'744'073'709'551'615u)).type_name("HEIGHT");
  set.add("--level", o.level, "level").check(one_of({"low", "high"}));
  set.add("-t,--to", o.to, "to").type_name("WHO");
  set.add("--since", o.since, "since").check(time_value()).type_name("TIME");
  set.add_flag("-n,--dry", o.dry, "dry");
  set.add("record", o.record, "record").type_name("ID");
  set.add("files", o.files, "files").type_name("FILE");
}

Options understood(const std::vector<std::string>& words) {
  Options options;
  OptionSet set("demo");
  declare(set, options);
  parse(set, scan(set, words));
  return options;
}

// What is complained about: "what | hint".
std::string complaint(const std::vector<std::string>& words) {
  try {
    understood(words);
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::usage);
    return std::string(error.what()) + " | " + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("options and operands may be mixed and abbreviated as shells do") {
  const auto o = understood({"r1", "-nL", "demo", "a", "--from=7", "-tbob", "--to", "eve", "b"});
  CHECK(o.record == "r1");
  CHECK(o.ledger == "demo");
  CHECK(o.from == 7);
  CHECK(o.to == std::vector<std::string>{"bob", "eve"});
  CHECK(o.files == std::vector<std::string>{"a", "b"});
  CHECK(o.dry);
}

TEST_CASE("a repeatable option does not eat the operands after it") {
  const auto o = understood({"--to", "bob", "r1", "a"});
  CHECK(o.to == std::vector<std::string>{"bob"});
  CHECK(o.record == "r1");
  CHECK(o.files == std::vector<std::string>{"a"});
}

TEST_CASE("words with brackets, commas, equal signs and dashes are kept as they are") {
  const auto o = understood({"[a,b]", "[c]", "--to=[x,y]", "--to", "a=b", "--", "-n", "--level"});
  CHECK(o.record == "[a,b]");
  CHECK(o.files == std::vector<std::string>{"[c]", "-n", "--level"});
  CHECK(o.to == std::vector<std::string>{"[x,y]", "a=b"});
  CHECK_FALSE(o.dry);
}

TEST_CASE("numbers are decimal and within bounds") {
  CHECK(understood({"--from", "18446744073709551615"}).from == 18'446'744'073'709'551'615u);
  CHECK(understood({"--from", "0"}).from == 0);
  for (const std::string word : {"-1", "010", "0x10", "+1", " 1", "1e3", "18446744073709551616", "1.0"}) {
    CAPTURE(word);
    CHECK(complaint({"--from=" + word}) ==
          "--from: '" + word + "' is not a whole number from 0 to 18446744073709551615 | ");
  }
  CHECK(complaint({"--from", "-1"}).starts_with("--from: '-1'"));
}

TEST_CASE("times are understood where they are given") {
  CHECK(understood({"--since", "1970-01-02"}).since == Time{86'400});
  CHECK(understood({}).since == std::nullopt);
  CHECK(complaint({"--since", "soon"}).starts_with("--since: 'soon' is not a time | write "));
}

TEST_CASE("an unknown option is refused and the nearest one hinted at") {
  CHECK(complaint({"--form", "1"}) == "unknown option --form | did you mean --from?");
  CHECK(complaint({"--led", "x"}) == "unknown option --led | see demo --help");
  CHECK(complaint({"-x"}) == "unknown option -x | see demo --help");
}

TEST_CASE("empty, missing, repeated and surplus words are refused") {
  CHECK(complaint({""}).starts_with("an empty word"));
  CHECK(complaint({"--ledger", ""}).starts_with("--ledger needs a value"));
  CHECK(complaint({"--ledger=", "x"}).starts_with("--ledger needs a value"));
  CHECK(complaint({"--ledger"}) == "--ledger needs a value | ");
  CHECK(complaint({"--ledger", "--dry"}) == "--ledger needs a value, not --dry | ");
  CHECK(complaint({"-L", "a", "--ledger", "b"}) == "--ledger is given twice | ");
  CHECK(complaint({"--dry=false"}) == "--dry takes no value | ");
}

TEST_CASE("a word that is none of a choice is refused with the nearest") {
  CHECK(understood({"--level", "high"}).level == "high");
  CHECK(complaint({"--level", "hihg"}) == "--level: 'hihg' is none of low,high | did you mean high?");
}

TEST_CASE("an operand too many is refused") {
  OptionSet set("demo");
  std::string one;
  set.add("one", one, "one");
  CHECK_THROWS_WITH_AS(parse(set, scan(set, {"a", "b"})), "unexpected operand 'b'", Error);
}

TEST_CASE("what is required can come from the environment") {
  const auto ledger = [] {
    OptionSet set("demo");
    std::string directory;
    add_ledger(set, directory);
    parse(set, scan(set, {}));
    return directory;
  };
  unsetenv("CARECHAIN_LEDGER");
  CHECK_THROWS_WITH_AS(ledger(), "--ledger is required", Error);
  setenv("CARECHAIN_LEDGER", "here", 1);
  CHECK(ledger() == "here");
  unsetenv("CARECHAIN_LEDGER");
}
