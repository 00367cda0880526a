#pragma once
// Ed25519 signatures, RFC 8032 (PureEdDSA), with one written rule for validity that every verifier of a chain shares:
// S < L; A is a canonical encoding (y < p) of a point on the curve that is not of small order; R is byte for byte the
// canonical encoding of [S]B - [k]A, with k = SHA-512(R || A || message) mod L and without cofactor. An A or R with x =
// 0 and a sign bit is thereby refused. (libsodium 1.0.18 refuses an R of small order besides; we don't: only the owner
// of the key can make one.) Crypto++ alone accepts S + L and small-order keys, so these checks stand in front of it.

#include <memory>

#include "libcore/base/bytes.hpp"
#include "libcore/base/secret.hpp"

namespace carechain::crypto {

// The signing key is its 32-byte seed (RFC 8032 section 5.1.5).
PublicKey public_key(const SecretKey& seed);

class Signer {  // derives the public key once
 public:
  explicit Signer(const SecretKey& seed);
  ~Signer();
  Signer(Signer&&) noexcept;
  const PublicKey& public_key() const { return public_; }
  Signature sign(ByteView message) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  PublicKey public_;
};

// True only by the rule above. Reentrant: many threads may verify at once.
bool verify(const PublicKey&, ByteView message, const Signature&);

// A canonical encoding of a point on the curve that is not of small order.
bool sound_public_key(const PublicKey&);

}  // namespace carechain::crypto
