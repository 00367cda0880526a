#include "libcore/base/whole.hpp"
#include "libcore/contract/functions.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/contract/money.hpp"

namespace carechain::contract {
namespace {

constexpr std::string_view overflow = "overflow: the result does not fit into 64 bits";
constexpr std::string_view range = "range: outside years 1 to 9999, or a duration over 292 years";

template <class Int>
Value checked(Evaluation& in, std::optional<Int> result, std::uint32_t position) {
  return result ? Value::of(*result) : in.fail(position, overflow);
}
Value ranged(Evaluation& in, const std::optional<Value>& result, std::uint32_t position) {
  return result ? *result : in.fail(position, range);
}
template <class Int>
std::optional<Int> checked_subtract(Int a, Int b) {
  Int result{};
  return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional<Int>(result);
}

Value concatenated(Evaluation& in, const Value& a, const Value& b, std::uint32_t position) {
  if (!in.afford(a.text().size() + b.text().size())) return in.used_up(position);
  char* const at = in.scratch.bytes(a.text().size() + b.text().size());
  a.text().copy(at, a.text().size());
  b.text().copy(at + a.text().size(), b.text().size());
  const std::string_view whole(at, a.text().size() + b.text().size());
  return a.is(Kind::text) ? Value::of(whole) : Value::of_bytes(whole);
}

Value joined_lists(Evaluation& in, const Value& a, const Value& b, std::uint32_t position) {
  const std::size_t size = a.items().size() + b.items().size();
  if (!in.afford(size * sizeof(Value))) return in.used_up(position);
  const auto items = in.scratch.array<Value>(size);
  std::uninitialized_copy(a.items().begin(), a.items().end(), items.begin());
  std::uninitialized_copy(b.items().begin(), b.items().end(),
                          items.begin() + static_cast<std::ptrdiff_t>(a.items().size()));
  return Value::of_list(items);
}

Value duration_sum(Evaluation& in, std::optional<std::int64_t> nanoseconds, std::uint32_t position) {
  return nanoseconds ? Value::duration(*nanoseconds) : in.fail(position, range);
}

Value add_values(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::timestamp) && a[1].is(Kind::duration)) return ranged(in, add(a[0], a[1].nanoseconds()), position);
  if (a[0].is(Kind::duration) && a[1].is(Kind::timestamp)) return ranged(in, add(a[1], a[0].nanoseconds()), position);
  if (a[0].kind() != a[1].kind()) return in.no_overload(position);
  switch (a[0].kind()) {
    case Kind::integer:
      return checked(in, checked_add(a[0].integer(), a[1].integer()), position);
    case Kind::unsigned_integer:
      return checked(in, checked_add(a[0].unsigned_integer(), a[1].unsigned_integer()), position);
    case Kind::text:
    case Kind::bytes:
      return concatenated(in, a[0], a[1], position);
    case Kind::list:
      return joined_lists(in, a[0], a[1], position);
    case Kind::duration:
      return duration_sum(in, checked_add(a[0].nanoseconds(), a[1].nanoseconds()), position);
    default:
      return in.no_overload(position);
  }
}

Value subtract_values(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::timestamp) && a[1].is(Kind::duration)) {
    const auto back = checked_subtract(std::int64_t{0}, a[1].nanoseconds());
    return back ? ranged(in, add(a[0], *back), position) : in.fail(position, range);
  }
  if (a[0].kind() != a[1].kind()) return in.no_overload(position);
  switch (a[0].kind()) {
    case Kind::integer:
      return checked(in, checked_subtract(a[0].integer(), a[1].integer()), position);
    case Kind::unsigned_integer:
      return checked(in, checked_subtract(a[0].unsigned_integer(), a[1].unsigned_integer()), position);
    case Kind::duration:
      return duration_sum(in, checked_subtract(a[0].nanoseconds(), a[1].nanoseconds()), position);
    case Kind::timestamp:
      return ranged(in, between(a[1], a[0]), position);
    default:
      return in.no_overload(position);
  }
}

