#include <algorithm>

#include "libcore/base/nearest.hpp"
#include "libcore/contract/expression.hpp"
#include "libcore/contract/functions.hpp"

namespace carechain::contract {
namespace {

using Base = Type::Base;

Type type_of_constant(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return Base::null;
    case Kind::boolean:
      return Base::boolean;
    case Kind::integer:
      return Base::integer;
    case Kind::unsigned_integer:
      return Base::unsigned_integer;
    case Kind::text:
      return Base::text;
    case Kind::bytes:
      return Base::bytes;
    default:
      return {};
  }
}

constexpr std::array<std::string_view, 10> type_names{"bool",      "int",  "uint", "string", "bytes",
                                                      "null_type", "list", "map",  "type",   "timestamp"};

// Resolves the names of a tree to places and finds the type of each part.
class Checker {
 public:
  Checker(Syntax& syntax, const Declarations& declarations, bool strict)
      : syntax_(syntax), declarations_(declarations), strict_(strict) {}

  Type check(NodeId id) {
    switch (syntax_[id].op) {
      case Node::Op::constant:
        return type_of_constant(syntax_[id].constant);
      case Node::Op::name:
        return name(id);
      case Node::Op::select:
        return select(id);
      case Node::Op::has:
        return has(id);
      case Node::Op::index:
        return index(id);
      case Node::Op::call:
        return call(id);
      case Node::Op::list:
        return list(id);
      case Node::Op::map:
        return map(id);
      case Node::Op::choose:
        return choose(id);
      case Node::Op::both:
      case Node::Op::either:
        return logic(id);
      case Node::Op::loop:
        return loop(id);
      case Node::Op::bind:
        return bind(id);
      default:
        return {};
    }
  }

 private:
  struct Variable {
    std::string_view name;
    Type type;
    std::uint32_t slot;
  };

  // Where types are checked, the end; else the part fails when it is evaluated.
  Type complain(NodeId id, const std::string& reason, const std::string& hint = {}) {
    if (strict_) throw ExpressionFault(syntax_.source(), syntax_[id].position, reason, hint);
    Node& node = syntax_[id];
    node.op = Node::Op::failure;
    node.text = syntax_.keep(reason);
    return {};
  }

  NodeId child(NodeId id, std::uint32_t which) const { return syntax_.child(syntax_[id], which); }

  const Variable* variable(std::string_view name) const {
    const auto found = std::find_if(scope_.rbegin(), scope_.rend(), [&](const Variable& v) { return v.name == name; });
    return found == scope_.rend() ? nullptr : &*found;
  }
  int input(std::string_view name) const {
    for (std::size_t i = 0; i < declarations_.size(); ++i)
      if (declarations_[i].name == name) return static_cast<int>(i);
    return -1;
  }
  Type resolve_input(NodeId id, int which) {
    const Declaration& declaration = declarations_[static_cast<std::size_t>(which)];
    syntax_[id].op = declaration.fixed ? Node::Op::constant : Node::Op::input;
    if (declaration.fixed) syntax_[id].constant = *declaration.fixed;
    syntax_[id].slot = static_cast<std::uint32_t>(which);
    syntax_[id].text = syntax_.keep(declaration.name);
    return declaration.type;
  }

  Type name(NodeId id) {
    const std::string_view text = syntax_[id].text;
    if (const Variable* const found = variable(text)) {
      syntax_[id].op = Node::Op::local;
      syntax_[id].slot = found->slot;
      return found->type;
    }
    if (const int which = input(text); which >= 0) return resolve_input(id, which);
    if (std::ranges::find(type_names, text) != type_names.end()) {
      syntax_[id].op = Node::Op::constant;
      syntax_[id].constant = Value::of_type(text == "timestamp" ? "google.protobuf.Timestamp" : text);
      return Base::type;
    }
    std::vector<std::string> known;
    for (const auto& declaration : declarations_) known.push_back(declaration.name);
    for (const auto& local : scope_) known.emplace_back(local.name);
    const auto near = nearest(text, known);
    return complain(id, "there is nothing called '" + std::string(text) + "' here",
                    near ? "did you mean '" + *near + "'?" : std::string());
  }

  // "a.b.c" where a tree of selections from a name spells it.
  std::optional<std::string> dotted(NodeId id) const {
    const Node& node = syntax_[id];
    if (node.op == Node::Op::name) return variable(node.text) ? std::nullopt : std::optional(std::string(node.text));
    if (node.op != Node::Op::select) return std::nullopt;
    auto before = dotted(child(id, 0));
    if (before) *before += '.' + std::string(node.text);
    return before;
  }

  Type select(NodeId id) {
    if (const auto whole = dotted(id))
      if (const int which = input(*whole); which >= 0) return resolve_input(id, which);
    const Type of_what = check(child(id, 0));
    return field_of(id, of_what, true);
  }

