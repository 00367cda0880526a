#include "libcore/contract/value.hpp"

#include <algorithm>
#include <array>

#include "libcore/contract/instant.hpp"
#include "libcore/contract/type.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::contract {
namespace {

int sign_of(auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; }

int compare_numbers(const Value& a, const Value& b) {
  if (a.kind() == b.kind())
    return a.is(Kind::integer) ? sign_of(a.integer(), b.integer())
                               : sign_of(a.unsigned_integer(), b.unsigned_integer());
  if (a.is(Kind::integer)) return a.integer() < 0 ? -1 : sign_of(a.unsigned_integer(), b.unsigned_integer());
  return b.integer() < 0 ? 1 : sign_of(a.unsigned_integer(), b.unsigned_integer());
}

int compare_instants(const Value& a, const Value& b) {
  return a.seconds() != b.seconds() ? sign_of(a.seconds(), b.seconds()) : sign_of(a.nanos(), b.nanos());
}

std::optional<bool> equal_lists(std::span<const Value> a, std::span<const Value> b, Budget& budget) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (const auto same = equal(a[i], b[i], budget); same != std::optional(true)) return same;
  return true;
}

std::optional<bool> equal_maps(const MapData& a, const MapData& b, Budget& budget) {
  if (a.size != b.size) return false;
  for (std::uint32_t i = 0; i < a.size; ++i) {
    if (order_keys(a.entries[i].key, b.entries[i].key) != 0) return false;
    if (const auto same = equal(a.entries[i].value, b.entries[i].value, budget); same != std::optional(true))
      return same;
  }
  return true;
}

std::optional<bool> equal_objects(const ObjectData& a, const ObjectData& b, Budget& budget) {
  if (a.shape != b.shape) return false;
  const std::size_t size = a.shape->fields.size();
  return equal_lists({a.fields, size}, {b.fields, size}, budget);
}

int rank_of(const Value& key) { return key.is(Kind::boolean) ? 0 : key.is_number() ? 1 : 2; }

}  // namespace

std::optional<bool> equal(const Value& a, const Value& b, Budget& budget) {
  if (!budget.spend(1)) return std::nullopt;
  if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.boolean() == b.boolean();
    case Kind::timestamp:
      return compare_instants(a, b) == 0;
    case Kind::duration:
      return a.nanoseconds() == b.nanoseconds();
    case Kind::list:
      return equal_lists(a.items(), b.items(), budget);
    case Kind::map:
      return equal_maps(a.map(), b.map(), budget);
    case Kind::object:
      return equal_objects(a.object(), b.object(), budget);
    default:
      if (!budget.spend(std::min(a.text().size(), b.text().size()) / 16)) return std::nullopt;
      return a.text() == b.text();
  }
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.is(Kind::text) || a.is(Kind::bytes)) return sign_of(a.text().compare(b.text()), 0);
  if (a.is(Kind::timestamp)) return compare_instants(a, b);
  if (a.is(Kind::duration) || a.is(Kind::boolean)) return sign_of(a.integer(), b.integer());
  return std::nullopt;
}

bool is_key(const Value& value) { return value.is(Kind::boolean) || value.is_number() || value.is(Kind::text); }

int order_keys(const Value& a, const Value& b) {
  const int rank = rank_of(a);
  if (rank != rank_of(b)) return rank < rank_of(b) ? -1 : 1;
  if (rank == 0) return sign_of(a.boolean(), b.boolean());
  return rank == 1 ? compare_numbers(a, b) : sign_of(a.text().compare(b.text()), 0);
}

const Value* find(const MapData& map, const Value& key) {
  if (!is_key(key)) return nullptr;
  const MapEntry* const end = map.entries + map.size;
  const MapEntry* const at = std::lower_bound(map.entries, end, key, [](const MapEntry& entry, const Value& wanted) {
    return order_keys(entry.key, wanted) < 0;
  });
  return at != end && order_keys(at->key, key) == 0 ? &at->value : nullptr;
}

const Value* find(const ObjectData& object, std::string_view field) {
  const int at = object.shape->find(field);
  return at < 0 || object.fields[at].is(Kind::null) ? nullptr : &object.fields[at];
}

std::string_view type_name(const Value& value) {
  static constexpr std::array<std::string_view, 13> names{
      "null_type", "bool", "int", "uint", "string", "bytes", "google.protobuf.Timestamp", "google.protobuf.Duration",
      "list",      "map",  "map", "type", "error"};
  return names[static_cast<std::size_t>(value.kind())];
}

namespace {

void display(const Value& value, std::string& to, std::size_t limit);

void display_quoted(std::string_view text, std::string& to) {
  to += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') to += '\\';
    to += c;
  }
  to += '"';
}

void display_list(std::span<const Value> items, std::string& to, std::size_t limit) {
  to += '[';
  for (std::size_t i = 0; i < items.size() && to.size() <= limit; ++i) {
    if (i != 0) to += ", ";
    display(items[i], to, limit);
  }
  to += ']';
}

void display_map(const MapData& map, std::string& to, std::size_t limit) {
  to += '{';
  for (std::uint32_t i = 0; i < map.size && to.size() <= limit; ++i) {
    if (i != 0) to += ", ";
    display(map.entries[i].key, to, limit);
    to += ": ";
    display(map.entries[i].value, to, limit);
  }
  to += '}';
}

void display_object(const ObjectData& object, std::string& to, std::size_t limit) {
  to += '{';
  bool first = true;
  for (std::size_t i = 0; i < object.shape->fields.size() && to.size() <= limit; ++i) {
    if (object.fields[i].is(Kind::null)) continue;
    if (!first) to += ", ";
    first = false;
    to += object.shape->fields[i].name + ": ";
    display(object.fields[i], to, limit);
  }
  to += '}';
}

void display(const Value& value, std::string& to, std::size_t limit) {
  switch (value.kind()) {
    case Kind::null:
      to += "null";
      break;
    case Kind::boolean:
      to += value.boolean() ? "true" : "false";
      break;
    case Kind::integer:
      to += std::to_string(value.integer());
      break;
    case Kind::unsigned_integer:
      to += std::to_string(value.unsigned_integer()) + 'u';
      break;
    case Kind::text:
      display_quoted(value.text().substr(0, limit), to);
      break;
    case Kind::bytes:
      to += "0x" + encoding::hex(view_of(value.text().substr(0, limit)));
      break;
    case Kind::timestamp:
      to += instant_text(value);
      break;
    case Kind::duration:
      to += duration_text(value.nanoseconds());
      break;
    case Kind::list:
      display_list(value.items(), to, limit);
      break;
    case Kind::map:
      display_map(value.map(), to, limit);
      break;
    case Kind::object:
      display_object(value.object(), to, limit);
      break;
    case Kind::type:
      to += value.text();
      break;
    case Kind::error:
      to += value.error().message;
      break;
  }
}

}  // namespace

std::string to_display(const Value& value, std::size_t limit) {
  std::string text;
  display(value, text, limit);
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
  return text.substr(0, limit) + "…";
}

}  // namespace carechain::contract
