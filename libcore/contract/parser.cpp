#include <algorithm>
#include <array>
#include <charconv>

#include "libcore/contract/characters.hpp"
#include "libcore/contract/lexer.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::contract {

ExpressionFault::ExpressionFault(std::string_view source, std::uint32_t position, const std::string& reason,
                                 const std::string& hint)
    : Error(
          [&] {
            const std::string_view before = source.substr(0, std::min<std::size_t>(position, source.size()));
            const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
            const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0
            const std::size_t end = std::min(source.find('\n', begin), source.size());
            const std::size_t column = count_characters(before.substr(begin)) + 1;
            std::string text = "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + reason;
            text +=
                "\n  " + std::string(source.substr(begin, end - begin)) + "\n  " + std::string(column - 1, ' ') + '^';
            return text;
          }(),
          hint, Exit::no),
      reason_(reason) {
  const std::string_view before = source.substr(0, std::min<std::size_t>(position, source.size()));
  line_ = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  column_ = count_characters(before.substr(before.rfind('\n') + 1)) + 1;
}

namespace {

constexpr std::array<std::string_view, 20> reserved{
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import", "in",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while", "true",   "false"};

struct Binary {
  std::string_view symbol, function;
};
constexpr std::array relations{Binary{"<", "_<_"},   Binary{"<=", "_<=_"}, Binary{">", "_>_"}, Binary{">=", "_>=_"},
                               Binary{"==", "_==_"}, Binary{"!=", "_!=_"}, Binary{"in", "@in"}};
constexpr std::array sums{Binary{"+", "_+_"}, Binary{"-", "_-_"}};
constexpr std::array products{Binary{"*", "_*_"}, Binary{"/", "_/_"}, Binary{"%", "_%_"}};

class Parser {
 public:
  explicit Parser(std::string_view source) : syntax_(source), lexer_(syntax_.source()), token_(lexer_.next()) {}

  Syntax run() {
    syntax_.root = expression();
    if (token_.kind != Token::Kind::end) fail("unexpected '" + std::string(token_.source) + "'");
    return std::move(syntax_);
  }

 private:
  // Counts how deep the parser stands; too deep is refused before the stack is at its end.
  struct Depth {
    explicit Depth(Parser& of) : parser(of) {
      if (++parser.depth_ > max_expression_depth) parser.fail("the expression is nested too deeply");
    }
    ~Depth() { --parser.depth_; }
    Parser& parser;
  };

  [[noreturn]] void fail(const std::string& reason, const std::string& hint = {}) const {
    throw ExpressionFault(syntax_.source(), token_.position, reason, hint);
  }
  [[noreturn]] void fail_at(std::uint32_t position, const std::string& reason) const {
    throw ExpressionFault(syntax_.source(), position, reason);
  }

  Token take() {
    Token token = std::move(token_);
    token_ = lexer_.next();
    return token;
  }
  bool take_if(std::string_view symbol) {
    if (!token_.is(symbol)) return false;
    take();
    return true;
  }
  void expect(std::string_view symbol) {
    if (token_.kind == Token::Kind::end) fail("'" + std::string(symbol) + "' is missing at the end");
    if (!take_if(symbol)) fail("'" + std::string(symbol) + "' is missing before '" + std::string(token_.source) + "'");
  }

  Node node(Node::Op op, std::uint32_t position) const {
    Node node;
    node.op = op;
    node.position = position;
    return node;
  }
  NodeId call(std::string_view function, std::uint32_t position, const std::vector<NodeId>& arguments, bool global) {
    Node made = node(Node::Op::call, position);
    made.text = syntax_.keep(function);
    made.global = global;
    return add(made, arguments);
  }
  NodeId constant(Value value, std::uint32_t position) {
    Node made = node(Node::Op::constant, position);
    made.constant = value;
    return add(made);
  }

  // Chains of operators lean to the left: brackets are not all that makes a tree deep.
  NodeId add(const Node& made, const std::vector<NodeId>& children = {}) {
    const NodeId id = syntax_.add(made, children);
    if (syntax_[id].depth > max_tree_depth) fail_at(made.position, "the expression is nested too deeply");
    return id;
  }

  NodeId expression() {
    const Depth depth(*this);
    const NodeId condition = either();
    const std::uint32_t position = token_.position;
    if (!take_if("?")) return condition;
    const NodeId yes = either();
    expect(":");
    const NodeId no = expression();
    return add(node(Node::Op::choose, position), {condition, yes, no});
  }

  NodeId either() {
    std::vector<NodeId> parts{both()};
    const std::uint32_t position = token_.position;
    while (take_if("||")) parts.push_back(both());
    return parts.size() == 1 ? parts[0] : add(node(Node::Op::either, position), parts);
  }

  NodeId both() {
    std::vector<NodeId> parts{relation()};
    const std::uint32_t position = token_.position;
    while (take_if("&&")) parts.push_back(relation());
    return parts.size() == 1 ? parts[0] : add(node(Node::Op::both, position), parts);
  }

