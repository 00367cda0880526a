#include <algorithm>

#include "libcore/encoding/cbor.hpp"

namespace carechain::encoding {
namespace {

constexpr std::size_t reserve_limit = 1024;  // a count is only a claim until its items have come

void write(const Value& value, CborWriter& to, unsigned depth);

void write_map(const Map& map, CborWriter& to, unsigned depth) {
  std::vector<const Map::value_type*> sorted;
  sorted.reserve(map.size());
  for (const auto& entry : map) sorted.push_back(&entry);
  std::ranges::sort(sorted, [](auto* a, auto* b) { return cbor_key_before(a->first, b->first); });
  const auto twin = std::ranges::adjacent_find(sorted, [](auto* a, auto* b) { return a->first == b->first; });
  if (twin != sorted.end()) throw Error("duplicate key '" + (*twin)->first + "'");
  to.map(sorted.size());
  for (const auto* entry : sorted) {
    to.text(entry->first);
    write(entry->second, to, depth + 1);
  }
}

struct Writing {
  CborWriter& to;
  unsigned depth;

  void check_depth() const {
    if (depth == cbor_max_depth) throw Error("nested deeper than " + std::to_string(cbor_max_depth));
  }
  void operator()(std::nullptr_t) const { to.null(); }
  void operator()(bool value) const { to.boolean(value); }
  void operator()(std::uint64_t value) const { to.unsigned_integer(value); }
  void operator()(std::int64_t value) const { to.integer(value); }
  void operator()(const Bytes& value) const { to.bytes(value); }
  void operator()(const std::string& value) const { to.text(value); }
  void operator()(const Array& array) const {
    check_depth();
    to.array(array.size());
    for (const Value& item : array) write(item, to, depth + 1);
  }
  void operator()(const Map& map) const {
    check_depth();
    write_map(map, to, depth);
  }
};

void write(const Value& value, CborWriter& to, unsigned depth) { std::visit(Writing{to, depth}, value); }

Value read(CborReader& from, unsigned depth);

void check_depth(const CborReader& from, unsigned depth) {
  if (depth == cbor_max_depth) throw CborFault(from.offset(), "nested deeper than " + std::to_string(cbor_max_depth));
}

Value read_array(CborReader& from, unsigned depth) {
  check_depth(from, depth);
  const std::size_t count = from.array();
  Array array;
  array.reserve(std::min(count, reserve_limit));
  for (std::size_t i = 0; i < count; ++i) array.push_back(read(from, depth + 1));
  return array;
}

Value read_map(CborReader& from, unsigned depth) {
  check_depth(from, depth);
  const std::size_t count = from.map();
  Map map;
  map.reserve(std::min(count, reserve_limit));
  std::string_view previous;
  for (std::size_t i = 0; i < count; ++i) {
    previous = from.key(i == 0 ? nullptr : &previous);
    map.emplace_back(previous, read(from, depth + 1));
  }
  return map;
}

Value read(CborReader& from, unsigned depth) {
  using Type = CborReader::Type;
  switch (from.peek()) {
    case Type::unsigned_integer:
      return from.unsigned_integer();
    case Type::negative_integer:
      return from.integer();
    case Type::bytes:
      return copy_of(from.bytes());
    case Type::text:
      return std::string(from.text());
    case Type::array:
      return read_array(from, depth);
    case Type::map:
      return read_map(from, depth);
    case Type::boolean:
      return from.boolean();
    case Type::null:
      break;
  }
  from.null();
  return nullptr;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  const Map* map = std::get_if<Map>(this);
  if (map == nullptr) return nullptr;
  const auto found = std::ranges::find_if(*map, [key](const auto& entry) { return entry.first == key; });
  return found == map->end() ? nullptr : &found->second;
}

Bytes encode(const Value& value) {
  Bytes encoded;
  CborWriter to(encoded);
  write(value, to, 0);
  return encoded;
}

Value decode(ByteView encoded) {
  CborReader from(encoded);
  Value value = read(from, 0);
  from.expect_end();
  return value;
}

}  // namespace carechain::encoding
