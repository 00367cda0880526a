#pragma once
// Byte strings, and byte strings of a fixed length that can't be mistaken for one another.

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace carechain {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView view_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }
inline Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline void append(Bytes& to, ByteView more) {
  const std::size_t at = to.size();
  to.resize(at + more.size());
  if (!more.empty()) std::memcpy(to.data() + at, more.data(), more.size());
}
inline void append(Bytes& to, std::string_view more) { append(to, view_of(more)); }
inline bool same(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

// Exactly N bytes with a meaning: a Hash is not a PublicKey even though both have 32. Default: all zero.
// Ordered as byte strings (as big-endian numbers).
template <class Meaning, std::size_t N>
struct FixedBytes {
  static constexpr std::size_t size = N;
  std::array<std::uint8_t, N> bytes{};

  FixedBytes() = default;
  // Requires from.size() == N.
  explicit FixedBytes(ByteView from) { std::copy_n(from.begin(), N, bytes.begin()); }

  ByteView view() const { return bytes; }
  std::uint8_t* data() { return bytes.data(); }
  const std::uint8_t* data() const { return bytes.data(); }
  bool is_zero() const {
    return std::ranges::all_of(bytes, [](std::uint8_t b) { return b == 0; });
  }
  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

using Hash = FixedBytes<struct HashMeaning, 32>;                    // SHA-256 of something
using PublicKey = FixedBytes<struct PublicKeyMeaning, 32>;          // Ed25519 public key, RFC 8032 encoding
using Signature = FixedBytes<struct SignatureMeaning, 64>;          // Ed25519 signature, R then S
using TransactionId = FixedBytes<struct TransactionIdMeaning, 32>;  // SHA-256 of a transaction's Sig_structure

struct FixedBytesHash {  // for unordered containers; the bytes are digests or keys, so their head is as good as any
  template <class Meaning, std::size_t N>
  std::size_t operator()(const FixedBytes<Meaning, N>& value) const {
    std::size_t head = 0;
    std::memcpy(&head, value.bytes.data(), sizeof head);
    return head;
  }
};

// Integers at a place in a buffer. The caller guarantees the room.
template <class Int>
void store_le(std::uint8_t* at, Int value) {
  for (std::size_t i = 0; i < sizeof(Int); ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}
template <class Int>
void store_be(std::uint8_t* at, Int value) {
  for (std::size_t i = 0; i < sizeof(Int); ++i) at[sizeof(Int) - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
}
template <class Int>
Int load_le(const std::uint8_t* at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Int); ++i) value |= std::uint64_t{at[i]} << (8 * i);
  return static_cast<Int>(value);
}
template <class Int>
Int load_be(const std::uint8_t* at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Int); ++i) value = value << 8 | at[i];
  return static_cast<Int>(value);
}

}  // namespace carechain
