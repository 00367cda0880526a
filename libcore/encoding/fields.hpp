#pragma once
// A struct that lists its fields once gets deterministic CBOR, JSON and documentation from that list:
//
//   struct Grant {
//     static constexpr std::string_view name = "access.grant";
//     PublicKey patient;
//     std::optional<Time> until;
//     template <class Visitor> void fields(Visitor& v) {
//       v("patient", patient, "the patient's account");
//       v("until", until, "last second of the grant; absent: open-ended");
//     }
//   };
//
// Types of fields: bool, uint64_t/uint32_t, int64_t, std::string, Bytes, FixedBytes (CBOR byte string of exactly that
// length), Time (unsigned integer), an enum with `to_text(E)` and `parse(std::string_view, E&)` found by ADL (text),
// vector<T>, another struct with fields (a map), and optional<T>, whose key is left out when it is empty.
// An empty vector is written as an empty array. On the wire keys stand in canonical order whatever the list's order.
// Unknown, missing, duplicate or misordered keys are refused by name.
// The list must be the same for every object of the type and name members of the object itself: it is visited once,
// and the places of the members are remembered. The type must be default constructible.
// JSON shows Time as RFC 3339, PublicKey as did:key, other FixedBytes and Bytes as lower-case hex, uint32_t as a number,
// uint64_t and int64_t as a decimal string (a reader of JSON may hold only 53 bits); empty optionals are left out.

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "libcore/base/time.hpp"
#include "libcore/encoding/cbor.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::encoding {

template <class T> void encode_fields(const T&, CborWriter&);   // one map; throws Error: not UTF-8, time out of bounds
template <class T> Bytes encode_fields(const T&);
template <class T> T decode_fields(CborReader&);                // one map; throws CborFault
template <class T> T decode_fields(ByteView exactly_one_item);
template <class T> void json_fields(const T&, JsonWriter&);     // one object, keys in the order of the list

struct FieldDoc {
  std::string key, type, text;  // type: "text", "bytes", "32 bytes", "time", "list of text", …; optional ones end in "?"
};
template <class T> std::vector<FieldDoc> document_fields();

