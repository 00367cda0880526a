// What policies say, beside a slow and obvious evaluator that does what the words of FHIR and of the header say.

#include <doctest/doctest.h>

#include "libcore/care/labels.hpp"
#include "libcore/care/minimum_necessary.hpp"
#include "libcore/care/policy_evaluation.hpp"
#include "libcore/care/purpose.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::care {
namespace {

PublicKey account(std::uint8_t number) {
  PublicKey key;
  key.bytes[0] = number;
  return key;
}
ObjectRef object(std::uint8_t number) {
  ObjectRef ref;
  ref.bytes[0] = number;
  return ref;
}

// The reference. true, false, or nullopt: nobody knows.
using Maybe = std::optional<bool>;
namespace slow {

Maybe either(const std::vector<Maybe>& all) {
  bool doubtful = false;
  for (const Maybe& one : all) {
    if (one == true) return true;
    if (!one) doubtful = true;
  }
  return doubtful ? Maybe{} : Maybe{false};
}

Maybe who(const Provision& p, const Inquiry& q) {
  for (const Actor& actor : *p.actors) {
    if (!actor.role && actor.account == q.requester.account) return true;
    const bool member =
        q.requester.organisation == actor.account && (q.requester.accredited || p.effect == Effect::deny);
    if (!member) continue;
    if (!actor.role) return true;
    for (const std::string& role : q.requester.roles)
      if (role == *actor.role) return true;
  }
  return false;
}
Maybe types(const Provision& p, const Record& record) {
  std::size_t covered = 0;
  bool all = false;
  for (const std::string& granted : *p.types) {
    if (granted == "*") all = true;
    for (const std::string& type : record.types)
      if (type == granted) ++covered;
  }
  if (all) return true;
  if (record.types.empty()) return {};
  return p.effect == Effect::permit ? covered == record.types.size() : covered > 0;
}
Maybe label(const std::string& rule, const Provision& p, const Record& record) {
  if (!record.facts.labels) return {};
  const std::string order = "ULMNRV";
  if (rule.size() == 1 && order.find(rule) != std::string::npos) {
    std::size_t highest = 0;
    bool found = false;
    for (const std::string& label : *record.facts.labels)
      if (label.size() == 1 && order.find(label) != std::string::npos) {
        highest = std::max(highest, order.find(label));
        found = true;
      }
    if (!found) highest = order.find('N');
    return p.effect == Effect::permit ? highest <= order.find(rule) : highest >= order.find(rule);
  }
  for (const std::string& label : *record.facts.labels)
    if (label == rule) return true;
  return is_sensitivity(rule) ? Maybe{false} : Maybe{};
}
Maybe code(const std::string& rule, const Record& record) {
  std::vector<std::string> known;
  for (const Words* words : {&record.facts.categories, &record.facts.codes})
    if (*words) known.insert(known.end(), (*words)->begin(), (*words)->end());
  for (const std::string& one : known)
    if (one == rule || one.ends_with("|" + rule)) return true;
  if (record.facts.categories && record.facts.codes) return false;
  if (record.facts.categories &&
      (rule == "laboratory" || rule.starts_with("http://hl7.org/fhir/observation-category|")))
    return false;
  return {};
}

// Whether a provision fits, given that what is unknown counts as its effect demands.
bool fits(const Provision& p, const Inquiry& q) {
  std::vector<Maybe> criteria;
  const auto list = [&](const Words& words, const std::function<Maybe(const std::string&)>& test) {
    if (!words) return;
    std::vector<Maybe> items;
    for (const std::string& word : *words) items.push_back(test(word));
    criteria.push_back(either(items));
  };
  if (p.actors) criteria.push_back(who(p, q));
  if (p.records) criteria.push_back(std::ranges::find(*p.records, q.ref) != p.records->end());
  if (p.types) criteria.push_back(types(p, q.record));
  list(p.media, [&](const std::string& one) { return Maybe{one == q.record.media}; });
  list(p.labels, [&](const std::string& one) { return label(one, p, q.record); });
  list(p.codes, [&](const std::string& one) { return code(one, q.record); });
  list(p.purposes,
       [&](const std::string& one) { return is_purpose(one) ? Maybe{purpose_covers(one, q.purpose)} : Maybe{}; });
  list(p.actions, [&](const std::string& one) {
    return is_consent_action(one) ? Maybe{one == "access" || one == "disclose"} : Maybe{};
  });
  if (p.data_from || p.data_until) {
    if (!q.record.facts.from)
      criteria.push_back({});
    else
      criteria.push_back(!(p.data_from && *q.record.facts.until < *p.data_from) &&
                         !(p.data_until && *p.data_until < *q.record.facts.from));
  }
  criteria.push_back(!(p.from && q.time < *p.from) && !(p.until && *p.until < q.time));
  for (const Maybe& one : criteria)
    if (!one.value_or(p.effect == Effect::deny)) return false;
  return true;
}

std::optional<Effect> decide(const std::vector<Provision>& provisions, std::optional<Effect> base, const Inquiry& q) {
  std::vector<Effect> fitting;
  for (const Provision& p : provisions)
    if (fits(p, q)) fitting.push_back(*decide(p.provisions, p.effect, q));
  if (fitting.empty()) return base;
  return std::ranges::find(fitting, Effect::deny) != fitting.end() ? Effect::deny : Effect::permit;
}

}  // namespace slow

// Random policies and questions over few words, so that they meet often.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(testing::seeded_random("policy " + std::to_string(seed))) {}
  std::size_t below(std::size_t bound) {
    if (at_ == pool_.size()) random_(pool_), at_ = 0;
    return pool_[at_++] % bound;
  }
  bool one_in(std::size_t n) { return below(n) == 0; }

