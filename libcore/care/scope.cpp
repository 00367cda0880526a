#include "libcore/care/scope.hpp"

#include <algorithm>

#include "libcore/base/error.hpp"

namespace carechain::care {
namespace {

constexpr std::string_view letters = "cruds";
constexpr const char* example = "a scope is written like 'patient/Observation.rs' or 'patient/*.r'";

bool is_type(std::string_view word) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  return word == "*" || (!word.empty() && word[0] >= 'A' && word[0] <= 'Z' && std::ranges::all_of(word, letter));
}

// The letters in their order, each at most once.
bool is_interactions(std::string_view word) {
  std::size_t next = 0;
  for (char c : word) {
    const std::size_t place = letters.find(c, next);
    if (place == std::string_view::npos) return false;
    next = place + 1;
  }
  return !word.empty();
}

std::string in_version_2(std::string_view word) {
  if (word == "read") return "rs";
  if (word == "write") return "cud";
  if (word == "*") return "cruds";
  return std::string(word);
}

}  // namespace

Scope parse_scope(std::string_view text) {
  const std::string whole(text);
  if (text.find('?') != std::string_view::npos)
    throw misuse("the scope '" + whole + "' has a query part, which a grant can't express", example);
  const std::size_t slash = text.find('/');
  const std::size_t dot = text.rfind('.');
  if (slash == std::string_view::npos || dot == std::string_view::npos || dot < slash)
    throw misuse("'" + whole + "' is not a SMART scope", example);
  if (text.substr(0, slash) != "patient")
    throw misuse("the scope '" + whole + "' is not a patient's: only 'patient/…' can be granted", example);
  Scope scope{std::string(text.substr(slash + 1, dot - slash - 1)), in_version_2(text.substr(dot + 1))};
  if (!is_type(scope.resource))
    throw misuse("'" + scope.resource + "' in the scope is not a FHIR resource type", example);
  if (!is_interactions(scope.interactions))
    throw misuse("'" + scope.interactions + "' in the scope is not a subset of 'cruds' in that order", example);
  if (scope.interactions.find('r') == std::string::npos && scope.interactions.find('s') == std::string::npos)
    throw misuse("the scope '" + whole + "' allows no reading", example);
  return scope;
}

bool scope_covers(const std::string& granted_type, std::string_view type) {
  return granted_type == "*" || granted_type == type;
}

}  // namespace carechain::care
