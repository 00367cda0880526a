#pragma once
// SMART App Launch scopes, version 2: "patient/Observation.rs", "patient/*.r"; the words of version 1 (read, write, *)
// too.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carechain::care {

struct Scope {
  std::string resource;            // a FHIR resource type, or "*"
  std::string interactions;        // a subset of "cruds" in that order
  std::vector<std::string> codes;  // of "?category=…" or "?code=…": "system|code", or "code" in any system; none: any
};

// Throws misuse() saying what is wrong: lower-case type, letters out of order, another context than patient, a query
// that a rule can't express: one parameter, category or code, with one or more values (FHIR search: a comma means or).
Scope parse_scope(std::string_view text);

bool scope_covers(const std::string& granted_type, std::string_view type);  // "*" covers all

}  // namespace carechain::care