  // One level of binary operators; `part` is the next tighter one.
  template <std::size_t N>
  NodeId chain(const std::array<Binary, N>& operators, NodeId (Parser::*part)()) {
    NodeId left = (this->*part)();
    for (;;) {
      const auto found = std::ranges::find_if(operators, [&](const Binary& b) { return token_.is(b.symbol); });
      if (found == operators.end()) return left;
      const std::uint32_t position = take().position;
      left = call(found->function, position, {left, (this->*part)()}, true);
    }
  }
  NodeId relation() { return chain(relations, &Parser::sum); }
  NodeId sum() { return chain(sums, &Parser::product); }
  NodeId product() { return chain(products, &Parser::unary); }

  NodeId unary() {
    std::vector<std::uint32_t> positions;
    const bool negation = token_.is("!");
    const std::string_view symbol = negation ? "!" : "-";
    while (token_.is(symbol)) positions.push_back(take().position);
    if (positions.size() > max_expression_depth) fail("the expression is nested too deeply");
    NodeId operand = 0;
    if (!negation && !positions.empty() && token_.kind == Token::Kind::integer) {
      positions.pop_back();
      operand = member(number(true));
    } else {
      operand = member(primary());
    }
    // NOLINTNEXTLINE(modernize-loop-convert): clang 14 does not compile std::views::reverse
    for (auto at = positions.rbegin(); at != positions.rend(); ++at)
      operand = call(negation ? "!_" : "-_", *at, {operand}, true);
    return operand;
  }

  NodeId number(bool negative) {
    const Token token = take();
    const bool hexadecimal = token.source.starts_with("0x") || token.source.starts_with("0X");
    const std::string_view digits = hexadecimal ? token.source.substr(2) : token.source;
    std::uint64_t size = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, hexadecimal ? 16 : 10);
    const bool is_unsigned = token.kind == Token::Kind::unsigned_integer;
    const std::uint64_t limit = is_unsigned ? UINT64_MAX : static_cast<std::uint64_t>(INT64_MAX) + (negative ? 1 : 0);
    if (problem != std::errc{} || size > limit) fail_at(token.position, "this number does not fit into 64 bits");
    if (is_unsigned) return constant(Value::of(size), token.position);
    return constant(Value::of(static_cast<std::int64_t>(negative ? 0 - size : size)), token.position);
  }

  // What follows a primary: .field, .function(…), [index].
  NodeId member(NodeId of) {
    for (;;) {
      const std::uint32_t position = token_.position;
      if (take_if("[")) {
        const NodeId index = expression();
        expect("]");
        of = add(node(Node::Op::index, position), {of, index});
      } else if (take_if(".")) {
        of = after_point(of);
      } else {
        if (token_.is("{")) fail("messages are not part of the language", "maps are written {'key': value}");
        return of;
      }
    }
  }

  NodeId after_point(NodeId of) {
    const Token name = take();
    if (name.kind == Token::Kind::quoted_word || (name.kind == Token::Kind::word && !token_.is("("))) {
      Node made = node(Node::Op::select, name.position);
      made.text = syntax_.keep(name.kind == Token::Kind::word ? name.source : std::string_view(name.content));
      return add(made, {of});
    }
    if (name.kind != Token::Kind::word)
      fail_at(name.position, "a field's or function's name is missing behind the point");
    take();
    std::vector<NodeId> arguments = list_until(")");
    if (const auto made = macro(of, name, arguments)) return *made;
    if (arguments.size() + 1 > max_arguments && !is_name(of, "cel")) fail_at(name.position, "too many arguments");
    const std::optional<std::string> space = namespace_of(of);
    if (space) return call(*space + '.' + std::string(name.source), name.position, arguments, true);
    arguments.insert(arguments.begin(), of);
    return call(name.source, name.position, arguments, false);
  }

  bool is_name(NodeId id, std::string_view name) const {
    return syntax_[id].op == Node::Op::name && syntax_[id].text == name;
  }
  // Functions with a prefix are known by it, so that a variable `strings` is no trap.
  std::optional<std::string> namespace_of(NodeId id) const {
    return is_name(id, "strings") ? std::optional<std::string>("strings") : std::nullopt;
  }

