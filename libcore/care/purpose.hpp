#pragma once
// Purposes of use: the codes of HL7 v3-ActReason, PurposeOfUse, and which of them contains which.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carechain::care {

bool is_purpose(std::string_view code);
std::vector<std::string> purpose_codes();  // for messages and completions

// `wider` is `code` itself or one of its ancestors: HRESCH covers CLINTRCH. ETREAT is a kind of TREAT only in the code
// system's tree; an emergency needs a permission of its own, so TREAT does not cover ETREAT or BTG here.
bool purpose_covers(std::string_view wider, std::string_view code);

}  // namespace carechain::care
