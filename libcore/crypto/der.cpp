#include "libcore/crypto/der.hpp"

#include "libcore/base/error.hpp"

namespace carechain::crypto {
namespace {

Error malformed_der() { return Error("the key is malformed: its DER does not follow the rules"); }

// Takes the length octets behind the tag.
std::size_t take_length(ByteView& rest) {
  if (rest.empty()) throw malformed_der();
  const std::uint8_t first = rest[0];
  rest = rest.subspan(1);
  if (first < 0x80) return first;
  const std::size_t octets = first & 0x7f;
  if (octets == 0 || octets > 4 || octets > rest.size() || rest[0] == 0) throw malformed_der();
  std::size_t length = 0;
  for (std::uint8_t octet : rest.first(octets)) length = length << 8 | octet;
  if (length < 0x80) throw malformed_der();
  rest = rest.subspan(octets);
  return length;
}

}  // namespace

ByteView DerReader::take(Tag tag) {
  if (!at(tag)) throw malformed_der();
  ByteView rest = rest_.subspan(1);
  const std::size_t length = take_length(rest);
  if (length > rest.size()) throw malformed_der();
  rest_ = rest.subspan(length);
  return rest.first(length);
}

std::uint64_t DerReader::take_whole() {
  const ByteView digits = take(Tag::integer);
  if (digits.empty() || digits.size() > 8 || digits[0] >= 0x80) throw malformed_der();
  if (digits.size() > 1 && digits[0] == 0 && digits[1] < 0x80) throw malformed_der();
  std::uint64_t value = 0;
  for (std::uint8_t digit : digits) value = value << 8 | digit;
  return value;
}

void DerReader::finish() const {
  if (!rest_.empty()) throw malformed_der();
}

Bytes der_value(Tag tag, std::initializer_list<ByteView> contents) {
  std::size_t length = 0;
  for (ByteView part : contents) length += part.size();
  Bytes der{static_cast<std::uint8_t>(tag)};
  if (length < 0x80) {
    der.push_back(static_cast<std::uint8_t>(length));
  } else {
    Bytes octets;
    for (std::size_t rest = length; rest > 0; rest >>= 8)
      octets.insert(octets.begin(), static_cast<std::uint8_t>(rest));
    der.push_back(static_cast<std::uint8_t>(0x80 | octets.size()));
    append(der, octets);
  }
  for (ByteView part : contents) append(der, part);
  return der;
}

Bytes der_whole(std::uint64_t value) {
  Bytes digits(9);
  store_be(digits.data() + 1, value);
  while (digits.size() > 1 && digits[0] == 0 && digits[1] < 0x80) digits.erase(digits.begin());
  return der_value(Tag::integer, {digits});
}

std::string dotted(ByteView identifier) {
  std::string text;
  std::uint64_t arc = 0;
  for (std::uint8_t octet : identifier) {
    arc = arc << 7 | (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text.empty()) {
      const std::uint64_t root = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(root);
      arc -= root * 40;
    }
    text += '.' + std::to_string(arc);
    arc = 0;
  }
  return text;
}

}  // namespace carechain::crypto
