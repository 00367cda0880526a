#pragma once
// PEM armour (RFC 7468).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/secret.hpp"

namespace carechain::crypto {

// Bytes of any number that are wiped when they go.
struct WipedBytes {
  Bytes bytes;

  WipedBytes() = default;
  explicit WipedBytes(Bytes from) : bytes(std::move(from)) {}
  WipedBytes(WipedBytes&&) noexcept = default;
  WipedBytes& operator=(WipedBytes&&) = delete;
  ~WipedBytes() {
    if (!bytes.empty()) wipe(bytes.data(), bytes.size());
  }
};

struct PemBlock {
  std::string_view label;   // "PRIVATE KEY"
  std::string_view base64;  // what stands between the two lines
};
// All blocks, views into the text; what is outside is ignored. Throws Error when a block has no end.
std::vector<PemBlock> pem_blocks(std::string_view text);

// White space is skipped. Throws Error on anything else that is not base64 with its padding.
WipedBytes pem_decode(std::string_view base64);

// Lines of 64 characters, and a final newline.
std::string pem_encode(std::string_view label, ByteView der);

}  // namespace carechain::crypto
