#include "libcore/care/policy.hpp"

#include <algorithm>

#include "libcore/base/distinct.hpp"

namespace carechain::care {
namespace {

bool is_letter(unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

bool is_token(std::string_view text) {  // a clinical code with its system, a media type
  return !text.empty() && text.size() <= 256 &&
         std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

template <class Visit>
void each(const std::vector<Provision>& provisions, const Visit& visit) {
  for (const Provision& provision : provisions) {
    visit(provision);
    each(provision.provisions, visit);
  }
}

std::size_t depth_of(const std::vector<Provision>& provisions) {
  std::size_t deepest = 0;
  for (const Provision& provision : provisions) deepest = std::max(deepest, depth_of(provision.provisions));
  return provisions.empty() ? 0 : deepest + 1;
}

template <class List>
bool is_list(const std::optional<List>& list) {
  return !list || (!list->empty() && list->size() <= max_criterion_items);
}
template <class Test>
bool all_of(const Words& words, const Test& test) {
  return !words || std::ranges::all_of(*words, test);
}

std::optional<std::string> provision_fault(const Provision& p) {
  for (const Words* words : {&p.actions, &p.purposes, &p.types, &p.media, &p.codes, &p.labels})
    if (!is_list(*words)) return "a list of criteria holds 1 to 64 of them; one that is left out stands for anything";
  if (!is_list(p.actors) || !is_list(p.records))
    return "a provision names 1 to 64 actors and records, or leaves them out";
  if (p.types && !is_type_list(*p.types)) return "the resource types must be sorted, distinct FHIR types";
  for (const Words* words : {&p.actions, &p.purposes, &p.labels})
    if (!all_of(*words, is_code)) return "actions, purposes and labels are codes, never text";
  for (const Words* words : {&p.codes, &p.media})
    if (!all_of(*words, is_token)) return "codes and media types are at most 256 characters without blanks";
  if (p.actors)
    for (const Actor& actor : *p.actors)
      if (actor.role && !ledger::is_role_word(*actor.role)) return "'" + *actor.role + "' is not a role";
  if (p.from && p.until && *p.until < *p.from) return "the grant ends before it begins";
  if (p.data_from && p.data_until && *p.data_until < *p.data_from) return "the data's period ends before it begins";
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Effect effect) { return effect == Effect::permit ? "permit" : "deny"; }
bool parse(std::string_view text, Effect& effect) {
  if (text != "permit" && text != "deny") return false;
  effect = text == "permit" ? Effect::permit : Effect::deny;
  return true;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](unsigned char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

bool is_type_list(const std::vector<std::string>& types) {
  if (types.size() > max_criterion_items || !std::ranges::is_sorted(types)) return false;
  const auto plain = [](const std::string& type) {
    return type == "*" || (!type.empty() && type.size() <= 64 && std::ranges::all_of(type, is_letter));
  };
  return std::ranges::all_of(types, plain) && std::ranges::adjacent_find(types) == types.end();
}

std::optional<std::string> policy_fault(const Policy& policy) {
  if (!policy.base && policy.provisions.empty()) return "a grant has a base rule or at least one provision";
  if (depth_of(policy.provisions) > max_provision_depth) return "provisions are nested at most 4 deep";
  std::size_t count = 0;
  std::optional<std::string> fault;
  each(policy.provisions, [&](const Provision& provision) {
    ++count;
    if (!fault) fault = provision_fault(provision);
  });
  if (count > max_provisions) return "a grant has at most 256 provisions";
  return fault;
}

std::vector<Actor> actors_of(const Policy& policy) {
  std::vector<Actor> all;
  each(policy.provisions, [&](const Provision& provision) {
    if (!provision.actors) return;
    for (const Actor& actor : *provision.actors)
      if (std::ranges::find(all, actor) == all.end()) all.push_back(actor);
  });
  return all;
}

std::vector<PublicKey> accounts_named(const Policy& policy) {
  std::vector<PublicKey> all;
  each(policy.provisions, [&](const Provision& provision) {
    if (!provision.actors) return;
    for (const Actor& actor : *provision.actors) all.push_back(actor.account);
  });
  sort_distinct(all);
  return all;
}

std::vector<ObjectRef> records_named(const Policy& policy) {
  std::vector<ObjectRef> all;
  each(policy.provisions, [&](const Provision& provision) {
    if (provision.records) all.insert(all.end(), provision.records->begin(), provision.records->end());
  });
  return all;
}

bool speaks_of_anyone(const Policy& policy) {
  return policy.base || std::ranges::any_of(policy.provisions, [](const Provision& p) { return !p.actors; });
}

std::optional<Time> last_second(const Policy& policy) {
  if (policy.base == Effect::permit) return std::nullopt;
  std::optional<Time> last;
  for (const Provision& provision : policy.provisions) {
    if (!provision.until) return std::nullopt;
    if (!last || *last < *provision.until) last = provision.until;
  }
  return last;
}

}  // namespace carechain::care
