#pragma once
// Contract documents from files, with the tables that lie beside them.

#include <string>

#include "libcore/contract/document.hpp"

namespace carechain::cli {

// Throws Error; YamlFault with line and column. "-" is stdin, whose tables lie in the current directory.
contract::DocumentFile read_contract(const std::string& file_or_dash);

}  // namespace carechain::cli
