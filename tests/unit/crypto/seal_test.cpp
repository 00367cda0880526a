#include "libcore/crypto/seal.hpp"

#include "libcore/base/error.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/hpke.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;
using test::fixed;
using test::from_hex;
using test::hex_field;
using test::to_hex;

TEST_CASE("X25519 agrees with Wycheproof, and an all-zero secret is refused") {
  const auto file = test::vectors("wycheproof/x25519_test.json");
  if (!file) return;
  int seen = 0, zero = 0;
  for (const auto& group : file->at("testGroups"))
    for (const auto& one : group.at("tests")) {
      CAPTURE(one.at("tcId").get<int>());
      const SecretKey scalar(hex_field(one, "private"));
      const auto shared = x25519(scalar, X25519Public(hex_field(one, "public")));
      const std::string expected = one.at("shared").get<std::string>();
      ++seen;
      if (expected == std::string(64, '0')) {
        CHECK_FALSE(shared);
        ++zero;
      } else {
        REQUIRE(shared);
        CHECK(to_hex(shared->view()) == expected);
      }
    }
  CHECK(seen == 311);
  CHECK(zero > 0);
}

TEST_CASE("X25519 keys of RFC 7748 section 6.1") {
  const SecretKey alice(from_hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
  const SecretKey bob(from_hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
  const auto alice_point = x25519_public(alice), bob_point = x25519_public(bob);
  CHECK(to_hex(alice_point.view()) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  CHECK(to_hex(bob_point.view()) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const auto one = x25519(alice, bob_point), other = x25519(bob, alice_point);
  REQUIRE(one);
  REQUIRE(other);
  CHECK(same(one->view(), other->view()));
}

TEST_CASE("both halves of an identity key map to the same X25519 key") {
  const Random random = test::repeatable(1);
  for (int i = 0; i < 50; ++i) {
    const SecretKey seed = draw_secret(random);
    const auto point = x25519_of(public_key(seed));
    REQUIRE(point);
    CHECK(x25519_public(x25519_of(seed)) == *point);
  }
}

// The key of RFC 8032's TEST 1; its X25519 key was computed from the seed with another library (pyca/cryptography).
TEST_CASE("the X25519 key of an identity is the one another library gives") {
  const auto point = x25519_of(fixed<PublicKey>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
  REQUIRE(point);
  CHECK(to_hex(point->view()) == "d85e07ec22b0ad881537c2f44d662d1a143cf830c57aca4305d85c7a90f6b62e");
}

TEST_CASE("AES-256-GCM agrees with Wycheproof where the sizes are ours") {
  const auto file = test::vectors("wycheproof/aes_gcm_test.json");
  if (!file) return;
  int seen = 0;
  for (const auto& group : file->at("testGroups")) {
    if (group.at("keySize") != 256 || group.at("ivSize") != 96 || group.at("tagSize") != 128) continue;
    for (const auto& one : group.at("tests")) {
      CAPTURE(one.at("tcId").get<int>());
      const SecretKey key(hex_field(one, "key"));
      const Bytes nonce = hex_field(one, "iv"), aad = hex_field(one, "aad"), plain = hex_field(one, "msg");
      Bytes sealed = hex_field(one, "ct");
      append(sealed, hex_field(one, "tag"));
      const auto opened = aead_open(key, nonce, aad, sealed);
      const bool valid = one.at("result") == "valid";
      CHECK(opened.has_value() == valid);
      CHECK((aead_seal(key, nonce, aad, plain) == sealed) == valid);
      if (opened) CHECK(*opened == plain);
      ++seen;
    }
  }
  CHECK(seen == 44);
}

// The CFRG's test-vectors.json of RFC 9180: mode 0, kem 0x0020, kdf 0x0001, aead 0x0002, encryption 0.
TEST_CASE("HPKE of the published vector of our ciphersuite") {
  const auto enc = from_hex("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256");
  const auto point = fixed<X25519Public>("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
  const SecretKey scalar(from_hex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d"));
  const auto ciphertext =
      from_hex("e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a");
  const Random ephemeral = [](std::span<std::uint8_t> out) {
    const Bytes secret = from_hex("179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11");
    REQUIRE(out.size() == secret.size());
    std::ranges::copy(secret, out.begin());
  };
  const ByteView info = view_of("Ode on a Grecian Urn"), aad = view_of("Count-0");
  const ByteView plain = view_of("Beauty is truth, truth beauty");
  Bytes expected = enc;
  append(expected, ciphertext);

  CHECK(x25519_public(scalar) == point);
  CHECK(hpke_seal(point, info, aad, plain, ephemeral) == expected);
  const auto opened = hpke_open(scalar, info, aad, expected);
  REQUIRE(opened);
  CHECK(same(*opened, plain));
}

TEST_CASE("what is sealed to an identity opens with its seed and with nothing else") {
  const Random random = test::repeatable(2);
  const SecretKey seed = draw_secret(random), other = draw_secret(random);
  const ByteView info = view_of("capsule"), aad = view_of("record"), plain = view_of("a record key");
  const Bytes sealed = seal(public_key(seed), info, aad, plain, random);
  CHECK(sealed.size() == plain.size() + seal_expansion);
  const auto opened = unseal(seed, info, aad, sealed);
  REQUIRE(opened);
  CHECK(same(*opened, plain));
  CHECK_FALSE(unseal(other, info, aad, sealed));
  CHECK_FALSE(unseal(seed, view_of("other"), aad, sealed));
  CHECK_FALSE(unseal(seed, info, {}, sealed));
  CHECK(seal(public_key(seed), info, aad, plain, random) != sealed);
}

TEST_CASE("a sealed message that is altered or cut anywhere does not open") {
  const Random random = test::repeatable(3);
  const SecretKey seed = draw_secret(random);
  const Bytes sealed = seal(public_key(seed), {}, {}, view_of("key"), random);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    CHECK_FALSE(unseal(seed, {}, {}, ByteView(sealed).first(i)));
    Bytes altered = sealed;
    altered[i] ^= 1;
    CHECK_FALSE(unseal(seed, {}, {}, altered));
  }
  const auto empty = unseal(seed, {}, {}, seal(public_key(seed), {}, {}, {}, random));
  REQUIRE(empty);
  CHECK(empty->empty());
}

TEST_CASE("nothing is sealed to a key that is not sound, nor opened with a point of small order") {
  const Random random = test::repeatable(4);
  PublicKey identity;
  identity.bytes[0] = 1;
  CHECK_FALSE(x25519_of(identity));
  CHECK_THROWS_AS(seal(identity, {}, {}, view_of("key"), random), Error);
  CHECK_THROWS_AS(hpke_seal(X25519Public{}, {}, {}, view_of("key"), random), Error);
  CHECK_FALSE(unseal(draw_secret(random), {}, {}, Bytes(80, 0)));
}
