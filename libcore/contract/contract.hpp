#pragma once
// A contract ready to decide: its document's tables loaded, its expressions compiled against what its kind offers.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libcore/contract/document.hpp"
#include "libcore/contract/expression.hpp"

namespace carechain::contract {

// What contracts of one kind decide on: given by a domain, which calls them.
struct ContractKind {
  struct Parameter {
    std::string name;
    Unit unit;
    bool demanded = true;
    std::string text;
  };
  struct Formula {
    std::string name;
    Type type;
    bool demanded = true;
    std::string text;
  };
  std::string name, summary;
  Declarations inputs;                // what rules see, in the order in which the domain gives it
  std::vector<std::string> outcomes;  // what they may decide
  std::vector<Parameter> parameters;  // that the domain itself reads; a document may have more
  std::vector<Formula> formulas;
  std::vector<std::string> effects;  // kinds of effects that its rules may cause
};
using ContractKinds = std::vector<ContractKind>;
const ContractKind* find_kind(const ContractKinds&, std::string_view name);  // nullptr: there is none

// What a document says that makes no sense. what() begins with the part's place, or its name where that is not known.
// exit() is Exit::no.
class ContractFault : public Error {
 public:
  using Error::Error;
};

struct EffectMade {
  std::string kind, word;
  std::vector<std::pair<std::string, std::string>> details;
};

// What the rules say. The texts are the contract's.
struct Decision {
  std::string_view outcome, reason, message;
  std::string_view rule;  // empty: no rule held, `otherwise` decided
  int rule_number = -1;
  std::optional<std::string> failure;  // a rule's condition had no value (and was passed over): why
  std::string_view failed_rule;
};

class Contract {
 public:
  // Throws ContractFault. `places` name the parts in the message.
  static std::shared_ptr<const Contract> compile(const Document&, const ContractKind&, const Places& places = {});

  const Document& document() const { return document_; }
  const ContractKind& kind() const { return kind_; }

  // The first rule that holds. `inputs` in the order of the kind's. Never throws because of them; a rule that fails is
  // passed over and named, since the domain has to say what then happens (mostly: a person decides).
  Decision decide(std::span<const Value> inputs, Scratch&) const;
  // What the deciding rule causes. A detail whose expression fails is left out.
  std::vector<EffectMade> effects_of(const Decision&, std::span<const Value> inputs, Scratch&) const;

  // The value of the kind's formula `which`, by its place there. Absent formulas yield nullopt; so do failures, whose
  // reason goes to `failure` when that is not null.
  bool has_formula(std::size_t which) const { return formulas_[which].has_value(); }
  std::optional<Value> formula(std::size_t which, std::span<const Value> inputs, Scratch&,
                               std::string* failure = nullptr) const;

  // The kind's parameter `which`, by its place there; nullptr: the document has none.
  const Value* parameter(std::size_t which) const;
  std::optional<std::int64_t> number(std::size_t which) const;  // nullopt: absent
  const Value* named(std::string_view parameter_or_table) const;

  // Every rule and formula with what it saw, for people: "line.charge > limit: true (line.charge = 12500, limit =
  // 10000)".
  struct Explained {
    std::string part, expression, result;
    std::vector<std::pair<std::string, std::string>> seen;
  };
  std::vector<Explained> explain(std::span<const Value> inputs, Scratch&) const;

  // The document's own examples; empty reasons: it does as expected.
  struct Tested {
    std::string name, fault;
  };
  std::vector<Tested> run_examples() const;

 private:
  struct Rule {
    Expression when;
    std::vector<std::vector<Expression>> effects;  // the details of each
  };
  Contract(const Document&, const ContractKind&);
  void compile_all(const Places&);

  Document document_;
  ContractKind kind_;
  Scratch memory_;
  Declarations declarations_;
  std::vector<Rule> rules_;
  std::vector<std::optional<Expression>> formulas_;
  std::vector<std::shared_ptr<const ObjectShape>> shapes_;

  friend class ContractCompiler;
};

}  // namespace carechain::contract
