#include "libcore/contract/document.hpp"

#include <algorithm>
#include <array>

#include "libcore/base/whole.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/cbor.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::contract {

using encoding::YamlNode;

namespace {

constexpr std::array<std::string_view, 7> unit_words{"text", "cents", "basis-points", "days", "years", "count", "flag"};

bool is_name(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 64 && !(text[0] >= '0' && text[0] <= '9') && std::ranges::all_of(text, fits);
}
bool is_title(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, fits);
}

class DocumentReader {
 public:
  DocumentReader(const YamlNode& root, const ReadFile& read) : root_(root), read_(read) {}

  DocumentFile run() {
    if (root_.kind != YamlNode::Kind::map) root_.fail("a contract document is a map", "man 5 carechain-contract");
    root_.only(
        {"contract", "version", "kind", "summary", "parameters", "tables", "formulas", "rules", "otherwise", "tests"});
    Document& made = file_.document;
    made.title = root_.at("contract").text();
    if (!is_title(made.title)) root_.at("contract").fail("a contract's name has small letters, digits, - and .");
    made.version = root_.at("version").whole(1, 1'000'000);
    made.kind = root_.at("kind").text();
    place("kind", root_.at("kind"));
    place("", root_);
    if (const YamlNode* const summary = root_.find("summary")) made.summary = summary->text();
    each_entry("parameters", [&](const YamlNode& name, const YamlNode& value) { parameter(name, value); });
    each_entry("tables", [&](const YamlNode& name, const YamlNode& value) { table(name, value); });
    each_entry("formulas", [&](const YamlNode& name, const YamlNode& value) {
      made.formulas.push_back({named(name), value.text()});
      place("formulas." + name.scalar, value);
    });
    each_item("rules", [&](const YamlNode& node) { rule(node); });
    const YamlNode& otherwise = root_.at("otherwise");
    made.otherwise = otherwise.text();
    place("otherwise", otherwise);
    each_item("tests", [&](const YamlNode& node) { example(node); });
    return std::move(file_);
  }

 private:
  void place(const std::string& part, const YamlNode& node) {
    file_.places[part] = node.file + ":" + std::to_string(node.line) + ":" + std::to_string(node.column);
  }
  template <class Visit>
  void each_entry(const char* key, const Visit& visit) {
    const YamlNode* const node = root_.find(key);
    if (node == nullptr || node->kind == YamlNode::Kind::null) return;
    if (node->kind != YamlNode::Kind::map) node->fail(std::string(key) + " is a map");
    for (const auto& entry : node->entries) visit(entry.first, entry.second);
  }
  template <class Visit>
  void each_item(const char* key, const Visit& visit) {
    const YamlNode* const node = root_.find(key);
    if (node == nullptr || node->kind == YamlNode::Kind::null) return;
    if (node->kind != YamlNode::Kind::list) node->fail(std::string(key) + " is a list");
    for (const YamlNode& item : node->items) visit(item);
  }
  static std::string named(const YamlNode& node) {
    if (!is_name(node.scalar)) node.fail("a name has small letters, digits and _, and does not begin with a digit");
    return node.scalar;
  }

  void parameter(const YamlNode& name, const YamlNode& value) {
    Parameter made{named(name), Unit::text, value.text()};
    place("parameters." + made.name, value);
    const std::size_t blank = made.value.find(' ');
    Unit unit{};
    if (!value.quoted && (made.value == "true" || made.value == "false")) {
      made.unit = Unit::flag;
    } else if (!value.quoted && blank != std::string::npos && parse(made.value.substr(blank + 1), unit) &&
               is_number(unit)) {
      made.value.resize(blank);
      made.unit = unit;
      if (!parse_whole<std::int64_t>(made.value)) value.fail("'" + made.value + "' is not a whole number");
    } else if (!value.quoted && (value.scalar[0] == '-' || (value.scalar[0] >= '0' && value.scalar[0] <= '9'))) {
      value.fail("a number needs a unit",
                 made.name + ": " + made.value.substr(0, blank) + " cents (or basis-points, days, years, count)");
    }
    file_.document.parameters.push_back(std::move(made));
  }

  void table(const YamlNode& name, const YamlNode& value) {
    TableText made;
    made.name = named(name);
    place("tables." + made.name, value);
    if (value.kind == YamlNode::Kind::list) {
      made.columns.push_back({"code", Unit::text});
      for (const YamlNode& item : value.items) made.cells.push_back(item.text());
    } else if (value.kind == YamlNode::Kind::map) {
      table_of_file(value, made);
    } else {
      value.fail("a table is a list of codes, or a map {csv, sha256, key, columns}");
    }
    file_.document.tables.push_back(std::move(made));
  }