  Type field_of(NodeId id, const Type& of_what, bool resolve) {
    const std::string field(syntax_[id].text);
    if (of_what.is_any()) return {};
    if (of_what.base == Base::map) return of_what.mapped();
    if (of_what.base != Base::object)
      return complain(id, "type '" + to_text(of_what) + "' has no fields, and so no '" + field + "'");
    const int at = of_what.shape->find(field);
    if (at < 0) {
      std::vector<std::string> fields;
      for (const auto& known : of_what.shape->fields) fields.push_back(known.name);
      const auto near = nearest(field, fields);
      return complain(id, "'" + of_what.shape->name + "' has no field '" + field + "'",
                      near ? "did you mean '" + *near + "'?" : std::string());
    }
    if (resolve) {
      syntax_[id].op = Node::Op::field;
      syntax_[id].slot = static_cast<std::uint32_t>(at);
    }
    return of_what.shape->fields[static_cast<std::size_t>(at)].type;
  }

  Type has(NodeId id) {
    const Type of_what = check(child(id, 0));
    field_of(id, of_what, false);
    return Base::boolean;
  }

  Type index(NodeId id) {
    const Type of_what = check(child(id, 0));
    const Type at = check(child(id, 1));
    if (of_what.is_any()) return {};
    if (of_what.base == Base::list) {
      if (!agree(at, Base::integer)) return complain(id, "a list is indexed by int, not by " + to_text(at));
      return of_what.item();
    }
    if (of_what.base == Base::map) {
      if (!agree(at, of_what.key()))
        return complain(id, "the keys of this map are " + to_text(of_what.key()) + ", not " + to_text(at));
      return of_what.mapped();
    }
    if (of_what.base == Base::object && agree(at, Base::text)) return {};
    return complain(id, to_text(of_what) + " can't be indexed");
  }

  Type call(NodeId id) {
    std::vector<Type> arguments;
    for (std::uint32_t i = 0; i < syntax_[id].count; ++i) arguments.push_back(check(child(id, i)));
    const std::string name(syntax_[id].text);
    const bool member = !syntax_[id].global;
    const Overload* const any = find_overload(name, member);
    if (any == nullptr) {
      const std::string_view near = nearest_function(name);
      return complain(id, "unbound function: there is no '" + name + "'",
                      near.empty() ? std::string() : "did you mean '" + std::string(near) + "'?");
    }
    if ((name == "_==_" || name == "_!=_") && strict_ && !comparable(arguments[0], arguments[1]))
      return complain(id, no_overload(name, arguments));
    if (name == "@in" && strict_ && !member_of(arguments[0], arguments[1]))
      return complain(id, no_overload(name, arguments));
    const Chosen chosen = choose_overload(name, member, arguments);
    const bool wrong_count = any->arity != arguments.size() && chosen.function == nullptr;
    if (chosen.function == nullptr && (strict_ || wrong_count)) return complain(id, no_overload(name, arguments));
    syntax_[id].function = chosen.function != nullptr ? chosen.function : any->function;
    return result_type(name, arguments, chosen.result);
  }

  // Results whose type follows from the arguments'.
  static Type result_type(const std::string& name, const std::vector<Type>& arguments, const Type& declared) {
    if (name == "_+_" && declared.base == Base::list) return join(arguments[0], arguments[1]);
    if (name == "split") return Type::list_of(Base::text);
    return declared;
  }

  static bool comparable(const Type& a, const Type& b) {
    return agree(a, b) || (a.base == Base::object && b.base == Base::map) ||
           (a.base == Base::map && b.base == Base::object) || is_null(a) || is_null(b);
  }
  static bool is_null(const Type& type) { return type.base == Base::null; }
  static bool member_of(const Type& item, const Type& in) {
    if (in.base == Base::list) return agree(item, in.item());
    if (in.base == Base::map) return agree(item, in.key());
    return true;
  }

  static std::string no_overload(const std::string& name, const std::vector<Type>& arguments) {
    std::string text = "no such overload: ";
    const bool binary = name.size() > 2 && name.front() == '_';
    if (binary)
      return text + to_text(arguments[0]) + ' ' + name.substr(1, name.size() - 2) + ' ' + to_text(arguments[1]);
    if (name == "@in") return text + to_text(arguments[0]) + " in " + to_text(arguments[1]);
    text += (name.back() == '_' ? name.substr(0, 1) : name) + '(';
    for (std::size_t i = 0; i < arguments.size(); ++i) text += (i == 0 ? "" : ", ") + to_text(arguments[i]);
    return text + ')';
  }

  Type list(NodeId id) {
    Type item;
    for (std::uint32_t i = 0; i < syntax_[id].count; ++i) {
      const Type type = check(child(id, i));
      item = i == 0 ? type : join(item, type);
    }
    return Type::list_of(item);
  }

