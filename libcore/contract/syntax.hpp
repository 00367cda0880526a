#pragma once
// The tree of an expression: what the parser makes, the checker resolves and the evaluator walks.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/error.hpp"
#include "libcore/contract/scratch.hpp"
#include "libcore/contract/value.hpp"

namespace carechain::contract {

inline constexpr std::size_t max_expression_bytes = std::size_t{16} << 10;
inline constexpr unsigned max_expression_depth = 96;  // of brackets inside brackets
inline constexpr unsigned max_tree_depth = 256;       // of parts inside parts, which is how deep an evaluation goes
inline constexpr std::size_t max_arguments = 4;       // of a function

// An expression that makes no sense, with its place. what(): "line 2, column 7: …" and below it the line of the
// expression with a caret under the place. exit() is Exit::no.
class ExpressionFault : public Error {
 public:
  ExpressionFault(std::string_view source, std::uint32_t position, const std::string& reason,
                  const std::string& hint = {});
  const std::string& reason() const { return reason_; }
  std::size_t line() const { return line_; }      // from 1
  std::size_t column() const { return column_; }  // from 1, in characters

 private:
  std::string reason_;
  std::size_t line_ = 1, column_ = 1;
};

struct Evaluation;
using Function = Value (*)(Evaluation&, const Value* arguments, std::uint32_t position);

using NodeId = std::uint32_t;

struct Node {
  enum class Op : std::uint8_t {
    constant,
    name,     // not resolved yet
    input,    // slot: which input
    local,    // slot: which variable of a comprehension
    failure,  // constant: an error; only where types are not checked
    select,   // child . text
    field,    // child . slot of an object
    has,      // whether child has the field `text`
    index,    // child [ child ]
    call,     // function(children)
    list,
    map,  // children: key, value, key, value …
    choose,
    both,    // &&
    either,  // ||
    loop,    // children: range, body[, filter]
    bind,    // children: value, body
  };
  enum class Loop : std::uint8_t { all, exists, exists_one, list, map };
  Op op = Op::constant;
  Loop loop = Loop::all;
  bool two_variables = false;  // of a loop: index or key in slot, value in slot + 1
  bool global = false;         // of a call: no receiver
  std::uint16_t depth = 1;     // of the tree below, with this node
  std::uint32_t position = 0;  // byte of the source
  NodeId first = 0;            // its children: count entries of children() from here
  std::uint32_t count = 0;
  std::uint32_t slot = 0;
  Function function = nullptr;
  Value constant;
  std::string_view text, text2;  // names: of a field, function or variables
};

class Syntax {
 public:
  explicit Syntax(std::string_view source) : source_(source) {}
  NodeId add(Node node, const std::vector<NodeId>& of) {
    node.first = static_cast<NodeId>(children_.size());
    node.count = static_cast<std::uint32_t>(of.size());
    for (const NodeId child : of)
      node.depth = std::max(node.depth, static_cast<std::uint16_t>(nodes_[child].depth + 1));
    children_.insert(children_.end(), of.begin(), of.end());
    nodes_.push_back(node);
    return static_cast<NodeId>(nodes_.size() - 1);
  }
  Node& operator[](NodeId id) { return nodes_[id]; }
  const Node& operator[](NodeId id) const { return nodes_[id]; }
  NodeId child(const Node& node, std::uint32_t which) const { return children_[node.first + which]; }
  std::string_view keep(std::string_view text) { return kept_.keep(text); }
  Scratch& memory() { return kept_; }
  const std::string& source() const { return source_; }

  NodeId root = 0;

 private:
  std::string source_;
  std::vector<Node> nodes_;
  std::vector<NodeId> children_;
  Scratch kept_;  // texts of constants and names
};

// Throws ExpressionFault: not an expression of the language, too long or too deep.
Syntax parse_expression(std::string_view source);

}  // namespace carechain::contract
