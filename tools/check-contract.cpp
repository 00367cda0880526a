#include "libcore/care/contract_kinds.hpp"
#include "libcore/cli/contract_files.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/contract/inputs.hpp"
#include "libcore/encoding/json.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "check-contract",
    .summary = "check a contract document, and try it on an input",
    .description =
        R"(Reads a contract document (YAML), checks every part of it, compiles its expressions and runs its own tests. A mistake is
shown with file, line and column, and a caret under the place in the expression. Nothing is put on a ledger, and none is
needed.

With --input the contract decides on that input: a JSON object of the kind's inputs. What every formula yielded and every
rule saw is shown with --explain. With --kinds the kinds of contracts are listed, with what their rules see.)",
    .examples = R"($ check-contract share/contracts/example-ppo.yaml
$ echo '{"line":{"code":"99213","charge":12500}}' | check-contract share/contracts/example-ppo.yaml --input - --explain)",
    .exit_status = "1: the document is wrong, or one of its tests fails.",
    .see_also = "deploy-contract(1), list(1), carechain-contract(5)"};

struct Options {
  std::vector<std::string> files;
  std::string input;
  bool explain = false, kinds = false;
};

void declare(cli::OptionSet& set, Options& options) {
  set.add("file", options.files, "contract documents").type_name("FILE");
  set.add("--input", options.input, "JSON of inputs to decide on; - is stdin").type_name("FILE");
  set.add_flag("--explain", options.explain, "show what each rule saw");
  set.add_flag("--kinds", options.kinds, "list the kinds of contracts and what their rules see");
}

void show_kinds(cli::Output& out) {
  for (const auto& kind : care::all_contract_kinds()) {
    out.line(kind.name + ": " + kind.summary);
    for (const auto& input : kind.inputs)
      for (const auto& field : input.type.shape->fields)
        out.line("  " + input.name + "." + field.name + ": " + to_text(field.type) + ", " + field.text);
    for (const auto& parameter : kind.parameters)
      out.line("  parameter " + parameter.name + (parameter.demanded ? "" : "?") + ": " +
               std::string(to_text(parameter.unit)) + ", " + parameter.text);
    for (const auto& formula : kind.formulas)
      out.line("  formula " + formula.name + (formula.demanded ? "" : "?") + ": " + to_text(formula.type) + ", " +
               formula.text);
    for (const auto& outcome : kind.outcomes) out.line("  outcome " + outcome);
  }
}

void put_explanation(encoding::JsonWriter& json, const contract::Contract& checked,
                     std::span<const contract::Value> inputs, contract::Scratch& scratch) {
  json.key("explained").begin_array();
  for (const auto& part : checked.explain(inputs, scratch)) {
    json.begin_object().key("part").value(part.part).key("expression").value(part.expression);
    json.key("result").value(part.result).key("seen").begin_object();
    for (const auto& [name, value] : part.seen) json.key(name).value(value);
    json.end_object().end_object();
  }
  json.end_array();
}

void say_explanation(cli::Output& out, const contract::Contract& checked, std::span<const contract::Value> inputs,
                     contract::Scratch& scratch) {
  for (const auto& part : checked.explain(inputs, scratch)) {
    out.line("  " + part.part + ": " + cli::clean(part.expression));
    for (const auto& [name, value] : part.seen) out.line("      " + cli::clean(name) + " = " + cli::clean(value));
    out.line("      -> " + cli::clean(part.result));
  }
}

void decide(const Options& options, const contract::Contract& checked, cli::Output& out) {
  contract::Scratch scratch;
  const auto given = encoding::parse_json(cli::read_all(options.input, std::size_t{16} << 20));
  const auto inputs = contract::inputs_from(given, checked.kind().inputs, scratch);
  const auto decision = checked.decide(inputs, scratch);
  if (!out.json()) {
    const std::string by = decision.rule.empty() ? "no rule held" : "rule " + std::string(decision.rule);
    out.line("decision: " + std::string(decision.outcome) + " " + std::string(decision.reason) + " (" + by + ")");
    if (decision.failure)
      out.line("  rule " + std::string(decision.failed_rule) + " had no value: " + cli::clean(*decision.failure));
    if (options.explain) say_explanation(out, checked, inputs, scratch);
    return;
  }
  encoding::JsonWriter json;
  json.begin_object().key("decision").value(decision.outcome).key("reason").value(decision.reason);
  json.key("rule").value(decision.rule).key("message").value(decision.message);
  if (decision.failure) json.key("failure").value(*decision.failure).key("failed_rule").value(decision.failed_rule);
  if (options.explain) put_explanation(json, checked, inputs, scratch);
  json.end_object();
  out.envelope({.type = "contract.decision", .id = checked.document().title, .data = json.take()});
}

// The place and reason as an error; below it, as words, the line of the expression and its caret.
Exit say_fault(const contract::ContractFault& fault, cli::Output& out) {
  const std::string_view what = fault.what();
  const std::size_t end = std::min(what.find('\n'), what.size());
  out.error(std::string(what.substr(0, end)), fault.hint());
  for (std::size_t begin = end; begin < what.size();) {
    const std::size_t next = std::min(what.find('\n', begin + 1), what.size());
    out.words("{}", cli::clean(what.substr(begin + 1, next - begin - 1)));
    begin = next;
  }
  return Exit::no;
}

bool tests_hold(const contract::Contract& checked, const std::string& file, cli::Output& out) {
  unsigned failed = 0;
  for (const auto& tested : checked.run_examples())
    if (!tested.fault.empty()) {
      out.error(file + ": the test '" + tested.name + "' fails: " + tested.fault, {});
      ++failed;
    }
  if (failed > 0) return false;
  out.words("{}: {} version {}, {} rules, {} tests: sound", file, checked.document().title, checked.document().version,
            checked.document().rules.size(), checked.document().examples.size());
  return true;
}

Exit check(const Options& options, cli::Output& out) {
  if (options.kinds) show_kinds(out);
  if (options.files.empty() && !options.kinds) throw misuse("file is required", "see check-contract --help");
  if (!options.input.empty() && options.files.size() != 1) throw misuse("--input takes exactly one contract document");
  bool sound = true;
  for (const std::string& file : options.files) {
    const auto read = cli::read_contract(file);
    const auto* const kind = contract::find_kind(care::all_contract_kinds(), read.document.kind);
    if (kind == nullptr)
      throw refusal(read.places.at("kind") + ": there is no kind of contract '" + read.document.kind + "'",
                    "check-contract --kinds");
    const auto checked = contract::Contract::compile(read.document, *kind, read.places);
    sound = tests_hold(*checked, file, out) && sound;
    if (!options.input.empty()) decide(options, *checked, out);
  }
  return sound ? Exit::ok : Exit::no;
}

Exit run(const Options& options, cli::Output& out) {
  try {
    return check(options, out);
  } catch (const contract::ContractFault& fault) {
    return say_fault(fault, out);
  }
}

}  // namespace

CARECHAIN_PROGRAM(check_contract, about, declare, run);