// What follows is how; nothing in it is for callers.
namespace detail {

template <class T> struct IsOptional : std::false_type {};
template <class T> struct IsOptional<std::optional<T>> : std::true_type {};
template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsFixedBytes : std::false_type {};
template <class M, std::size_t N> struct IsFixedBytes<FixedBytes<M, N>> : std::true_type {};

struct AnyVisitor {
  template <class F> void operator()(std::string_view, F&, std::string_view) {}
};
template <class T> concept HasFields = requires(T& object, AnyVisitor& visitor) { object.fields(visitor); };
template <class T> inline constexpr bool unsupported = false;

// One field of a type, with its member's place and what to do with it.
struct FieldPlan {
  std::string key;
  Bytes encoded_key;
  std::size_t offset;                             // of the member within the object
  bool (*present)(const void* member);            // nullptr: always
  void (*encode)(const void* member, CborWriter&);
  void (*decode)(void* member, CborReader&);
};
using Plan = std::vector<FieldPlan>;              // in canonical order of keys

Plan in_canonical_order(Plan);                    // throws std::logic_error when two fields have one key
void encode_planned(const Plan&, const void* object, CborWriter&);
void decode_planned(const Plan&, void* object, CborReader&);
Bytes encoded_key(std::string_view);
void encode_time(Time, CborWriter&);
Time decode_time(CborReader&);
std::uint32_t decode_uint32(CborReader&);
ByteView decode_exactly(std::size_t size, CborReader&);
[[noreturn]] void refuse_word(std::size_t offset, std::string_view word);

template <class T> const Plan& plan_of();

template <class F>
void encode_field(const F& field, CborWriter& to) {
  if constexpr (std::same_as<F, bool>) to.boolean(field);
  else if constexpr (std::same_as<F, std::uint64_t> || std::same_as<F, std::uint32_t>) to.unsigned_integer(field);
  else if constexpr (std::same_as<F, std::int64_t>) to.integer(field);
  else if constexpr (std::same_as<F, std::string>) to.text(field);
  else if constexpr (std::same_as<F, Bytes>) to.bytes(field);
  else if constexpr (std::same_as<F, Time>) encode_time(field, to);
  else if constexpr (IsFixedBytes<F>::value) to.bytes(field.view());
  else if constexpr (std::is_enum_v<F>) to.text(to_text(field));
  else if constexpr (HasFields<F>) encode_planned(plan_of<F>(), &field, to);
  else if constexpr (IsOptional<F>::value) encode_field(*field, to);
  else if constexpr (IsVector<F>::value) {
    to.array(field.size());
    for (const auto& item : field) encode_field<typename F::value_type>(item, to);
  } else static_assert(unsupported<F>, "a field of this type has no encoding");
}

template <class E>
void decode_word(E& field, CborReader& from) {
  const std::size_t begin = from.offset();
  const std::string_view word = from.text();
  if (!parse(word, field) || word != std::string_view(to_text(field))) refuse_word(begin, word);
}

template <class F> void decode_field(F& field, CborReader& from);

template <class T>
void decode_list(std::vector<T>& list, CborReader& from) {
  constexpr std::size_t reserve_limit = 64;  // a count is only a claim until its items have come
  const std::size_t count = from.array();
  list.reserve(std::min(count, reserve_limit));
  try {
    while (list.size() < count) {
      T item{};
      decode_field(item, from);
      list.push_back(std::move(item));
    }
  } catch (const CborFault& fault) {
    throw fault.under(list.size());
  }
}

template <class F>
void decode_field(F& field, CborReader& from) {
  if constexpr (std::same_as<F, bool>) field = from.boolean();
  else if constexpr (std::same_as<F, std::uint64_t>) field = from.unsigned_integer();
  else if constexpr (std::same_as<F, std::uint32_t>) field = decode_uint32(from);
  else if constexpr (std::same_as<F, std::int64_t>) field = from.integer();
  else if constexpr (std::same_as<F, std::string>) field = from.text();
  else if constexpr (std::same_as<F, Bytes>) field = copy_of(from.bytes());
  else if constexpr (std::same_as<F, Time>) field = decode_time(from);
  else if constexpr (IsFixedBytes<F>::value) field = F(decode_exactly(F::size, from));
  else if constexpr (std::is_enum_v<F>) decode_word(field, from);
  else if constexpr (HasFields<F>) decode_planned(plan_of<F>(), &field, from);
  else if constexpr (IsOptional<F>::value) decode_field(field.emplace(), from);
  else if constexpr (IsVector<F>::value) decode_list(field, from);
  else static_assert(unsupported<F>, "a field of this type has no encoding");
}

template <class F>
void json_field(const F& field, JsonWriter& to) {
  if constexpr (std::same_as<F, bool>) to.value(field);
  else if constexpr (std::same_as<F, std::uint32_t>) to.value(std::uint64_t{field});
  else if constexpr (std::integral<F>) to.value(std::to_string(field));
  else if constexpr (std::same_as<F, std::string>) to.value(field);
  else if constexpr (std::same_as<F, Bytes>) to.value(hex(field));
  else if constexpr (std::same_as<F, Time>) to.value(to_text(field));
  else if constexpr (std::same_as<F, PublicKey>) to.value(did_key(field));
  else if constexpr (IsFixedBytes<F>::value) to.value(hex(field.view()));
  else if constexpr (std::is_enum_v<F>) to.value(std::string_view(to_text(field)));
  else if constexpr (HasFields<F>) json_fields(field, to);
  else if constexpr (IsOptional<F>::value) json_field(*field, to);
  else if constexpr (IsVector<F>::value) {
    to.begin_array();
    for (const auto& item : field) json_field<typename F::value_type>(item, to);
    to.end_array();
  } else static_assert(unsupported<F>, "a field of this type has no JSON");
}

template <class F>
std::string type_name() {
  if constexpr (std::same_as<F, bool>) return "true or false";
  else if constexpr (std::same_as<F, std::int64_t>) return "integer";
  else if constexpr (std::integral<F>) return "whole number";
  else if constexpr (std::same_as<F, std::string>) return "text";
  else if constexpr (std::same_as<F, Bytes>) return "bytes";
  else if constexpr (std::same_as<F, Time>) return "time";
  else if constexpr (IsFixedBytes<F>::value) return std::to_string(F::size) + " bytes";
  else if constexpr (std::is_enum_v<F>) return "word";
  else if constexpr (IsOptional<F>::value) return type_name<typename F::value_type>() + '?';
  else if constexpr (IsVector<F>::value) return "list of " + type_name<typename F::value_type>();
  else if constexpr (requires { F::name; }) return std::string(F::name);
  else return "map";
}

template <class T>
struct Planning {
  const T& object;
  Plan& plan;
  template <class F>
  void operator()(std::string_view key, F& member, std::string_view) {
    const auto offset = reinterpret_cast<const std::byte*>(&member) - reinterpret_cast<const std::byte*>(&object);
    FieldPlan field{.key = std::string(key),
                    .encoded_key = encoded_key(key),
                    .offset = static_cast<std::size_t>(offset),
                    .present = nullptr,
                    .encode = [](const void* at, CborWriter& to) { encode_field(*static_cast<const F*>(at), to); },
                    .decode = [](void* at, CborReader& from) { decode_field(*static_cast<F*>(at), from); }};
    if constexpr (IsOptional<F>::value)
      field.present = [](const void* at) { return static_cast<const F*>(at)->has_value(); };
    plan.push_back(std::move(field));
  }
};

template <class T>
const Plan& plan_of() {
  static const Plan plan = [] {
    T object{};
    Plan in_list_order;
    Planning<T> planning{object, in_list_order};
    object.fields(planning);
    return in_canonical_order(std::move(in_list_order));
  }();
  return plan;
}

struct ToJson {
  JsonWriter& to;
  template <class F>
  void operator()(std::string_view key, F& member, std::string_view) {
    if constexpr (IsOptional<F>::value)
      if (!member) return;
    to.key(key);
    json_field<std::remove_const_t<F>>(member, to);
  }
};

struct ToDocs {
  std::vector<FieldDoc>& docs;
  template <class F>
  void operator()(std::string_view key, F&, std::string_view text) {
    docs.push_back({std::string(key), type_name<F>(), std::string(text)});
  }
};

}  // namespace detail

template <class T>
void encode_fields(const T& object, CborWriter& to) {
  detail::encode_planned(detail::plan_of<T>(), &object, to);
}

template <class T>
Bytes encode_fields(const T& object) {
  Bytes encoded;
  CborWriter to(encoded);
  encode_fields(object, to);
  return encoded;
}

template <class T>
T decode_fields(CborReader& from) {
  T object{};
  detail::decode_planned(detail::plan_of<T>(), &object, from);
  return object;
}

template <class T>
T decode_fields(ByteView exactly_one_item) {
  CborReader from(exactly_one_item);
  T object = decode_fields<T>(from);
  from.expect_end();
  return object;
}

template <class T>
void json_fields(const T& object, JsonWriter& to) {
  detail::ToJson visitor{to};
  to.begin_object();
  const_cast<T&>(object).fields(visitor);  // one list serves reading and writing; this visitor only reads
  to.end_object();
}

template <class T>
std::vector<FieldDoc> document_fields() {
  std::vector<FieldDoc> docs;
  detail::ToDocs visitor{docs};
  T object{};
  object.fields(visitor);
  return docs;
}

}  // namespace carechain::encoding
