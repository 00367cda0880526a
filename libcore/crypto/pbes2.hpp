#pragma once
// Password-based encryption of private keys: PBES2 (RFC 8018) with AES-256-CBC under scrypt (RFC 7914) or
// PBKDF2-HMAC-SHA256.

#include "libcore/base/random.hpp"
#include "libcore/crypto/pem.hpp"

namespace carechain::crypto {

// EncryptedPrivateKeyInfo (RFC 5958 section 3) with scrypt N 2^14, r 8, p 5.
Bytes pbes2_encrypt(ByteView plain, std::string_view passphrase, const Random&);

// nullopt: wrong passphrase. Throws Error: malformed, another scheme (named), or a derivation that wants over 256 MiB,
// more than 16 times the work that fits in those, or over 10,000,000 iterations.
std::optional<WipedBytes> pbes2_decrypt(ByteView der, std::string_view passphrase);

}  // namespace carechain::crypto
