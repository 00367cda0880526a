#pragma once
// From a name to the program: inside this executable, or a file beside it.

#include <string_view>

namespace carechain::cli {

// A program inside this executable; nullptr: it is a file of its own. Made for each executable by tools/programs.cmake.
using ProgramMain = int (*)(int argc, char** argv);
ProgramMain linked_program(std::string_view name);

// main() of an executable that holds many programs: the one that argv[0] names (without prefix), else `carechain`.
int run_linked_program(int argc, char** argv);

// Runs the program that argv[0] names, without prefix, with these arguments: linked in, else a file beside this
// executable, else on PATH. The exit status; doesn't return where a file takes over this process. Throws misuse():
// there is no such program, Error: it is not installed.
int dispatch(int argc, char** argv);

}  // namespace carechain::cli
