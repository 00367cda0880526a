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

// What makes bytes unacceptable: "CBOR at byte 12, field 'items[2].until': integer not in its shortest form". exit() is
// Exit::no.
class CborFault : public Error {
 public:
  // `field` is the path of keys and indexes that led to the place, if known.
  CborFault(std::size_t offset, const std::string& reason, const std::string& field = {});
  std::size_t offset() const { return offset_; }
  const std::string& reason() const { return reason_; }
  const std::string& field() const { return field_; }
  // The same fault, seen from the map or array around it.
  CborFault under(std::string_view key) const;
  CborFault under(std::size_t index) const;

 private:
  std::size_t offset_;
  std::string reason_, field_;
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
  // Steps over these bytes, one at least, if they come next; else stays. Of keys the length and a letter nearly always
  // tell.
  bool take(ByteView expected) {
    const std::size_t middle = expected.size() / 2;
    if (left() < expected.size() || from_[at_] != expected[0] || from_[at_ + middle] != expected[middle] ||
        std::memcmp(from_.data() + at_, expected.data(), expected.size()) != 0)
      return false;
    at_ += expected.size();
    return true;
  }

  std::size_t offset() const { return at_; }
  std::size_t left() const { return from_.size() - at_; }
  bool at_end() const { return at_ == from_.size(); }
  void expect_end() const;  // throws CborFault when bytes are left over

 private:
  enum class Major : std::uint8_t { unsigned_integer, negative_integer, bytes, text, array, map, tag, simple };
  std::uint64_t argument(Major wanted);
  std::uint64_t long_argument(std::uint8_t info);
  std::size_t length(Major wanted);
  void skip_item(unsigned depth);
  [[noreturn]] void refuse(std::size_t offset, const std::string& reason) const;
  [[noreturn]] void refuse_type(Major wanted) const;
  [[noreturn]] void refuse_size(std::size_t begin, Major wanted, std::uint64_t size) const;
  [[noreturn]] void refuse_count(std::size_t begin, Major wanted, std::uint64_t found) const;
  [[noreturn]] void refuse_next() const;
  [[noreturn]] void refuse_depth() const;
  [[noreturn]] void refuse_text(std::size_t begin) const;
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
Bytes encode(const Value&);      // throws Error: duplicate key, not UTF-8, deeper than cbor_max_depth
Value decode(ByteView encoded);  // exactly one item; throws CborFault

}  // namespace carechain::encoding
