#pragma once
// How an expression runs; for the functions of the language.

#include <array>
#include <string>

#include "libcore/contract/syntax.hpp"

namespace carechain::contract {

inline constexpr std::size_t max_locals = 32;  // variables of comprehensions inside one another

struct Evaluation {
  const Syntax& syntax;
  std::span<const Value> inputs;
  Scratch& scratch;
  Budget& budget;
  std::array<Value, max_locals> locals;

  Evaluation(const Syntax& tree, std::span<const Value> given, Scratch& memory, Budget& left)
      : syntax(tree), inputs(given), scratch(memory), budget(left) {}

  Value of(NodeId);

  Value fail(std::uint32_t position, std::string_view message);
  Value no_overload(std::uint32_t position) { return fail(position, "no such overload"); }
  Value used_up(std::uint32_t position);
  Value text(const std::string& made) { return Value::of(scratch.keep(made)); }
  // For results of `bytes` bytes or so: false when the budget is used up, and then nothing may be made.
  bool afford(std::size_t bytes) { return budget.spend(bytes / 16); }
  Value boolean(std::optional<bool> decided, std::uint32_t position) {
    return decided ? Value::of(*decided) : used_up(position);
  }

 private:
  Value both(const Node&);
  Value either(const Node&);
  Value choose(const Node&);
  Value select(const Node&);
  Value has(const Node&);
  Value index(const Node&);
  Value call(const Node&);
  Value list(const Node&);
  Value map(const Node&);
  Value loop(const Node&);
  Value loop_test(const Node&, const Value& range);
  Value loop_list(const Node&, const Value& range);
  Value loop_map(const Node&, const Value& range);
  std::size_t size_of(const Value& range) const;
  void set_variables(const Node&, const Value& range, std::size_t at);
  Value child(const Node& node, std::uint32_t which) { return of(syntax.child(node, which)); }
};

// A map of these entries, ordered; an error when two keys are the same or one may not be a key.
Value make_map(Evaluation&, std::span<MapEntry> entries, std::uint32_t position);

}  // namespace carechain::contract
