#include <algorithm>

#include "libcore/contract/evaluation.hpp"
#include "libcore/contract/expression.hpp"

namespace carechain::contract {
namespace {

constexpr std::uint64_t budget_of_a_look = 1000;

class Looking {
 public:
  Looking(const Syntax& syntax, std::span<const Value> inputs, Scratch& scratch)
      : syntax_(syntax), inputs_(inputs), scratch_(scratch) {}

  void look(NodeId id) {
    if (const std::string name = name_of(id); !name.empty()) {
      note(id, name);
      return;
    }
    const Node& node = syntax_[id];
    for (std::uint32_t i = 0; i < node.count; ++i) look(syntax_.child(node, i));
  }
  std::vector<Expression::Seen> take() { return std::move(seen_); }

 private:
  // How a part would be written that names a value of the inputs; empty: it does more than that.
  std::string name_of(NodeId id) const {
    const Node& node = syntax_[id];
    switch (node.op) {
      case Node::Op::input:
        return std::string(node.text);
      case Node::Op::constant:
        return std::string(node.text);  // of a parameter or table; literals have none
      case Node::Op::field:
      case Node::Op::select: {
        const std::string of = name_of(syntax_.child(node, 0));
        return of.empty() ? of : of + '.' + std::string(node.text);
      }
      case Node::Op::index: {
        const std::string of = name_of(syntax_.child(node, 0)), at = name_of(syntax_.child(node, 1));
        return of.empty() || at.empty() ? std::string() : of + '[' + at + ']';
      }
      default:
        return {};
    }
  }

  void note(NodeId id, const std::string& name) {
    const auto same = [&](const Expression::Seen& seen) { return seen.name == name; };
    if (std::any_of(seen_.begin(), seen_.end(), same)) return;
    Budget budget{budget_of_a_look};
    const Value value = Evaluation(syntax_, inputs_, scratch_, budget).of(id);
    if (!value.is(Kind::error)) seen_.push_back({name, value});
    const Node& node = syntax_[id];
    if (node.op == Node::Op::index) look(syntax_.child(node, 1));
  }

  const Syntax& syntax_;
  std::span<const Value> inputs_;
  Scratch& scratch_;
  std::vector<Expression::Seen> seen_;
};

}  // namespace

std::vector<Expression::Seen> Expression::seen(std::span<const Value> inputs, Scratch& scratch) const {
  Looking looking(syntax_, inputs, scratch);
  looking.look(syntax_.root);
  return looking.take();
}

}  // namespace carechain::contract
