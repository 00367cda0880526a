#pragma once
// Private keys on disk: PKCS#8 PEM (RFC 8410 Ed25519), so that `openssl pkey` reads ours and we read openssl's;
// encrypted ones PBES2 (RFC 8018) with scrypt (RFC 7914: N 2^14, r 8, p 5; openssl refuses parameters that need more
// than 32 MiB) and AES-256-CBC. OpenSSL's PBKDF2-HMAC-SHA256 keys are read too.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libcore/base/random.hpp"

namespace carechain::crypto {

// PEM text of one key, with a final newline.
std::string write_private_pem(const SecretKey& seed);
std::string write_encrypted_pem(const SecretKey& seed, std::string_view passphrase, const Random&);
std::string write_public_pem(const PublicKey&);  // SubjectPublicKeyInfo

// Asked only when a key is encrypted; nullopt: there is none.
using Passphrase = std::function<std::optional<std::string>()>;

struct PemKeys {
  std::vector<SecretKey> seeds;  // private keys in the order of the file: the current first, retired ones after it
  std::optional<PublicKey> only_public;  // when the file is a public key
};
// Text outside the PEM armour is ignored, as openssl does. Throws Error: no key in it, another algorithm (named),
// malformed DER, wrong passphrase, an encrypted key without a passphrase, scrypt parameters that want over 256 MiB.
PemKeys read_pem(std::string_view text, const Passphrase&);

}  // namespace carechain::crypto
