#pragma once
// JSON at the edges, RFC 8259, strict: UTF-8, no duplicate keys, depth <= 64, nothing after the value. Written compact,
// keys in the order given. Integers beyond 2^53 are written as numbers only where the caller asks; amounts are strings.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/encoding/cbor.hpp"

namespace carechain::encoding {

// Appends to a string. The caller nests correctly; commas and quotes are put by the writer.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view);
  JsonWriter& value(std::string_view text);  // escaped; bytes that are not UTF-8 become U+FFFD
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::uint64_t);
  JsonWriter& value(std::int64_t);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(unsigned number) { return value(std::uint64_t{number}); }
  JsonWriter& value(bool);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // one value, already JSON

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void separate();
  std::string text_;
  bool first_ = true;
  bool after_key_ = false;
};

std::string to_json(const Value&);  // bytes as lower-case hex

// What makes text unacceptable, with its place: "line 3, column 14: …". exit() is Exit::no.
class JsonFault : public Error {
 public:
  using Error::Error;
};

// A whole document as a Value: integers that fit int64/uint64 only; a number with fraction or exponent, or one that
// does not fit, becomes its exact text when `keep_decimals`, else a JsonFault (always one: beyond the range of a
// double). Duplicate keys: JsonFault. A byte order mark in front is skipped.
Value parse_json(std::string_view text, bool keep_decimals = false);

// The string value of `key` at the top level of one JSON object, without building the rest; the whole text is still
// checked to be JSON. nullopt: no such key, or not a string. Throws JsonFault.
std::optional<std::string> find_top_level_string(std::string_view text, std::string_view key);

// A JSON object without the blanks and line breaks between its parts; numbers and strings stay as they were written.
// Throws JsonFault when it is not a JSON object.
std::string compact_json(std::string_view text);

// One resource of a FHIR Bundle (or the document itself when it is a single resource).
struct FhirResource {
  std::string type;         // resourceType; empty: it has none
  std::size_t begin, size;  // its exact bytes in the document, from '{' to '}'
};
// A document's own type and, if it is a Bundle, its entries' resources (entry[].resource) in order. nullopt: it is
// JSON, but not a FHIR resource (no resourceType at the top). Throws JsonFault. Memory: of the order of the entries.
struct FhirDocument {
  std::string type;
  std::vector<FhirResource> entries;  // empty unless a Bundle
};
std::optional<FhirDocument> inspect_fhir(std::string_view text);

}  // namespace carechain::encoding
