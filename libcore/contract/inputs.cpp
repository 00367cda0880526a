#include "libcore/contract/inputs.hpp"

#include <algorithm>

#include "libcore/base/nearest.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/contract/expression.hpp"
#include "libcore/contract/instant.hpp"

namespace carechain::contract {
namespace {

using Base = Type::Base;

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& hint = {}) {
  throw refusal(path + ": " + what, hint);
}

Value whole_from(const encoding::Value& given, const std::string& path) {
  if (const auto* const number = std::get_if<std::uint64_t>(&given)) {
    if (*number > static_cast<std::uint64_t>(INT64_MAX)) refuse(path, "does not fit into 64 bits");
    return Value::of(static_cast<std::int64_t>(*number));
  }
  if (const auto* const number = std::get_if<std::int64_t>(&given)) return Value::of(*number);
  const auto* const text = std::get_if<std::string>(&given);
  const auto number = text != nullptr ? parse_whole<std::int64_t>(*text) : std::nullopt;
  if (!number) refuse(path, text != nullptr ? "'" + *text + "' is not a whole number" : "a whole number belongs here");
  return Value::of(*number);
}

Value flag_from(const encoding::Value& given, const std::string& path) {
  if (const auto* const flag = std::get_if<bool>(&given)) return Value::of(*flag);
  const auto* const text = std::get_if<std::string>(&given);
  if (text == nullptr || (*text != "true" && *text != "false")) refuse(path, "true or false belongs here");
  return Value::of(*text == "true");
}

Value instant_from(const encoding::Value& given, const std::string& path) {
  const auto* const text = std::get_if<std::string>(&given);
  const auto instant =
      text == nullptr ? std::nullopt : parse_instant(text->size() == 10 ? *text + "T00:00:00Z" : *text);
  if (!instant) refuse(path, "a date or an RFC 3339 time belongs here");
  return *instant;
}

Value list_from(const encoding::Value& given, const Type& type, Scratch& scratch, const std::string& path) {
  const auto* const items = std::get_if<encoding::Array>(&given);
  if (items == nullptr) refuse(path, "a list belongs here");
  const auto made = scratch.array<Value>(items->size());
  for (std::size_t i = 0; i < items->size(); ++i)
    new (&made[i]) Value(value_from((*items)[i], type.item(), scratch, path + '[' + std::to_string(i) + ']'));
  return Value::of_list(made);
}

Value map_from(const encoding::Value& given, const Type& type, Scratch& scratch, const std::string& path) {
  const auto* const entries = std::get_if<encoding::Map>(&given);
  if (entries == nullptr) refuse(path, "a map belongs here");
  const auto made = scratch.array<MapEntry>(entries->size());
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const auto& [key, value] = (*entries)[i];
    new (&made[i]) MapEntry{Value::of(scratch.keep(key)), value_from(value, type.mapped(), scratch, path + '.' + key)};
  }
  std::sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return order_keys(a.key, b.key) < 0; });
  return Value::of(scratch.store(MapData{made.data(), static_cast<std::uint32_t>(made.size())}));
}

Value object_from(const encoding::Value& given, const ObjectShape& shape, Scratch& scratch, const std::string& path) {
  const auto* const entries = std::get_if<encoding::Map>(&given);
  if (entries == nullptr) refuse(path, "a map belongs here");
  const auto fields = scratch.array<Value>(shape.fields.size());
  std::uninitialized_fill(fields.begin(), fields.end(), Value());
  for (const auto& [key, value] : *entries) {
    const int at = shape.find(key);
    if (at < 0) {
      std::vector<std::string> known;
      for (const auto& field : shape.fields) known.push_back(field.name);
      const auto near = nearest(key, known);
      refuse(path, "'" + shape.name + "' has no field '" + key + "'", near ? "did you mean '" + *near + "'?" : "");
    }
    const auto place = static_cast<std::size_t>(at);
    fields[place] = value_from(value, shape.fields[place].type, scratch, path + '.' + key);
  }
  return Value::of(scratch.store(ObjectData{&shape, fields.data()}));
}

Value any_from(const encoding::Value& given, Scratch& scratch, const std::string& path) {
  if (const auto* const text = std::get_if<std::string>(&given)) return Value::of(scratch.keep(*text));
  if (std::holds_alternative<bool>(given)) return flag_from(given, path);
  if (std::holds_alternative<encoding::Array>(given)) return list_from(given, Base::list, scratch, path);
  if (std::holds_alternative<encoding::Map>(given)) return map_from(given, Base::map, scratch, path);
  return whole_from(given, path);
}

}  // namespace

Type type_of(Unit unit) { return unit == Unit::text ? Base::text : unit == Unit::flag ? Base::boolean : Base::integer; }

Value value_from(const encoding::Value& given, const Type& type, Scratch& scratch, const std::string& path) {
  if (std::holds_alternative<std::nullptr_t>(given)) return {};
  switch (type.base) {
    case Base::integer:
      return whole_from(given, path);
    case Base::boolean:
      return flag_from(given, path);
    case Base::timestamp:
      return instant_from(given, path);
    case Base::list:
      return list_from(given, type, scratch, path);
    case Base::map:
      return map_from(given, type, scratch, path);
    case Base::object:
      return object_from(given, *type.shape, scratch, path);
    case Base::any:
      return any_from(given, scratch, path);
    case Base::text:
      break;
    default:
      refuse(path, "values of type " + to_text(type) + " can't be given");
  }
  if (const auto* const number = std::get_if<std::uint64_t>(&given))
    return Value::of(scratch.keep(std::to_string(*number)));
  const auto* const text = std::get_if<std::string>(&given);
  if (text == nullptr) refuse(path, "a text belongs here");
  return Value::of(scratch.keep(*text));
}

std::vector<Value> inputs_from(const encoding::Value& given, std::span<const Declaration> inputs, Scratch& scratch) {
  std::vector<Value> values(inputs.size());
  const auto* const entries = std::get_if<encoding::Map>(&given);
  if (entries == nullptr) throw refusal("the input is not a map of input names");
  for (const auto& entry : *entries) {
    const std::string& name = entry.first;
    const auto found = std::ranges::find(inputs, name, &Declaration::name);
    if (found == inputs.end()) {
      std::string known;
      for (const auto& input : inputs) known += (known.empty() ? "" : ", ") + input.name;
      throw refusal("there is no input '" + name + "'", "inputs of this kind: " + known);
    }
    values[static_cast<std::size_t>(found - inputs.begin())] = value_from(entry.second, found->type, scratch, name);
  }
  return values;
}

}  // namespace carechain::contract
