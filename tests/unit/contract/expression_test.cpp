#include "libcore/contract/expression.hpp"

#include <doctest/doctest.h>

using namespace carechain;
using namespace carechain::contract;

namespace {

const Declarations& declarations() {
  static const auto line =
      std::make_shared<ObjectShape>(ObjectShape{"line",
                                                {{"code", Type::Base::text, ""},
                                                 {"charge", Type::Base::integer, ""},
                                                 {"modifiers", Type::list_of(Type::Base::text), ""}}});
  static const Declarations names{{"line", Type::object_of(line)},
                                  {"limit", Type::Base::integer},
                                  {"fees", Type::map_of(Type::Base::text, Type::Base::integer)}};
  return names;
}

struct Given {
  std::array<Value, 3> fields{Value::of("99213"), Value::of(std::int64_t{12'500}), Value()};
  ObjectData line{declarations()[0].type.shape.get(), fields.data()};
  std::array<MapEntry, 2> rows{MapEntry{Value::of("99213"), Value::of(std::int64_t{9'000})},
                               MapEntry{Value::of("99214"), Value::of(std::int64_t{11'000})}};
  MapData fees{rows.data(), 2};
  std::array<Value, 3> inputs{Value::of(&line), Value::of(std::int64_t{10'000}), Value::of(&fees)};
};

std::string result(std::string_view source, std::uint64_t budget = default_budget) {
  const Given given;
  Scratch scratch;
  const auto outcome = Expression::compile(source, declarations()).evaluate(given.inputs, scratch, budget);
  CHECK(outcome.spent <= budget);
  return outcome.failure ? "! " + outcome.failure->reason : to_display(outcome.value);
}

std::string refusal_of(std::string_view source, const std::optional<Type>& wanted = {}) {
  try {
    Expression::compile(source, declarations(), wanted);
    return {};
  } catch (const ExpressionFault& fault) {
    CHECK(fault.exit() == Exit::no);
    return fault.what();
  }
}

}  // namespace

TEST_CASE("rules see the fields of their inputs, tables and parameters") {
  CHECK(result("line.charge > limit && line.code in fees") == "true");
  CHECK(result("fees[line.code] + 1") == "9001");
  CHECK(result("line.code in fees ? fees[line.code] : bp(line.charge, 8000)") == "9000");
  CHECK(result("min(line.charge, limit)") == "10000");
  CHECK(result("date('2026-03-01') + duration('24h')") == "2026-03-02T00:00:00Z");
}

TEST_CASE("an absent field is missed by has and an error elsewhere") {
  CHECK(result("has(line.modifiers)") == "false");
  CHECK(result("size(line.modifiers)") == "! no such key: 'modifiers'");
  CHECK(result("size(line.modifiers) > 1 || true") == "true");
}

TEST_CASE("rounding is half away from zero") {
  CHECK(result("bp(3333, 2000)") == "667");
  CHECK(result("bp(-3333, 2000)") == "-667");
  CHECK(result("bp(5, 1000)") == "1");
  CHECK(result("bp(9223372036854775807, 10001)") == "! overflow: the result does not fit into 64 bits");
}

TEST_CASE("mistakes are pointed at") {
  CHECK(refusal_of("line.charge > limt") ==
        "line 1, column 15: there is nothing called 'limt' here\n  line.charge > limt\n                ^");
  CHECK(refusal_of("line.code == 'a' &&\n  line.chrage > 3")
            .starts_with("line 2, column 8: 'line' has no field 'chrage'"));
  CHECK(refusal_of("line.charge > 1.5").starts_with("line 1, column 15: there are no floating point numbers"));
  CHECK(refusal_of("'ä' + limit").starts_with("line 1, column 5: no such overload: string + int"));
  CHECK(refusal_of("(1 + 2").starts_with("line 1, column 7: ')' is missing at the end"));
  CHECK(refusal_of("line.charge", Type(Type::Base::boolean))
            .starts_with("line 1, column 1: this yields int, but bool is wanted"));
  CHECK(refusal_of("limit.foo").find("has no fields") != std::string::npos);
  CHECK(refusal_of("line.code.startWith('9')").find("there is no 'startWith'") != std::string::npos);
}

TEST_CASE("depth and length are bounded before they are a danger") {
  CHECK(refusal_of(std::string(2000, '(') + "1" + std::string(2000, ')')).find("too deeply") != std::string::npos);
  CHECK(refusal_of(std::string(2000, '-') + "limit").find("too deeply") != std::string::npos);
  CHECK(refusal_of(std::string(2000, '!') + "true").find("too deeply") != std::string::npos);
  std::string chain = "1";
  for (int i = 0; i < 3000; ++i) chain += "+1";
  CHECK(refusal_of(chain).find("too deeply") != std::string::npos);
  CHECK(refusal_of(std::string(17'000, ' ') + "1").find("16 KiB") != std::string::npos);
}

TEST_CASE("an evaluation ends within its budget, and running out is never absorbed") {
  const std::string many = "[0,1,2,3,4,5,6,7,8,9]";
  const std::string nested = many + ".all(a, " + many + ".all(b, " + many + ".all(c, " + many + ".all(d, " + many +
                             ".all(e, " + many + ".all(f, a+b+c+d+e+f >= 0))))))";
  CHECK(result(nested) == "! the evaluation takes too long: its budget is used up");
  CHECK(result(nested + " || true") == "! the evaluation takes too long: its budget is used up");
  CHECK(result("false && " + nested) == "false");
  std::string doubling = "'0123456789abcdef'";
  for (int i = 0; i < 20; ++i) doubling = "cel.bind(x, " + doubling + ", x + x)";
  CHECK(result(doubling) == "! the evaluation takes too long: its budget is used up");
  std::string shared = "[0]";
  for (int i = 0; i < 30; ++i) shared = "cel.bind(x, " + shared + ", [x, x])";
  CHECK(result(shared + " == " + shared) == "! the evaluation takes too long: its budget is used up");
  CHECK(result("'%s'.format([" + shared + "])") == "! the evaluation takes too long: its budget is used up");
}
