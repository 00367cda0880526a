#include "libcore/crypto/pbes2.hpp"

#include <cryptopp/aes.h>
#include <cryptopp/modes.h>
#include <cryptopp/pwdbased.h>
#include <cryptopp/scrypt.h>
#include <cryptopp/sha.h>

#include <bit>

#include "libcore/base/error.hpp"
#include "libcore/crypto/der.hpp"

namespace carechain::crypto {
namespace {

using namespace std::string_view_literals;

// Contents of OBJECT IDENTIFIERs.
constexpr auto pbes2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"sv;         // 1.2.840.113549.1.5.13
constexpr auto pbkdf2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c"sv;        // 1.2.840.113549.1.5.12
constexpr auto hmac_with_sha256 = "\x2a\x86\x48\x86\xf7\x0d\x02\x09"sv;  // 1.2.840.113549.2.9
constexpr auto scrypt = "\x2b\x06\x01\x04\x01\xda\x47\x04\x0b"sv;        // 1.3.6.1.4.1.11591.4.11
constexpr auto aes256_cbc = "\x60\x86\x48\x01\x65\x03\x04\x01\x2a"sv;    // 2.16.840.1.101.3.4.1.42

constexpr std::size_t block_size = CryptoPP::AES::BLOCKSIZE;
constexpr std::uint64_t max_memory = std::uint64_t{256} << 20;
constexpr std::uint64_t max_parallel_work = 16 * max_memory;
constexpr std::uint64_t max_iterations = 10'000'000;

struct ScryptCost {
  std::uint64_t n, r, p;

