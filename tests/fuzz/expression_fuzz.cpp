// Any text is an expression or refused; any expression that is accepted ends within its budget, the same way twice.

#include <cstdlib>

#include "libcore/contract/expression.hpp"

using namespace carechain;
using namespace carechain::contract;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Declarations declarations{
      {"n", Type::Base::integer}, {"t", Type::Base::text}, {"l", Type::list_of(Type::Base::integer)}, {"d", Type()}};
  static const std::array<Value, 3> items{Value::of(std::int64_t{1}), Value::of(std::int64_t{-7}),
                                          Value::of(std::int64_t{0})};
  static const std::array<Value, 4> inputs{Value::of(std::int64_t{42}), Value::of("text"), Value::of_list(items),
                                           Value::timestamp(0)};
  constexpr std::uint64_t budget = 5000;
  for (const auto types : {Expression::Types::checked, Expression::Types::unchecked}) {
    try {
      const auto expression = Expression::compile({reinterpret_cast<const char*>(data), size}, declarations, {}, types);
      Scratch first, second;
      const Outcome once = expression.evaluate(inputs, first, budget),
                    twice = expression.evaluate(inputs, second, budget);
      if (once.spent > budget || once.spent != twice.spent || once.failure.has_value() != twice.failure.has_value())
        std::abort();
      if (!once.failure && to_display(once.value) != to_display(twice.value)) std::abort();
    } catch (const ExpressionFault&) {
    }
  }
  return 0;
}
