#include "libcore/contract/functions.hpp"

#include <algorithm>
#include <vector>

#include "libcore/base/nearest.hpp"

namespace carechain::contract {
namespace {

const std::vector<Overload>& all_overloads() {
  static const std::vector<Overload> all = [] {
    std::vector<Overload> rows;
    for (const auto part : {operator_overloads(), text_overloads(), time_overloads(), conversion_overloads()})
      rows.insert(rows.end(), part.begin(), part.end());
    std::ranges::stable_sort(rows, {}, &Overload::name);
    return rows;
  }();
  return all;
}

bool fits(const Overload& row, bool member, std::span<const Type> arguments) {
  if (row.member != member || row.arity != arguments.size()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type::Base wanted = row.parameters[i];
    const bool keyed = wanted == Type::Base::map && arguments[i].base == Type::Base::object;
    if (wanted != Type::Base::any && !arguments[i].is_any() && arguments[i].base != wanted && !keyed) return false;
  }
  return true;
}

// clang 14 has no use for the ranges of libstdc++ 12.
std::span<const Overload> rows_named(std::string_view name) {
  const auto& all = all_overloads();
  const auto begin = std::ranges::lower_bound(all, name, {}, &Overload::name);
  const auto end = std::ranges::upper_bound(all, name, {}, &Overload::name);
  return {all.data() + (begin - all.begin()), static_cast<std::size_t>(end - begin)};
}

}  // namespace

const Overload* find_overload(std::string_view name, bool member) {
  for (const Overload& row : rows_named(name))
    if (row.member == member) return &row;
  return nullptr;
}

Chosen choose_overload(std::string_view name, bool member, std::span<const Type> arguments) {
  Chosen chosen;
  for (const Overload& row : rows_named(name)) {
    if (!fits(row, member, arguments)) continue;
    chosen.result = chosen.function == nullptr || chosen.result.base == row.result ? Type(row.result) : Type();
    chosen.function = row.function;
  }
  return chosen;
}

std::string_view nearest_function(std::string_view name) {
  std::vector<std::string> names;
  for (const Overload& row : all_overloads())
    if (row.name.front() != '_' && row.name.front() != '@') names.emplace_back(row.name);
  const auto near = nearest(name, names);
  if (!near) return {};
  const auto found = std::ranges::find(all_overloads(), *near, &Overload::name);
  return found == all_overloads().end() ? std::string_view() : found->name;
}

}  // namespace carechain::contract