Value multiply_values(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::integer) && a[1].is(Kind::integer))
    return checked(in, checked_multiply(a[0].integer(), a[1].integer()), position);
  if (a[0].is(Kind::unsigned_integer) && a[1].is(Kind::unsigned_integer))
    return checked(in, checked_multiply(a[0].unsigned_integer(), a[1].unsigned_integer()), position);
  return in.no_overload(position);
}

enum class Division { quotient, remainder };

template <Division division>
Value divide_values(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].kind() != a[1].kind() || !a[0].is_number()) return in.no_overload(position);
  if (a[1].integer() == 0)
    return in.fail(position, division == Division::quotient ? "division by zero" : "modulus by zero");
  if (a[0].is(Kind::unsigned_integer))
    return Value::of(division == Division::quotient ? a[0].unsigned_integer() / a[1].unsigned_integer()
                                                    : a[0].unsigned_integer() % a[1].unsigned_integer());
  if (a[0].integer() == INT64_MIN && a[1].integer() == -1) return in.fail(position, overflow);
  return Value::of(division == Division::quotient ? a[0].integer() / a[1].integer() : a[0].integer() % a[1].integer());
}

Value negate(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::integer)) return in.no_overload(position);
  return checked(in, checked_subtract(std::int64_t{0}, a[0].integer()), position);
}

Value logical_not(Evaluation& in, const Value* a, std::uint32_t position) {
  return a[0].is(Kind::boolean) ? Value::of(!a[0].boolean()) : in.no_overload(position);
}

template <bool wanted>
Value equals(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::integer) && a[1].is(Kind::integer)) return Value::of((a[0].integer() == a[1].integer()) == wanted);
  const auto same = equal(a[0], a[1], in.budget);
  return same ? Value::of(*same == wanted) : in.used_up(position);
}

enum class Order { less, less_or_equal, greater, greater_or_equal };

template <Order order>
bool holds(auto a, auto b) {
  if constexpr (order == Order::less) return a < b;
  if constexpr (order == Order::less_or_equal) return a <= b;
  if constexpr (order == Order::greater) return a > b;
  return a >= b;
}

template <Order order>
Value ordered(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::integer) && a[1].is(Kind::integer)) return Value::of(holds<order>(a[0].integer(), a[1].integer()));
  const bool texts = a[0].is(Kind::text) || a[0].is(Kind::bytes);
  if (texts && !in.afford(a[0].text().size())) return in.used_up(position);
  const auto sign = compare(a[0], a[1]);
  return sign ? Value::of(holds<order>(*sign, 0)) : in.no_overload(position);
}

Value within(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[1].is(Kind::map)) return Value::of(find(a[1].map(), a[0]) != nullptr);
  if (a[1].is(Kind::object)) return Value::of(a[0].is(Kind::text) && find(a[1].object(), a[0].text()) != nullptr);
  if (!a[1].is(Kind::list)) return in.no_overload(position);
  for (const Value& item : a[1].items()) {
    const auto same = equal(a[0], item, in.budget);
    if (!same) return in.used_up(position);
    if (*same) return Value::of(true);
  }
  return Value::of(false);
}

Value basis_points(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::integer) || !a[1].is(Kind::integer)) return in.no_overload(position);
  return checked(in, share_of(a[0].integer(), a[1].integer()), position);
}

template <bool smaller>
Value extreme(Evaluation& in, const Value* a, std::uint32_t position) {
  const auto sign = a[0].kind() == a[1].kind() ? compare(a[0], a[1]) : std::nullopt;
  if (!sign) return in.no_overload(position);
  return (*sign < 0) == smaller ? a[0] : a[1];
}

using enum Type::Base;

constexpr Overload binary(std::string_view name, Type::Base result, Type::Base a, Type::Base b, Function function) {
  return {name, false, result, 2, {a, b}, function};
}
constexpr Overload relation(std::string_view name, Type::Base of, Function function) {
  return binary(name, boolean, of, of, function);
}