  bool valid() const { return n > 1 && std::has_single_bit(n) && r > 0 && p > 0; }
  bool affordable() const {
    if (n > max_memory / 128 || r > max_memory / 128 / n) return false;
    return p <= max_parallel_work / (128 * n * r);
  }
};

Error unsupported(std::string_view what, ByteView identifier) {
  return Error("the key is encrypted with " + std::string(what) + " " + dotted(identifier) + ", which is not supported",
               "openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW");
}

void expect(DerReader& algorithm, std::string_view wanted, std::string_view what) {
  const ByteView identifier = algorithm.take(Tag::object_identifier);
  if (text_of(identifier) != wanted) throw unsupported(what, identifier);
}

SecretKey run_scrypt(std::string_view passphrase, ByteView salt, const ScryptCost& cost) {
  SecretKey key;
  const ByteView pass = view_of(passphrase);
  CryptoPP::Scrypt().DeriveKey(key.data(), SecretKey::size, pass.data(), pass.size(), salt.data(), salt.size(), cost.n,
                               cost.r, cost.p);
  return key;
}

void take_key_length(DerReader& parameters) {
  if (parameters.at(Tag::integer) && parameters.take_whole() != SecretKey::size)
    throw Error("the key is malformed: AES-256 wants a key of 32 bytes");
}

SecretKey scrypt_key(DerReader parameters, std::string_view passphrase) {
  const ByteView salt = parameters.take(Tag::octet_string);
  ScryptCost cost{};
  cost.n = parameters.take_whole();
  cost.r = parameters.take_whole();
  cost.p = parameters.take_whole();
  take_key_length(parameters);
  parameters.finish();
  if (!cost.valid()) throw Error("the key is malformed: its scrypt parameters make no sense");
  if (!cost.affordable()) throw Error("the key's scrypt parameters want more than 256 MiB of memory, or too much work");
  return run_scrypt(passphrase, salt, cost);
}

SecretKey pbkdf2_key(DerReader parameters, std::string_view passphrase) {
  const ByteView salt = parameters.take(Tag::octet_string);
  const std::uint64_t iterations = parameters.take_whole();
  take_key_length(parameters);
  if (parameters.empty()) throw Error("the key is encrypted with PBKDF2-HMAC-SHA1, which is not supported");
  DerReader prf = parameters.take_sequence();
  parameters.finish();
  expect(prf, hmac_with_sha256, "PBKDF2 over");
  if (prf.at(Tag::null)) prf.take(Tag::null);
  prf.finish();
  if (iterations == 0 || iterations > max_iterations) throw Error("the key wants too many or no iterations of PBKDF2");
  SecretKey key;
  const ByteView pass = view_of(passphrase);
  CryptoPP::PKCS5_PBKDF2_HMAC<CryptoPP::SHA256>().DeriveKey(key.data(), SecretKey::size, 0, pass.data(), pass.size(),
                                                            salt.data(), salt.size(),
                                                            static_cast<unsigned>(iterations));
  return key;
}

SecretKey derive(DerReader derivation, std::string_view passphrase) {
  const ByteView identifier = derivation.take(Tag::object_identifier);
  DerReader parameters = derivation.take_sequence();
  derivation.finish();
  if (text_of(identifier) == scrypt) return scrypt_key(parameters, passphrase);
  if (text_of(identifier) == pbkdf2) return pbkdf2_key(parameters, passphrase);
  throw unsupported("the key derivation", identifier);
}

// PKCS#7 padding: 1 to 16 bytes, each their number.
bool remove_padding(Bytes& plain) {
  const std::uint8_t count = plain.back();
  if (count == 0 || count > block_size) return false;
  if (std::any_of(plain.end() - count, plain.end(), [count](std::uint8_t b) { return b != count; })) return false;
  plain.erase(plain.end() - count, plain.end());
  return true;
}

std::optional<WipedBytes> decrypt(DerReader info, std::string_view passphrase) {
  DerReader whole = info.take_sequence();
  info.finish();
  DerReader algorithm = whole.take_sequence();
  const ByteView sealed = whole.take(Tag::octet_string);
  whole.finish();
  expect(algorithm, pbes2, "the scheme");
  DerReader scheme = algorithm.take_sequence();
  algorithm.finish();
  DerReader derivation = scheme.take_sequence();
  DerReader cipher = scheme.take_sequence();
  scheme.finish();
  expect(cipher, aes256_cbc, "the cipher");
  const ByteView iv = cipher.take(Tag::octet_string);
  cipher.finish();
  if (iv.size() != block_size || sealed.empty() || sealed.size() % block_size != 0)
    throw Error("the key is malformed: its encrypted part is not whole blocks");
  const SecretKey key = derive(derivation, passphrase);
  WipedBytes plain{Bytes(sealed.size())};
  CryptoPP::CBC_Mode<CryptoPP::AES>::Decryption(key.data(), SecretKey::size, iv.data())
      .ProcessData(plain.bytes.data(), sealed.data(), sealed.size());
  if (!remove_padding(plain.bytes)) return std::nullopt;
  return plain;
}

}  // namespace

Bytes pbes2_encrypt(ByteView plain, std::string_view passphrase, const Random& random) {
  constexpr ScryptCost cost{1 << 14, 8, 5};  // N 2^15 with r 8 is more memory than openssl lets itself use
  const auto salt = draw<16>(random);
  const auto iv = draw<block_size>(random);
  const SecretKey key = run_scrypt(passphrase, salt, cost);
  WipedBytes padded{Bytes(plain.size() / block_size * block_size + block_size)};
  std::ranges::fill(padded.bytes, static_cast<std::uint8_t>(padded.bytes.size() - plain.size()));
  std::ranges::copy(plain, padded.bytes.begin());
  Bytes sealed(padded.bytes.size());
  CryptoPP::CBC_Mode<CryptoPP::AES>::Encryption(key.data(), SecretKey::size, iv.data())
      .ProcessData(sealed.data(), padded.bytes.data(), sealed.size());

  const auto identifier = [](std::string_view oid) { return der_value(Tag::object_identifier, {view_of(oid)}); };
  const Bytes parameters = der_value(
      Tag::sequence, {der_value(Tag::octet_string, {salt}), der_whole(cost.n), der_whole(cost.r), der_whole(cost.p)});
  const Bytes derivation = der_value(Tag::sequence, {identifier(scrypt), parameters});
  const Bytes cipher = der_value(Tag::sequence, {identifier(aes256_cbc), der_value(Tag::octet_string, {iv})});
  const Bytes scheme = der_value(Tag::sequence, {derivation, cipher});
  const Bytes algorithm = der_value(Tag::sequence, {identifier(pbes2), scheme});
  return der_value(Tag::sequence, {algorithm, der_value(Tag::octet_string, {sealed})});
}

std::optional<WipedBytes> pbes2_decrypt(ByteView der, std::string_view passphrase) {
  try {
    return decrypt(DerReader(der), passphrase);
  } catch (const CryptoPP::Exception& e) {
    throw Error(std::string("the key's encryption parameters do not work: ") + e.what());
  }
}

}  // namespace carechain::crypto
