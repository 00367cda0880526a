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
// vector<T>, another struct with fields (a map), Encoded (any item, as it stands; it has no JSON), and optional<T>,
// whose key is left out when it is empty. An empty vector is written as an empty array. On the wire keys stand in
// canonical order whatever the list's order. Unknown, missing, duplicate or misordered keys are refused by name. The
// list must be the same for every object of the type and name members of the object itself: it is visited once, and the
// places of the members are remembered. The type must be default constructible. A FixedBytes whose meaning has a
// `json_text` of its own (found by ADL) is shown by that. JSON shows Time as RFC 3339, PublicKey as did:key, other
// FixedBytes and Bytes as lower-case hex, uint32_t as a number, uint64_t and int64_t as a decimal string (a reader of
// JSON may hold only 53 bits); empty optionals are left out.

#include <string>
#include <string_view>
#include <vector>

#include "libcore/encoding/field_types.hpp"

namespace carechain::encoding {

template <class T>
void encode_fields(const T&, CborWriter&);  // one map; throws Error: not UTF-8, time out of bounds
template <class T>
Bytes encode_fields(const T&);
template <class T>
T decode_fields(CborReader&);  // one map; throws CborFault
template <class T>
T decode_fields(ByteView exactly_one_item);
// The value of a key in a map that was decoded before, as it is encoded; empty: there is none.
ByteView encoded_field(ByteView map, std::string_view key);
template <class T>
void json_fields(const T&, JsonWriter&);  // one object, keys in the order of the list

struct FieldDoc {
  std::string key;
  std::string type;  // "text", "bytes", "32 bytes", "time", "list of text", …; optional ones end in "?"
  std::string text;
};
template <class T>
std::vector<FieldDoc> document_fields();

// What follows is how; nothing in it is for callers.
namespace detail {

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
  const_cast<T&>(object).fields(visitor);  // NOLINT: one list serves reading and writing, this visitor only reads
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
