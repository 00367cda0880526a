#pragma once
// Values of the expression language: what rules see and what they yield. A value is 16 bytes and copies freely; text,
// items and fields lie elsewhere: in the program (constants), with the caller (inputs), or in the scratch of the
// evaluation. Nothing here is ever a floating point number.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/bytes.hpp"

namespace carechain::contract {

enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,           // int64
  unsigned_integer,  // uint64
  text,              // UTF-8
  bytes,
  timestamp,  // seconds since 1970 and nanoseconds, years 1 to 9999
  duration,   // nanoseconds in int64, about 292 years either way
  list,
  map,
  object,  // a map whose keys are fixed: the shape of an input
  type,    // what type(x) yields
  error,   // evaluation failed here; ends in the caller as a Failure
};

class Value;
struct MapEntry;
struct ObjectShape;

// Keys are distinct and ascending (order_keys), so that a lookup halves and two equal maps look the same.
struct MapData {
  const MapEntry* entries = nullptr;
  std::uint32_t size = 0;
};

// Fields in the order of the shape. A field that is absent holds null.
struct ObjectData {
  const ObjectShape* shape = nullptr;
  const Value* fields = nullptr;
};

struct ErrorData {
  std::string_view message;
  std::uint32_t position = 0;  // byte of the expression
  bool out_of_budget = false;  // such an error is never absorbed by && and ||
};

class Value {
 public:
  constexpr Value() : integer_(0) {}  // null
  static Value of(bool b) { return with(Kind::boolean, b ? 1 : 0); }
  static Value of(std::int64_t i) { return with(Kind::integer, i); }
  static Value of(std::uint64_t u) { return with(Kind::unsigned_integer, static_cast<std::int64_t>(u)); }
  static Value of(std::string_view text) { return pointing(Kind::text, text.data(), text.size()); }
  static Value of(const char* text) { return of(std::string_view(text)); }
  static Value of_bytes(std::string_view bytes) { return pointing(Kind::bytes, bytes.data(), bytes.size()); }
  static Value of_type(std::string_view name) { return pointing(Kind::type, name.data(), name.size()); }
  static Value of_list(std::span<const Value> items) { return pointing(Kind::list, items.data(), items.size()); }
  static Value of(const MapData* map) { return pointing(Kind::map, map, 0); }
  static Value of(const ObjectData* object) { return pointing(Kind::object, object, 0); }
  static Value of(const ErrorData* error) { return pointing(Kind::error, error, 0); }
  static Value timestamp(std::int64_t seconds, std::uint32_t nanos = 0) {
    Value value = with(Kind::timestamp, seconds);
    value.size_ = nanos;
    return value;
  }
  static Value duration(std::int64_t nanoseconds) { return with(Kind::duration, nanoseconds); }

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_number() const { return kind_ == Kind::integer || kind_ == Kind::unsigned_integer; }
  // Each requires the kind.
  bool boolean() const { return integer_ != 0; }
  std::int64_t integer() const { return integer_; }
  std::uint64_t unsigned_integer() const { return static_cast<std::uint64_t>(integer_); }
  std::string_view text() const { return {static_cast<const char*>(pointer_), size_}; }  // text, bytes, type
  std::span<const Value> items() const;
  const MapData& map() const { return *static_cast<const MapData*>(pointer_); }
  const ObjectData& object() const { return *static_cast<const ObjectData*>(pointer_); }
  const ErrorData& error() const { return *static_cast<const ErrorData*>(pointer_); }
  std::int64_t seconds() const { return integer_; }      // timestamp
  std::uint32_t nanos() const { return size_; }          // timestamp
  std::int64_t nanoseconds() const { return integer_; }  // duration

 private:
  static Value with(Kind kind, std::int64_t integer) {
    Value value;
    value.kind_ = kind;
    value.integer_ = integer;
    return value;
  }
  static Value pointing(Kind kind, const void* to, std::size_t size) {
    Value value;
    value.kind_ = kind;
    value.pointer_ = to;
    value.size_ = static_cast<std::uint32_t>(size);
    return value;
  }

  Kind kind_ = Kind::null;
  std::uint32_t size_ = 0;
  union {
    std::int64_t integer_;
    const void* pointer_;
  };
};
static_assert(sizeof(Value) == 16);

struct MapEntry {
  Value key, value;
};

inline std::span<const Value> Value::items() const { return {static_cast<const Value*>(pointer_), size_}; }

// How much an evaluation may still do. One unit is about one step: a node of the expression, an item visited, sixteen
// bytes of text looked at or made.
struct Budget {
  std::uint64_t left = 0;
  // false: it is used up, and stays so.
  bool spend(std::uint64_t units) {
    if (units > left) {
      left = 0;
      return false;
    }
    left -= units;
    return true;
  }
};

// Equality as the language has it: numbers by value whatever their signedness, lists and maps item by item, values of
// different kinds never equal. nullopt: the budget is used up.
std::optional<bool> equal(const Value&, const Value&, Budget&);

// Less, equal, greater as -1, 0, 1 between values of one ordered kind (numbers together); nullopt: not ordered.
std::optional<int> compare(const Value&, const Value&);

// A total order of the values that may be keys: booleans, numbers, texts.
bool is_key(const Value&);
int order_keys(const Value&, const Value&);
const Value* find(const MapData&, const Value& key);           // nullptr: absent, or not a value that may be a key
const Value* find(const ObjectData&, std::string_view field);  // nullptr: no such field, or it is absent

// "int", "list", "google.protobuf.Timestamp": the names of types in the language.
std::string_view type_name(const Value&);

// A value as one would write it in an expression, cut at `limit` characters ("…"): for explanations.
std::string to_display(const Value&, std::size_t limit = 120);

}  // namespace carechain::contract
