#pragma once
// The functions of the language: for each the types it takes and what computes it.

#include <array>
#include <span>
#include <string_view>

#include "libcore/contract/evaluation.hpp"
#include "libcore/contract/type.hpp"

namespace carechain::contract {

// One way to call a function. Rows of one name share an implementation, which looks at the kinds it is given.
struct Overload {
  std::string_view name;  // operators: "_+_", "!_", "@in"
  bool member = false;    // called as x.name(…), with x as the first parameter
  Type::Base result = Type::Base::any;
  std::uint8_t arity = 0;
  std::array<Type::Base, max_arguments> parameters{};
  Function function = nullptr;
};

std::span<const Overload> operator_overloads();
std::span<const Overload> text_overloads();
std::span<const Overload> time_overloads();
std::span<const Overload> conversion_overloads();

// Any of that name and form; nullptr: there is no such function.
const Overload* find_overload(std::string_view name, bool member);
// The one for these types; nullptr: none fits. With several that might fit (an argument of any type) one whose result
// is of any type, unless all results are the same.
struct Chosen {
  Function function = nullptr;
  Type result;
};
Chosen choose_overload(std::string_view name, bool member, std::span<const Type> arguments);
// Names like that one, for hints.
std::string_view nearest_function(std::string_view name);

std::string format_text(Evaluation&, std::string_view pattern, std::span<const Value> values, std::string& problem);

}  // namespace carechain::contract
