#pragma once
// The frame of every program. A source in tools/ declares what it is and its options, has one function that does the
// work, and ends in one line; its own things stand in an anonymous namespace:
//
//   CARECHAIN_PROGRAM(verify_chain, about, declare, run)
//
// which defines `int program_verify_chain(int, char**)`. main() is made by tools/programs.cmake: one for each program,
// or one for all of them.

#include <functional>

#include "libcore/base/error.hpp"
#include "libcore/cli/about.hpp"
#include "libcore/cli/option_set.hpp"
#include "libcore/cli/output.hpp"

namespace carechain::cli {

struct Program {
  const About& about;
  std::function<void(OptionSet&)> declare;  // adds options; touches nothing
  std::function<Exit(Output&)> run;         // after the command line was understood; reads no argv
};

// Parses, runs, and tells what went wrong; the process's exit status. Errors are caught here and nowhere else; SIGPIPE
// is ignored, so that a closed pipe is an error like any other.
int run_program(int argc, char** argv, const Program&);

// What `work` returns; an error is told and becomes its exit status.
int guarded(std::string_view program, const std::function<int()>& work);

template <class Options>
int tool_main(int argc, char** argv, const About& about, void (*declare)(OptionSet&, Options&),
              Exit (*run)(const Options&, Output&)) {
  Options options;
  return run_program(
      argc, argv,
      {about, [&](OptionSet& set) { declare(set, options); }, [&](Output& out) { return run(options, out); }});
}

}  // namespace carechain::cli

#define CARECHAIN_PROGRAM(name, about, declare, run)                                                               \
  int program_##name(int argc, char** argv);                                                                       \
  int program_##name(int argc, char** argv) { return carechain::cli::tool_main(argc, argv, about, declare, run); } \
  static_assert(true)
