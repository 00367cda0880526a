// How many simple rules a core evaluates in a second, and how many lines of claims a plan prices: `expressions`.

#include <chrono>
#include <cstdio>

#include "libcore/contract/expression.hpp"

namespace {

using namespace carechain::contract;

constexpr std::uint64_t rounds = 5'000'000;

// Prints evaluations a second; the values are used, so that none is left out.
void measure(const char* what, std::string_view source, const Declarations& declarations,
             std::span<const Value> inputs) {
  const Expression expression = Expression::compile(source, declarations);
  Scratch scratch;
  std::uint64_t yes = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t i = 0; i < rounds; ++i) {
    Budget budget{default_budget};
    const Value value = expression.run(inputs, scratch, budget);
    yes += value.is(Kind::boolean) && value.boolean() ? 1 : 0;
    scratch.reset();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("%-24s %6.2f M/s (%llu)\n", what, static_cast<double>(rounds) / seconds.count() / 1e6,
              static_cast<unsigned long long>(yes));
}

}  // namespace

int main() {
  const auto line = std::make_shared<ObjectShape>(ObjectShape{
      "line",
      {{"code", Type::Base::text, ""}, {"charge", Type::Base::integer, ""}, {"units", Type::Base::integer, ""}}});
  std::vector<MapEntry> rows;
  std::vector<std::string> codes;
  for (int i = 0; i < 1000; ++i) codes.push_back(std::to_string(90'000 + i));
  for (const std::string& code : codes)
    rows.push_back({Value::of(std::string_view(code)), Value::of(std::int64_t{9'000})});
  const MapData fees{rows.data(), static_cast<std::uint32_t>(rows.size())};
  const Declarations declarations{{"line", Type::object_of(line)},
                                  {"limit", Type::Base::integer, Value::of(std::int64_t{10'000})},
                                  {"fees", Type::map_of(Type::Base::text, Type::Base::integer), Value::of(&fees)}};
  const std::array<Value, 3> fields{Value::of("90500"), Value::of(std::int64_t{12'500}), Value::of(std::int64_t{1})};
  const ObjectData object{line.get(), fields.data()};
  const std::array<Value, 1> inputs{Value::of(&object)};
  measure("simple rule", "line.charge > limit && line.units < 100", declarations, inputs);
  measure("code list", "line.code in fees && line.charge > limit", declarations, inputs);
  measure("price", "(line.code in fees ? fees[line.code] * line.units : bp(line.charge, 8000)) > 0", declarations,
          inputs);
}
