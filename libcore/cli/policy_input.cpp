#include "libcore/cli/policy_input.hpp"

#include <algorithm>
#include <map>

#include "libcore/base/error.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/output.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {
namespace {

constexpr std::size_t max_consent_bytes = 4u << 20;

void append_word(std::string& text, const std::string& word) {
  if (!text.empty()) text += ' ';
  text += word;
}

std::map<std::string, std::string> mapping_of(const std::vector<std::string>& words) {
  std::map<std::string, std::string> mapping;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
      throw misuse("'" + word + "' is not REFERENCE=WHO", "--actor Organization/f001=mercy");
    mapping[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return mapping;
}

// Members of the ledger by their national identifiers.
std::optional<PublicKey> account_with_identifier(const ledger::Pool& pool, const std::string& value) {
  std::optional<PublicKey> found;
  const std::string prefix = ledger::identities.key();
  pool.ledger().scan_state(prefix, [&](std::string_view key, std::string_view row) {
    const auto identity = encoding::decode_fields<ledger::Identity>(view_of(row));
    if (identity.npi == value || identity.gln == value) found = PublicKey(view_of(key.substr(prefix.size())));
    return !found;
  });
  return found;
}

PublicKey resolve(const care::ConsentReference& reference, const std::map<std::string, std::string>& mapping,
                  const ledger::Pool& pool) {
  const auto mapped = mapping.find(reference.reference);
  if (mapped != mapping.end()) return account_of_who(mapped->second, pool.pending_state());
  if (reference.reference.starts_with("did:")) return account_of_who(reference.reference, pool.pending_state());
  if (!reference.identifier_value.empty()) {
    if (reference.identifier_value.starts_with("did:"))
      return account_of_who(reference.identifier_value, pool.pending_state());
    if (const auto account = account_with_identifier(pool, reference.identifier_value)) return *account;
  }
  const std::string name = reference.reference.empty() ? reference.identifier_value : reference.reference;
  throw refusal("'" + clean(name) + "' is nobody on this ledger", "--actor " + clean(name) + "=WHO says who that is");
}

}  // namespace

care::Actor actor_of_who(const std::string& who, const ledger::State& state) {
  const std::size_t at = who.find('@');
  if (at == std::string::npos || !ledger::is_role_word(who.substr(0, at))) return {account_of_who(who, state), {}};
  const PublicKey organisation = account_of_who(who.substr(at + 1), state);
  const auto identity = ledger::identities.get(state, organisation);
  if (!identity || identity->kind != ledger::Kind::organisation)
    throw refusal("'" + who.substr(at + 1) + "' is not an organisation of this ledger: only those have roles",
                  "list identities shows them");
  return {organisation, who.substr(0, at)};
}

std::string display_actors(const care::Policy& policy, const ledger::State& state) {
  if (care::speaks_of_anyone(policy)) return "anyone";
  std::string text;
  for (const care::Actor& actor : care::actors_of(policy)) {
    const auto identity = ledger::identities.get(state, actor.account);
    const std::string name =
        identity && identity->name ? clean(*identity->name) : encoding::did_key(actor.account).substr(0, 20) + "…";
    append_word(text, actor.role ? *actor.role + '@' + name : name);
  }
  return text;
}

std::string display_subject(const care::Policy& policy) {
  std::string text = policy.base ? std::string(to_text(*policy.base)) : "";
  for (const care::Provision& p : policy.provisions) {
    if (p.effect == care::Effect::deny) append_word(text, "not");
    for (const care::Words* words : {&p.types, &p.media, &p.codes, &p.labels})
      if (*words)
        for (const std::string& word : **words) append_word(text, word);
    if (p.records)
      for (const care::ObjectRef& ref : *p.records) append_word(text, ledger::json_text(ref).substr(0, 12));
    if (!p.types && !p.media && !p.codes && !p.labels && !p.records) append_word(text, "*");
  }
  return text;
}

std::string display_purposes(const care::Policy& policy) {
  std::string text;
  for (const care::Provision& p : policy.provisions)
    if (p.purposes)
      for (const std::string& purpose : *p.purposes)
        if (text.find(purpose) == std::string::npos) append_word(text, purpose);
  return text.empty() ? "any" : text;
}

care::ConsentTerms consent_of_file(const std::string& file_or_dash, const std::vector<std::string>& mapped,
                                   const std::optional<care::RootReading>& reading, const ledger::Pool& pool) {
  const auto mapping = mapping_of(mapped);
  const std::string text = read_all(file_or_dash, max_consent_bytes);
  const care::ConsentResolvers resolvers{
      [&](const care::ConsentReference& reference) { return resolve(reference, mapping, pool); },
      [&](const std::string& reference) {
        return ledger::ref_of(care::find_object(pool, reference.substr(reference.rfind('/') + 1)));
      }};
  try {
    return care::read_consent(encoding::parse_json(text, true), reading, resolvers);
  } catch (const Error& error) {
    throw Error((file_or_dash == "-" ? "stdin" : file_or_dash) + ": " + error.what(), error.hint(), error.exit());
  }
}

}  // namespace carechain::cli
