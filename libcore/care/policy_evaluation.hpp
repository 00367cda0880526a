#pragma once
// What one policy says to one question. Nothing but the two is looked at.

#include "libcore/care/access_tables.hpp"

namespace carechain::care {

struct Requester {
  PublicKey account;
  std::optional<PublicKey> organisation;  // who enrolled it
  bool accredited = false;                // both are in good standing now: what lets the organisation in, lets it in
  std::vector<std::string> roles;
};

struct Inquiry {
  const Requester& requester;
  const ObjectRef& ref;
  const Record& record;
  std::string_view purpose;
  Time time;
};

// How near a policy comes to permitting; a higher one names the better reason for a refusal.
enum class Near { nothing, record, purpose, action, expired, later, permit };

struct Finding {
  std::optional<Effect> effect;     // absent: the policy says nothing
  std::vector<std::uint32_t> path;  // to the provision that decided; empty: the base
  const Provision* rule = nullptr;  // that decided; nullptr: the base, or nothing. Lives as long as the policy
  Near near = Near::nothing;
};

// The base; a provision that fits replaces it; of several that fit, one that denies wins; exceptions inside it replace
// it in turn. Where it is unknown whether a provision fits (a code that is in no table, a fact the chain does not
// know), one that denies fits and one that permits does not.
Finding evaluate(const Policy&, const Inquiry&);

// Whether a provision that permits, at any depth, names this account and may cover this record, its purposes and dates
// apart: whom the record's keys are sealed to. Sealing is not access.
bool may_read(const Policy&, const PublicKey& account, const ObjectRef&, const Record&);

// "provisions[1].provisions[0]", or "base".
std::string path_text(const std::vector<std::uint32_t>&);

}  // namespace carechain::care
