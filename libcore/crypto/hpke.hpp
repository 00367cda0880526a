#pragma once
// HPKE base mode (RFC 9180) between X25519 keys, one message a key: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
// AES-256-GCM. The rest of the library seals to identities, with seal() and unseal().

#include "libcore/crypto/seal.hpp"

namespace carechain::crypto {

// enc(32) || ciphertext || tag; the ephemeral secret is one draw of 32 bytes. Throws Error when the recipient's point
// is of small order.
Bytes hpke_seal(const X25519Public& recipient, ByteView info, ByteView aad, ByteView plain, const Random&);
std::optional<Bytes> hpke_open(const SecretKey& recipient, ByteView info, ByteView aad, ByteView sealed);

}  // namespace carechain::crypto
