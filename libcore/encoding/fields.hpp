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
// JSON shows Time as RFC 3339, PublicKey as did:key, other FixedBytes and Bytes as lower-case hex.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "libcore/encoding/cbor.hpp"

namespace carechain::encoding {

template <class T> void encode_fields(const T&, CborWriter&);   // one map
template <class T> Bytes encode_fields(const T&);
template <class T> T decode_fields(CborReader&);                // one map; throws CborFault
template <class T> T decode_fields(ByteView exactly_one_item);
template <class T> void json_fields(const T&, class JsonWriter&);  // one object, keys in the order of the list

struct FieldDoc {
  std::string key, type, text;  // type: "text", "bytes", "32 bytes", "time", "list of text", …; optional ones end in "?"
};
template <class T> std::vector<FieldDoc> document_fields();

}  // namespace carechain::encoding
