#include "libcore/cli/output.hpp"

#include <doctest/doctest.h>

#include "libcore/encoding/json.hpp"
#include "tests/unit/cli/in_child.hpp"

using namespace carechain;
using namespace carechain::cli;

namespace {

std::string written(Format format, const std::function<void(Output&)>& work) {
  const auto main = [&](int, char**) {
    Output out({"demo", format}, {});
    work(out);
    out.flush();
    return 0;
  };
  return run_in_child({"demo"}, main).out;
}

}  // namespace

TEST_CASE("an envelope has every key in the one order") {
  const std::string nothing = to_json(Envelope{.type = "block"});
  CHECK(nothing ==
        R"({"v":1,"type":"block","id":null,"ids":[],"tx":null,"status":null,"height":null,"block":null,"time":null,)"
        R"("signer":null,"ledger":null,"reason":null,"data":{},"cose":null})");
  const Envelope full{.type = "access.grant",
                      .id = "ab.0",
                      .ids = {"ab.0"},
                      .tx = "ab",
                      .status = "sealed",
                      .height = 7,
                      .block = "cd",
                      .time = Time{0},
                      .signer = "did:key:z",
                      .ledger = "ef",
                      .reason = "so \"it\" is",
                      .data = R"({"to":"bob"})",
                      .cose = "0oRD"};
  CHECK(to_json(full) ==
        R"({"v":1,"type":"access.grant","id":"ab.0","ids":["ab.0"],"tx":"ab","status":"sealed","height":7,)"
        R"("block":"cd","time":"1970-01-01T00:00:00Z","signer":"did:key:z","ledger":"ef","reason":"so \"it\" is",)"
        R"("data":{"to":"bob"},"cose":"0oRD"})");
  CHECK(
      to_text(full) ==
      "access.grant  sealed  ab.0\n  reason  so \"it\" is\n  height  7\n  block   cd\n  time    1970-01-01T00:00:00Z\n"
      "  signer  did:key:z\n  ledger  ef\n  to      bob");
}

TEST_CASE("off a terminal there are JSON lines, unless text is asked for") {
  const auto show = [](Output& out) { out.envelope({.type = "x"}); };
  CHECK(written(Format::automatic, show).starts_with(R"({"v":1,)"));
  CHECK(written(Format::json, show).starts_with(R"({"v":1,)"));
  CHECK(written(Format::text, show) == "x\n");
}

TEST_CASE("a table has columns as wide as they need, numbers to the right") {
  const auto show = [](Output& out) { out.table({"NAME", "N"}, {{"bob", "7"}, {"zoë-maria", "123"}}); };
  CHECK(written(Format::text, show) ==
        "NAME         N\n"
        "bob          7\n"
        "zoë-maria  123\n");
}

TEST_CASE("what comes from elsewhere can't drive a terminal") {
  CHECK(clean("a\x1b[2Jb\n\x7f") == "a\\x1b[2Jb\\x0a\\x7f");
  CHECK(clean("\xC2\x9B"
              "1m") == "\\x9b1m");
  CHECK(clean("zoë \xff") == "zoë \xEF\xBF\xBD");
}

TEST_CASE("much output comes out whole") {
  const std::string text = written(Format::text, [](Output& out) {
    for (int i = 0; i < 100'000; ++i) out.line("line");
    out.raw(Bytes(100'000, 'x'));
    out.raw(Bytes(3, 'y'));
  });
  CHECK(text.size() == 500'000 + 100'000 + 3);
  CHECK(text.ends_with("xyyy"));
}
