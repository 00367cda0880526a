#pragma once
// Key material: wiped when it goes, never copied by accident, never printed. Not compared: ciphers and signatures do
// that.

#include <array>

#include "libcore/base/bytes.hpp"

namespace carechain {

// Overwrites memory in a way the compiler may not leave out.
void wipe(void* at, std::size_t size);

// N secret bytes. Moving wipes the source; copying must be asked for by name.
template <std::size_t N>
class SecretBytes {
 public:
  static constexpr std::size_t size = N;
  SecretBytes() = default;
  // Requires from.size() == N. The caller wipes its own copy.
  explicit SecretBytes(ByteView from) { std::copy_n(from.begin(), N, bytes_.begin()); }
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_.data(), N); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_.data(), N);
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { wipe(bytes_.data(), N); }

  SecretBytes clone() const { return SecretBytes(view()); }
  ByteView view() const { return bytes_; }
  std::uint8_t* data() { return bytes_.data(); }
  const std::uint8_t* data() const { return bytes_.data(); }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

using SecretKey = SecretBytes<32>;  // a symmetric key, or the 32-byte seed of an Ed25519 or X25519 key

}  // namespace carechain
