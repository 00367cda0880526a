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

constexpr const char* query_example =
    "a query is written like '?category=laboratory' or '?code=http://loinc.org|718-7'";

std::vector<std::string> codes_of_query(std::string_view query) {
  const std::string whole(query);
  const std::size_t equals = query.find('=');
  const std::string_view name = query.substr(0, equals);
  if (query.find('&') != std::string_view::npos)
    throw misuse("the scope's query '" + whole + "' has several parameters, which a rule can't express", query_example);
  if (equals == std::string_view::npos || (name != "category" && name != "code"))
    throw misuse("the scope's query '" + whole + "' is not about a category or a code, which is all a rule can express",
                 query_example);
  std::vector<std::string> codes;
  for (std::string_view rest = query.substr(equals + 1);; rest.remove_prefix(rest.find(',') + 1)) {
    const std::string_view value = rest.substr(0, rest.find(','));
    const bool plain = std::ranges::all_of(value, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '%'; });
    if (value.empty() || value.front() == '|' || value.back() == '|' || !plain)
      throw misuse("'" + std::string(value) + "' in the scope's query is not a code", query_example);
    codes.emplace_back(value);
    if (value.size() == rest.size()) break;
  }
  return codes;
}

}  // namespace

Scope parse_scope(std::string_view text) {
  const std::string whole(text);
  const std::string_view query = text.substr(std::min(text.find('?'), text.size()));
  text.remove_suffix(query.size());
  const std::size_t slash = text.find('/');
  const std::size_t dot = text.rfind('.');
  if (slash == std::string_view::npos || dot == std::string_view::npos || dot < slash)
    throw misuse("'" + whole + "' is not a SMART scope", example);
  if (text.substr(0, slash) != "patient")
    throw misuse("the scope '" + whole + "' is not a patient's: only 'patient/…' can be granted", example);
  Scope scope{std::string(text.substr(slash + 1, dot - slash - 1)), in_version_2(text.substr(dot + 1)), {}};
  if (!is_type(scope.resource))
    throw misuse("'" + scope.resource + "' in the scope is not a FHIR resource type", example);
  if (!is_interactions(scope.interactions))
    throw misuse("'" + scope.interactions + "' in the scope is not a subset of 'cruds' in that order", example);
  if (scope.interactions.find('r') == std::string::npos && scope.interactions.find('s') == std::string::npos)
    throw misuse("the scope '" + whole + "' allows no reading", example);
  if (!query.empty()) scope.codes = codes_of_query(query.substr(1));
  return scope;
}

bool scope_covers(const std::string& granted_type, std::string_view type) {
  return granted_type == "*" || granted_type == type;
}

}  // namespace carechain::care
