#pragma once
#include "libcore/cli/page.hpp"

namespace carechain::cli {

class OptionSet;

// The page of a program from the options it declared, but for hidden ones (group ""). Throws std::logic_error: an
// option without a long name or description, or with a type name outside the vocabulary.
Page describe(const About&, std::string_view prefix, const OptionSet&);

// The group of the options that the frame adds.
inline constexpr const char* common_group = "Common options";

}  // namespace carechain::cli