  Words words(const std::vector<std::string>& from, std::size_t absent_one_in = 2) {
    if (!one_in(absent_one_in)) return std::nullopt;
    std::vector<std::string> chosen;
    for (const std::string& word : from)
      if (one_in(2)) chosen.push_back(word);
    if (chosen.empty()) chosen.push_back(from[below(from.size())]);
    return chosen;
  }
  Provision provision(std::size_t depth) {
    Provision p;
    p.effect = one_in(2) ? Effect::permit : Effect::deny;
    if (one_in(2)) {
      p.actors.emplace();
      for (std::size_t i = 0; i <= below(2); ++i) {
        Actor actor{account(static_cast<std::uint8_t>(1 + below(4))), {}};
        if (one_in(3)) actor.role = one_in(2) ? "nurse" : "physician";
        p.actors->push_back(actor);
      }
    }
    p.types = words({"*", "Condition", "Observation"}, 3);
    p.purposes = words({"ETREAT", "HRESCH", "TREAT", "UNHEARDOF"}, 3);
    p.labels = words({"N", "PSY", "R", "STRANGE"}, 4);
    p.codes =
        words({"http://hl7.org/fhir/observation-category|laboratory", "http://loinc.org|1", "laboratory", "1"}, 5);
    p.actions = words({"access", "correct", "sing"}, 5);
    p.media = words({"application/pdf", "application/fhir+json"}, 6);
    if (one_in(6)) p.records = {object(static_cast<std::uint8_t>(below(2)))};
    if (one_in(4)) p.from = Time{static_cast<std::int64_t>(below(10))};
    if (one_in(4)) p.until = Time{p.from.value_or(Time{0}).seconds + static_cast<std::int64_t>(below(10))};
    if (one_in(6)) p.data_from = Time{static_cast<std::int64_t>(below(10))};
    if (one_in(6)) p.data_until = Time{p.data_from.value_or(Time{0}).seconds + static_cast<std::int64_t>(below(10))};
    if (depth < 3 && one_in(2))
      for (std::size_t i = 0; i <= below(2); ++i) p.provisions.push_back(provision(depth + 1));
    return p;
  }
  Policy policy() {
    Policy policy;
    if (one_in(2)) policy.base = one_in(2) ? Effect::permit : Effect::deny;
    for (std::size_t i = policy.base ? 0 : 1; i <= below(4); ++i) policy.provisions.push_back(provision(1));
    return policy;
  }
  Record record() {
    Record record;
    if (!one_in(5))
      record.types = one_in(3) ? std::vector<std::string>{"Condition", "Observation"}
                               : std::vector<std::string>{one_in(2) ? "Condition" : "Observation"};
    record.media = one_in(2) ? "application/pdf" : "application/fhir+json";
    if (!one_in(3)) record.facts.labels = words({"PSY", "R", "STRANGE", "U"}, 1);
    if (record.facts.labels && one_in(3)) record.facts.labels->clear();
    if (!one_in(3)) record.facts.categories = words({"http://hl7.org/fhir/observation-category|laboratory", "x|y"}, 1);
    if (!one_in(3)) record.facts.codes = words({"http://loinc.org|1", "http://loinc.org|2"}, 1);
    if (!one_in(3)) {
      record.facts.from = Time{static_cast<std::int64_t>(below(10))};
      record.facts.until = Time{record.facts.from->seconds + static_cast<std::int64_t>(below(5))};
    }
    return record;
  }
  Requester requester() {
    Requester requester{account(static_cast<std::uint8_t>(1 + below(4))), {}, false, {}};
    if (one_in(3)) return requester;
    requester.organisation = account(static_cast<std::uint8_t>(1 + below(4)));
    requester.accredited = !one_in(4);
    requester.roles = {one_in(2) ? "nurse" : "physician"};
    return requester;
  }
  std::string purpose() {
    const std::vector<std::string> all{"TREAT", "COC", "ETREAT", "BTG", "HRESCH", "CLINTRCH", "HMARKT"};
    return all[below(all.size())];
  }

