#include "libcore/contract/contract.hpp"

#include <algorithm>

#include "libcore/contract/inputs.hpp"

namespace carechain::contract {

Decision Contract::decide(std::span<const Value> inputs, Scratch& scratch) const {
  Decision decision;
  Budget budget{default_budget};
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const RuleText& text = document_.rules[i];
    const Value held = rules_[i].when.run(inputs, scratch, budget);
    if (held.is(Kind::boolean) && held.boolean()) {
      decision.outcome = text.outcome;
      decision.reason = text.reason;
      decision.message = text.message;
      decision.rule = text.name;
      decision.rule_number = static_cast<int>(i);
      return decision;
    }
    if (held.is(Kind::error) && !decision.failure) {
      decision.failure = std::string(held.error().message);
      decision.failed_rule = text.name;
    }
  }
  decision.outcome = document_.otherwise;
  return decision;
}

std::vector<EffectMade> Contract::effects_of(const Decision& decision, std::span<const Value> inputs,
                                             Scratch& scratch) const {
  std::vector<EffectMade> made;
  if (decision.rule_number < 0) return made;
  const auto number = static_cast<std::size_t>(decision.rule_number);
  const auto& texts = document_.rules[number].effects;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EffectMade effect{texts[i].kind, texts[i].word, {}};
    for (std::size_t detail = 0; detail < texts[i].details.size(); ++detail) {
      Budget budget{default_budget};
      const Value value = rules_[number].effects[i][detail].run(inputs, scratch, budget);
      if (value.is(Kind::error)) continue;
      effect.details.emplace_back(texts[i].details[detail].name,
                                  value.is(Kind::text) ? std::string(value.text()) : to_display(value));
    }
    made.push_back(std::move(effect));
  }
  return made;
}

std::optional<Value> Contract::formula(std::size_t which, std::span<const Value> inputs, Scratch& scratch,
                                       std::string* failure) const {
  if (!formulas_[which]) return std::nullopt;
  Budget budget{default_budget};
  const Value value = formulas_[which]->run(inputs, scratch, budget);
  if (!value.is(Kind::error)) return value;
  if (failure != nullptr) *failure = value.error().message;
  return std::nullopt;
}

const Value* Contract::named(std::string_view name) const {
  const auto found = std::ranges::find(declarations_, name, &Declaration::name);
  return found == declarations_.end() || !found->fixed ? nullptr : &*found->fixed;
}

const Value* Contract::parameter(std::size_t which) const { return named(kind_.parameters[which].name); }

std::optional<std::int64_t> Contract::number(std::size_t which) const {
  const Value* const value = parameter(which);
  return value != nullptr && value->is(Kind::integer) ? std::optional(value->integer()) : std::nullopt;
}

std::vector<Contract::Explained> Contract::explain(std::span<const Value> inputs, Scratch& scratch) const {
  std::vector<Explained> all;
  const auto add = [&](const std::string& part, const Expression& expression) {
    const Outcome outcome = expression.evaluate(inputs, scratch);
    Explained one{part,
                  expression.source(),
                  outcome.failure ? "fails: " + outcome.failure->reason : to_display(outcome.value),
                  {}};
    for (const auto& seen : expression.seen(inputs, scratch))
      one.seen.emplace_back(seen.name, to_display(seen.value, 60));
    all.push_back(std::move(one));
  };
  for (std::size_t i = 0; i < formulas_.size(); ++i)
    if (formulas_[i]) add("formula " + kind_.formulas[i].name, *formulas_[i]);
  for (std::size_t i = 0; i < rules_.size(); ++i) add("rule " + document_.rules[i].name, rules_[i].when);
  return all;
}

namespace {

std::string differs(const std::string& what, std::string_view wanted, std::string_view got) {
  return what + " is '" + std::string(got) + "', expected '" + std::string(wanted) + "'";
}

std::string plain(const Value& value) { return value.is(Kind::text) ? std::string(value.text()) : to_display(value); }

// What is not as the example expects; empty: all is.
std::string example_fault(const Contract& contract, const ExampleText& example) {
  Scratch scratch;
  const auto inputs = inputs_from(encoding::decode(example.input), contract.kind().inputs, scratch);
  const Decision decision = contract.decide(inputs, scratch);
  if (decision.failure && (example.outcome || example.rule) && decision.rule.empty())
    return "rule '" + std::string(decision.failed_rule) + "' could not be evaluated: " + *decision.failure;
  if (example.outcome && *example.outcome != decision.outcome)
    return differs("the outcome", *example.outcome, decision.outcome);
  if (example.reason && *example.reason != decision.reason)
    return differs("the reason", *example.reason, decision.reason);
  if (example.rule && *example.rule != decision.rule) return differs("the rule", *example.rule, decision.rule);
  for (const auto& [name, wanted] : example.results) {
    const auto& formulas = contract.kind().formulas;
    const auto found = std::ranges::find(formulas, name, &ContractKind::Formula::name);
    if (found == formulas.end()) return "there is no formula '" + name + "'";
    std::string failure = "it is not given";
    const auto value = contract.formula(static_cast<std::size_t>(found - formulas.begin()), inputs, scratch, &failure);
    if (!value) return "formula '" + name + "': " + failure;
    if (plain(*value) != wanted) return differs("formula '" + name + "'", wanted, plain(*value));
  }
  return {};
}

}  // namespace

std::vector<Contract::Tested> Contract::run_examples() const {
  std::vector<Tested> all;
  for (const ExampleText& example : document_.examples) {
    try {
      all.push_back({example.name, example_fault(*this, example)});
    } catch (const Error& problem) {
      all.push_back({example.name, problem.what()});
    }
  }
  return all;
}

}  // namespace carechain::contract
