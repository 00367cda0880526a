#include "libcore/ledger/accounts.hpp"

#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/constitution_privacy.hpp"
#include "libcore/ledger/governance.hpp"

namespace carechain::ledger {

std::string_view to_text(Kind kind) {
  switch (kind) {
    case Kind::organisation:
      return "organisation";
    case Kind::professional:
      return "professional";
    case Kind::patient:
      return "patient";
  }
  return "";
}

bool parse(std::string_view text, Kind& kind) {
  for (const Kind candidate : {Kind::organisation, Kind::professional, Kind::patient}) {
    if (to_text(candidate) != text) continue;
    kind = candidate;
    return true;
  }
  return false;
}

bool sound_account(const State& state, const PublicKey& account) {
  return identities.has(state, account) || private_accounts.has(state, account) || crypto::sound_public_key(account);
}

std::optional<PublicKey> account_of(const State& state, const PublicKey& key) {
  const auto use = keys.get(state, key);
  if (!use) return key;
  if (use->retired) return std::nullopt;
  return use->account;
}

std::optional<PublicKey> account_named(const State& state, std::string_view public_name) {
  const auto found = names.get(state, public_name);
  return found ? std::optional(found->account) : std::nullopt;
}

PublicKey current_key(const State& state, const PublicKey& account) {
  const auto identity = identities.get(state, account);
  return identity ? identity->key : account;
}

void mark_private(Changes& state, const PublicKey& account, std::uint64_t height) {
  if (!private_accounts.has(state, account)) private_accounts.put(state, {height}, account);
}

bool in_good_standing(const State& state, const PublicKey& account, std::uint64_t height, Time time) {
  const auto identity = identities.get(state, account);
  return !identity || in_good_standing(*identity, height, time);
}

bool in_good_standing(const Identity& identity, std::uint64_t height, Time time) {
  if (identity.until && *identity.until < time) return false;
  return std::ranges::none_of(identity.suspended, [&](const Stretch& stretch) {
    return height >= stretch.from_height && (!stretch.to_height || height < *stretch.to_height);
  });
}

std::optional<std::string> jurisdiction_of(const State& state, const PublicKey& account) {
  auto identity = identities.get(state, account);
  if (identity && !identity->jurisdiction && identity->organisation)
    identity = identities.get(state, *identity->organisation);
  return identity ? identity->jurisdiction : std::nullopt;
}

void found(const Constitution& constitution, Changes& state) {
  constitutions.put(state, constitution);
  if (constitution.privacy) privacies.put(state, *constitution.privacy);
  rule_sets.put(state, {constitution.rules, {}, {}});
  for (const PublicKey& sealer : constitution.sealers) sealers.put(state, {1, {}}, sealer);
  for (const Member& member : constitution.members) {
    Identity identity;
    identity.kind = Kind::organisation;
    identity.key = member.account;
    identity.name = member.name;
    identity.npi = member.npi;
    identity.gln = member.gln;
    identity.roles = member.roles;
    identity.jurisdiction = member.jurisdiction;
    identities.put(state, identity, member.account);
    keys.put(state, {member.account, {}}, member.account);
    names.put(state, {member.account}, member.name);
  }
}

namespace {

bool has_role(const Identity& identity, std::string_view role) {
  return std::ranges::find(identity.roles, role) != identity.roles.end();
}

Outcome enroller_may(const Enroll& enroll, const Context& context) {
  const auto enroller = identities.get(context.state, context.signer);
  if (!enroller || enroller->kind != Kind::organisation)
    return Refused{"only an organisation of the ledger may enrol accounts"};
  if (!in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the enrolling organisation is suspended or its standing has ended"};
  if (enroll.kind == Kind::organisation && !has_role(*enroller, "registrar"))
    return Refused{"only an organisation with the role 'registrar' may enrol other organisations"};
  return std::nullopt;
}

Outcome well_formed(const Enroll& enroll) {
  if (enroll.roles.empty()) return Refused{"an account is enrolled with at least one role"};
  for (const std::string& role : enroll.roles)
    if (!is_role_word(role)) return Refused{"'" + role + "' is not a role: lower-case letters and hyphens"};
  if (!crypto::sound_public_key(enroll.account)) return Refused{"the account is not a sound Ed25519 key"};
  if (enroll.kind == Kind::patient) {
    if (enroll.public_name || enroll.npi || enroll.gln || enroll.jurisdiction)
      return Refused{"a patient is never enrolled with a name or an identifier: the chain is readable by all members"};
    return std::nullopt;
  }
  if (!enroll.public_name) return Refused{"institutions and professionals are enrolled with a public name"};
  if (!is_public_name(*enroll.public_name))
    return Refused{"'" + *enroll.public_name + "' is not a name: 1 to 64 printable characters"};
  if (enroll.npi && !is_npi(*enroll.npi))
    return Refused{"'" + *enroll.npi + "' is not an NPI: ten digits, the last a check digit"};
  if (enroll.gln && !is_gln(*enroll.gln))
    return Refused{"'" + *enroll.gln + "' is not a GLN: 13 digits, the last a check digit"};
  if (enroll.jurisdiction && !is_jurisdiction_code(*enroll.jurisdiction))
    return Refused{"'" + *enroll.jurisdiction + "' is not a jurisdiction's code: capitals, digits and hyphens"};
  return std::nullopt;
}

Outcome apply_enroll(const Enroll& enroll, Context& context) {
  if (auto refused = enroller_may(enroll, context)) return refused;
  if (auto refused = well_formed(enroll)) return refused;
  if (keys.has(context.state, enroll.account)) return Refused{"this key is enrolled already"};
  if (enroll.kind != Kind::patient && private_accounts.has(context.state, enroll.account))
    return Refused{"this key is a patient's: it can't be enrolled as anything else", "use another key for other roles"};
  if (enroll.public_name && names.has(context.state, std::string_view(*enroll.public_name)))
    return Refused{"the name '" + *enroll.public_name + "' is taken"};
  Identity identity;
  identity.kind = enroll.kind;
  identity.key = enroll.account;
  identity.organisation = context.signer;
  identity.name = enroll.public_name;
  identity.npi = enroll.npi;
  identity.gln = enroll.gln;
  identity.roles = enroll.roles;
  identity.jurisdiction = enroll.jurisdiction;
  identity.enrolled = context.height;
  identity.until = enroll.until;
  identities.put(context.state, identity, enroll.account);
  keys.put(context.state, {enroll.account, {}}, enroll.account);
  if (enroll.public_name) names.put(context.state, {enroll.account}, std::string_view(*enroll.public_name));
  return std::nullopt;
}

// The organisation that enrolled an account, or, for organisations, a registrar.
bool answers_for(const State& state, const PublicKey& signer, const Identity& identity) {
  if (identity.organisation == signer) return true;
  const auto registrar = identities.get(state, signer);
  return identity.kind == Kind::organisation && registrar && has_role(*registrar, "registrar");
}

Outcome apply_suspend(const Suspend& suspend, Context& context) {
  auto identity = identities.get(context.state, suspend.account);
  if (!identity) return Refused{"this account is not enrolled"};
  if (!answers_for(context.state, context.signer, *identity))
    return Refused{"only the organisation that enrolled an account may suspend it"};
  if (!in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the organisation itself is suspended or its standing has ended"};
  const bool suspended = !identity->suspended.empty() && !identity->suspended.back().to_height;
  if (suspended != suspend.lift) return Refused{suspended ? "it is suspended already" : "it is not suspended"};
  if (suspend.lift) {
    identity->suspended.back().to_height = context.height;
  } else {
    identity->suspended.push_back({context.height, {}});
  }
  identities.put(context.state, *identity, suspend.account);
  return std::nullopt;
}

Outcome apply_rotate(const Rotate& rotate, Context& context) {
  auto identity = identities.get(context.state, rotate.account);
  const PublicKey old = identity ? identity->key : rotate.account;
  const bool own = context.signer == rotate.account;
  const bool patient = !identity || identity->kind == Kind::patient;
  if (!own && patient) return Refused{"a patient's key is replaced only by the old key"};
  if (!own && !answers_for(context.state, context.signer, *identity))
    return Refused{"a key is replaced by the old key or by the organisation that enrolled the account"};
  if (!own && !in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the organisation is suspended or its standing has ended"};
  if (!crypto::sound_public_key(rotate.key)) return Refused{"the new key is not a sound Ed25519 key"};
  if (rotate.key == old || keys.has(context.state, rotate.key)) return Refused{"the new key is in use already"};
  if (!identity) {
    identity.emplace();
    identity->kind = Kind::patient;
    identity->enrolled = context.height;
  }
  identity->key = rotate.key;
  identities.put(context.state, *identity, rotate.account);
  keys.put(context.state, {rotate.account, context.height}, old);
  keys.put(context.state, {rotate.account, {}}, rotate.key);
  return std::nullopt;
}

}  // namespace

void add_account_operations(OperationTable& table) {
  table.add<Enroll>("an organisation enrols an account", apply_enroll);
  table.add<Suspend>("an organisation suspends an account, or restores it", apply_suspend);
  table.add<Rotate>("an account gets a new key", apply_rotate, false);
}

}  // namespace carechain::ledger
