#include <algorithm>
#include <set>

#include "libcore/base/nearest.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/contract/contract.hpp"
#include "libcore/contract/inputs.hpp"

namespace carechain::contract {

const ContractKind* find_kind(const ContractKinds& kinds, std::string_view name) {
  const auto found = std::ranges::find(kinds, name, &ContractKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

// Fills a contract from its document.
class ContractCompiler {
 public:
  ContractCompiler(Contract& contract, const Places& places)
      : contract_(contract), document_(contract.document_), kind_(contract.kind_), places_(places) {}

  void run() {
    contract_.declarations_ = kind_.inputs;
    for (const auto& input : kind_.inputs) taken_.insert(input.name);
    for (const Parameter& parameter : document_.parameters) add_parameter(parameter);
    for (const TableText& table : document_.tables) add_table(table);
    demand_parameters();
    formulas();
    for (std::size_t i = 0; i < document_.rules.size(); ++i) rule(i);
    outcome(document_.otherwise, "otherwise", "otherwise");
  }

 private:
  [[noreturn]] void fail(const std::string& part, const std::string& what, const std::string& hint = {}) const {
    const auto place = places_.find(part);
    throw ContractFault((place != places_.end() ? place->second
                         : part.empty()         ? "the contract"
                                                : part) +
                            ": " + what,
                        hint, Exit::no);
  }

  void declare(const std::string& part, const std::string& name, Type type, Value value) {
    if (!taken_.insert(name).second) fail(part, "'" + name + "' means something else already");
    contract_.declarations_.push_back({name, std::move(type), value});
  }

  Value cell(const std::string& part, const std::string& text, Unit unit) {
    if (unit == Unit::text) return Value::of(contract_.memory_.keep(text));
    if (unit == Unit::flag) {
      if (text != "true" && text != "false") fail(part, "'" + text + "' is neither true nor false");
      return Value::of(text == "true");
    }
    const auto number = parse_whole<std::int64_t>(text);
    if (!number) fail(part, "'" + text + "' is not a whole number of " + std::string(to_text(unit)));
    return Value::of(*number);
  }

  void add_parameter(const Parameter& parameter) {
    const std::string part = "parameters." + parameter.name;
    declare(part, parameter.name, type_of(parameter.unit), cell(part, parameter.value, parameter.unit));
  }

  void demand_parameters() {
    for (const auto& wanted : kind_.parameters) {
      const auto found = std::ranges::find(document_.parameters, wanted.name, &Parameter::name);
      if (found == document_.parameters.end()) {
        if (wanted.demanded)
          fail("", "the parameter '" + wanted.name + "' is missing (" + wanted.text + ")",
               "parameters:\n  " + wanted.name + ": 0 " + std::string(to_text(wanted.unit)));
      } else if (found->unit != wanted.unit) {
        fail("parameters." + wanted.name, "'" + wanted.name + "' is in " + std::string(to_text(wanted.unit)) +
                                              ", not in " + std::string(to_text(found->unit)));
      }
    }
  }

  void add_table(const TableText& table) {
    const std::string part = "tables." + table.name;
    const std::size_t width = table.columns.size();
    if (width == 0 || table.cells.size() % width != 0) fail(part, "the table's rows are not whole");
    if (width == 1) return add_list(table, part);
    auto shape = std::make_shared<ObjectShape>();
    shape->name = table.name + " row";
    for (std::size_t i = 1; i < width; ++i)
      shape->fields.push_back({table.columns[i].name, type_of(table.columns[i].unit), {}});
    contract_.shapes_.push_back(shape);
    const auto entries = contract_.memory_.array<MapEntry>(table.cells.size() / width);
    for (std::size_t row = 0; row < entries.size(); ++row) {
      const std::size_t at = row * width;
      new (&entries[row])
          MapEntry{cell(part, table.cells[at], table.columns[0].unit), row_value(part, table, at, shape.get())};
    }
    const auto before = [](const MapEntry& a, const MapEntry& b) { return order_keys(a.key, b.key) < 0; };
    std::sort(entries.begin(), entries.end(), before);
    for (std::size_t i = 1; i < entries.size(); ++i)
      if (!before(entries[i - 1], entries[i])) fail(part, "the key " + to_display(entries[i].key) + " occurs twice");
    const Type value = width == 2 ? type_of(table.columns[1].unit) : Type::object_of(shape);
    declare(part, table.name, Type::map_of(type_of(table.columns[0].unit), value),
            Value::of(contract_.memory_.store(MapData{entries.data(), static_cast<std::uint32_t>(entries.size())})));
  }

  Value row_value(const std::string& part, const TableText& table, std::size_t at, const ObjectShape* shape) {
    const std::size_t width = table.columns.size();
    if (width == 2) return cell(part, table.cells[at + 1], table.columns[1].unit);
    const auto fields = contract_.memory_.array<Value>(width - 1);
    for (std::size_t i = 1; i < width; ++i)
      new (&fields[i - 1]) Value(cell(part, table.cells[at + i], table.columns[i].unit));
    return Value::of(contract_.memory_.store(ObjectData{shape, fields.data()}));
  }

  // A code list: a map whose values say nothing, so that `in` halves rather than goes through it.
  void add_list(const TableText& table, const std::string& part) {
    std::set<std::string, std::less<>> codes(table.cells.begin(), table.cells.end());
    const auto entries = contract_.memory_.array<MapEntry>(codes.size());
    std::size_t at = 0;
    for (const std::string& code : codes)
      new (&entries[at++]) MapEntry{cell(part, code, table.columns[0].unit), Value::of(true)};
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return order_keys(a.key, b.key) < 0; });
    declare(part, table.name, Type::map_of(type_of(table.columns[0].unit), Type::Base::boolean),
            Value::of(contract_.memory_.store(MapData{entries.data(), static_cast<std::uint32_t>(entries.size())})));
  }

  Expression expression(const std::string& part, const std::string& title, const std::string& source,
                        const std::optional<Type>& wanted) const {
    try {
      return Expression::compile(source, contract_.declarations_, wanted);
    } catch (const ExpressionFault& fault) {
      fail(part, title + ": " + fault.what(), fault.hint());
    }
  }

  void formulas() {
    contract_.formulas_.resize(kind_.formulas.size());
    for (const NamedExpression& given : document_.formulas) {
      const auto wanted = std::ranges::find(kind_.formulas, given.name, &ContractKind::Formula::name);
      if (wanted == kind_.formulas.end()) {
        std::vector<std::string> known;
        for (const auto& formula : kind_.formulas) known.push_back(formula.name);
        const auto near = nearest(given.name, known);
        fail("formulas." + given.name, "the kind '" + kind_.name + "' asks for no formula '" + given.name + "'",
             near ? "did you mean '" + *near + "'?" : std::string());
      }
      auto& made = contract_.formulas_[static_cast<std::size_t>(wanted - kind_.formulas.begin())];
      if (made) fail("formulas." + given.name, "this formula is given twice");
      made.emplace(
          expression("formulas." + given.name, "formula '" + given.name + "'", given.expression, wanted->type));
    }
    for (std::size_t i = 0; i < kind_.formulas.size(); ++i)
      if (kind_.formulas[i].demanded && !contract_.formulas_[i])
        fail("", "the formula '" + kind_.formulas[i].name + "' is missing (" + kind_.formulas[i].text + ")");
  }

  void outcome(const std::string& given, const std::string& part, const std::string& title) const {
    if (std::ranges::find(kind_.outcomes, given) != kind_.outcomes.end()) return;
    std::string known;
    for (const std::string& one : kind_.outcomes) known += (known.empty() ? "" : ", ") + one;
    fail(part, title + ": '" + given + "' is no outcome of the kind '" + kind_.name + "'", "outcomes: " + known);
  }

  void rule(std::size_t number) {
    const RuleText& text = document_.rules[number];
    const std::string part = "rules[" + std::to_string(number) + "]", title = "rule '" + text.name + "'";
    if (!rule_names_.insert(text.name).second) fail(part, "there are two rules '" + text.name + "'");
    outcome(text.outcome, part + ".then", title);
    Contract::Rule made{expression(part + ".when", title, text.when, Type(Type::Base::boolean)), {}};
    for (std::size_t i = 0; i < text.effects.size(); ++i) {
      const EffectText& effect = text.effects[i];
      const std::string effect_part = part + ".effects[" + std::to_string(i) + "]";
      if (std::ranges::find(kind_.effects, effect.kind) == kind_.effects.end())
        fail(effect_part, title + ": contracts of this kind cause no effect '" + effect.kind + "'");
      std::vector<Expression> details;
      for (const NamedExpression& detail : effect.details)
        details.push_back(
            expression(effect_part + "." + detail.name, title + ", " + detail.name, detail.expression, {}));
      made.effects.push_back(std::move(details));
    }
    contract_.rules_.push_back(std::move(made));
  }

  Contract& contract_;
  const Document& document_;
  const ContractKind& kind_;
  const Places& places_;
  std::set<std::string> taken_, rule_names_;
};

Contract::Contract(const Document& document, const ContractKind& kind) : document_(document), kind_(kind) {}

std::shared_ptr<const Contract> Contract::compile(const Document& document, const ContractKind& kind,
                                                  const Places& places) {
  const std::shared_ptr<Contract> contract(new Contract(document, kind));
  ContractCompiler(*contract, places).run();
  return contract;
}

}  // namespace carechain::contract
