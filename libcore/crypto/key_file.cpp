#include "libcore/crypto/key_file.hpp"

#include "libcore/base/error.hpp"
#include "libcore/crypto/der.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/pbes2.hpp"
#include "libcore/crypto/pem.hpp"

namespace carechain::crypto {
namespace {

using namespace std::string_view_literals;

constexpr auto private_label = "PRIVATE KEY"sv;
constexpr auto encrypted_label = "ENCRYPTED PRIVATE KEY"sv;
constexpr auto public_label = "PUBLIC KEY"sv;

constexpr auto ed25519_oid = "\x2b\x65\x70"sv;  // 1.3.101.112
// RFC 8410: everything before the 32 bytes of the key.
constexpr auto private_head = "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"sv;
constexpr auto public_head = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;

struct Algorithm {
  std::string_view oid, name;
};
constexpr Algorithm others[] = {{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "RSA"},
                                {"\x2a\x86\x48\xce\x3d\x02\x01", "elliptic curve (EC)"},
                                {"\x2b\x65\x6e", "X25519"},
                                {"\x2b\x65\x6f", "X448"},
                                {"\x2b\x65\x71", "Ed448"},
                                {"\x2a\x86\x48\xce\x38\x04\x01", "DSA"}};

Error malformed_key() { return Error("the key is malformed: not an Ed25519 key as RFC 8410 writes it"); }

Error other_algorithm(const std::string& name) {
  return Error("this is a key of type " + name + ", an Ed25519 key is needed", "openssl genpkey -algorithm ed25519");
}

void expect_ed25519(DerReader algorithm) {
  const ByteView oid = algorithm.take(Tag::object_identifier);
  if (text_of(oid) == ed25519_oid) return algorithm.finish();
  for (const Algorithm& other : others)
    if (text_of(oid) == other.oid) throw other_algorithm(std::string(other.name));
  throw other_algorithm(dotted(oid));
}

// A BIT STRING of 32 whole bytes.
PublicKey key_of_bits(ByteView bits) {
  if (bits.size() != 1 + PublicKey::size || bits[0] != 0) throw malformed_key();
  return PublicKey(bits.subspan(1));
}

// OneAsymmetricKey (RFC 5958), version 1 without and version 2 with the public key.
SecretKey read_private(ByteView der) {
  DerReader outer(der);
  DerReader info = outer.take_sequence();
  outer.finish();
  const std::uint64_t version = info.take_whole();
  if (version > 1) throw malformed_key();
  expect_ed25519(info.take_sequence());
  DerReader wrapped(info.take(Tag::octet_string));
  const ByteView seed_bytes = wrapped.take(Tag::octet_string);
  wrapped.finish();
  if (seed_bytes.size() != SecretKey::size) throw malformed_key();
  SecretKey seed(seed_bytes);
  if (info.at(Tag::attributes)) info.take(Tag::attributes);
  if (version == 1 && info.at(Tag::public_key) && key_of_bits(info.take(Tag::public_key)) != public_key(seed))
    throw Error("the key is damaged: its private and its public half do not belong together");
  info.finish();
  return seed;
}

PublicKey read_public(ByteView der) {
  DerReader outer(der);
  DerReader info = outer.take_sequence();
  outer.finish();
  expect_ed25519(info.take_sequence());
  const PublicKey key = key_of_bits(info.take(Tag::bit_string));
  info.finish();
  if (!sound_public_key(key)) throw Error("the public key is not a sound Ed25519 key");
  return key;
}

// Asks once for all the keys of a file.
class Unlock {
 public:
  explicit Unlock(const Passphrase& ask) : ask_(ask) {}
  ~Unlock() {
    if (!given_ || given_->empty()) return;
    auto& words = *given_;
    wipe(words.data(), words.size());
  }
  Unlock(const Unlock&) = delete;
  Unlock& operator=(const Unlock&) = delete;

  SecretKey operator()(ByteView der) {
    if (!given_ && ask_) given_ = ask_();
    if (!given_) throw Error("the key is encrypted and there is no passphrase");
    const auto plain = pbes2_decrypt(der, *given_);
    if (!plain || !holds_der(plain->bytes)) throw Error("wrong passphrase");
    return read_private(plain->bytes);
  }

 private:
  // One wrong passphrase in 256 leaves something that looks padded, but hardly ever a sequence of just this length.
  static bool holds_der(ByteView plain) {
    try {
      DerReader reader(plain);
      reader.take_sequence().take_whole();
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  const Passphrase& ask_;
  std::optional<std::string> given_;
};

void read_block(const PemBlock& block, Unlock& unlock, PemKeys& keys) {
  if (block.label == private_label) {
    keys.seeds.push_back(read_private(pem_decode(block.base64).bytes));
  } else if (block.label == encrypted_label) {
    keys.seeds.push_back(unlock(pem_decode(block.base64).bytes));
  } else if (block.label == public_label) {
    if (keys.only_public) throw Error("there are several public keys in one file");
    keys.only_public = read_public(pem_decode(block.base64).bytes);
  } else if (block.label.ends_with(private_label)) {
    throw other_algorithm("\"" + std::string(block.label) + "\"");
  }
}

WipedBytes private_der(const SecretKey& seed) {
  WipedBytes der;
  der.bytes.reserve(private_head.size() + SecretKey::size);
  append(der.bytes, private_head);
  append(der.bytes, seed.view());
  return der;
}

}  // namespace

std::string write_private_pem(const SecretKey& seed) { return pem_encode(private_label, private_der(seed).bytes); }

std::string write_encrypted_pem(const SecretKey& seed, std::string_view passphrase, const Random& random) {
  return pem_encode(encrypted_label, pbes2_encrypt(private_der(seed).bytes, passphrase, random));
}

std::string write_public_pem(const PublicKey& key) {
  Bytes der = bytes_of(public_head);
  append(der, key.view());
  return pem_encode(public_label, der);
}

PemKeys read_pem(std::string_view text, const Passphrase& passphrase) {
  PemKeys keys;
  Unlock unlock(passphrase);
  for (const PemBlock& block : pem_blocks(text)) read_block(block, unlock, keys);
  if (!keys.seeds.empty()) keys.only_public.reset();
  if (keys.seeds.empty() && !keys.only_public)
    throw Error("there is no key in it", "openssl genpkey -algorithm ed25519");
  return keys;
}

}  // namespace carechain::crypto
