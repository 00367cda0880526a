#include "libcore/encoding/cbor.hpp"

#include "libcore/encoding/text.hpp"
#include "libcore/encoding/utf8.hpp"

namespace carechain::encoding {
namespace {

std::string message_of(std::size_t offset, const std::string& reason, const std::string& field) {
  return "CBOR at byte " + std::to_string(offset) + (field.empty() ? "" : ", field '" + field + "'") + ": " + reason;
}

std::string joined(const std::string& outer, const std::string& inner) {
  return inner.empty() || inner.front() == '[' ? outer + inner : outer + '.' + inner;
}

// Heads of one byte, RFC 8949 section 3.
constexpr std::uint8_t info_mask = 0x1F, info_one_byte = 24, info_eight_bytes = 27, info_indefinite = 31;
constexpr std::uint8_t byte_false = 0xF4, byte_true = 0xF5, byte_null = 0xF6, byte_undefined = 0xF7;

constexpr const char* names[] = {"unsigned integer", "negative integer", "byte string", "text", "array", "map", "tag",
                                 "simple value"};

// What a head that the subset has not is called; nullptr: it is fine.
constexpr const char* foreign(std::uint8_t head) {
  const unsigned major = head >> 5;
  const unsigned info = head & info_mask;
  if (major == 6) return "a tag is not allowed";
  if (major < 6) {
    if (info < 28) return nullptr;
    return info == info_indefinite && major > 1 ? "indefinite length is not allowed" : "reserved head";
  }
  if (head >= byte_false && head <= byte_null) return nullptr;
  if (head == byte_undefined) return "undefined is not allowed";
  if (info <= info_one_byte) return "a simple value is not allowed";
  if (info <= info_eight_bytes) return "a floating-point number is not allowed";
  return info == info_indefinite ? "a break without an indefinite length" : "reserved head";
}

// The type that each head announces, or none: a foreign one.
constexpr std::uint8_t no_type = 0xFF;
constexpr std::array<std::uint8_t, 256> types = [] {
  using Type = CborReader::Type;
  std::array<std::uint8_t, 256> table{};
  for (unsigned head = 0; head < table.size(); ++head)
    table[head] = foreign(static_cast<std::uint8_t>(head)) != nullptr ? no_type : static_cast<std::uint8_t>(head >> 5);
  table[byte_false] = table[byte_true] = static_cast<std::uint8_t>(Type::boolean);
  table[byte_null] = static_cast<std::uint8_t>(Type::null);
  return table;
}();

const char* name_of(std::uint8_t head) {
  if (head == byte_false || head == byte_true) return "boolean";
  return head == byte_null ? "null" : names[head >> 5];
}

}  // namespace

CborFault::CborFault(std::size_t offset, const std::string& reason, const std::string& field)
    : Error(message_of(offset, reason, field), {}, Exit::no), offset_(offset), reason_(reason), field_(field) {}

CborFault CborFault::under(std::string_view key) const { return {offset_, reason_, joined(std::string(key), field_)}; }

CborFault CborFault::under(std::size_t index) const {
  return {offset_, reason_, joined('[' + std::to_string(index) + ']', field_)};
}

void CborReader::refuse(std::size_t offset, const std::string& reason) const { throw CborFault(offset, reason); }

void CborReader::refuse_type(Major wanted) const {
  if (at_end()) refuse(at_, std::string("ends where ") + names[static_cast<unsigned>(wanted)] + " should be");
  const std::uint8_t head = from_[at_];
  if (const char* problem = foreign(head)) refuse(at_, problem);
  refuse(at_, std::string(names[static_cast<unsigned>(wanted)]) + " expected, found " + name_of(head));
}

// The argument of the head that comes next, which must be of that major type.
inline std::uint64_t CborReader::argument(Major wanted) {
  if (at_end() || from_[at_] >> 5 != static_cast<unsigned>(wanted)) [[unlikely]]
    refuse_type(wanted);
  const std::uint8_t info = from_[at_] & info_mask;
  if (info >= info_one_byte) return long_argument(info);
  ++at_;
  return info;
}

std::uint64_t CborReader::long_argument(std::uint8_t info) {
  if (info > info_eight_bytes) refuse(at_, foreign(from_[at_]));
  const std::size_t size = std::size_t{1} << (info - info_one_byte);
  if (left() - 1 < size) refuse(at_, "ends within a head");
  std::uint64_t value = 0;
  for (std::size_t i = 1; i <= size; ++i) value = value << 8 | from_[at_ + i];
  const bool shortest = size == 1 ? value >= info_one_byte : value >> (4 * size) != 0;
  if (!shortest) refuse(at_, std::string(names[from_[at_] >> 5]) + " not in its shortest form");
  at_ += 1 + size;
  return value;
}

void CborReader::refuse_next() const { refuse(at_, at_end() ? "ends where an item should be" : foreign(from_[at_])); }

CborReader::Type CborReader::peek() const {
  if (at_end() || types[from_[at_]] == no_type) [[unlikely]]
    refuse_next();
  return static_cast<Type>(types[from_[at_]]);
}

std::uint64_t CborReader::unsigned_integer() { return argument(Major::unsigned_integer); }

std::int64_t CborReader::integer() {
  const std::size_t begin = at_;
  const bool negative = !at_end() && from_[at_] >> 5 == 1;
  const std::uint64_t value = argument(negative ? Major::negative_integer : Major::unsigned_integer);
  if (value >> 63 != 0) refuse(begin, negative ? "integer below -2^63" : "integer above 2^63 - 1");
  return negative ? -1 - static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

void CborReader::refuse_size(std::size_t begin, Major wanted, std::uint64_t size) const {
  refuse(begin, std::string(names[static_cast<unsigned>(wanted)]) + " of " + std::to_string(size) + " bytes, but " +
                    std::to_string(left()) + " are left");
}

inline std::size_t CborReader::length(Major wanted) {
  const std::size_t begin = at_;
  const std::uint64_t size = argument(wanted);
  if (size > left()) [[unlikely]]
    refuse_size(begin, wanted, size);
  return static_cast<std::size_t>(size);
}

ByteView CborReader::bytes() {
  const std::size_t size = length(Major::bytes);
  at_ += size;
  return from_.subspan(at_ - size, size);
}

void CborReader::refuse_text(std::size_t begin) const { refuse(begin, "text is not UTF-8"); }

std::string_view CborReader::text() {
  const std::size_t begin = at_;
  const std::size_t size = length(Major::text);
  const ByteView found = from_.subspan(at_, size);
  if (!is_ascii(found) && !is_utf8(found)) [[unlikely]]
    refuse_text(begin);
  at_ += size;
  return text_of(found);
}

void CborReader::refuse_count(std::size_t begin, Major wanted, std::uint64_t found) const {
  refuse(begin, std::string(names[static_cast<unsigned>(wanted)]) + " of " + std::to_string(found) + ", but " +
                    std::to_string(left()) + " bytes are left");
}

// An item has a byte at least, and a map two items for each.
std::size_t CborReader::array() {
  const std::size_t begin = at_;
  const std::uint64_t found = argument(Major::array);
  if (found > left()) [[unlikely]]
    refuse_count(begin, Major::array, found);
  return static_cast<std::size_t>(found);
}

std::size_t CborReader::map() {
  const std::size_t begin = at_;
  const std::uint64_t found = argument(Major::map);
  if (found > left() / 2) [[unlikely]]
    refuse_count(begin, Major::map, found);
  return static_cast<std::size_t>(found);
}

std::string_view CborReader::key(const std::string_view* previous) {
  const std::size_t begin = at_;
  if (peek() != Type::text) [[unlikely]]
    refuse(begin, std::string("a key must be text, found ") + name_of(from_[at_]));
  const std::string_view found = text();
  if (previous != nullptr && !cbor_key_before(*previous, found)) [[unlikely]]
    refuse(begin, (found == *previous ? "duplicate key '" : "misordered key '") + std::string(found) + "'");
  return found;
}

bool CborReader::boolean() {
  if (peek() != Type::boolean) refuse(at_, std::string("boolean expected, found ") + name_of(from_[at_]));
  return from_[at_++] == byte_true;
}

void CborReader::null() {
  if (peek() != Type::null) refuse(at_, std::string("null expected, found ") + name_of(from_[at_]));
  ++at_;
}

void CborReader::refuse_depth() const { refuse(at_, "nested deeper than " + std::to_string(cbor_max_depth)); }

void CborReader::skip_item(unsigned depth) {
  const Type type = peek();
  if (depth == cbor_max_depth && (type == Type::array || type == Type::map)) [[unlikely]]
    refuse_depth();
  std::string_view previous;
  switch (type) {
    case Type::unsigned_integer:
      unsigned_integer();
      return;
    case Type::negative_integer:
      integer();
      return;
    case Type::bytes:
      bytes();
      return;
    case Type::text:
      text();
      return;
    case Type::array:
      for (std::size_t n = array(); n > 0; --n) skip_item(depth + 1);
      return;
    case Type::map:
      for (std::size_t n = map(), i = 0; i < n; ++i) {
        previous = key(i == 0 ? nullptr : &previous);
        skip_item(depth + 1);
      }
      return;
    case Type::boolean:
    case Type::null:
      ++at_;
      return;
  }
}

ByteView CborReader::skip() {
  const std::size_t begin = at_;
  skip_item(0);
  return from_.subspan(begin, at_ - begin);
}

void CborReader::expect_end() const {
  if (!at_end()) refuse(at_, std::to_string(left()) + " bytes too many");
}

}  // namespace carechain::encoding
