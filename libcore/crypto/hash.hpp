#pragma once
// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104), HKDF-SHA-256 (RFC 5869), CRC-32C (RFC 3720 appendix B.4).

#include <initializer_list>
#include <memory>

#include "libcore/base/bytes.hpp"
#include "libcore/base/secret.hpp"

namespace carechain::crypto {

Hash sha256(ByteView);
// Of the parts one after the other, without joining them first.
Hash sha256(std::initializer_list<ByteView> parts);

class Sha256 {  // incremental
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&);  // a fork of the state so far
  Sha256& operator=(const Sha256&);
  Sha256& update(ByteView);
  Hash finish();  // and starts anew
 private:
  struct State;
  std::unique_ptr<State> state_;
};

class HmacSha256 {  // incremental
 public:
  explicit HmacSha256(ByteView key);
  ~HmacSha256();
  HmacSha256& update(ByteView);
  Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
Hash hmac_sha256(ByteView key, ByteView message);

// RFC 5869 extract-and-expand. out.size() <= 255 * 32, else Error. An absent salt is an empty view.
void hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::span<std::uint8_t> out);
SecretKey hkdf_extract(ByteView secret, ByteView salt);  // its two halves, where a protocol wants them apart
void hkdf_expand(const SecretKey& prk, ByteView info, std::span<std::uint8_t> out);
SecretKey hkdf_key(ByteView secret, ByteView salt, ByteView info);  // 32 bytes of it

std::uint32_t crc32c(ByteView);
std::uint32_t crc32c(std::initializer_list<ByteView> parts);

bool equal_in_constant_time(ByteView a, ByteView b);  // different lengths: false

}  // namespace carechain::crypto
