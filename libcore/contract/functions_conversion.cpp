#include <algorithm>

#include "libcore/base/whole.hpp"
#include "libcore/contract/functions.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::contract {
namespace {

Value out_of_range(Evaluation& in, const Value& value, std::uint32_t position) {
  return in.fail(position, "range: " + to_display(value) + " does not fit");
}
Value not_convertible(Evaluation& in, const Value& value, std::string_view to, std::uint32_t position) {
  return in.fail(position, "Type conversion error: " + to_display(value) + " is not a " + std::string(to));
}

Value to_integer(Evaluation& in, const Value* a, std::uint32_t position) {
  switch (a[0].kind()) {
    case Kind::integer:
      return a[0];
    case Kind::unsigned_integer:
      return a[0].integer() < 0 ? out_of_range(in, a[0], position) : Value::of(a[0].integer());
    case Kind::timestamp:
      return Value::of(a[0].seconds());
    case Kind::text:
      break;
    default:
      return in.no_overload(position);
  }
  const auto number = parse_whole<std::int64_t>(a[0].text());
  return number ? Value::of(*number) : not_convertible(in, a[0], "int", position);
}

Value to_unsigned(Evaluation& in, const Value* a, std::uint32_t position) {
  switch (a[0].kind()) {
    case Kind::unsigned_integer:
      return a[0];
    case Kind::integer:
      return a[0].integer() < 0 ? out_of_range(in, a[0], position) : Value::of(a[0].unsigned_integer());
    case Kind::text:
      break;
    default:
      return in.no_overload(position);
  }
  const auto number = parse_whole<std::uint64_t>(a[0].text());
  return number ? Value::of(*number) : not_convertible(in, a[0], "uint", position);
}

Value to_boolean(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::boolean)) return a[0];
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  static constexpr std::array<std::string_view, 5> yes{"1", "t", "true", "TRUE", "True"},
      no{"0", "f", "false", "FALSE", "False"};
  if (std::ranges::find(yes, a[0].text()) != yes.end()) return Value::of(true);
  if (std::ranges::find(no, a[0].text()) != no.end()) return Value::of(false);
  return not_convertible(in, a[0], "bool", position);
}

Value to_string(Evaluation& in, const Value* a, std::uint32_t position) {
  switch (a[0].kind()) {
    case Kind::text:
      return a[0];
    case Kind::boolean:
      return Value::of(a[0].boolean() ? "true" : "false");
    case Kind::integer:
      return in.text(std::to_string(a[0].integer()));
    case Kind::unsigned_integer:
      return in.text(std::to_string(a[0].unsigned_integer()));
    case Kind::timestamp:
      return in.text(instant_text(a[0]));
    case Kind::duration:
      return in.text(duration_text(a[0].nanoseconds()));
    case Kind::bytes:
      break;
    default:
      return in.no_overload(position);
  }
  if (!in.afford(a[0].text().size())) return in.used_up(position);
  return encoding::is_utf8(view_of(a[0].text())) ? Value::of(a[0].text()) : in.fail(position, "invalid UTF-8");
}

Value to_bytes(Evaluation& in, const Value* a, std::uint32_t position) {
  if (!a[0].is(Kind::text) && !a[0].is(Kind::bytes)) return in.no_overload(position);
  return Value::of_bytes(a[0].text());
}

Value to_timestamp(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::timestamp)) return a[0];
  if (a[0].is(Kind::integer))
    return a[0].integer() < first_instant || a[0].integer() > last_instant ? out_of_range(in, a[0], position)
                                                                           : Value::timestamp(a[0].integer());
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  const auto instant = parse_instant(a[0].text());
  return instant ? *instant : not_convertible(in, a[0], "timestamp", position);
}

Value to_duration(Evaluation& in, const Value* a, std::uint32_t position) {
  if (a[0].is(Kind::duration)) return a[0];
  if (!a[0].is(Kind::text)) return in.no_overload(position);
  const auto duration = parse_duration(a[0].text());
  return duration ? *duration : not_convertible(in, a[0], "duration", position);
}

Value type_of(Evaluation&, const Value* a, std::uint32_t) {
  return Value::of_type(a[0].is(Kind::type) ? "type" : type_name(a[0]));
}
Value itself(Evaluation&, const Value* a, std::uint32_t) { return a[0]; }

constexpr Overload conversion(std::string_view name, Type::Base to, Type::Base from, Function function) {
  return {name, false, to, 1, {from}, function};
}

using Base = Type::Base;
constexpr std::array conversion_rows{
    conversion("int", Base::integer, Base::integer, to_integer),
    conversion("int", Base::integer, Base::unsigned_integer, to_integer),
    conversion("int", Base::integer, Base::text, to_integer),
    conversion("int", Base::integer, Base::timestamp, to_integer),
    conversion("uint", Base::unsigned_integer, Base::unsigned_integer, to_unsigned),
    conversion("uint", Base::unsigned_integer, Base::integer, to_unsigned),
    conversion("uint", Base::unsigned_integer, Base::text, to_unsigned),
    conversion("bool", Base::boolean, Base::boolean, to_boolean),
    conversion("bool", Base::boolean, Base::text, to_boolean),
    conversion("string", Base::text, Base::text, to_string),
    conversion("string", Base::text, Base::boolean, to_string),
    conversion("string", Base::text, Base::integer, to_string),
    conversion("string", Base::text, Base::unsigned_integer, to_string),
    conversion("string", Base::text, Base::bytes, to_string),
    conversion("string", Base::text, Base::timestamp, to_string),
    conversion("string", Base::text, Base::duration, to_string),
    conversion("bytes", Base::bytes, Base::text, to_bytes),
    conversion("bytes", Base::bytes, Base::bytes, to_bytes),
    conversion("timestamp", Base::timestamp, Base::timestamp, to_timestamp),
    conversion("timestamp", Base::timestamp, Base::text, to_timestamp),
    conversion("timestamp", Base::timestamp, Base::integer, to_timestamp),
    conversion("duration", Base::duration, Base::duration, to_duration),
    conversion("duration", Base::duration, Base::text, to_duration),
    conversion("type", Base::type, Base::any, type_of),
    conversion("dyn", Base::any, Base::any, itself),
};

}  // namespace

std::span<const Overload> conversion_overloads() { return conversion_rows; }

}  // namespace carechain::contract
