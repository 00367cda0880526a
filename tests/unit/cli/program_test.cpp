#include "libcore/cli/program.hpp"

#include <doctest/doctest.h>

#include "libcore/cli/batch.hpp"
#include "libcore/cli/dispatch.hpp"
#include "libcore/cli/options.hpp"
#include "tests/unit/cli/in_child.hpp"

using namespace carechain;
using namespace carechain::cli;

// The executable of these tests has one program linked in.
carechain::cli::ProgramMain carechain::cli::linked_program(std::string_view name) {
  static const ProgramMain demo = [](int argc, char**) { return 10 + argc; };
  return name == "grant" || name == "carechain" ? demo : nullptr;
}

namespace {

constexpr About about{.name = "demo", .summary = "try things", .description = "It tries.", .examples = "$ demo"};

struct Options {
  std::string does = "nothing", batch;
  std::vector<std::string> to;
  std::uint64_t number = 0;
  bool urgent = false;
};

void declare(OptionSet& set, Options& o) {
  set.add("does", o.does, "what to do").type_name("WORD").required();
  set.add("--to", o.to, "to whom").type_name("WHO");
  set.add("--number", o.number, "how many").check(whole(1, 9)).type_name("NUMBER");
  set.add_flag("--urgent", o.urgent, "at once");
  add_batch(set, o.batch);
}

std::string shown(const Options& o) {
  std::string line = o.does + ' ' + std::to_string(o.number) + (o.urgent ? " urgent" : "");
  for (const auto& who : o.to) line += ' ' + who;
  return line;
}

Exit run(const Options& o, Output& out) {
  if (!o.batch.empty()) {
    for (const auto& each : read_batch<Options>(o.batch, out, declare)) out.line(shown(each));
    return Exit::ok;
  }
  out.line(shown(o));
  out.words("did {}", o.does);
  if (o.does == "refuse") throw refusal("no such thing", "try another");
  if (o.does == "crash") throw std::runtime_error("it broke");
  if (o.does == "gorge") throw std::bad_alloc();
  return o.does == "deny" ? Exit::no : Exit::ok;
}

int demo(int argc, char** argv) { return tool_main(argc, argv, about, declare, run); }

Ran ran(std::vector<std::string> words, const std::string& out = "") {
  words.insert(words.begin(), "demo");
  return run_in_child(std::move(words), demo, out);
}

Ran ran_batch(const std::string& lines, std::vector<std::string> words = {}) {
  const std::string path = "/tmp/carechain-unit-batch-" + std::to_string(getpid());
  store::replace_file(path, view_of(lines));
  words.insert(words.end(), {"--batch", path});
  Ran result = ran(std::move(words));
  if (const auto at = result.err.find(path); at != std::string::npos) result.err.replace(at, path.size(), "FILE");
  std::remove(path.c_str());
  return result;
}

}  // namespace

TEST_CASE("answers, words and exit statuses go where they belong") {
  CHECK(ran({"work"}).status == 0);
  CHECK(ran({"work"}).out == "work 0\n");
  CHECK(ran({"work"}).err == "demo: did work\n");
  CHECK(ran({"work", "-q"}).err.empty());
  CHECK(ran({"deny"}).status == 1);
}

TEST_CASE("an error is told once, after the lines that were finished") {
  const Ran refused = ran({"refuse", "-q"});
  CHECK(refused.status == 1);
  CHECK(refused.out == "refuse 0\n");
  CHECK(refused.err == "demo: error: no such thing\ndemo: hint: try another\n");
  CHECK(ran({"crash", "-q"}).status == 3);
  CHECK(ran({"crash", "-q"}).err == "demo: error: it broke\n");
  CHECK(ran({"gorge", "-q"}).status == 3);
  CHECK(ran({"gorge", "-q"}).err == "demo: error: not enough memory\n");
}

TEST_CASE("a command line that makes no sense is exit 2 and prints nothing") {
  const Ran result = ran({"--numbr", "3", "work"});
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  CHECK(result.err == "demo: error: unknown option --numbr\ndemo: hint: did you mean --number?\n");
  CHECK(ran({}).status == 2);
  CHECK(ran({"work", "--number", "10"}).status == 2);
}

