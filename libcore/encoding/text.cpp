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
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 6; held -= 6) text += alphabet[bits >> (held - 6) & 0x3F];
  }
  if (held > 0) text += alphabet[bits << (6 - held) & 0x3F];
  return text;
}

std::optional<Bytes> decode64(std::string_view text, const Digits& digits) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (char c : text) {
    const std::uint8_t value = value_of(digits, c);
    if (value == not_a_digit) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held));
  }
  const bool unused_are_zero = (bits & ((1U << held) - 1)) == 0;
  return unused_are_zero ? std::optional(std::move(bytes)) : std::nullopt;
}

// Reads `from` as a big-endian number in one base, gives its digits in another, most significant first, without
// leading zeros. Quadratic.
Bytes change_base(ByteView from, unsigned base, unsigned to) {
  Bytes digits;  // least significant first
  for (std::uint8_t digit : from) {
    unsigned carry = digit;
    for (auto& d : digits) {
      carry += d * base;
      d = static_cast<std::uint8_t>(carry % to);
      carry /= to;
    }
    for (; carry > 0; carry /= to) digits.push_back(static_cast<std::uint8_t>(carry % to));
  }
  return {digits.rbegin(), digits.rend()};
}

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
  for (std::uint8_t digit : change_base({rest, bytes.end()}, 256, 58)) text += bitcoin_alphabet[digit];
  return text;
}

std::optional<Bytes> parse_base58(std::string_view text) {
  if (text.size() > base58_limit) return std::nullopt;
  const std::size_t zeros = std::min(text.find_first_not_of('1'), text.size());
  Bytes digits;
  for (char c : text.substr(zeros)) {
    digits.push_back(value_of(bitcoin_values, c));
    if (digits.back() == not_a_digit) return std::nullopt;
  }
  Bytes bytes(zeros, 0);
  append(bytes, change_base(digits, 58, 256));
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
