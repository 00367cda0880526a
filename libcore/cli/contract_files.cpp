#include "libcore/cli/contract_files.hpp"

#include "libcore/cli/input.hpp"

namespace carechain::cli {

contract::DocumentFile read_contract(const std::string& file_or_dash) {
  constexpr std::size_t limit = std::size_t{4} << 20;
  const std::size_t slash = file_or_dash.rfind('/');
  const std::string beside = slash == std::string::npos ? std::string() : file_or_dash.substr(0, slash + 1);
  const auto read = [&](const std::string& name) {
    return read_all(name.starts_with('/') ? name : beside + name, 4 * limit);
  };
  return contract::read_document(read_all(file_or_dash, limit), file_or_dash == "-" ? "stdin" : file_or_dash, read);
}

}  // namespace carechain::cli