  std::optional<NodeId> macro(NodeId of, const Token& name, const std::vector<NodeId>& arguments) {
    if (name.source == "bind" && is_name(of, "cel")) return bind(name, arguments);
    const auto kind = loop_of(name.source);
    if (!kind) return std::nullopt;
    const std::size_t plain = *kind == Node::Loop::list || *kind == Node::Loop::map ? 3 : 2;
    const bool filters = name.source == "filter";
    const bool transforms = name.source.starts_with("transform");
    const std::size_t variables = transforms || (arguments.size() == 3 && plain == 2) ? 2 : 1;
    const std::size_t rest = arguments.size() - std::min(arguments.size(), variables);
    if (rest < 1 || rest > (plain == 3 && !filters ? 2u : 1u)) return std::nullopt;
    for (std::size_t i = 0; i < variables; ++i)
      if (syntax_[arguments[i]].op != Node::Op::name)
        fail_at(syntax_[arguments[i]].position, "the name of a variable belongs here");
    Node made = node(Node::Op::loop, name.position);
    made.loop = *kind;
    made.two_variables = variables == 2;
    made.text = syntax_[arguments[0]].text;
    if (variables == 2) made.text2 = syntax_[arguments[1]].text;
    std::vector<NodeId> children{of, arguments.back()};
    if (filters) {
      children = {of, arguments[0], arguments.back()};  // each item itself, where the condition holds
    } else if (rest == 2) {
      children.push_back(arguments[variables]);
    }
    return add(made, children);
  }

  static std::optional<Node::Loop> loop_of(std::string_view name) {
    if (name == "all") return Node::Loop::all;
    if (name == "exists") return Node::Loop::exists;
    if (name == "exists_one" || name == "existsOne") return Node::Loop::exists_one;
    if (name == "map" || name == "filter" || name == "transformList") return Node::Loop::list;
    if (name == "transformMap") return Node::Loop::map;
    return std::nullopt;
  }

  NodeId bind(const Token& name, const std::vector<NodeId>& arguments) {
    if (arguments.size() != 3 || syntax_[arguments[0]].op != Node::Op::name)
      fail_at(name.position, "cel.bind(name, value, expression) takes a name and two expressions");
    Node made = node(Node::Op::bind, name.position);
    made.text = syntax_[arguments[0]].text;
    return add(made, {arguments[1], arguments[2]});
  }

  NodeId has(const Token& name, const std::vector<NodeId>& arguments) {
    if (arguments.size() != 1 || syntax_[arguments[0]].op != Node::Op::select)
      fail_at(name.position, "has(…) takes a field: has(a.b)");
    const Node field = syntax_[arguments[0]];
    Node made = node(Node::Op::has, name.position);
    made.text = field.text;
    return add(made, {syntax_.child(field, 0)});
  }

  std::vector<NodeId> list_until(std::string_view end) {
    std::vector<NodeId> items;
    while (!token_.is(end)) {
      items.push_back(expression());
      if (!take_if(",")) break;
    }
    expect(end);
    return items;
  }

  NodeId primary() {
    const Depth depth(*this);
    const std::uint32_t position = token_.position;
    switch (token_.kind) {
      case Token::Kind::integer:
      case Token::Kind::unsigned_integer:
        return number(false);
      case Token::Kind::text:
        return text_literal();
      case Token::Kind::bytes:
        return constant(Value::of_bytes(syntax_.keep(take().content)), position);
      case Token::Kind::word:
        return named();
      case Token::Kind::end:
        fail("the expression ends where a value is expected");
      default:
        break;
    }
    if (take_if("(")) {
      const NodeId inside = expression();
      expect(")");
      return inside;
    }
    if (take_if("[")) return add(node(Node::Op::list, position), list_until("]"));
    if (take_if("{")) return map(position);
    if (take_if(".")) return named();
    fail("a value is expected before '" + std::string(token_.source) + "'");
  }

  NodeId text_literal() {
    const Token token = take();
    if (!encoding::is_utf8(view_of(token.content))) fail_at(token.position, "this text is not UTF-8");
    return constant(Value::of(syntax_.keep(token.content)), token.position);
  }

  NodeId map(std::uint32_t position) {
    std::vector<NodeId> entries;
    while (!token_.is("}")) {
      entries.push_back(expression());
      expect(":");
      entries.push_back(expression());
      if (!take_if(",")) break;
    }
    expect("}");
    return add(node(Node::Op::map, position), entries);
  }

  NodeId named() {
    const Token name = take();
    if (name.kind != Token::Kind::word) fail_at(name.position, "a name is missing");
    if (name.source == "null") return constant(Value(), name.position);
    if (name.source == "true" || name.source == "false")
      return constant(Value::of(name.source == "true"), name.position);
    if (std::ranges::find(reserved, name.source) != reserved.end())
      fail_at(name.position, "'" + std::string(name.source) + "' is a reserved word");
    if (!token_.is("(")) {
      Node made = node(Node::Op::name, name.position);
      made.text = syntax_.keep(name.source);
      return add(made);
    }
    take();
    const std::vector<NodeId> arguments = list_until(")");
    if (name.source == "has") return has(name, arguments);
    if (arguments.size() > max_arguments) fail_at(name.position, "too many arguments");
    return call(name.source, name.position, arguments, true);
  }

  Syntax syntax_;
  Lexer lexer_;
  Token token_;
  unsigned depth_ = 0;
};

}  // namespace

Syntax parse_expression(std::string_view source) {
  if (source.size() > max_expression_bytes)
    throw ExpressionFault(source, max_expression_bytes, "an expression has at most 16 KiB");
  return Parser(source).run();
}

}  // namespace carechain::contract
