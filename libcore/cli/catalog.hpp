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
std::span<const CatalogRow> catalog();                  // areas in the order of their first row
const CatalogRow* find_program(std::string_view name);  // without prefix; nullptr: there is none

std::string_view version();
std::string_view program_prefix();  // what was put before every name at build time, for example "cc-"

}  // namespace carechain::cli
