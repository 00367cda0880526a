#include "libcore/care/policy_evaluation.hpp"

#include <algorithm>

#include "libcore/care/labels.hpp"
#include "libcore/care/purpose.hpp"
#include "libcore/care/scope.hpp"

namespace carechain::care {
namespace {

enum class Fit { no, unknown, yes };

template <class List, class Test>
Fit any_of(const List& list, const Test& test) {
  Fit best = Fit::no;
  for (const auto& item : list) best = std::max(best, test(item));
  return best;
}
// A criterion that is absent fits.
template <class List, class Test>
Fit criterion(const std::optional<List>& list, const Test& test) {
  return list ? any_of(*list, test) : Fit::yes;
}
Fit known(bool fits) { return fits ? Fit::yes : Fit::no; }

bool is_actor(const Actor& actor, const Requester& requester, Effect effect) {
  if (!actor.role && actor.account == requester.account) return true;
  if (actor.account != requester.organisation) return false;
  if (!requester.accredited && effect == Effect::permit) return false;
  return !actor.role || std::ranges::find(requester.roles, *actor.role) != requester.roles.end();
}

Fit purpose_fit(const std::string& code, std::string_view asked) {
  return is_purpose(code) ? known(purpose_covers(code, asked)) : Fit::unknown;
}
Fit action_fit(const std::string& code) { return is_consent_action(code) ? known(is_reading(code)) : Fit::unknown; }

// A record of several types: all of them must be permitted, one is enough to forbid.
Fit types_fit(const std::vector<std::string>& granted, const Record& record, Effect effect) {
  const auto covered = [&](const std::string& type) {
    return std::ranges::any_of(granted, [&](const std::string& one) { return scope_covers(one, type); });
  };
  if (record.types.empty()) return covered("*") ? Fit::yes : Fit::unknown;  // not FHIR: it may hold anything
  return known(effect == Effect::permit ? std::ranges::all_of(record.types, covered)
                                        : std::ranges::any_of(record.types, covered));
}

int confidentiality_of(const std::vector<std::string>& labels) {
  std::optional<int> highest;
  for (const std::string& label : labels)
    if (const auto level = confidentiality(label)) highest = std::max(highest.value_or(*level), *level);
  return highest.value_or(normal_confidentiality);
}

Fit label_fit(const std::string& rule, const Words& labels, Effect effect) {
  if (!labels) return Fit::unknown;
  if (const auto level = confidentiality(rule)) {
    const int found = confidentiality_of(*labels);
    return known(effect == Effect::permit ? found <= *level : found >= *level);
  }
  if (std::ranges::find(*labels, rule) != labels->end()) return Fit::yes;
  return is_sensitivity(rule) ? Fit::no : Fit::unknown;
}

bool is_same_code(std::string_view rule, std::string_view code) {
  return rule.find('|') == std::string_view::npos ? code.substr(code.find('|') + 1) == rule : code == rule;
}

Fit code_fit(const std::string& rule, const RecordFacts& facts) {
  const auto among = [&](const Words& codes) {
    return codes && std::ranges::any_of(*codes, [&](const std::string& code) { return is_same_code(rule, code); });
  };
  if (among(facts.categories) || among(facts.codes)) return Fit::yes;
  const std::size_t bar = rule.find('|');
  const bool category = bar == std::string::npos ? is_category(rule) : is_category_system(rule.substr(0, bar));
  return facts.categories && (facts.codes || category) ? Fit::no : Fit::unknown;
}

Fit data_time_fit(const Provision& provision, const RecordFacts& facts) {
  if (!provision.data_from && !provision.data_until) return Fit::yes;
  if (!facts.from || !facts.until) return Fit::unknown;
  return known((!provision.data_from || *provision.data_from <= *facts.until) &&
               (!provision.data_until || *facts.from <= *provision.data_until));
}

Fit record_fit(const Provision& p, const ObjectRef& ref, const Record& record) {
  Fit fit = criterion(p.records, [&](const ObjectRef& one) { return known(one == ref); });
  if (p.types) fit = std::min(fit, types_fit(*p.types, record, p.effect));
  fit = std::min(fit, criterion(p.media, [&](const std::string& one) { return known(one == record.media); }));
  fit = std::min(fit,
                 criterion(p.labels, [&](const auto& one) { return label_fit(one, record.facts.labels, p.effect); }));
  fit = std::min(fit, criterion(p.codes, [&](const auto& one) { return code_fit(one, record.facts); }));
  return std::min(fit, data_time_fit(p, record.facts));
}

// How far the criteria fit, one kind after the other; permit: all of them.
Near fit_of(const Provision& p, const Inquiry& inquiry) {
  const Fit enough = p.effect == Effect::permit ? Fit::yes : Fit::unknown;
  if (p.actors &&
      std::ranges::none_of(*p.actors, [&](const Actor& a) { return is_actor(a, inquiry.requester, p.effect); }))
    return Near::nothing;
  if (record_fit(p, inquiry.ref, inquiry.record) < enough) return Near::record;
  if (criterion(p.purposes, [&](const auto& one) { return purpose_fit(one, inquiry.purpose); }) < enough)
    return Near::purpose;
  if (criterion(p.actions, action_fit) < enough) return Near::action;
  if (p.until && *p.until < inquiry.time) return Near::expired;
  if (p.from && inquiry.time < *p.from) return Near::later;
  return Near::permit;
}

// Replaces what the finding says by what fits among the provisions.
void apply(const std::vector<Provision>& provisions, const Inquiry& inquiry, Finding& finding) {
  std::optional<Finding> chosen;
  for (std::uint32_t i = 0; i < provisions.size(); ++i) {
    const Provision& provision = provisions[i];
    const Near near = fit_of(provision, inquiry);
    if (provision.effect == Effect::permit) finding.near = std::max(finding.near, near);
    if (near != Near::permit) continue;
    Finding one = finding;
    one.effect = provision.effect;
    one.path.push_back(i);
    one.rule = &provision;
    apply(provision.provisions, inquiry, one);
    if (!chosen || (*chosen->effect == Effect::permit && *one.effect == Effect::deny)) chosen = std::move(one);
  }
  if (!chosen) return;
  chosen->near = std::max(chosen->near, finding.near);
  finding = std::move(*chosen);
}

bool names(const std::vector<Provision>& provisions, const PublicKey& account, const ObjectRef& ref,
           const Record& record) {
  return std::ranges::any_of(provisions, [&](const Provision& p) {
    const auto is_named = [&](const Actor& actor) { return !actor.role && actor.account == account; };
    if (p.effect == Effect::permit && p.actors && std::ranges::any_of(*p.actors, is_named) &&
        record_fit(p, ref, record) == Fit::yes)
      return true;
    return names(p.provisions, account, ref, record);
  });
}

}  // namespace

Finding evaluate(const Policy& policy, const Inquiry& inquiry) {
  Finding finding;
  finding.effect = policy.base;
  apply(policy.provisions, inquiry, finding);
  return finding;
}

bool may_read(const Policy& policy, const PublicKey& account, const ObjectRef& ref, const Record& record) {
  return names(policy.provisions, account, ref, record);
}

std::string path_text(const std::vector<std::uint32_t>& path) {
  if (path.empty()) return "base";
  std::string text;
  for (const std::uint32_t place : path)
    text += (text.empty() ? "provisions[" : ".provisions[") + std::to_string(place) + ']';
  return text;
}

}  // namespace carechain::care
