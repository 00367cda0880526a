#pragma once
// The minimum necessary standard, 45 CFR 164.502(b) and 164.514(d): for purposes other than treatment a permission that
// names no data opens only what the purpose and the requester's role need.

#include <string>
#include <vector>

#include "libcore/care/policy_evaluation.hpp"

namespace carechain::care {

// Treatment, emergencies, and requests of the individual are exempt (164.502(b)(2)(i) and (ii)).
bool needs_minimum(std::string_view purpose);

// Whether a rule says by itself what may be disclosed: resource types other than "*", codes, or records. Such a
// permission is the patient's own (164.502(b)(2)(iii)). nullptr, a base rule: it does not.
bool names_data(const Provision*);

// FHIR resource types that somebody with these roles may be given for that purpose without being named.
bool within_minimum(std::string_view purpose, const std::vector<std::string>& roles,
                    const std::vector<std::string>& types);

}  // namespace carechain::care
