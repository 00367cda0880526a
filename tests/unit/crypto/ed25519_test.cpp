#include "libcore/crypto/ed25519.hpp"

#include <sstream>

#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;
using test::fixed;
using test::from_hex;
using test::hex_field;

namespace {

// All 14 spellings of points of small order that a lenient decoder takes, RFC 8032 encodings, canonical and not.
const std::vector<std::string> small_order{"0100000000000000000000000000000000000000000000000000000000000000",
                                           "0100000000000000000000000000000000000000000000000000000000000080",
                                           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                           "0000000000000000000000000000000000000000000000000000000000000000",
                                           "0000000000000000000000000000000000000000000000000000000000000080",
                                           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                                           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                                           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};

Signature add_order(Signature signature) {
  const Bytes order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += signature.bytes[32 + i] + unsigned{order[i]};
    signature.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  return signature;
}

}  // namespace

TEST_CASE("keys and signatures of sign.input, whose first three are RFC 8032's") {
  std::ifstream file(test::shared("ed25519/sign.input.txt"));
  if (!file) {
    MESSAGE("skipped, there is no sign.input.txt");
    return;
  }
  int seen = 0;
  for (std::string line; std::getline(file, line); ++seen) {
    std::istringstream fields(line);
    std::string secret, key_hex, message_hex, signed_hex;
    std::getline(fields, secret, ':');
    std::getline(fields, key_hex, ':');
    std::getline(fields, message_hex, ':');
    std::getline(fields, signed_hex, ':');
    const SecretKey seed(from_hex(secret.substr(0, 64)));
    const PublicKey key = fixed<PublicKey>(key_hex);
    const Bytes message = from_hex(message_hex);
    const Signature signature = fixed<Signature>(signed_hex.substr(0, 128));
    const Signer signer(seed);
    CHECK(public_key(seed) == key);
    CHECK(signer.public_key() == key);
    CHECK(signer.sign(message) == signature);
    CHECK(sound_public_key(key));
    CHECK(verify(key, message, signature));
    CHECK_FALSE(verify(key, message, add_order(signature)));
    Bytes longer = message;
    longer.push_back(0);
    CHECK_FALSE(verify(key, longer, signature));
  }
  CHECK(seen == 311);
}

TEST_CASE("every flipped bit of a key or signature is refused") {
  const Signer signer(SecretKey(Bytes(32, 7)));
  const Bytes message = bytes_of("a grant");
  const Signature signature = signer.sign(message);
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature other = signature;
    other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    CHECK_FALSE(verify(signer.public_key(), message, other));
  }
  for (std::size_t bit = 0; bit < 256; ++bit) {
    PublicKey other = signer.public_key();
    other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    CHECK_FALSE(verify(other, message, signature));
  }
}

TEST_CASE("Wycheproof's Ed25519 signatures") {
  const auto file = test::vectors("wycheproof/ed25519_test.json");
  if (!file) return;
  int seen = 0;
  for (const auto& group : file->at("testGroups")) {
    const PublicKey key(hex_field(group.at("publicKey"), "pk"));
    for (const auto& one : group.at("tests")) {
      const Bytes signature = hex_field(one, "sig");
      ++seen;
      CAPTURE(one.at("tcId").get<int>());
      const bool valid = one.at("result") == "valid";
      if (signature.size() != Signature::size)
        CHECK_FALSE(valid);
      else
        CHECK(verify(key, hex_field(one, "msg"), Signature(signature)) == valid);
    }
  }
  CHECK(seen == 91);
}

// The ZIP 215 set signs "Zcash" with S = 0 under keys and with R of small order only. By our rule no such key is valid,
// so none may pass, not even where ZIP 215 (all of them) or Zcash's older rule (one of them) says yes.
TEST_CASE("none of the signatures of the ZIP 215 set passes, since all their keys are of small order") {
  const auto file = test::vectors("ed25519/zip215.json");
  if (!file) return;
  int accepted = 0, by_zip215 = 0, by_legacy = 0, small = 0;
  for (const auto& one : *file) {
    const PublicKey key(hex_field(one, "vk_bytes"));
    small += std::ranges::count(small_order, one.at("vk_bytes").get<std::string>()) > 0;
    accepted += verify(key, view_of("Zcash"), Signature(hex_field(one, "sig_bytes")));
    by_zip215 += one.at("valid_zip215").get<bool>();
    by_legacy += one.at("valid_legacy").get<bool>();
    CHECK_FALSE(sound_public_key(key));
  }
  CHECK(file->size() == 118);
  CHECK(by_zip215 == 118);
  CHECK(by_legacy == 1);
  CHECK(small == 118);
  CHECK(accepted == 0);
}

TEST_CASE("a key of small order verifies nothing, in any spelling") {
  // With R = A = identity and S = 0 the equation itself holds for every message.
  for (const std::string& key : small_order)
    for (const std::string& r : small_order) {
      CHECK_FALSE(verify(fixed<PublicKey>(key), view_of("anything"), fixed<Signature>(r + std::string(64, '0'))));
      CHECK_FALSE(sound_public_key(fixed<PublicKey>(key)));
    }
}

TEST_CASE("a key whose y is not below p is refused, also off the small orders") {
  for (unsigned low = 0xed; low <= 0xff; ++low)
    for (std::uint8_t high : {std::uint8_t{0x7f}, std::uint8_t{0xff}}) {
      PublicKey key;
      key.bytes.fill(0xff);
      key.bytes[0] = static_cast<std::uint8_t>(low);
      key.bytes[31] = high;
      CHECK_FALSE(sound_public_key(key));
    }
}

TEST_CASE("about half of all y are on the curve, and only those are sound") {
  int sound = 0;
  for (std::uint8_t y = 2; y < 202; ++y) {
    PublicKey key;
    key.bytes[0] = y;
    sound += sound_public_key(key);
  }
  CHECK(sound > 75);
  CHECK(sound < 125);
  // y = 2 has no x, y = 3 and 4 have one.
  CHECK_FALSE(sound_public_key(fixed<PublicKey>("02" + std::string(62, '0'))));
  CHECK(sound_public_key(fixed<PublicKey>("03" + std::string(62, '0'))));
  CHECK(sound_public_key(fixed<PublicKey>("04" + std::string(62, '0'))));
}
