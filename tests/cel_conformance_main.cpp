// Runs the official conformance cases of CEL against the expression language and prints how many pass:
//
//   cel_conformance CASES.jsonl EXCEPTIONS
//
// EXCEPTIONS lists the cases that do not belong to our subset, "file/section/name: reason" each. Exit 1: a case fails
// that is not listed, or one that is listed passes or is not there. --failures names each.

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "libcore/contract/expression.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;
using namespace carechain::contract;
using encoding::Array;
using Json = encoding::Value;

const std::string& text(const Json& json) { return std::get<std::string>(json); }

// {"int": "5"}, {"list": [...]} … as a value in `scratch`.
Value value_of(const Json& json, Scratch& scratch) {
  const auto& [kind, content] = std::get<encoding::Map>(json).front();
  if (kind == "null") return {};
  if (kind == "bool") return Value::of(std::get<bool>(content));
  if (kind == "int") return Value::of(static_cast<std::int64_t>(std::stoll(text(content))));
  if (kind == "uint") return Value::of(static_cast<std::uint64_t>(std::stoull(text(content))));
  if (kind == "string") return Value::of(scratch.keep(text(content)));
  if (kind == "bytes_hex") return Value::of_bytes(scratch.keep(text_of(*encoding::parse_hex(text(content)))));
  if (kind == "type") return Value::of_type(scratch.keep(text(content)));
  if (kind == "duration")
    return Value::duration(std::stoll(text(*content.find("seconds"))) * 1'000'000'000 +
                           std::stoll(text(*content.find("nanos"))));
  const auto& parts = std::get<Array>(content);
  if (kind == "list") {
    const auto items = scratch.array<Value>(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) new (&items[i]) Value(value_of(parts[i], scratch));
    return Value::of_list(items);
  }
  const auto entries = scratch.array<MapEntry>(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& pair = std::get<Array>(parts[i]);
    new (&entries[i]) MapEntry{value_of(pair[0], scratch), value_of(pair[1], scratch)};
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return order_keys(a.key, b.key) < 0; });
  return Value::of(scratch.store(MapData{entries.data(), static_cast<std::uint32_t>(entries.size())}));
}

Type type_of(const Value& value) {
  using Base = Type::Base;
  static const std::map<std::string_view, Base> bases{
      {"bool", Base::boolean}, {"int", Base::integer}, {"uint", Base::unsigned_integer},
      {"string", Base::text},  {"bytes", Base::bytes}, {"google.protobuf.Duration", Base::duration},
      {"list", Base::list},    {"map", Base::map}};
  const auto found = bases.find(type_name(value));
  return found == bases.end() ? Type() : Type(found->second);
}

bool same_type_of_value(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  Budget budget{1'000'000};
  return equal(a, b, budget) == std::optional(true);
}

// What is wrong; empty: it passes.
std::string judge(const Json& row) {
  Scratch scratch;
  Declarations declarations;
  std::vector<Value> inputs;
  if (const Json* const bindings = row.find("bindings"))
    for (const auto& [name, given] : std::get<encoding::Map>(*bindings)) {
      inputs.push_back(value_of(given, scratch));
      declarations.push_back({name, type_of(inputs.back())});
    }
  const Json* const wanted = row.find("value");
  const bool unchecked = row.find("disable_check") != nullptr;
  try {
    const auto expression = Expression::compile(text(*row.find("expr")), declarations, {},
                                                unchecked ? Expression::Types::unchecked : Expression::Types::checked);
    const Outcome outcome = expression.evaluate(inputs, scratch);
    if (outcome.failure) return wanted == nullptr ? "" : "fails: " + outcome.failure->reason;
    if (wanted == nullptr) return "yields " + to_display(outcome.value) + " where an error is due";
    if (same_type_of_value(outcome.value, value_of(*wanted, scratch))) return "";
    return "yields " + to_display(outcome.value);
  } catch (const ExpressionFault& fault) {
    return wanted == nullptr ? "" : std::string("refused: ") + fault.reason();
  }
}

std::map<std::string, std::string> read_exceptions(const char* file) {
  std::map<std::string, std::string> exceptions;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with('#') && colon != std::string::npos)
      exceptions[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return exceptions;
}

struct Count {
  unsigned cases = 0, passed = 0, excepted = 0, wrong = 0;
};

void count_case(const std::string& line, std::map<std::string, std::string>& exceptions, Count& count) {
  const Json row = encoding::parse_json(line);
  const std::string name = text(*row.find("file")) + '/' + text(*row.find("section")) + '/' + text(*row.find("name"));
  const std::string problem = judge(row);
  const bool listed = exceptions.erase(name) > 0;
  ++count.cases;
  if (problem.empty() && !listed) {
    ++count.passed;
  } else if (!problem.empty() && listed) {
    ++count.excepted;
  } else {
    ++count.wrong;
    std::printf("%s: %s\n    %s\n", name.c_str(), listed ? "is listed as an exception and passes" : problem.c_str(),
                text(*row.find("expr")).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream cases(argv[1]);
  if (!cases) {
    std::printf("skipped: there are no cases in %s\n", argv[1]);
    return 77;
  }
  auto exceptions = read_exceptions(argv[2]);
  Count count;
  for (std::string line; std::getline(cases, line);) count_case(line, exceptions, count);
  for (const auto& [name, reason] : exceptions)
    std::printf("%s: is listed as an exception and is no case\n", name.c_str());
  std::printf("%u cases: %u pass, %u do not belong to the subset, %u wrong\n", count.cases, count.passed,
              count.excepted, count.wrong);
  return count.wrong == 0 && exceptions.empty() ? 0 : 1;
}
