#include "libcore/contract/type.hpp"

#include <array>

namespace carechain::contract {

Type::Type(Base b) : base(b) {
  if (b == Base::list) parameters.resize(1);
  if (b == Base::map) parameters.resize(2);
}

Type Type::list_of(Type item) {
  Type type(Base::list);
  type.parameters[0] = std::move(item);
  return type;
}

Type Type::map_of(Type key, Type value) {
  Type type(Base::map);
  type.parameters[0] = std::move(key);
  type.parameters[1] = std::move(value);
  return type;
}

Type Type::object_of(std::shared_ptr<const ObjectShape> shape) {
  Type type(Base::object);
  type.shape = std::move(shape);
  return type;
}

bool agree(const Type& a, const Type& b) {
  if (a.is_any() || b.is_any()) return true;
  if (a.base != b.base) return false;
  if (a.base == Type::Base::object) return a.shape == b.shape;
  for (std::size_t i = 0; i < a.parameters.size(); ++i)
    if (!agree(a.parameters[i], b.parameters[i])) return false;
  return true;
}

Type join(const Type& a, const Type& b) {
  if (a.base != b.base || (a.base == Type::Base::object && a.shape != b.shape)) return {};
  Type common = a;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) common.parameters[i] = join(a.parameters[i], b.parameters[i]);
  return common;
}

std::string to_text(const Type& type) {
  static constexpr std::array<const char*, 13> names{"dyn",    "null_type", "bool",      "int",      "uint",
                                                     "string", "bytes",     "timestamp", "duration", "list",
                                                     "map",    "object",    "type"};
  if (type.base == Type::Base::object && type.shape) return type.shape->name;
  std::string text = names[static_cast<std::size_t>(type.base)];
  for (std::size_t i = 0; i < type.parameters.size(); ++i) text += (i == 0 ? "(" : ", ") + to_text(type.parameters[i]);
  if (!type.parameters.empty()) text += ')';
  return text;
}

int ObjectShape::find(std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name == field) return static_cast<int>(i);
  return -1;
}

}  // namespace carechain::contract
