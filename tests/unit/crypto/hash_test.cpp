#include "libcore/crypto/hash.hpp"

#include "libcore/base/error.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;
using test::from_hex;
using test::hex_field;
using test::to_hex;

TEST_CASE("SHA-256 of the examples of FIPS 180-4") {
  CHECK(to_hex(sha256(ByteView{}).view()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256(view_of("abc")).view()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).view()) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("the parts of a message hash as the whole, at every cut and alignment") {
  Bytes message(300);
  std::array<std::uint8_t, 32> seed{};
  keystream(seed, message);
  for (std::size_t from = 0; from < 4; ++from) {
    const ByteView whole = ByteView(message).subspan(from);
    const Hash expected = sha256(copy_of(whole));
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
      CHECK(sha256({whole.first(cut), whole.subspan(cut)}) == expected);
      CHECK(Sha256().update(whole.first(cut)).update(whole.subspan(cut)).finish() == expected);
    }
  }
}

TEST_CASE("a copied hash goes its own way, and a finished one starts anew") {
  Sha256 one;
  one.update(view_of("a"));
  Sha256 two(one);
  Sha256 three;
  three = one;
  CHECK(one.update(view_of("bc")).finish() == sha256(view_of("abc")));
  CHECK(two.update(view_of("d")).finish() == sha256(view_of("ad")));
  CHECK(three.finish() == sha256(view_of("a")));
  CHECK(one.update(view_of("x")).finish() == sha256(view_of("x")));
}

TEST_CASE("HMAC-SHA-256 agrees with Wycheproof") {
  const auto file = test::vectors("wycheproof/hmac_sha256_test.json");
  if (!file) return;
  int seen = 0;
  for (const auto& group : file->at("testGroups"))
    for (const auto& one : group.at("tests")) {
      const Bytes tag = hex_field(one, "tag");
      const Bytes key = hex_field(one, "key"), message = hex_field(one, "msg");
      const Hash mine = hmac_sha256(key, message);
      CHECK(same(mine.view().first(tag.size()), tag) == (one.at("result") == "valid"));
      CHECK(HmacSha256(key).update(message).finish() == mine);
      ++seen;
    }
  CHECK(seen == 104);
}

TEST_CASE("HKDF-SHA-256 agrees with Wycheproof") {
  const auto file = test::vectors("wycheproof/hkdf_sha256_test.json");
  if (!file) return;
  int seen = 0;
  for (const auto& group : file->at("testGroups"))
    for (const auto& one : group.at("tests")) {
      Bytes out(one.at("size").get<std::size_t>());
      const auto derive = [&] {
        hkdf_sha256(hex_field(one, "ikm"), hex_field(one, "salt"), hex_field(one, "info"), out);
      };
      if (one.at("result") == "valid") {
        derive();
        CHECK(to_hex(out) == one.at("okm").get<std::string>());
      } else {
        CHECK_THROWS_AS(derive(), Error);
      }
      ++seen;
    }
  CHECK(seen == 52);
}

TEST_CASE("HKDF-SHA-256 of RFC 5869, test cases 1 to 3, with its two halves") {
  const Bytes ikm(22, 0x0b);
  Bytes out(42);
  hkdf_sha256(ikm, from_hex("000102030405060708090a0b0c"), from_hex("f0f1f2f3f4f5f6f7f8f9"), out);
  CHECK(to_hex(out) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  const SecretKey prk = hkdf_extract(ikm, from_hex("000102030405060708090a0b0c"));
  CHECK(to_hex(prk.view()) == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
  hkdf_sha256(ikm, {}, {}, out);
  CHECK(to_hex(out) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  CHECK(same(hkdf_key(ikm, {}, {}).view(), ByteView(out).first(32)));
}

TEST_CASE("CRC-32C of the check value and of RFC 3720 appendix B.4") {
  CHECK(crc32c(view_of("123456789")) == 0xe3069283);
  CHECK(crc32c(Bytes(32, 0x00)) == 0x8a9136aa);
  CHECK(crc32c(Bytes(32, 0xff)) == 0x62a8ab43);
  CHECK(crc32c({}) == 0);
}

TEST_CASE("comparison in constant time") {
  CHECK(equal_in_constant_time({}, {}));
  CHECK(equal_in_constant_time(view_of("abc"), view_of("abc")));
  CHECK_FALSE(equal_in_constant_time(view_of("abc"), view_of("abd")));
  CHECK_FALSE(equal_in_constant_time(view_of("abc"), view_of("ab")));
}
