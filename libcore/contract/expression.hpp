#pragma once
// An expression compiled: parsed, its names resolved to places, its types checked; and evaluated on inputs. The
// language is a subset of CEL (https://github.com/google/cel-spec, language definition) without floating point,
// messages, named time zones and `matches`. It has no loops but those over given lists and maps, so that every
// evaluation ends; a budget bounds how long that takes. The same inputs give the same value on every machine.
//
// Besides CEL's own functions and those of its strings extension there are, for contracts:
//
//   bp(amount, rate)      amount * rate / 10000, half away from zero: a rate in basis points of an amount in cents
//   min(a, b)  max(a, b)  of two integers
//   date('2026-03-01')    the first second of that day in UTC

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/contract/syntax.hpp"
#include "libcore/contract/type.hpp"

namespace carechain::contract {

inline constexpr std::uint64_t default_budget = 100'000;

// A name that expressions may use, and its type. Inputs are given to evaluate() in the order of their declaration. A
// name may hold points ("plan.kind"): the longest declared one that fits is meant.
struct Declaration {
  std::string name;
  Type type;
  std::optional<Value> fixed = {};  // always this value: the name takes no place among the inputs of an evaluation
};
using Declarations = std::vector<Declaration>;  // fixed ones last

// Why an evaluation yielded no value.
struct Failure {
  std::string reason;
  std::uint32_t position = 0;  // byte of the expression
  bool out_of_budget = false;
};

struct Outcome {
  Value value;                     // good until the scratch is reset, the inputs or the expression go
  std::optional<Failure> failure;  // then there is no value
  std::uint64_t spent = 0;         // of the budget
};

class Expression {
 public:
  enum class Types { checked, unchecked };  // unchecked: mistakes show when they are evaluated, as errors
  // Throws ExpressionFault: malformed, an unknown name or function, types that don't fit, or not of the type wanted.
  static Expression compile(std::string_view source, const Declarations&, const std::optional<Type>& wanted = {},
                            Types = Types::checked);

  const std::string& source() const { return syntax_.source(); }
  const Type& type() const { return type_; }

  // Requires one value for each declaration, of its type. Resets nothing: the caller resets the scratch when no value
  // of earlier evaluations is needed any more. Never throws because of what the inputs hold.
  Outcome evaluate(std::span<const Value> inputs, Scratch&, std::uint64_t budget = default_budget) const;
  // The same without words for a failure: a value of kind error.
  Value run(std::span<const Value> inputs, Scratch&, Budget&) const;

  // What the expression looked at, for explanations: each declared name, field or table entry ("line.charge",
  // "fees[line.code]") in the order of its first occurrence, with its value; those without a value are left out.
  struct Seen {
    std::string name;
    Value value;
  };
  std::vector<Seen> seen(std::span<const Value> inputs, Scratch&) const;

 private:
  explicit Expression(Syntax syntax) : syntax_(std::move(syntax)) {}
  Syntax syntax_;
  Type type_;
};

}  // namespace carechain::contract
