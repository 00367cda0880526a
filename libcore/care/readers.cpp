#include "libcore/care/readers.hpp"

#include <algorithm>

namespace carechain::care {
namespace {

bool is_organisation(const ledger::State& state, const PublicKey& account) {
  const auto identity = ledger::identities.get(state, account);
  return identity && identity->kind == ledger::Kind::organisation;
}

bool permits_anyone(const std::vector<Provision>& provisions) {
  return std::ranges::any_of(provisions, [](const Provision& provision) {
    return (provision.effect == Effect::permit && !provision.actors) || permits_anyone(provision.provisions);
  });
}

}  // namespace

std::vector<PublicKey> persons_named(const ledger::State& state, const Policy& policy) {
  std::vector<PublicKey> persons;
  for (const Actor& actor : actors_of(policy))
    if (!actor.role && !is_organisation(state, actor.account)) persons.push_back(actor.account);
  return persons;
}

bool has_unnamed_readers(const ledger::State& state, const Policy& policy) {
  if (policy.base == Effect::permit || permits_anyone(policy.provisions)) return true;
  return std::ranges::any_of(actors_of(policy),
                             [&](const Actor& actor) { return actor.role || is_organisation(state, actor.account); });
}

}  // namespace carechain::care