TEST_CASE("standard output that can't be written is exit 3 with one line") {
  const Ran full = ran({"work", "-q"}, "/dev/full");
  CHECK(full.status == 3);
  CHECK(full.err == "demo: error: cannot write to standard output: No space left on device\n");
  CHECK(ran({"--help"}, "/dev/full").status == 3);
  CHECK(ran({"--version"}, "/dev/full").status == 3);
  const auto with_closed = [](int argc, char** argv) {
    close(1);
    return demo(argc, argv);
  };
  CHECK(run_in_child({"demo", "work"}, with_closed).status == 3);
  const auto into_closed_pipe = [](int argc, char** argv) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return 99;
    dup2(ends[1], 1);
    close(ends[0]);
    return demo(argc, argv);
  };
  const Ran piped = run_in_child({"demo", "work", "-q"}, into_closed_pipe);
  CHECK(piped.status == 3);
  CHECK(piped.err == "demo: error: cannot write to standard output: Broken pipe\n");
}

TEST_CASE("help and version need nothing else") {
  CHECK(ran({"--help"}).status == 0);
  CHECK(ran({"--help"}).out.starts_with("Usage: demo [OPTION]... does\n"));
  CHECK(ran({"--version"}).out.starts_with("demo (carechain) "));
  CHECK(ran({"-q", "--version"}).out == ran({"--version"}).out);
}

TEST_CASE("a line of a batch is a command line") {
  const Ran result = ran_batch(
      "{\"does\":\"a\",\"to\":[\"bob\",\"eve\"],\"number\":3}\n"
      "\n"
      "{\"number\":\"4\",\"urgent\":true,\"does\":\"--to\"}\r\n"
      "{\"does\":\"c\",\"to\":\"[x,y]\"}");
  CHECK(result.err.empty());
  CHECK(result.out == "a 3 bob eve\n--to 4 urgent\nc 0 [x,y]\n");
}

TEST_CASE("the command line stands for every line that says nothing else") {
  CHECK(ran_batch("{\"does\":\"a\"}\n{\"does\":\"b\",\"to\":\"eve\"}\n", {"--to", "bob", "--urgent"}).out ==
        "a 0 urgent bob\nb 0 urgent eve\n");
  CHECK(ran_batch("{}\n", {"work"}).out == "work 0\n");
}

TEST_CASE("a bad line of a batch is named") {
  const auto complaint = [](const std::string& line) {
    const Ran result = ran_batch("{\"does\":\"a\"}\n" + line + "\n");
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(complaint(R"({"does":"a","nmber":1})") ==
        "demo: error: FILE, line 2: unknown key 'nmber'\ndemo: hint: did you mean 'number'?\n");
  CHECK(complaint(R"({"does":"a","number":10})") ==
        "demo: error: FILE, line 2: --number: '10' is not a whole number from 1 to 9\n");
  CHECK(complaint(R"({"number":1})").starts_with("demo: error: FILE, line 2: does is required\n"));
  CHECK(complaint(R"({"does":"a","batch":"x"})") == "demo: error: FILE, line 2: 'batch' belongs on the command line\n");
  CHECK(complaint(R"({"does":"a","urgent":"yes"})") == "demo: error: FILE, line 2: 'urgent' wants true or false\n");
  CHECK(complaint(R"({"does":"a","to":{}})") == "demo: error: FILE, line 2: 'to' wants a text or a whole number\n");
  CHECK(complaint(R"({"does":"a","to":""})") == "demo: error: FILE, line 2: 'to' is empty\n");
  CHECK(complaint(R"({"does":["a","b"]})") == "demo: error: FILE, line 2: 'does' wants one value, not a list\n");
  CHECK(complaint("[1]") == "demo: error: FILE, line 2: not a JSON object\n");
  CHECK(complaint("{").starts_with("demo: error: FILE, line 2: "));
  CHECK(complaint(R"({"does":")" + std::string(1 << 20, 'x') + "\"}").find("longer than") != std::string::npos);
}

TEST_CASE("argv[0] chooses among the programs linked in") {
  const auto result = [](std::vector<std::string> words) {
    return run_in_child(std::move(words), run_linked_program).status;
  };
  CHECK(result({"/usr/bin/grant", "x"}) == 12);
  CHECK(result({"something", "x", "y"}) == 13);
  const auto through = [](int argc, char** argv) { return guarded("carechain", [&] { return dispatch(argc, argv); }); };
  CHECK(run_in_child({"grant"}, through).status == 11);
  const Ran typo = run_in_child({"gant"}, through);
  CHECK(typo.status == 2);
  CHECK(typo.err == "carechain: error: there is no program 'gant'\ncarechain: hint: did you mean grant?\n");
}
