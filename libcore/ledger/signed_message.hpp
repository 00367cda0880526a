#pragma once
// Signed messages: untagged COSE_Sign1 (RFC 9052 section 4.2) with exactly one form, so that bytes and meaning agree.
//
//   [ << {1: -8, 4: kid} >>, {}, payload, signature ]     kid = the signer's 32-byte Ed25519 public key
//   external_aad = CBOR ["carechain/<word>/1", ledger id]
//
// The word keeps kinds apart: a request can't pass for a transaction, nor a message of one ledger for another's.

#include <string_view>

#include "libcore/base/bytes.hpp"
#include "libcore/crypto/ed25519.hpp"

namespace carechain::ledger {

enum class Word { tx, request, release, capsule, certificate, challenge, reason };

inline constexpr std::size_t max_message_bytes = 1u << 20;

// A message taken apart; views point into the bytes it was parsed from.
struct SignedMessage {
  ByteView bytes;    // all of it
  PublicKey signer;  // the kid
  ByteView payload;  // deterministic CBOR, not yet looked at
  Signature signature;
};

// Structure only; throws encoding::CborFault by name of what is wrong. The signature is not looked at.
SignedMessage parse_message(ByteView bytes);

// The bytes that are signed (RFC 9052 section 4.4), and their SHA-256: the message's id.
Bytes signed_bytes(Word, const Hash& ledger, const PublicKey& signer, ByteView payload);
void append_signed_bytes(Word, const Hash& ledger, const PublicKey& signer, ByteView payload, Bytes& to);
Hash message_id(Word, const Hash& ledger, const SignedMessage&);

// Both in one pass: the id, and whether the signature holds.
struct Checked {
  Hash id;
  bool signature_holds;
};
Checked check_message(Word, const Hash& ledger, const SignedMessage&);

Bytes sign_message(Word, const Hash& ledger, const crypto::Signer&, ByteView payload);

}  // namespace carechain::ledger