  void table_of_file(const YamlNode& node, TableText& made) {
    node.only({"csv", "sha256", "key", "columns"});
    const YamlNode& csv = node.at("csv");
    const std::string content = read_(csv.text());
    const Hash digest = crypto::sha256(view_of(content));
    const YamlNode& wanted = node.at("sha256");
    if (encoding::hex(digest.view()) != wanted.text())
      wanted.fail("'" + csv.scalar + "' has another SHA-256",
                  "if that is meant: sha256: " + encoding::hex(digest.view()));
    made.source = digest;
    const std::string key = node.at("key").text();
    const YamlNode& columns = node.at("columns");
    if (columns.kind != YamlNode::Kind::map) columns.fail("columns is a map of names and units");
    for (const auto& [name, unit] : columns.entries) {
      Column column{named(name), Unit::text};
      if (!parse(unit.text(), column.unit))
        unit.fail("unknown unit '" + unit.scalar + "'", "text, cents, basis-points, days, years, count or flag");
      made.columns.insert(column.name == key ? made.columns.begin() : made.columns.end(), column);
    }
    if (made.columns.empty() || made.columns[0].name != key) node.at("key").fail("the key is not among the columns");
    fill(csv, parse_csv(content, csv.scalar), made);
  }

  // Takes the wanted columns of each row; the first row names them.
  static void fill(const YamlNode& csv, const std::vector<std::vector<std::string>>& rows, TableText& made) {
    if (rows.empty()) csv.fail("the file has no first row with the names of the columns");
    std::vector<std::size_t> at;
    for (const Column& column : made.columns) {
      const auto found = std::ranges::find(rows[0], column.name);
      if (found == rows[0].end()) csv.fail("the file has no column '" + column.name + "'");
      at.push_back(static_cast<std::size_t>(found - rows[0].begin()));
    }
    for (std::size_t row = 1; row < rows.size(); ++row)
      for (const std::size_t column : at) {
        if (column >= rows[row].size()) csv.fail("row " + std::to_string(row + 1) + " of the file is too short");
        made.cells.push_back(rows[row][column]);
      }
  }

  void rule(const YamlNode& node) {
    node.only({"name", "when", "then", "reason", "message", "effects"});
    RuleText made{node.at("name").text(), node.at("when").text(), node.at("then").text(), {}, {}, {}};
    const std::string part = "rules[" + std::to_string(file_.document.rules.size()) + "]";
    place(part, node);
    place(part + ".when", node.at("when"));
    place(part + ".then", node.at("then"));
    if (const YamlNode* const reason = node.find("reason")) made.reason = reason->text();
    if (const YamlNode* const message = node.find("message")) made.message = message->text();
    if (const YamlNode* const effects = node.find("effects")) {
      if (effects->kind != YamlNode::Kind::list) effects->fail("effects is a list");
      for (const YamlNode& effect : effects->items)
        made.effects.push_back(effect_of(effect, part, made.effects.size()));
    }
    file_.document.rules.push_back(std::move(made));
  }

  EffectText effect_of(const YamlNode& node, const std::string& rule_part, std::size_t number) {
    node.only({"kind", "word", "fields"});
    EffectText made{node.at("kind").text(), {}, {}};
    made.word = node.find("word") != nullptr ? node.at("word").text() : made.kind;
    const std::string part = rule_part + ".effects[" + std::to_string(number) + "]";
    place(part, node);
    if (const YamlNode* const fields = node.find("fields"))
      for (const auto& [name, expression] : fields->entries) {
        made.details.push_back({named(name), expression.text()});
        place(part + "." + name.scalar, expression);
      }
    return made;
  }

  static encoding::Value plain(const YamlNode& node) {
    switch (node.kind) {
      case YamlNode::Kind::null:
        return nullptr;
      case YamlNode::Kind::scalar:
        return node.scalar;
      case YamlNode::Kind::list: {
        encoding::Array items;
        for (const YamlNode& item : node.items) items.push_back(plain(item));
        return items;
      }
      case YamlNode::Kind::map:
        break;
    }
    encoding::Map entries;
    for (const auto& [key, value] : node.entries) entries.emplace_back(key.scalar, plain(value));
    return entries;
  }

  void example(const YamlNode& node) {
    node.only({"name", "input", "expect"});
    ExampleText made;
    made.name = node.at("name").text();
    made.input = encoding::encode(plain(node.at("input")));
    const std::string part = "tests[" + std::to_string(file_.document.examples.size()) + "]";
    place(part, node);
    const YamlNode& expect = node.at("expect");
    if (expect.kind != YamlNode::Kind::map) expect.fail("expect is a map: outcome, reason, rule, or a formula's name");
    for (const auto& [key, value] : expect.entries) {
      if (key.scalar == "outcome")
        made.outcome = value.text();
      else if (key.scalar == "reason")
        made.reason = value.text();
      else if (key.scalar == "rule")
        made.rule = value.text();
      else
        made.results.push_back({key.scalar, value.text()});
    }
    file_.document.examples.push_back(std::move(made));
  }

  const YamlNode& root_;
  const ReadFile& read_;
  DocumentFile file_;
};

}  // namespace

std::string_view to_text(Unit unit) { return unit_words[static_cast<std::size_t>(unit)]; }
bool parse(std::string_view text, Unit& unit) {
  const auto found = std::ranges::find(unit_words, text);
  if (found == unit_words.end()) return false;
  unit = static_cast<Unit>(found - unit_words.begin());
  return true;
}
bool is_number(Unit unit) { return unit != Unit::text && unit != Unit::flag; }

DocumentFile read_document(std::string_view yaml, const std::string& file, const ReadFile& read) {
  const YamlNode root = encoding::parse_yaml(yaml, file);
  DocumentFile made = DocumentReader(root, read).run();
  made.document.source = crypto::sha256(view_of(yaml));
  return made;
}

}  // namespace carechain::contract
