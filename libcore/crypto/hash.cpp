#include "libcore/crypto/hash.hpp"

#include <cryptopp/crc.h>
#include <cryptopp/hmac.h>
#include <cryptopp/misc.h>
#include <cryptopp/sha.h>

#include "libcore/base/error.hpp"

namespace carechain::crypto {
namespace {

using Hmac = CryptoPP::HMAC<CryptoPP::SHA256>;

}  // namespace

Hash sha256(ByteView data) {
  Hash hash;
  CryptoPP::SHA256().CalculateDigest(hash.data(), data.data(), data.size());
  return hash;
}

Hash sha256(std::initializer_list<ByteView> parts) {
  Hash hash;
  CryptoPP::SHA256 sha;
  for (ByteView part : parts) sha.Update(part.data(), part.size());
  sha.Final(hash.data());
  return hash;
}

struct Sha256::State {
  CryptoPP::SHA256 sha;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(const Sha256& other) : state_(std::make_unique<State>(*other.state_)) {}
Sha256& Sha256::operator=(const Sha256& other) {
  *state_ = *other.state_;
  return *this;
}

Sha256& Sha256::update(ByteView data) {
  state_->sha.Update(data.data(), data.size());
  return *this;
}

Hash Sha256::finish() {
  Hash hash;
  state_->sha.Final(hash.data());
  return hash;
}

struct HmacSha256::State {
  Hmac mac;
};

HmacSha256::HmacSha256(ByteView key) : state_(std::make_unique<State>()) { state_->mac.SetKey(key.data(), key.size()); }
HmacSha256::~HmacSha256() = default;

HmacSha256& HmacSha256::update(ByteView data) {
  state_->mac.Update(data.data(), data.size());
  return *this;
}

Hash HmacSha256::finish() {
  Hash hash;
  state_->mac.Final(hash.data());
  return hash;
}

Hash hmac_sha256(ByteView key, ByteView message) {
  Hash hash;
  Hmac(key.data(), key.size()).CalculateDigest(hash.data(), message.data(), message.size());
  return hash;
}

SecretKey hkdf_extract(ByteView secret, ByteView salt) {
  SecretKey prk;
  Hmac(salt.data(), salt.size()).CalculateDigest(prk.data(), secret.data(), secret.size());
  return prk;
}

void hkdf_expand(const SecretKey& prk, ByteView info, std::span<std::uint8_t> out) {
  if (out.size() > 255 * Hash::size) throw Error("HKDF gives at most 8160 bytes");
  Hmac mac(prk.data(), SecretKey::size);
  SecretKey block;
  for (std::uint8_t round = 1; !out.empty(); ++round) {
    if (round > 1) mac.Update(block.data(), SecretKey::size);
    mac.Update(info.data(), info.size());
    mac.Update(&round, 1);
    mac.Final(block.data());
    const std::size_t taken = std::min(out.size(), SecretKey::size);
    std::copy_n(block.data(), taken, out.begin());
    out = out.subspan(taken);
  }
}

void hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::span<std::uint8_t> out) {
  hkdf_expand(hkdf_extract(secret, salt), info, out);
}

SecretKey hkdf_key(ByteView secret, ByteView salt, ByteView info) {
  SecretKey key;
  hkdf_sha256(secret, salt, info, {key.data(), SecretKey::size});
  return key;
}

std::uint32_t crc32c(ByteView data) { return crc32c({data}); }

std::uint32_t crc32c(std::initializer_list<ByteView> parts) {
  CryptoPP::CRC32C crc;
  for (ByteView part : parts) crc.Update(part.data(), part.size());
  std::uint8_t sum[4];
  crc.Final(sum);
  return load_le<std::uint32_t>(sum);
}

bool equal_in_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || CryptoPP::VerifyBufsEqual(a.data(), b.data(), a.size()));
}

}  // namespace carechain::crypto
