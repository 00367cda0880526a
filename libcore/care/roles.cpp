#include "libcore/care/roles.hpp"

#include <algorithm>
#include <array>

#include "libcore/base/error.hpp"

namespace carechain::care {
namespace {

constexpr std::array<std::string_view, 15> organisation_roles{
    "hospital", "clinic",    "laboratory", "pharmacy", "manufacturer", "distributor", "repackager", "payer",
    "sponsor",  "registrar", "regulator",  "registry", "carrier",      "irb",         "archive"};

}  // namespace

ledger::Kind kind_of_roles(const std::vector<std::string>& roles) {
  const auto organisation = [](const std::string& role) {
    return std::ranges::find(organisation_roles, role) != organisation_roles.end();
  };
  if (std::ranges::find(roles, "patient") != roles.end()) {
    if (roles.size() > 1)
      throw misuse("a patient's account has no other role", "enrol her as a professional under another key");
    return ledger::Kind::patient;
  }
  return std::ranges::any_of(roles, organisation) ? ledger::Kind::organisation : ledger::Kind::professional;
}

}  // namespace carechain::care