constexpr std::array operator_rows{
    binary("_+_", integer, integer, integer, add_values),
    binary("_+_", unsigned_integer, unsigned_integer, unsigned_integer, add_values),
    binary("_+_", text, text, text, add_values),
    binary("_+_", bytes, bytes, bytes, add_values),
    binary("_+_", list, list, list, add_values),
    binary("_+_", timestamp, timestamp, duration, add_values),
    binary("_+_", timestamp, duration, timestamp, add_values),
    binary("_+_", duration, duration, duration, add_values),
    binary("_-_", integer, integer, integer, subtract_values),
    binary("_-_", unsigned_integer, unsigned_integer, unsigned_integer, subtract_values),
    binary("_-_", timestamp, timestamp, duration, subtract_values),
    binary("_-_", duration, timestamp, timestamp, subtract_values),
    binary("_-_", duration, duration, duration, subtract_values),
    binary("_*_", integer, integer, integer, multiply_values),
    binary("_*_", unsigned_integer, unsigned_integer, unsigned_integer, multiply_values),
    binary("_/_", integer, integer, integer, divide_values<Division::quotient>),
    binary("_/_", unsigned_integer, unsigned_integer, unsigned_integer, divide_values<Division::quotient>),
    binary("_%_", integer, integer, integer, divide_values<Division::remainder>),
    binary("_%_", unsigned_integer, unsigned_integer, unsigned_integer, divide_values<Division::remainder>),
    Overload{"-_", false, integer, 1, {integer}, negate},
    Overload{"!_", false, boolean, 1, {boolean}, logical_not},
    binary("_==_", boolean, any, any, equals<true>),
    binary("_!=_", boolean, any, any, equals<false>),
    binary("@in", boolean, any, list, within),
    binary("@in", boolean, any, map, within),
    binary("bp", integer, integer, integer, basis_points),
    binary("min", integer, integer, integer, extreme<true>),
    binary("max", integer, integer, integer, extreme<false>),
    relation("_<_", boolean, ordered<Order::less>),
    relation("_<_", integer, ordered<Order::less>),
    relation("_<_", unsigned_integer, ordered<Order::less>),
    relation("_<_", text, ordered<Order::less>),
    relation("_<_", bytes, ordered<Order::less>),
    relation("_<_", timestamp, ordered<Order::less>),
    relation("_<_", duration, ordered<Order::less>),
    relation("_<=_", boolean, ordered<Order::less_or_equal>),
    relation("_<=_", integer, ordered<Order::less_or_equal>),
    relation("_<=_", unsigned_integer, ordered<Order::less_or_equal>),
    relation("_<=_", text, ordered<Order::less_or_equal>),
    relation("_<=_", bytes, ordered<Order::less_or_equal>),
    relation("_<=_", timestamp, ordered<Order::less_or_equal>),
    relation("_<=_", duration, ordered<Order::less_or_equal>),
    relation("_>_", boolean, ordered<Order::greater>),
    relation("_>_", integer, ordered<Order::greater>),
    relation("_>_", unsigned_integer, ordered<Order::greater>),
    relation("_>_", text, ordered<Order::greater>),
    relation("_>_", bytes, ordered<Order::greater>),
    relation("_>_", timestamp, ordered<Order::greater>),
    relation("_>_", duration, ordered<Order::greater>),
    relation("_>=_", boolean, ordered<Order::greater_or_equal>),
    relation("_>=_", integer, ordered<Order::greater_or_equal>),
    relation("_>=_", unsigned_integer, ordered<Order::greater_or_equal>),
    relation("_>=_", text, ordered<Order::greater_or_equal>),
    relation("_>=_", bytes, ordered<Order::greater_or_equal>),
    relation("_>=_", timestamp, ordered<Order::greater_or_equal>),
    relation("_>=_", duration, ordered<Order::greater_or_equal>),
};

}  // namespace

std::span<const Overload> operator_overloads() { return operator_rows; }

}  // namespace carechain::contract
