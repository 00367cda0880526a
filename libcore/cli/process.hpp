#pragma once
#include <string>

#include "libcore/crypto/chunked.hpp"

namespace carechain::cli {

// The stdout of a shell command, started at once, with `input` on its stdin. At the end of its output the source throws
// Error when the command did not exit with 0. Dropping the source kills it.
crypto::Source output_of(const std::string& command, const std::string& input);

}  // namespace carechain::cli
