#pragma once
// SHA-256 of many messages that share their beginning: the compression of the shared blocks is done once.

#include "libcore/base/bytes.hpp"

namespace carechain::crypto {

class Sha256Midstate {
 public:
  explicit Sha256Midstate(ByteView beginning);  // requires a multiple of 64 bytes
  // The digest of the beginning followed by exactly 64 more bytes.
  Hash finish(ByteView last64) const;

 private:
  std::array<std::uint32_t, 8> state_{};
  std::array<std::uint32_t, 16> padding_{};  // the last block: 0x80, zeros, the message's length in bits
};

}  // namespace carechain::crypto
