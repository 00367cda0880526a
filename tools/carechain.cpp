#include "libcore/cli/catalog.hpp"
#include "libcore/cli/dispatch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "carechain",
    .summary = "list the programs, or run one",
    .description = R"(Without a program it lists them all by area, a JSON line each where stdout is no terminal.
With the name of a program it runs that program with the words that follow, so that
  $ carechain verify-chain -L demo
is the same as
  $ verify-chain -L demo

Programs are looked for inside carechain itself, then beside it, then on PATH.)",
    .examples = "$ carechain\n$ carechain grant --help",
    .exit_status = "The status of a program that was run is that program's.",
    .see_also = "carechain(7), carechain-ledger(5), carechain-transaction(5), init-ledger(1), keygen(1)"};

struct Options {
  std::vector<std::string> words;
};

void declare(cli::OptionSet& set, Options& options) {
  std::vector<std::string> names;
  for (const auto& row : cli::catalog()) names.emplace_back(row.name);
  set.add("program", options.words, "the program to run, and its own words").check(cli::one_of(names));
}

void list_text(cli::Output& out) {
  std::string_view area;
  for (const auto& row : cli::catalog()) {
    if (row.area != area) out.line(area.empty() ? std::string(row.area) : '\n' + std::string(row.area));
    area = row.area;
    const std::string name = std::string(cli::program_prefix()) + std::string(row.name);
    out.line("  " + name + std::string(name.size() < 18 ? 18 - name.size() : 1, ' ') + std::string(row.summary));
  }
}

void list_json(cli::Output& out) {
  for (const auto& row : cli::catalog()) {
    encoding::JsonWriter json;
    json.begin_object().key("name").value(row.name).key("area").value(row.area);
    out.line(json.key("summary").value(row.summary).end_object().text());
  }
}

Exit run(const Options&, cli::Output& out) {
  out.json() ? list_json(out) : list_text(out);
  return Exit::ok;
}

CARECHAIN_PROGRAM(carechain_itself, about, declare, run);

}  // namespace

// The words after a program's name are that program's, so they never meet the options above.
int program_carechain(int argc, char** argv);
int program_carechain(int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return program_carechain_itself(argc, argv);
  return cli::guarded("carechain", [&] { return cli::dispatch(argc - 1, argv + 1); });
}
