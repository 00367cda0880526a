#pragma once
// How a field of each type is written, read, shown and named. For fields.hpp, whose head lists the types; nothing in
// here is for its callers.

#include <algorithm>
#include <concepts>
#include <cstddef>
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

// One item as it is encoded already: a view, for what is written as it was read.
struct Encoded {
  ByteView item;
};

template <class T>
void json_fields(const T&, JsonWriter&);

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsFixedBytes : std::false_type {};
template <class M, std::size_t N>
struct IsFixedBytes<FixedBytes<M, N>> : std::true_type {};

struct AnyVisitor {
  template <class F>
  void operator()(std::string_view, F&, std::string_view) {}
};
template <class T>
concept HasFields = requires(T& object, AnyVisitor& visitor) {
  object.fields(visitor);
};
template <class T>
inline constexpr bool unsupported = false;

// One field of a type, with its member's place and what to do with it.
struct FieldPlan {
  std::string key;
  Bytes encoded_key;
  std::size_t offset;                   // of the member within the object
  bool (*present)(const void* member);  // nullptr: always
  void (*encode)(const void* member, CborWriter&);
  void (*decode)(void* member, CborReader&);
};
using Plan = std::vector<FieldPlan>;  // in canonical order of keys

Plan in_canonical_order(Plan);  // throws std::logic_error when two fields have one key
void encode_planned(const Plan&, const void* object, CborWriter&);
void decode_planned(const Plan&, void* object, CborReader&);
Bytes encoded_key(std::string_view);
void encode_time(Time, CborWriter&);
Time decode_time(CborReader&);
std::uint32_t decode_uint32(CborReader&);
ByteView decode_exactly(std::size_t size, CborReader&);
[[noreturn]] void refuse_word(std::size_t offset, std::string_view word);

template <class T>
const Plan& plan_of();

template <class F>
void encode_field(const F& field, CborWriter& to) {
  if constexpr (std::same_as<F, bool>)
    to.boolean(field);
  else if constexpr (std::same_as<F, std::uint64_t> || std::same_as<F, std::uint32_t>)
    to.unsigned_integer(field);
  else if constexpr (std::same_as<F, std::int64_t>)
    to.integer(field);
  else if constexpr (std::same_as<F, std::string>)
    to.text(field);
  else if constexpr (std::same_as<F, Bytes>)
    to.bytes(field);
  else if constexpr (std::same_as<F, Encoded>)
    to.raw(field.item);
  else if constexpr (std::same_as<F, Time>)
    encode_time(field, to);
  else if constexpr (IsFixedBytes<F>::value)
    to.bytes(field.view());
  else if constexpr (std::is_enum_v<F>)
    to.text(to_text(field));
  else if constexpr (HasFields<F>)
    encode_planned(plan_of<F>(), &field, to);
  else if constexpr (IsOptional<F>::value)
    encode_field(*field, to);
  else if constexpr (IsVector<F>::value) {
    to.array(field.size());
    for (const auto& item : field) encode_field<typename F::value_type>(item, to);
  } else
    static_assert(unsupported<F>, "a field of this type has no encoding");
}

template <class E>
void decode_word(E& field, CborReader& from) {
  const std::size_t begin = from.offset();
  const std::string_view word = from.text();
  if (!parse(word, field) || word != std::string_view(to_text(field))) refuse_word(begin, word);
}

template <class F>
void decode_field(F& field, CborReader& from);

template <class T>
void decode_list(std::vector<T>& list, CborReader& from) {
  constexpr std::size_t reserve_limit = 64;  // a count is only a claim until its items have come
  const std::size_t count = from.array();
  list.reserve(std::min(count, reserve_limit));
  try {
    while (list.size() < count) decode_field(list.emplace_back(), from);
  } catch (const CborFault& fault) {
    throw fault.under(list.size() - 1);
  }
}

template <class F>
void decode_field(F& field, CborReader& from) {
  if constexpr (std::same_as<F, bool>)
    field = from.boolean();
  else if constexpr (std::same_as<F, std::uint64_t>)
    field = from.unsigned_integer();
  else if constexpr (std::same_as<F, std::uint32_t>)
    field = decode_uint32(from);
  else if constexpr (std::same_as<F, std::int64_t>)
    field = from.integer();
  else if constexpr (std::same_as<F, std::string>)
    field = from.text();
  else if constexpr (std::same_as<F, Bytes>)
    field = copy_of(from.bytes());
  else if constexpr (std::same_as<F, Encoded>)
    field = {from.skip()};
  else if constexpr (std::same_as<F, Time>)
    field = decode_time(from);
  else if constexpr (IsFixedBytes<F>::value)
    field = F(decode_exactly(F::size, from));
  else if constexpr (std::is_enum_v<F>)
    decode_word(field, from);
  else if constexpr (HasFields<F>)
    decode_planned(plan_of<F>(), &field, from);
  else if constexpr (IsOptional<F>::value)
    decode_field(field.emplace(), from);
  else if constexpr (IsVector<F>::value)
    decode_list(field, from);
  else
    static_assert(unsupported<F>, "a field of this type has no encoding");
}

template <class F>
void json_field(const F& field, JsonWriter& to) {
  if constexpr (std::same_as<F, bool>)
    to.value(field);
  else if constexpr (std::same_as<F, std::uint32_t>)
    to.value(std::uint64_t{field});
  else if constexpr (std::integral<F>)
    to.value(std::to_string(field));
  else if constexpr (std::same_as<F, std::string>)
    to.value(field);
  else if constexpr (std::same_as<F, Bytes>)
    to.value(hex(field));
  else if constexpr (std::same_as<F, Time>)
    to.value(to_text(field));
  else if constexpr (std::same_as<F, PublicKey>)
    to.value(did_key(field));
  else if constexpr (requires { json_text(field); })
    to.value(std::string_view(json_text(field)));
  else if constexpr (IsFixedBytes<F>::value)
    to.value(hex(field.view()));
  else if constexpr (std::is_enum_v<F>)
    to.value(std::string_view(to_text(field)));
  else if constexpr (HasFields<F>)
    json_fields(field, to);
  else if constexpr (IsOptional<F>::value)
    json_field(*field, to);
  else if constexpr (IsVector<F>::value) {
    to.begin_array();
    for (const auto& item : field) json_field<typename F::value_type>(item, to);
    to.end_array();
  } else
    static_assert(unsupported<F>, "a field of this type has no JSON");
}

template <class F>
std::string type_name() {
  if constexpr (std::same_as<F, bool>)
    return "true or false";
  else if constexpr (std::same_as<F, std::int64_t>)
    return "integer";
  else if constexpr (std::integral<F>)
    return "whole number";
  else if constexpr (std::same_as<F, std::string>)
    return "text";
  else if constexpr (std::same_as<F, Bytes>)
    return "bytes";
  else if constexpr (std::same_as<F, Time>)
    return "time";
  else if constexpr (IsFixedBytes<F>::value)
    return std::to_string(F::size) + " bytes";
  else if constexpr (std::is_enum_v<F>)
    return "word";
  else if constexpr (IsOptional<F>::value)
    return type_name<typename F::value_type>() + '?';
  else if constexpr (IsVector<F>::value)
    return "list of " + type_name<typename F::value_type>();
  else if constexpr (requires { F::name; })
    return std::string(F::name);
  else
    return "map";
}

}  // namespace detail

}  // namespace carechain::encoding