 private:
  Random random_;
  std::array<std::uint8_t, 4096> pool_{};
  std::size_t at_ = pool_.size();
};

}  // namespace

TEST_CASE("every policy says what the slow evaluator says, and points to the provision that decided") {
  const std::size_t rounds = std::getenv("CAMPAIGN_LONG") != nullptr ? 2'000'000 : 40'000;
  Dice dice(1);
  std::array<std::size_t, 3> seen{};
  for (std::size_t i = 0; i < rounds; ++i) {
    const Policy policy = dice.policy();
    if (policy_fault(policy)) continue;
    const Record record = dice.record();
    const Requester requester = dice.requester();
    const ObjectRef ref = object(static_cast<std::uint8_t>(dice.below(2)));
    const std::string purpose = dice.purpose();
    const Inquiry inquiry{requester, ref, record, purpose, Time{static_cast<std::int64_t>(dice.below(12))}};
    const Finding finding = evaluate(policy, inquiry);
    const auto expected = slow::decide(policy.provisions, policy.base, inquiry);
    REQUIRE_MESSAGE(finding.effect == expected, "round ", i);
    ++seen[expected ? 1 + static_cast<std::size_t>(*expected) : 0];
    if (!finding.effect) continue;
    const std::vector<Provision>* level = &policy.provisions;
    const Provision* rule = nullptr;
    for (const std::uint32_t place : finding.path) {
      rule = &level->at(place);
      CHECK(slow::fits(*rule, inquiry));
      level = &rule->provisions;
    }
    CHECK(rule == finding.rule);
    CHECK(*finding.effect == (rule != nullptr ? rule->effect : *policy.base));
  }
  for (const std::size_t count : seen) CHECK(count > rounds / 50);  // all three answers are met often
}

TEST_CASE("the accounts that a policy names are told once each, those of exceptions too") {
  const auto account = [](std::uint8_t number) {
    PublicKey key;
    key.bytes[0] = number;
    return key;
  };
  Provision inner, outer;
  inner.actors = {{account(1), {}}, {account(3), "nurse"}};
  outer.actors = {{account(3), {}}, {account(2), {}}};
  outer.provisions = {inner};
  CHECK(accounts_named({{}, {outer, Provision{}}}) == std::vector{account(1), account(2), account(3)});
  CHECK(accounts_named({{}, {Provision{}}}).empty());
}

