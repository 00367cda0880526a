#pragma once
// Ed25519 signatures, RFC 8032 (PureEdDSA), with one written rule for validity that every verifier of a chain shares:
// S < L; A and R are canonical encodings; A is not of small order; [S]B = R + [k]A without cofactor. (libsodium's
// rule.) Crypto++ alone accepts S + L and small-order keys, so these checks stand in front of it.

#include <memory>

#include "libcore/base/bytes.hpp"
#include "libcore/base/secret.hpp"

namespace carechain::crypto {

// The signing key is its 32-byte seed (RFC 8032 section 5.1.5).
PublicKey public_key(const SecretKey& seed);

class Signer {  // expands the seed once
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
