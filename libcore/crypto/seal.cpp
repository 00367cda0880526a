#include "libcore/crypto/seal.hpp"

#include <cryptopp/aes.h>
#include <cryptopp/donna.h>
#include <cryptopp/gcm.h>
#include <cryptopp/sha.h>

#include "libcore/base/error.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/edwards.hpp"
#include "libcore/crypto/hpke.hpp"

namespace carechain::crypto {

X25519Public x25519_public(const SecretKey& scalar) {
  X25519Public point;
  CryptoPP::Donna::curve25519_mult(point.data(), scalar.data());
  return point;
}

std::optional<SecretKey> x25519(const SecretKey& scalar, const X25519Public& point) {
  SecretKey shared;
  CryptoPP::Donna::curve25519_mult(shared.data(), scalar.data(), point.data());
  std::uint8_t any = 0;
  for (std::uint8_t byte : shared.view()) any |= byte;
  if (any == 0) return std::nullopt;
  return shared;
}

std::optional<X25519Public> x25519_of(const PublicKey& ed25519) {
  if (!sound_public_key(ed25519)) return std::nullopt;
  return X25519Public(montgomery_u(ed25519));
}

SecretKey x25519_of(const SecretKey& ed25519_seed) {
  SecretBytes<64> expanded;
  CryptoPP::SHA512().CalculateDigest(expanded.data(), ed25519_seed.data(), SecretKey::size);
  SecretKey scalar(expanded.view().first(32));
  scalar.data()[0] &= 0xf8;
  scalar.data()[31] = static_cast<std::uint8_t>((scalar.data()[31] & 0x7f) | 0x40);
  return scalar;
}

Bytes seal(const PublicKey& recipient, ByteView info, ByteView aad, ByteView plain, const Random& random) {
  const auto point = x25519_of(recipient);
  if (!point) throw Error("the recipient's key is not a sound Ed25519 key, nothing can be sealed to it");
  return hpke_seal(*point, info, aad, plain, random);
}

std::optional<Bytes> unseal(const SecretKey& ed25519_seed, ByteView info, ByteView aad, ByteView sealed) {
  return hpke_open(x25519_of(ed25519_seed), info, aad, sealed);
}

Bytes aead_seal(const SecretKey& key, ByteView nonce12, ByteView aad, ByteView plain) {
  CryptoPP::GCM<CryptoPP::AES>::Encryption gcm;
  gcm.SetKeyWithIV(key.data(), SecretKey::size, nonce12.data(), nonce12.size());
  Bytes sealed(plain.size() + aead_tag);
  gcm.EncryptAndAuthenticate(sealed.data(), sealed.data() + plain.size(), aead_tag, nonce12.data(),
                             static_cast<int>(nonce12.size()), aad.data(), aad.size(), plain.data(), plain.size());
  return sealed;
}

std::optional<Bytes> aead_open(const SecretKey& key, ByteView nonce12, ByteView aad, ByteView sealed) {
  if (sealed.size() < aead_tag) return std::nullopt;
  CryptoPP::GCM<CryptoPP::AES>::Decryption gcm;
  gcm.SetKeyWithIV(key.data(), SecretKey::size, nonce12.data(), nonce12.size());
  const std::size_t size = sealed.size() - aead_tag;
  Bytes plain(size);
  if (gcm.DecryptAndVerify(plain.data(), sealed.data() + size, aead_tag, nonce12.data(),
                           static_cast<int>(nonce12.size()), aad.data(), aad.size(), sealed.data(), size))
    return plain;
  if (size > 0) wipe(plain.data(), size);
  return std::nullopt;
}

}  // namespace carechain::crypto
