#pragma once
// Who a policy's readers are, as far as they have names: the keys of records are sealed to those ahead of any request.

#include "libcore/care/emergency.hpp"
#include "libcore/care/policy_evaluation.hpp"

namespace carechain::care {

// Accounts that a provision which permits names and that are no organisations.
std::vector<PublicKey> persons_named(const ledger::State&, const Policy&);

// Whether it permits anybody without a name: members of an organisation, a role, anyone.
bool has_unnamed_readers(const ledger::State&, const Policy&);

}  // namespace carechain::care
