#pragma once
// Deterministic CBOR, RFC 8949 section 4.2.1, of the subset that goes on the chain: unsigned and negative integers
// (int64 and uint64), byte and text strings, arrays, maps with text keys (a protected COSE header also has integer
// keys), true, false, null. No floats, tags, undefined or other simple values, no indefinite lengths; depth <= 16.
// One value has one encoding; anything else is refused by name.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "libcore/base/error.hpp"

namespace carechain::encoding {

inline constexpr unsigned cbor_max_depth = 16;

// What makes bytes unacceptable: "…at byte 12: integer not in its shortest form". exit() is Exit::no.
class CborFault : public Error {
 public:
  CborFault(std::size_t offset, const std::string& what);
  std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

// Appends to a buffer. The caller opens containers with their exact count and writes map keys in canonical order
// (shorter first, then by bytes); the Value encoder and Fields (fields.hpp) do that for their callers.
class CborWriter {
 public:
  explicit CborWriter(Bytes& to) : to_(to) {}
  void unsigned_integer(std::uint64_t);
  void integer(std::int64_t);
  void bytes(ByteView);
  void text(std::string_view);  // must be UTF-8; throws Error otherwise
  void array(std::size_t count);
  void map(std::size_t pairs);
  void boolean(bool);
  void null();
  void raw(ByteView encoded);  // one item, already encoded

 private:
  void head(unsigned major, std::uint64_t argument);
  Bytes& to_;
};

// Reads one item after the other from a view; throws CborFault on anything not deterministic or not of the type
// asked for. Strings are views into the input.
class CborReader {
 public:
  explicit CborReader(ByteView from) : from_(from) {}

  enum class Type { unsigned_integer, negative_integer, bytes, text, array, map, boolean, null };
  Type peek() const;  // throws CborFault at the end, and on what the subset does not have

  std::uint64_t unsigned_integer();
  std::int64_t integer();  // either sign; refuses what does not fit
  ByteView bytes();
  std::string_view text();
  std::size_t array();  // the count; its items follow. Bounded by the bytes that are left
  std::size_t map();    // the number of pairs; the caller checks the order with key()
  // The next key of a map, checked to come after `previous` (empty before the first: pass nullptr).
  std::string_view key(const std::string_view* previous);
  bool boolean();
  void null();
  ByteView skip();  // the bytes of one whole item, checked to be deterministic throughout

  std::size_t offset() const { return at_; }
  bool at_end() const { return at_ == from_.size(); }
  void expect_end() const;  // throws CborFault when bytes are left over

 private:
  ByteView from_;
  std::size_t at_ = 0;
};

// Canonical order of text keys: shorter first, then by bytes (RFC 8949 section 4.2.1).
inline bool cbor_key_before(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// A decoded item of any shape: for constitutions, tests and the view for people, not for hot paths.
struct Value;
using Array = std::vector<Value>;
using Map = std::vector<std::pair<std::string, Value>>;  // encode() sorts; decode() yields canonical order
struct Value : std::variant<std::nullptr_t, bool, std::uint64_t, std::int64_t, Bytes, std::string, Array, Map> {
  // int64_t alternative only for negative numbers after decode; encode takes either.
  using variant::variant;
  const Value* find(std::string_view key) const;  // nullptr: not a map, or no such key
};
Bytes encode(const Value&);     // throws Error: duplicate key, not UTF-8, deeper than cbor_max_depth
Value decode(ByteView encoded); // exactly one item; throws CborFault

}  // namespace carechain::encoding
