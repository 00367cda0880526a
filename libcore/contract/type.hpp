#pragma once
// Static types of the expression language, and the shapes of inputs.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/contract/value.hpp"

namespace carechain::contract {

// A type. `any` (dyn in CEL) agrees with every other. Lists have one parameter, maps two (key, value).
struct Type {
  enum class Base : std::uint8_t {
    any,
    null,
    boolean,
    integer,
    unsigned_integer,
    text,
    bytes,
    timestamp,
    duration,
    list,
    map,
    object,
    type,
  };
  Base base = Base::any;
  std::vector<Type> parameters;
  std::shared_ptr<const ObjectShape> shape;  // of an object

  Type() = default;
  Type(Base);  // NOLINT: a base is a type; lists and maps are of any
  static Type list_of(Type item);
  static Type map_of(Type key, Type value);
  static Type object_of(std::shared_ptr<const ObjectShape>);
  const Type& item() const { return parameters[0]; }        // list
  const Type& key() const { return parameters[0]; }         // map
  const Type& mapped() const { return parameters.back(); }  // map
  bool is_any() const { return base == Base::any; }
};

// May a value of one type stand where the other is expected? `any` agrees with all, inside lists and maps too.
bool agree(const Type&, const Type&);
// What two branches have in common; `any` where they differ.
Type join(const Type&, const Type&);
std::string to_text(const Type&);  // "list(int)", "map(string, int)", "claim"

// The fields that an input of a kind has.
struct ObjectShape {
  struct Field {
    std::string name;
    Type type;
    std::string text;  // what it is, with its unit
  };
  std::string name;
  std::vector<Field> fields;
  int find(std::string_view field) const;  // its place; -1: none
};

}  // namespace carechain::contract
