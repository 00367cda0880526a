#include "libcore/care/provider/directory.hpp"

#include <algorithm>

namespace carechain::care::provider {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

constexpr std::array<std::string_view, 6> evidences{"nppes", "primary-source", "phone", "site", "portal", "claims"};
constexpr std::array<std::string_view, 4> lone_paths{"name", "kind", "status", "phone"};
constexpr std::array<std::string_view, 6> numbered_paths{"taxonomy.", "license.",   "place.",
                                                         "network.",  "accepting.", "sanction."};

bool is_path(std::string_view path) {
  if (std::ranges::find(lone_paths, path) != lone_paths.end()) return true;
  for (const std::string_view head : numbered_paths)
    if (path.starts_with(head) && path.size() > head.size() && path.size() <= 96) return true;
  return false;
}

bool is_value(std::string_view value) {
  return !value.empty() && value.size() <= 256 && std::ranges::none_of(value, [](unsigned char c) { return c < 0x20; });
}

// The role whose word alone is enough for an element.
std::string_view authority_of(std::string_view path) {
  if (path.starts_with("network.") || path.starts_with("accepting.")) return "payer";
  if (path.starts_with("license.") || path.starts_with("sanction.")) return "regulator";
  if (path.starts_with("taxonomy.") || path == "kind" || path == "status" || path == "name") return "registrar";
  return {};  // phone and places: the provider itself
}

bool is_provider(const ledger::Identity& identity, const std::string& npi) {
  return identity.npi && *identity.npi == npi;
}

std::uint64_t weight_of(const ledger::Identity& identity, const std::string& npi, std::string_view path) {
  const std::string_view authority = authority_of(path);
  if (!authority.empty() && std::ranges::find(identity.roles, authority) != identity.roles.end()) return weight_needed;
  if (is_provider(identity, npi)) return authority.empty() ? weight_needed : 2;
  return 1;
}

// Enrolled, not a patient, in good standing.
std::optional<ledger::Identity> member(const Context& context) {
  auto identity = ledger::identities.get(context.state, context.signer);
  if (!identity || identity->kind == ledger::Kind::patient) return std::nullopt;
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time)) return std::nullopt;
  return identity;
}

void note_words(Context& context, const std::string& npi, const Element& element) {
  for (const std::string& word : search_words(element.path, element.value))
    context.state.note(std::string(directory_notes) + word + '\0' + npi, {});
}

// A value that replaces what stood, or is new.
void assert_value(Context& context, Provider& provider, const std::string& path, const std::string& value,
                  const std::string& evidence, std::uint64_t weight) {
  Element fresh{path,         value, evidence, context.signer, {context.signer}, weight, weight >= weight_needed,
                context.time, {}};
  const auto at = std::ranges::lower_bound(provider.elements, path, {}, &Element::path);
  if (at != provider.elements.end() && at->path == path)
    *at = fresh;
  else
    provider.elements.insert(at, fresh);
  note_words(context, provider.npi, fresh);
}

// Stands behind the value that is there.
void stand_behind(const Context& context, Element& element, std::uint64_t weight, const std::string& evidence) {
  if (std::ranges::find(element.attesters, context.signer) == element.attesters.end()) {
    element.attesters.push_back(context.signer);
    element.weight += weight;
  }
  element.accepted = element.accepted || element.weight >= weight_needed;
  element.verified = context.time;
  element.evidence = evidence;
  if (weight >= 2) element.disputes.clear();  // the provider or an authority has decided
}

// An element said anew by somebody: agreed with, replaced, or disputed.
void say(Context& context, Provider& provider, const ElementText& said, const std::string& evidence,
         std::uint64_t weight) {
  Element* const stands = provider.find(said.path);
  if (stands == nullptr) return assert_value(context, provider, said.path, said.value, evidence, weight);
  if (stands->value == said.value) return stand_behind(context, *stands, weight, evidence);
  if (!stands->accepted || weight >= weight_needed || (weight == 2 && stands->weight < weight_needed))
    return assert_value(context, provider, said.path, said.value, evidence, weight);
  const auto same = [&](const Dispute& dispute) { return dispute.by == context.signer && dispute.value == said.value; };
  if (std::ranges::none_of(stands->disputes, same) && stands->disputes.size() < 16)
    stands->disputes.push_back({said.value, evidence, context.signer, context.time});
}

