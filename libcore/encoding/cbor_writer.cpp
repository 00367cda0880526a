#include "libcore/encoding/cbor.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/encoding/utf8.hpp"

namespace carechain::encoding {

void CborWriter::head(unsigned major, std::uint64_t argument) {
  const auto type = static_cast<std::uint8_t>(major << 5);
  if (argument < 24) return to_.push_back(static_cast<std::uint8_t>(type | argument));
  if (argument >> 8 == 0) {  // most others
    to_.push_back(static_cast<std::uint8_t>(type | 24));
    return to_.push_back(static_cast<std::uint8_t>(argument));
  }
  const unsigned log = argument >> 16 == 0 ? 1 : argument >> 32 == 0 ? 2 : 3;
  std::uint8_t bytes[9];
  store_be(bytes + 1, argument);
  const std::size_t size = std::size_t{1} << log;
  std::uint8_t* first = bytes + 8 - size;
  *first = static_cast<std::uint8_t>(type | (24 + log));
  append(to_, ByteView(first, bytes + 9));
}

void CborWriter::unsigned_integer(std::uint64_t value) { head(0, value); }

void CborWriter::integer(std::int64_t value) {
  if (value >= 0) return head(0, static_cast<std::uint64_t>(value));
  head(1, static_cast<std::uint64_t>(-1 - value));
}

void CborWriter::bytes(ByteView value) {
  head(2, value.size());
  append(to_, value);
}

void CborWriter::text(std::string_view value) {
  if (!is_ascii(view_of(value)) && !is_utf8(view_of(value))) throw Error("text is not UTF-8");
  head(3, value.size());
  append(to_, value);
}

void CborWriter::array(std::size_t count) { head(4, count); }
void CborWriter::map(std::size_t pairs) { head(5, pairs); }
void CborWriter::boolean(bool value) { to_.push_back(value ? 0xF5 : 0xF4); }
void CborWriter::null() { to_.push_back(0xF6); }
void CborWriter::raw(ByteView encoded) { append(to_, encoded); }

}  // namespace carechain::encoding
