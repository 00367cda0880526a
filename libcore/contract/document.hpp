#pragma once
// A contract document: what two parties agreed on, as parameters, tables and rules. People write YAML; the chain holds
// its canonical CBOR, so that every machine decides by the same text.
//
//   contract: example-ppo                # its name, for ever the owner's
//   version: 2
//   kind: claim.plan                     # what it decides on: which inputs its rules see, which outcomes there are
//   summary: one line for people
//   parameters:
//     deductible: 150000 cents           # NUMBER UNIT (cents, basis-points, days, years, count), true, false, or text
//   tables:
//     fees: {csv: fees.csv, sha256: 9f86…, key: code, columns: {code: text, allowed: cents}}
//     excluded: [A9270, S9999]           # a code list
//   formulas:
//     allowed: "line.code in fees ? fees[line.code] : 0"
//   rules:                               # in order; the first whose `when` holds decides
//     - name: cosmetic
//       when: "line.code in excluded"
//       then: deny
//       reason: "96"
//       message: not covered
//       effects: [{kind: notify, word: excluded, fields: {code: "line.code"}}]
//   otherwise: pay
//   tests:                               # the document's own examples, run whenever it is checked or deployed
//     - {name: an excluded code, input: {line: {code: A9270}}, expect: {outcome: deny, reason: "96"}}

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libcore/encoding/fields.hpp"
#include "libcore/encoding/yaml.hpp"

namespace carechain::contract {

inline constexpr std::size_t max_document_bytes = 900u << 10;  // as CBOR; a transaction has at most 1 MiB

// What a column or parameter holds. Numbers are whole.
enum class Unit { text, cents, basis_points, days, years, count, flag };
std::string_view to_text(Unit);
bool parse(std::string_view, Unit&);
bool is_number(Unit);

struct Parameter {
  std::string name;
  Unit unit = Unit::text;
  std::string value;  // as written, without the unit
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("unit", unit, "what it is counted in");
    v("value", value, "its value");
  }
};

struct Column {
  std::string name;
  Unit unit = Unit::text;
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("unit", unit, "what it is counted in");
  }
};

// Rows by their key. With one column besides the key, expressions see the value itself (fees[code]), with several an
// object (fees[code].allowed); with none, a code list: the table is a list of texts.
struct TableText {
  std::string name;
  std::vector<Column> columns;     // the key first
  std::vector<std::string> cells;  // row by row
  std::optional<Hash> source;      // SHA-256 of the CSV file it was read from
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("columns", columns, "the columns, the key first");
    v("cells", cells, "row by row");
    v("source", source, "SHA-256 of the file it was read from");
  }
};

struct NamedExpression {
  std::string name, expression;
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("expression", expression, "its expression");
  }
};

struct EffectText {
  std::string kind, word;
  std::vector<NamedExpression> details;
  template <class V>
  void fields(V& v) {
    v("kind", kind, "what is to be done");
    v("word", word, "which effect of the object decided on");
    v("fields", details, "what else a script needs");
  }
};

struct RuleText {
  std::string name, when, outcome, reason, message;
  std::vector<EffectText> effects;
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("when", when, "the condition");
    v("then", outcome, "what is decided when it holds");
    v("reason", reason, "a code, or empty");
    v("message", message, "for people");
    v("effects", effects, "what it causes");
  }
};

struct ExampleText {
  std::string name;
  Bytes input;  // CBOR of a map: input name -> fields
  std::optional<std::string> outcome, reason, rule;
  std::vector<NamedExpression> results;  // formula -> the text of the value expected
  template <class V>
  void fields(V& v) {
    v("name", name, "its name");
    v("input", input, "CBOR of the inputs");
    v("outcome", outcome, "what is to be decided");
    v("reason", reason, "with which code");
    v("rule", rule, "by which rule");
    v("results", results, "what formulas are to yield");
  }
};

struct Document {
  std::string title, kind, summary;  // title: its name
  std::uint64_t version = 1;
  std::vector<Parameter> parameters;
  std::vector<TableText> tables;
  std::vector<NamedExpression> formulas;
  std::vector<RuleText> rules;
  std::string otherwise;
  std::vector<ExampleText> examples;
  Hash source;  // SHA-256 of the text it was read from
  template <class V>
  void fields(V& v) {
    v("name", title, "its name");
    v("kind", kind, "what it decides on");
    v("summary", summary, "one line for people");
    v("version", version, "version of it");
    v("parameters", parameters, "numbers and words that rules use");
    v("tables", tables, "fee schedules and code lists");
    v("formulas", formulas, "values that the kind asks for");
    v("rules", rules, "in their order");
    v("otherwise", otherwise, "what is decided when no rule holds");
    v("tests", examples, "its own examples");
    v("source", source, "SHA-256 of the text it was read from");
  }
};

// Where the parts of a document stand: "rules[2].when" -> "plan.yaml:31:11".
using Places = std::map<std::string, std::string>;

// Reads a file that a document names, relative to it: a table's CSV. Throws Error.
using ReadFile = std::function<std::string(const std::string& name)>;

struct DocumentFile {
  Document document;
  Places places;
};
// Throws YamlFault with line and column: not a contract document, a table's file does not have its digest, …
DocumentFile read_document(std::string_view yaml, const std::string& file, const ReadFile&);

// Rows of comma-separated values, RFC 4180. Throws refusal() with the line.
std::vector<std::vector<std::string>> parse_csv(std::string_view text, const std::string& file);

}  // namespace carechain::contract