Outcome apply_register(const RegisterProvider& fields, Context& context) {
  const auto identity = member(context);
  if (!identity) return Refused{"only an enrolled organisation or professional in good standing adds to the directory"};
  if (!ledger::is_npi(fields.npi)) return Refused{"'" + fields.npi + "' is no NPI: its check digit does not hold"};
  if (std::ranges::find(evidences, fields.evidence) == evidences.end()) return Refused{"unknown kind of evidence"};
  if (fields.elements.empty() || fields.elements.size() > max_elements)
    return Refused{"1 to 64 elements make an entry"};
  Provider provider = providers.get(context.state, fields.npi).value_or(Provider{fields.npi, {}, context.height});
  for (const ElementText& said : fields.elements) {
    if (!is_path(said.path)) return Refused{"there is no element '" + said.path + "'"};
    if (!is_value(said.value))
      return Refused{"the value of '" + said.path + "' is empty, too long or has control characters"};
    say(context, provider, said, fields.evidence, weight_of(*identity, fields.npi, said.path));
  }
  if (provider.elements.size() > max_elements) return Refused{"an entry has at most 64 elements"};
  providers.put(context.state, provider, fields.npi);
  return std::nullopt;
}

Outcome apply_attest(const AttestProvider& fields, Context& context) {
  const auto identity = member(context);
  if (!identity) return Refused{"only an enrolled organisation or professional in good standing attests"};
  if (std::ranges::find(evidences, fields.evidence) == evidences.end()) return Refused{"unknown kind of evidence"};
  auto provider = providers.get(context.state, fields.npi);
  if (!provider) return Refused{"there is no provider " + fields.npi + " in the directory"};
  if (fields.path.empty()) {
    if (fields.dispute || fields.value) return Refused{"a dispute names one element"};
    for (Element& element : provider->elements)
      stand_behind(context, element, weight_of(*identity, fields.npi, element.path), fields.evidence);
    providers.put(context.state, *provider, fields.npi);
    return std::nullopt;
  }
  Element* const element = provider->find(fields.path);
  if (element == nullptr) return Refused{"nothing is known of '" + fields.path + "'"};
  if (fields.dispute == !fields.value)
    return Refused{"a dispute says what the value should be, an attestation does not"};
  if (fields.value && !is_value(*fields.value))
    return Refused{"the value is empty, too long or has control characters"};
  const std::uint64_t weight = weight_of(*identity, fields.npi, fields.path);
  if (fields.dispute)
    say(context, *provider, {fields.path, *fields.value}, fields.evidence, weight);
  else
    stand_behind(context, *element, weight, fields.evidence);
  providers.put(context.state, *provider, fields.npi);
  return std::nullopt;
}

}  // namespace

const Element* Provider::find(std::string_view path) const {
  const auto at = std::ranges::lower_bound(elements, path, {}, &Element::path);
  return at != elements.end() && at->path == path ? &*at : nullptr;
}
Element* Provider::find(std::string_view path) {
  return const_cast<Element*>(std::as_const(*this).find(path));  // NOLINT: this Provider is not const
}

void add_provider_operations(ledger::OperationTable& table) {
  table.add<RegisterProvider>("somebody says what a provider's entry should hold", apply_register);
  table.add<AttestProvider>("somebody stands behind an entry, or disputes it", apply_attest);
}

bool is_stale(const Element& element, Time now, std::int64_t days) {
  return now.seconds - element.verified.seconds > days * day_seconds;
}

Standing standing_of(const ledger::State& state, const std::string& npi, Time day, Time now,
                     std::int64_t stale_after_days) {
  Standing standing;
  const auto provider = providers.get(state, npi);
  if (!provider) return standing;
  standing.known = standing.active = true;
  for (const Element& element : provider->elements) {
    standing.disputed = standing.disputed || !element.disputes.empty();
    standing.stale = standing.stale || is_stale(element, now, stale_after_days);
    if (!element.accepted) continue;
    if (element.path.starts_with("network.") && element.value == "in")
      standing.networks.push_back(element.path.substr(8));
    if (element.path.starts_with("taxonomy.")) standing.taxonomies.push_back(element.value);
    if (element.path.starts_with("sanction.")) standing.active = false;
    if (element.path == "status" && element.value.starts_with("inactive")) {
      const auto since =
          parse_time(std::string_view(element.value).substr(std::min<std::size_t>(element.value.size(), 15)));
      standing.active = standing.active && since && day < *since;
    }
  }
  return standing;
}

std::vector<std::string> search_words(std::string_view path, std::string_view value) {
  if (path.starts_with("network.") || path.starts_with("accepting."))
    return {"n:" + std::string(path.substr(path.find('.') + 1))};
  const char kind = path == "name" ? 'w' : path.starts_with("taxonomy.") ? 't' : path.starts_with("place.") ? 'p' : 0;
  std::vector<std::string> words;
  if (kind == 0) return words;
  std::string word;
  const auto finish = [&] {
    if (word.size() > 1) words.push_back(std::string(1, kind) + ':' + word.substr(0, 32));
    word.clear();
  };
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter)
      word += c;
    else if (c >= 'A' && c <= 'Z')
      word += static_cast<char>(c + 0x20);
    else
      finish();
  }
  finish();
  return words;
}

}  // namespace carechain::care::provider
