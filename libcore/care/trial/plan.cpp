#include "libcore/care/trial/plan.hpp"

#include <limits>

#include "libcore/encoding/text.hpp"

namespace carechain::care::trial {
namespace {

using encoding::YamlNode;

bool yes(const YamlNode& node) {
  const std::string word = node.text();
  if (word == "true" || word == "yes") return true;
  if (word == "false" || word == "no") return false;
  node.fail("'" + word + "' is neither true nor false");
}

Ratio ratio_of(const YamlNode& node) {
  const auto ratio = parse_ratio(node.text());
  if (!ratio) node.fail("'" + node.text() + "' is not a rate between 0 and 1", "write 1/5, or 0.05");
  return *ratio;
}

std::uint32_t number_of(const YamlNode& node, std::uint32_t low, std::uint32_t high) {
  return static_cast<std::uint32_t>(node.whole(low, high));
}
std::vector<std::uint32_t> numbers_of(const YamlNode& node) {
  std::vector<std::uint32_t> numbers;
  for (const YamlNode& item : node.items) numbers.push_back(number_of(item, 0, 1'000'000));
  return numbers;
}

Time time_of(const YamlNode& node, bool end) {
  const auto time = parse_time(node.text(), end);
  if (!time) node.fail("'" + node.text() + "' is not a time", "write 2026-11-21, or 2026-11-21T07:45:00Z");
  return *time;
}

Hash hash_of(const YamlNode& node) {
  const auto bytes = encoding::parse_hex(node.text());
  if (!bytes || bytes->size() != Hash::size) node.fail("not a SHA-256 in 64 hex digits");
  return Hash(*bytes);
}

void read_arms(const YamlNode& node, Protocol& protocol) {
  if (node.items.size() != protocol.arms.size()) node.fail("the plan names other arms than the record");
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const YamlNode& item = node.items[i];
    item.only({"id", "label", "type", "weight"});
    protocol.arms[i].id = item.at("id").text();
    if (const YamlNode* weight = item.find("weight")) protocol.arms[i].weight = number_of(*weight, 1, 100);
  }
}

Visit visit_of(const YamlNode& node) {
  node.only({"id", "procedures", "pay", "follow-up"});
  Visit visit;
  visit.id = node.at("id").text();
  if (const YamlNode* list = node.find("procedures"))
    for (const YamlNode& item : list->items) visit.procedures.push_back(item.text());
  if (const YamlNode* pay = node.find("pay")) visit.pay = static_cast<std::int64_t>(pay->whole(0, 1'000'000'000));
  if (const YamlNode* follow_up = node.find("follow-up")) visit.follow_up = yes(*follow_up);
  return visit;
}

void read_sites(const YamlNode& node, const PlanWorld& world, Protocol& protocol) {
  for (const YamlNode& item : node.items) {
    item.only({"site", "irb", "from"});
    SiteApproval approval;
    approval.site = world.account(item.at("site").text());
    approval.irb = item.at("irb").text();
    approval.from = time_of(item.at("from"), false);
    protocol.sites.push_back(std::move(approval));
  }
}

SafetyRule safety_of(const YamlNode& node) {
  node.only({"method", "subjects", "rate", "alpha", "certainty", "prior", "looks", "power", "table", "min-grade",
             "related", "serious", "by-arm"});
  SafetyRule safety;
  BoundaryRule& rule = safety.rule;
  if (!parse(node.at("method").text(), rule.method) || is_by_exposure(rule.method))
    node.at("method").fail("a method is binomial, beta-binomial, pocock, spending or table");
  rule.subjects = number_of(node.at("subjects"), 1, max_boundary_subjects);
  if (rule.method == Method::table) {
    safety.limits = numbers_of(node.at("table"));
    rule.alpha = rule.rate = Ratio{1, 2};  // not used
  } else {
    rule.rate = ratio_of(node.at("rate"));
    rule.alpha = ratio_of(node.at(rule.method == Method::beta_binomial ? "certainty" : "alpha"));
  }
  if (const YamlNode* prior = node.find("prior")) {
    const auto numbers = numbers_of(*prior);
    if (numbers.size() != 2) prior->fail("a prior is two whole numbers, [a, b]");
    rule.prior_a = numbers[0];
    rule.prior_b = numbers[1];
  }
  if (const YamlNode* looks = node.find("looks")) rule.looks = numbers_of(*looks);
  if (const YamlNode* power = node.find("power")) rule.power = number_of(*power, 1, 3);
  if (const YamlNode* grade = node.find("min-grade")) safety.min_grade = number_of(*grade, 1, 5);
  if (const YamlNode* related = node.find("related")) safety.related = yes(*related);
  if (const YamlNode* serious = node.find("serious")) safety.serious = yes(*serious);
  if (const YamlNode* by_arm = node.find("by-arm")) safety.by_arm = yes(*by_arm);
  if (const std::string fault = fault_of(rule); !fault.empty()) node.fail(fault);
  if (rule.method != Method::table) safety.limits = boundary_of(rule).limits;
  return safety;
}

void read_randomisation(const YamlNode& node, const PlanWorld& world, Protocol& protocol) {
  node.only({"schedule", "blocks", "commitment", "randomiser"});
  if (const YamlNode* who = node.find("randomiser")) protocol.randomiser = world.account(who->text());
  if (const YamlNode* commitment = node.find("commitment")) {
    protocol.randomisation = hash_of(*commitment);
    return;
  }
  std::vector<std::uint32_t> blocks;
  if (const YamlNode* list = node.find("blocks")) {
    Schedule sketch;  // nothing is made of sizes that can't be
    sketch.blocks = blocks = numbers_of(*list);
    if (const std::string fault = fault_of(sketch, protocol.arms); !fault.empty()) node.fail(fault);
  }
  const Schedule schedule = world.schedule(node.at("schedule").text(), blocks);
  if (const std::string fault = fault_of(schedule, protocol.arms); !fault.empty()) node.fail(fault);
  protocol.randomisation = commitment_of(schedule);
}

}  // namespace

void check_keys(const YamlNode& node) {
  node.only({"title",    "summary",     "study-id",      "registry-id",       "phases",     "allocation",
             "masking",  "purpose",     "model",         "enrollment",        "conditions", "arms",
             "outcomes", "eligibility", "start",         "completion",        "blinded",    "milestones",
             "visits",   "consent",     "currency",      "completion-bonus",  "sites",      "monitors",
             "safety",   "scale",       "randomisation", "primary-completion"});
}

void read_plan(const YamlNode& node, const PlanWorld& world, Protocol& protocol) {
  if (const YamlNode* arms = node.find("arms")) read_arms(*arms, protocol);
  if (const YamlNode* blinded = node.find("blinded")) protocol.blinded = yes(*blinded);
  if (const YamlNode* list = node.find("milestones"))
    for (const YamlNode& item : list->items) protocol.milestones.push_back(item.text());
  if (const YamlNode* list = node.find("visits"))
    for (const YamlNode& item : list->items) protocol.visits.push_back(visit_of(item));
  if (const YamlNode* bonus = node.find("completion-bonus")) {
    bonus->only({"pay", "cap"});
    protocol.completion_bonus = static_cast<std::int64_t>(bonus->at("pay").whole(1, 1'000'000'000));
    protocol.bonus_cap = number_of(bonus->at("cap"), 0, 10'000);
  }
  if (const YamlNode* consent = node.find("consent")) {
    consent->only({"file", "sha256"});
    const YamlNode* file = consent->find("file");
    protocol.form = file == nullptr ? hash_of(consent->at("sha256")) : world.digest(file->text());
  }
  if (const YamlNode* currency = node.find("currency")) protocol.currency = currency->text();
  if (const YamlNode* scale = node.find("scale")) protocol.scale = scale->text();
  if (const YamlNode* date = node.find("primary-completion")) protocol.primary_completion = time_of(*date, true);
  if (const YamlNode* list = node.find("sites")) read_sites(*list, world, protocol);
  if (const YamlNode* monitors = node.find("monitors")) {
    monitors->only({"needed", "members"});
    for (const YamlNode& item : monitors->at("members").items) protocol.monitors.push_back(world.account(item.text()));
    protocol.monitors_needed = number_of(monitors->at("needed"), 1, 100);
  }
  if (const YamlNode* safety = node.find("safety")) protocol.safety = safety_of(*safety);
  if (const YamlNode* randomisation = node.find("randomisation")) read_randomisation(*randomisation, world, protocol);
}

Schedule parse_schedule(std::string_view yaml, const std::string& file) {
  const YamlNode node = encoding::parse_yaml(yaml, file);
  node.only({"method", "seed", "blocks", "list"});
  Schedule schedule;
  schedule.method = node.at("method").text();
  schedule.seed = hash_of(node.at("seed"));
  if (const YamlNode* blocks = node.find("blocks")) schedule.blocks = numbers_of(*blocks);
  if (const YamlNode* list = node.find("list")) {
    for (const auto& [stratum, arms] : list->entries) {
      StratumList row{stratum.text(), {}};
      for (const YamlNode& arm : arms.items) row.arms.push_back(arm.text());
      schedule.list.push_back(std::move(row));
    }
  }
  return schedule;
}

std::string schedule_text(const Schedule& schedule) {
  std::string text = "# The secret behind a randomisation: whoever reads it knows all allocations to come.\nmethod: ";
  text += schedule.method + "\nseed: " + encoding::hex(schedule.seed.view()) + "\nblocks: [";
  for (std::size_t i = 0; i < schedule.blocks.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(schedule.blocks[i]);
  return text + "]\n";
}

}  // namespace carechain::care::trial