  Type map(NodeId id) {
    Type key, value;
    for (std::uint32_t i = 0; i < syntax_[id].count; i += 2) {
      const Type this_key = check(child(id, i)), this_value = check(child(id, i + 1));
      if (!may_be_key(this_key)) complain(child(id, i), "unsupported key type: " + to_text(this_key));
      key = i == 0 ? this_key : join(key, this_key);
      value = i == 0 ? this_value : join(value, this_value);
    }
    return Type::map_of(key, value);
  }
  static bool may_be_key(const Type& type) {
    return type.is_any() || type.base == Base::boolean || type.base == Base::integer || type.base == Base::text ||
           type.base == Base::unsigned_integer;
  }

  Type choose(NodeId id) {
    demand(child(id, 0), Base::boolean, "the condition before '?' must be bool");
    const Type yes = check(child(id, 1)), no = check(child(id, 2));
    if (strict_ && !agree(yes, no) && !is_null(yes) && !is_null(no))
      return complain(id, "no matching overload: the two sides of ':' are " + to_text(yes) + " and " + to_text(no));
    return yes.is_any() ? no : no.is_any() ? yes : join(yes, no);
  }

  void demand(NodeId id, Base base, const std::string& reason) {
    const Type type = check(id);
    if (strict_ && !agree(type, base)) complain(id, reason + ", not " + to_text(type));
  }

  Type logic(NodeId id) {
    for (std::uint32_t i = 0; i < syntax_[id].count; ++i)
      demand(child(id, i), Base::boolean, "no matching overload: && and || join bool");
    return Base::boolean;
  }

  void declare(NodeId id, std::string_view name, Type type) {
    const auto slot = static_cast<std::uint32_t>(scope_.size());
    if (slot >= max_locals)
      throw ExpressionFault(syntax_.source(), syntax_[id].position, "too many variables inside one another");
    scope_.push_back({name, std::move(type), slot});
  }

  void declare_variables(NodeId id, const Type& range) {
    const Node node = syntax_[id];
    const bool over_list = range.base == Base::list, over_map = range.base == Base::map;
    Type first = over_map ? range.key() : over_list && !node.two_variables ? range.item() : Type();
    if (over_list && node.two_variables) first = Base::integer;
    syntax_[id].slot = static_cast<std::uint32_t>(scope_.size());
    declare(id, node.text, first);
    if (node.two_variables) declare(id, node.text2, over_list ? range.item() : over_map ? range.mapped() : Type());
  }

  Type loop(NodeId id) {
    const Type range = check(child(id, 0));
    if (!range.is_any() && range.base != Base::list && range.base != Base::map)
      return complain(id, "only lists and maps can be gone through, not " + to_text(range));
    const std::size_t outside = scope_.size();
    declare_variables(id, range);
    const Node::Loop kind = syntax_[id].loop;
    if (syntax_[id].count == 3) demand(child(id, 2), Base::boolean, "the condition must be bool");
    const bool tests = kind != Node::Loop::list && kind != Node::Loop::map;
    const Type body = check(child(id, 1));
    if (tests && strict_ && !agree(body, Base::boolean))
      complain(child(id, 1), "the condition must be bool, not " + to_text(body));
    const Type key = scope_[outside].type;
    scope_.resize(outside);
    if (tests) return Base::boolean;
    return kind == Node::Loop::list ? Type::list_of(body) : Type::map_of(key, body);
  }

  Type bind(NodeId id) {
    const Type value = check(child(id, 0));
    syntax_[id].slot = static_cast<std::uint32_t>(scope_.size());
    declare(id, syntax_[id].text, value);
    Type body = check(child(id, 1));
    scope_.pop_back();
    return body;
  }

  Syntax& syntax_;
  const Declarations& declarations_;
  bool strict_;
  std::vector<Variable> scope_;
};

}  // namespace

Expression Expression::compile(std::string_view source, const Declarations& declarations,
                               const std::optional<Type>& wanted, Types types) {
  Expression expression(parse_expression(source));
  Syntax& syntax = expression.syntax_;
  Checker checker(syntax, declarations, types == Types::checked);
  expression.type_ = checker.check(syntax.root);
  if (wanted && !agree(expression.type_, *wanted))
    throw ExpressionFault(syntax.source(), 0,
                          "this yields " + to_text(expression.type_) + ", but " + to_text(*wanted) + " is wanted");
  return expression;
}

Value Expression::run(std::span<const Value> inputs, Scratch& scratch, Budget& budget) const {
  return Evaluation(syntax_, inputs, scratch, budget).of(syntax_.root);
}

Outcome Expression::evaluate(std::span<const Value> inputs, Scratch& scratch, std::uint64_t budget) const {
  Budget left{budget};
  const Value value = run(inputs, scratch, left);
  Outcome outcome{value, std::nullopt, budget - left.left};
  if (value.is(Kind::error)) {
    const ErrorData& error = value.error();
    outcome.failure = Failure{std::string(error.message), error.position, error.out_of_budget};
  }
  return outcome;
}

}  // namespace carechain::contract
