#include "libcore/ledger/signed_message.hpp"

#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/cbor.hpp"

namespace carechain::ledger {
namespace {

using encoding::CborFault;
using encoding::CborReader;
using encoding::CborWriter;

constexpr std::array<std::uint8_t, 6> protected_head{0xa2, 0x01, 0x27, 0x04, 0x58, 0x20};  // {1: -8, 4: h'…32 bytes
constexpr std::size_t protected_size = protected_head.size() + PublicKey::size;

// ["Signature1", << {1: -8, 4: kid} >>, … up to the kid: how all signed bytes begin.
constexpr std::array<std::uint8_t, 20> structure_head{0x84, 0x6a, 'S',  'i',  'g',  'n',  'a',  't',  'u',  'r',
                                                      'e',  '1',  0x58, 0x26, 0xa2, 0x01, 0x27, 0x04, 0x58, 0x20};

std::array<std::uint8_t, protected_size> protected_header(const PublicKey& signer) {
  std::array<std::uint8_t, protected_size> header;
  std::ranges::copy(signer.bytes, std::ranges::copy(protected_head, header.begin()).out);
  return header;
}

std::string_view context_of(Word word) {
  switch (word) {
    case Word::tx:
      return "carechain/tx/1";
    case Word::request:
      return "carechain/request/1";
    case Word::release:
      return "carechain/release/1";
    case Word::capsule:
      return "carechain/capsule/1";
    case Word::certificate:
      return "carechain/certificate/1";
    case Word::challenge:
      return "carechain/challenge/1";
    case Word::reason:
      return "carechain/reason/1";
  }
  return "";
}

}  // namespace

SignedMessage parse_message(ByteView bytes) {
  if (bytes.size() > max_message_bytes) throw CborFault(0, "a signed message may have at most 1 MiB");
  CborReader reader(bytes);
  SignedMessage message;
  message.bytes = bytes;
  if (reader.array() != 4) throw CborFault(0, "a COSE_Sign1 has four parts");
  const ByteView header = reader.bytes();
  if (header.size() != protected_size || !std::equal(protected_head.begin(), protected_head.end(), header.begin()))
    throw CborFault(1, "the protected header must be exactly {1: -8, 4: kid} with a kid of 32 bytes");
  message.signer = PublicKey(header.subspan(protected_head.size()));
  if (reader.map() != 0) throw CborFault(reader.offset(), "the unprotected header must be empty");
  message.payload = reader.bytes();
  const ByteView signature = reader.bytes();
  if (signature.size() != Signature::size) throw CborFault(reader.offset(), "a signature has 64 bytes");
  message.signature = Signature(signature);
  reader.expect_end();
  return message;
}

void append_signed_bytes(Word word, const Hash& ledger, const PublicKey& signer, ByteView payload, Bytes& to) {
  const std::string_view context = context_of(word);  // at most 23 characters
  // external_aad, a byte string, begins: an array of two, the first a text.
  const std::array<std::uint8_t, 4> aad_head{0x58, static_cast<std::uint8_t>(36 + context.size()), 0x82,
                                             static_cast<std::uint8_t>(0x60 + context.size())};
  append(to, structure_head);
  append(to, signer.view());
  append(to, aad_head);
  append(to, context);
  CborWriter writer(to);
  writer.bytes(ledger.view());
  writer.bytes(payload);
}

Bytes signed_bytes(Word word, const Hash& ledger, const PublicKey& signer, ByteView payload) {
  Bytes structure;
  structure.reserve(payload.size() + 160);
  append_signed_bytes(word, ledger, signer, payload, structure);
  return structure;
}

Checked check_message(Word word, const Hash& ledger, const SignedMessage& message) {
  const Bytes structure = signed_bytes(word, ledger, message.signer, message.payload);
  return {crypto::sha256(structure), crypto::verify(message.signer, structure, message.signature)};
}

Hash message_id(Word word, const Hash& ledger, const SignedMessage& message) {
  return crypto::sha256(signed_bytes(word, ledger, message.signer, message.payload));
}

Bytes sign_message(Word word, const Hash& ledger, const crypto::Signer& signer, ByteView payload) {
  const Signature signature = signer.sign(signed_bytes(word, ledger, signer.public_key(), payload));
  Bytes message;
  CborWriter writer(message);
  writer.array(4);
  writer.bytes(protected_header(signer.public_key()));
  writer.map(0);
  writer.bytes(payload);
  writer.bytes(signature.view());
  return message;
}

}  // namespace carechain::ledger