TEST_CASE("a policy comes back from its encoding as it was") {
  Dice dice(2);
  for (int i = 0; i < 500; ++i) {
    const Policy policy = dice.policy();
    Grant grant{account(9), policy, 3, {}};
    const Bytes bytes = encoding::encode_fields(grant);
    CHECK(encoding::encode_fields(encoding::decode_fields<Grant>(bytes)) == bytes);
  }
}

TEST_CASE("what a list of types covers: a table") {
  struct Case {
    std::vector<std::string> record, granted;
    bool permitted, forbidden;
  };
  const Requester requester{account(1), {}, false, {}};
  for (const Case& due : std::vector<Case>{{{"Observation"}, {"*"}, true, true},
                                           {{"Observation"}, {"Observation"}, true, true},
                                           {{"Observation"}, {"Condition"}, false, false},
                                           {{"Condition", "Observation"}, {"Observation"}, false, true},
                                           {{"Condition", "Observation"}, {"Condition", "Observation"}, true, true},
                                           {{}, {"Observation"}, false, true},  // not FHIR: it may hold anything
                                           {{}, {"*"}, true, true}}) {
    Record record;
    record.types = due.record;
    for (const Effect effect : {Effect::permit, Effect::deny}) {
      Provision provision;
      provision.effect = effect;
      provision.types = due.granted;
      const Finding finding = evaluate({std::nullopt, {provision}}, {requester, {}, record, "TREAT", Time{0}});
      CHECK(finding.effect.has_value() == (effect == Effect::permit ? due.permitted : due.forbidden));
    }
  }
}

TEST_CASE("confidentiality is a high-water mark") {
  const Requester requester{account(1), {}, false, {}};
  const auto says = [&](Effect effect, const char* rule, std::vector<std::string> labels) {
    Record record;
    record.facts.labels = std::move(labels);
    Provision provision;
    provision.effect = effect;
    provision.labels = {{rule}};
    return evaluate({std::nullopt, {provision}}, {requester, {}, record, "TREAT", Time{0}}).effect.has_value();
  };
  CHECK(says(Effect::permit, "N", {}));
  CHECK(says(Effect::permit, "N", {"L"}));
  CHECK_FALSE(says(Effect::permit, "N", {"R"}));
  CHECK_FALSE(says(Effect::permit, "N", {"L", "V"}));
  CHECK(says(Effect::permit, "V", {"R"}));
  CHECK_FALSE(says(Effect::deny, "R", {}));
  CHECK(says(Effect::deny, "R", {"R"}));
  CHECK(says(Effect::deny, "R", {"V"}));
  CHECK(says(Effect::deny, "PSY", {"PSY"}));
  CHECK_FALSE(says(Effect::deny, "PSY", {"HIV"}));
}

TEST_CASE("the minimum necessary: a table") {
  CHECK_FALSE(needs_minimum("TREAT"));
  CHECK_FALSE(needs_minimum("COC"));
  CHECK_FALSE(needs_minimum("BTG"));
  CHECK_FALSE(needs_minimum("PATRQT"));
  for (const char* purpose : {"HPAYMT", "HOPERAT", "HRESCH", "HMARKT", "PUBHLTH", "nonsense"})
    CHECK(needs_minimum(purpose));
  CHECK(within_minimum("HPAYMT", {"payer"}, {"Claim", "Coverage"}));
  CHECK(within_minimum("CLMATTCH", {"payer"}, {"Claim"}));
  CHECK_FALSE(within_minimum("HPAYMT", {"payer"}, {"Claim", "Observation"}));
  CHECK_FALSE(within_minimum("HPAYMT", {"nurse"}, {"Claim"}));
  CHECK_FALSE(within_minimum("HMARKT", {"payer"}, {"Claim"}));
  CHECK_FALSE(within_minimum("HPAYMT", {"payer"}, {}));
  Provision provision;
  CHECK_FALSE(names_data(nullptr));
  CHECK_FALSE(names_data(&provision));
  provision.types = {{"*"}};
  CHECK_FALSE(names_data(&provision));
  provision.types = {{"Claim"}};
  CHECK(names_data(&provision));
}

}  // namespace carechain::care
