#include "libcore/encoding/text.hpp"

#include <array>

namespace carechain::encoding {
namespace {

constexpr std::uint8_t not_a_digit = 0xFF;
using Digits = std::array<std::uint8_t, 256>;  // the value of each character in an alphabet

constexpr Digits digits_of(std::string_view alphabet) {
  Digits digits{};
  for (auto& digit : digits) digit = not_a_digit;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return digits;
}

constexpr Digits hex_digits() {
  Digits digits = digits_of("0123456789abcdef");
  for (std::uint8_t i = 0; i < 6; ++i) digits[static_cast<std::uint8_t>('A') + i] = static_cast<std::uint8_t>(10 + i);
  return digits;
}

constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view mime_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view bitcoin_alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr Digits hex_values = hex_digits();
constexpr Digits url_values = digits_of(url_alphabet);
constexpr Digits mime_values = digits_of(mime_alphabet);
constexpr Digits bitcoin_values = digits_of(bitcoin_alphabet);

std::uint8_t value_of(const Digits& digits, char c) { return digits[static_cast<std::uint8_t>(c)]; }

std::string encode64(ByteView bytes, std::string_view alphabet) {
  std::string text((bytes.size() * 4 + 2) / 3, '\0');
  char* out = text.data();
  const auto put = [&](std::uint32_t bits, unsigned characters) {  // of 24 bits, the upper ones
    for (unsigned shift = 18; characters > 0; --characters, shift -= 6) *out++ = alphabet[bits >> shift & 0x3F];
  };
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 3; left -= 3, at += 3) put(std::uint32_t{at[0]} << 16 | std::uint32_t{at[1]} << 8 | at[2], 4);
  if (left == 2) put(std::uint32_t{at[0]} << 16 | std::uint32_t{at[1]} << 8, 3);
  if (left == 1) put(std::uint32_t{at[0]} << 16, 2);
  return text;
}

std::optional<Bytes> decode64(std::string_view text, const Digits& digits) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes(text.size() * 3 / 4);
  std::uint8_t* out = bytes.data();
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::uint8_t all = 0;  // a wrong character is 0xFF, a digit is below 0x40
  for (char c : text) {
    const std::uint8_t value = value_of(digits, c);
    all |= value;
    bits = bits << 6 | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    *out++ = static_cast<std::uint8_t>(bits >> held);
  }
  const bool unused_are_zero = (bits & ((1U << held) - 1)) == 0;
  return all < 0x40 && unused_are_zero ? std::optional(std::move(bytes)) : std::nullopt;
}

// A number grows by one digit of another base at a time: `digits` are its digits in base `to`, least significant first.
template <class Digit>
void push_digit(std::vector<Digit>& digits, std::uint64_t base, std::uint64_t to, std::uint64_t carry) {
  for (Digit& digit : digits) {
    carry += digit * base;
    digit = static_cast<Digit>(carry % to);
    carry /= to;
  }
  for (; carry > 0; carry /= to) digits.push_back(static_cast<Digit>(carry % to));
}

// Five characters of base 58 at once, for four bytes at once: 58^5 < 2^32.
constexpr std::uint64_t five_characters = 58 * 58 * 58 * 58 * 58;

constexpr std::string_view did_key_prefix = "did:key:z";
constexpr std::array<std::uint8_t, 2> ed25519_codec{0xED, 0x01};
constexpr std::size_t base58_limit = 256;

}  // namespace

std::string hex(ByteView bytes) {
  static constexpr char alphabet[] = "0123456789abcdef";
  std::string text(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text[2 * i] = alphabet[bytes[i] >> 4];
    text[2 * i + 1] = alphabet[bytes[i] & 0xF];
  }
  return text;
}

std::optional<Bytes> parse_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t high = value_of(hex_values, text[2 * i]);
    const std::uint8_t low = value_of(hex_values, text[2 * i + 1]);
    if (high == not_a_digit || low == not_a_digit) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return bytes;
}

std::string base64url(ByteView bytes) { return encode64(bytes, url_alphabet); }

std::optional<Bytes> parse_base64url(std::string_view text) { return decode64(text, url_values); }

std::string base64(ByteView bytes) {
  std::string text = encode64(bytes, mime_alphabet);
  text.resize((text.size() + 3) / 4 * 4, '=');
  return text;
}

std::optional<Bytes> parse_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode64(text, mime_values);
}

std::string base58(ByteView bytes) {
  const auto rest = std::ranges::find_if(bytes, [](std::uint8_t b) { return b != 0; });
  std::string text(static_cast<std::size_t>(rest - bytes.begin()), '1');
  std::vector<std::uint32_t> digits;
  digits.reserve(16);
  for (auto at = rest; at != bytes.end();) {
    const std::size_t left = static_cast<std::size_t>(bytes.end() - at);
    const std::size_t count = left % 4 == 0 ? 4 : left % 4;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | *at++;
    push_digit(digits, std::uint64_t{1} << (8 * count), five_characters, value);
  }
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    std::array<char, 5> characters{};
    std::uint32_t value = *digit;
    for (auto c = characters.rbegin(); c != characters.rend(); ++c, value /= 58) *c = bitcoin_alphabet[value % 58];
    const std::string_view five(characters.data(), characters.size());
    text += digit == digits.rbegin() ? five.substr(five.find_first_not_of('1')) : five;
  }
  return text;
}

std::optional<Bytes> parse_base58(std::string_view text) {
  if (text.size() > base58_limit) return std::nullopt;
  const std::size_t zeros = std::min(text.find_first_not_of('1'), text.size());
  Bytes number;  // least significant first
  for (char c : text.substr(zeros)) {
    const std::uint8_t digit = value_of(bitcoin_values, c);
    if (digit == not_a_digit) return std::nullopt;
    push_digit(number, 58, 256, digit);
  }
  Bytes bytes(zeros, 0);
  bytes.insert(bytes.end(), number.rbegin(), number.rend());
  return bytes;
}

std::string did_key(const PublicKey& key) {
  Bytes named(ed25519_codec.begin(), ed25519_codec.end());
  append(named, key.view());
  return std::string(did_key_prefix) + base58(named);
}

std::optional<PublicKey> parse_did_key(std::string_view text) {
  if (!text.starts_with(did_key_prefix)) return std::nullopt;
  const auto named = parse_base58(text.substr(did_key_prefix.size()));
  if (!named || named->size() != ed25519_codec.size() + PublicKey::size) return std::nullopt;
  const ByteView all(*named);
  if (!same(all.first(ed25519_codec.size()), ed25519_codec)) return std::nullopt;
  return PublicKey(all.subspan(ed25519_codec.size()));
}

}  // namespace carechain::encoding
