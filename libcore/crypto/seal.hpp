#pragma once
// Sealing to a public key: HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM;
// ciphersuite 0x0020, 0x0001, 0x0002. Recipients are named by their Ed25519 identity key, whose X25519 key is derived
// by the birational map (as did:key prescribes; seed -> SHA-512 lower half, clamped).

#include <optional>

#include "libcore/base/random.hpp"

namespace carechain::crypto {

using X25519Public = FixedBytes<struct X25519PublicMeaning, 32>;  // little-endian u-coordinate, RFC 7748

X25519Public x25519_public(const SecretKey& scalar);
// RFC 7748 with the all-zero check: nullopt when the shared secret is all zero (a small-order point).
std::optional<SecretKey> x25519(const SecretKey& scalar, const X25519Public& point);

// nullopt: not a sound Ed25519 key.
std::optional<X25519Public> x25519_of(const PublicKey& ed25519);
SecretKey x25519_of(const SecretKey& ed25519_seed);

inline constexpr std::size_t seal_expansion = 32 + 16;  // encapsulated key in front, GCM tag behind

// enc(32) || ciphertext || tag. Throws Error when the recipient's key is not sound.
Bytes seal(const PublicKey& recipient, ByteView info, ByteView aad, ByteView plain, const Random&);
// nullopt: not for this key, another info or aad, or altered.
std::optional<Bytes> unseal(const SecretKey& ed25519_seed, ByteView info, ByteView aad, ByteView sealed);

// AES-256-GCM (NIST SP 800-38D), 96-bit nonce, 128-bit tag behind the ciphertext.
inline constexpr std::size_t aead_tag = 16;
Bytes aead_seal(const SecretKey&, ByteView nonce12, ByteView aad, ByteView plain);
std::optional<Bytes> aead_open(const SecretKey&, ByteView nonce12, ByteView aad, ByteView sealed);

}  // namespace carechain::crypto
