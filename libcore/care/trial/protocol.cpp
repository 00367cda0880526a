#include "libcore/care/trial/protocol.hpp"

#include <algorithm>
#include <set>

#include "libcore/crypto/ed25519.hpp"

namespace carechain::care::trial {
namespace {

constexpr std::int64_t max_pay = 100'000'000'000'000;  // cents: what is multiplied by 10,000 stays in 63 bits
constexpr std::size_t max_parts = 1000;                // arms, outcomes, visits, sites

template <class List, class Id>
bool distinct(const List& list, Id id) {
  std::set<std::string> seen;
  return std::ranges::all_of(list, [&](const auto& item) { return seen.insert(std::invoke(id, item)).second; });
}

std::string fault_of_outcomes(const std::vector<Outcome>& outcomes) {
  if (outcomes.empty()) return "a trial registers at least one outcome before it begins";
  for (const Outcome& outcome : outcomes) {
    if (!is_code(outcome.id)) return "the id '" + outcome.id + "' of an outcome is malformed";
    if (!is_one_of(outcome.kind, {"primary", "secondary", "other"}))
      return "the outcome " + outcome.id + " is primary, secondary or other";
    if (outcome.measure.empty()) return "the outcome " + outcome.id + " doesn't say what is measured";
  }
  if (!distinct(outcomes, &Outcome::id)) return "two outcomes have one id";
  const auto primary = [](const Outcome& outcome) { return outcome.kind == "primary"; };
  return std::ranges::any_of(outcomes, primary) ? "" : "a trial registers at least one primary outcome";
}

std::string fault_of_visits(const Protocol& protocol) {
  for (const Visit& visit : protocol.visits) {
    if (!is_code(visit.id)) return "the visit '" + visit.id + "' is malformed";
    if (visit.pay < 0) return "the visit " + visit.id + " can't cost the subject";
    if (visit.pay > 0 && protocol.currency.empty()) return "what is paid for visits needs a currency";
    if (!std::ranges::all_of(visit.procedures, is_code)) return "a procedure of visit " + visit.id + " is malformed";
  }
  return distinct(protocol.visits, &Visit::id) ? "" : "two visits have one id";
}

// Small enough not to keep anybody in the trial who would rather leave it.
std::string fault_of_bonus(const Protocol& protocol) {
  if (!protocol.completion_bonus) return protocol.bonus_cap ? "a cap without a completion bonus" : "";
  if (!protocol.bonus_cap) return "a completion bonus needs the review board's cap";
  if (protocol.currency.empty()) return "a completion bonus needs a currency";
  std::int64_t visits = 0;
  for (const Visit& visit : protocol.visits)
    if (visit.pay > max_pay || (visits += visit.pay) > max_pay) return "the visits pay more than a trial can";
  if (*protocol.bonus_cap > 10'000 || *protocol.completion_bonus <= 0 || *protocol.completion_bonus > max_pay ||
      *protocol.completion_bonus * 10'000 > visits * *protocol.bonus_cap)
    return "the completion bonus is above its cap of " + std::to_string(*protocol.bonus_cap) +
           " basis points of what all visits pay";
  return {};
}

std::string fault_of_safety(const Protocol& protocol) {
  const SafetyRule& safety = *protocol.safety;
  if (std::string fault = fault_of(safety.rule); !fault.empty()) return fault;
  if (is_by_exposure(safety.rule.method)) return "a rule by exposure can't be registered: the chain counts subjects";
  if (safety.min_grade < 1 || safety.min_grade > 5) return "grades go from 1 to 5";
  if (safety.by_arm && protocol.blinded)
    return "counting each arm by itself would unblind the trial: count them together";
  if (protocol.monitors_needed == 0) return "a safety rule needs a monitoring board that can lift a hold";
  if (safety.rule.method == Method::table)
    return is_sound(safety.limits) && safety.limits.size() == safety.rule.subjects
               ? ""
               : "the boundary table decreases, can never stop, or has the wrong length";
  return boundary_of(safety.rule).limits == safety.limits ? "" : "the boundary table is not the one its rule gives";
}

std::string fault_of_people(const Protocol& protocol) {
  if (protocol.monitors_needed > protocol.monitors.size())
    return "more signatures of the monitoring board are needed than it has members";
  const std::set<PublicKey> members(protocol.monitors.begin(), protocol.monitors.end());
  if (members.size() != protocol.monitors.size()) return "a member of the monitoring board is named twice";
  std::set<PublicKey> sites;
  for (const SiteApproval& site : protocol.sites) {
    if (!sites.insert(site.site).second) return "a site is named twice";
    if (site.irb.empty() || site.irb.size() > 64) return "a site needs the reference of its review board's approval";
  }
  if (!protocol.sites.empty() && !protocol.form) return "sites need a consent form";
  return {};
}

bool is_nct(std::string_view id) {
  return id.size() == 11 && id.find_first_not_of("0123456789", 3) == std::string_view::npos;
}

}  // namespace

bool is_code(std::string_view text) {
  const auto plain = [](unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  if (text.empty() || text.size() > 64 || !plain(static_cast<unsigned char>(text.front()))) return false;
  return std::ranges::all_of(text, [&](char c) {
    return plain(static_cast<unsigned char>(c)) || std::string_view("._ +-").find(c) != std::string_view::npos;
  });
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

const Visit* find_visit(const Protocol& protocol, std::string_view id) {
  const auto found = std::ranges::find(protocol.visits, id, &Visit::id);
  return found == protocol.visits.end() ? nullptr : &*found;
}
const Arm* find_arm(const Protocol& protocol, std::string_view id) {
  const auto found = std::ranges::find(protocol.arms, id, &Arm::id);
  return found == protocol.arms.end() ? nullptr : &*found;
}

std::string fault_of(const Protocol& protocol) {
  if (protocol.title.empty()) return "a trial needs a title";
  if (!is_code(protocol.study_id)) return "a trial needs the sponsor's study number";
  if (const auto& id = protocol.registry_id; id && !is_code(*id)) return "the registry number is malformed";
  if (const auto& id = protocol.registry_id; id && id->starts_with("NCT") && !is_nct(*id))
    return "the registry number '" + *id + "' is not NCT and 8 digits";
  if (std::max({protocol.arms.size(), protocol.outcomes.size(), protocol.visits.size(), protocol.sites.size()}) >
      max_parts)
    return "a protocol has at most 1000 arms, outcomes, visits and sites";
  for (const Arm& arm : protocol.arms)
    if (!is_code(arm.id) || arm.weight == 0 || arm.weight > 100) return "the arm '" + arm.id + "' is malformed";
  if (!distinct(protocol.arms, &Arm::id)) return "two arms have one id";
  if (!std::ranges::all_of(protocol.milestones, is_code)) return "a milestone's name is malformed";
  if (!is_one_of(protocol.scale, {"CTCAE-4.0", "CTCAE-5.0", "CTCAE-6.0", "severity-3"}))
    return "grades are on the scale CTCAE-4.0, CTCAE-5.0, CTCAE-6.0 or severity-3";
  if (const auto& currency = protocol.currency;
      !currency.empty() &&
      (currency.size() != 3 || !std::ranges::all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; })))
    return "a currency has three capital letters";
  if (auto fault = fault_of_outcomes(protocol.outcomes); !fault.empty()) return fault;
  if (auto fault = fault_of_visits(protocol); !fault.empty()) return fault;
  if (auto fault = fault_of_bonus(protocol); !fault.empty()) return fault;
  if (auto fault = fault_of_people(protocol); !fault.empty()) return fault;
  return protocol.safety ? fault_of_safety(protocol) : "";
}

}  // namespace carechain::care::trial
