#pragma once
// The programs there are, by area, and how they are called on this machine.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace carechain::cli {

struct CatalogRow {
  std::string_view name, area, summary;
};
std::span<const CatalogRow> catalog();  // areas in the order of their first row
const CatalogRow* find_program(std::string_view name);  // without prefix; nullptr: there is none

std::string_view version();
std::string_view program_prefix();  // what was put before every name at build time, for example "cc-"

// A program inside this executable. nullptr: it is a file of its own. Defined by each executable (cmake/Programs.cmake).
using ProgramMain = int (*)(int argc, char** argv);
ProgramMain linked_program(std::string_view name);

// Which of the programs linked here argv[0] or argv[1] asks for, run: the whole main() of a single binary.
int run_linked_program(int argc, char** argv);

}  // namespace carechain::cli
