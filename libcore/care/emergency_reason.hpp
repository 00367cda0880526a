#pragma once
// The reason for an emergency stays off the chain. The request, which goes on it, holds
//
//   digest = HMAC-SHA-256(key, reason), key 32 random bytes
//
// and a message of its own travels ahead of the request: signed with the word "reason", holding the digest and key and
// reason sealed to the custodian's key (HPKE, info = "carechain/reason/1" || 0 || ledger || digest). The custodian
// keeps them in vault/reasons under the patient's key, where they end with it:
//
//   vault/reasons/HEX   HEX = SHA-256(digest || patient's account); AES-256-GCM(HKDF(patient key, no salt,
//                       "carechain/reason-lock/1" || 0 || digest), nonce 0, aad = digest) of CBOR {key, text}

#include "libcore/care/vault.hpp"

namespace carechain::care {

inline constexpr std::size_t max_reason_bytes = 4096;

struct StatedReason {
  Hash key;
  std::string text;
  template <class V>
  void fields(V& v) {
    v("key", key, "of the digest");
    v("text", text, "why");
  }
};
StatedReason state_reason(std::string text, const Random&);  // throws misuse(): empty, too long, not UTF-8
Hash digest_of(const StatedReason&);

Bytes reason_message(const Hash& ledger, const crypto::Signer&, const StatedReason&, const PublicKey& custodian_key,
                     const Random&);
// nullopt: not such a message, not for these keys, or the digest is not that of what is inside.
std::optional<StatedReason> read_reason_message(const Hash& ledger, ByteView message,
                                                const std::vector<SecretKey>& custodian_seeds);

// Durable on return. Needs the patient's key in the vault; without it nothing is kept.
void keep_reason(const store::Layout&, const Vault&, const PublicKey& patient, const StatedReason&);
// nullopt: none is kept, or it ended with the patient's key.
std::optional<std::string> kept_reason(const store::Layout&, const Vault&, const PublicKey& patient,
                                       const Hash& digest);

}  // namespace carechain::care
