#include "libcore/encoding/text.hpp"

#include <doctest/doctest.h>

#include <random>

#include "libcore/encoding/utf8.hpp"

using namespace carechain;
using namespace carechain::encoding;

namespace {

Bytes counted(std::size_t size) {
  Bytes bytes(size);
  std::mt19937 random(static_cast<unsigned>(size));
  for (auto& b : bytes) b = static_cast<std::uint8_t>(random());
  return bytes;
}

bool utf8(std::string_view text) { return is_utf8(view_of(text)); }

}  // namespace

TEST_CASE("hexadecimal is written in lower case and read in either") {
  CHECK(hex(Bytes{0x00, 0x9A, 0xFF}) == "009aff");
  CHECK(hex({}).empty());
  CHECK(parse_hex("009aff") == Bytes{0x00, 0x9A, 0xFF});
  CHECK(parse_hex("009AfF") == Bytes{0x00, 0x9A, 0xFF});
  CHECK(parse_hex("") == Bytes{});
  for (const char* text : {"0", "0g", "g0", "0x00", " 00", "00 ", "0\xC3"}) CHECK_FALSE(parse_hex(text));
}

TEST_CASE("base64 gives the values of RFC 4648 section 10") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    CHECK(base64(view_of(plain)) == coded);
    CHECK(parse_base64(coded) == bytes_of(plain));
    std::string bare = coded;
    bare.resize(bare.find_last_not_of('=') + 1);
    CHECK(base64url(view_of(plain)) == bare);
    CHECK(parse_base64url(bare) == bytes_of(plain));
  }
  CHECK(base64(Bytes{0xFB, 0xFF}) == "+/8=");
  CHECK(base64url(Bytes{0xFB, 0xFF}) == "-_8");
}

TEST_CASE("base64 refuses what its encoder does not write") {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z", "Z===", "====", "=",
                           "Zm9v=", "Zm9v====", "Z=g=", "Zh==", "Zm9=", "-_8=", "Zm 9", "Zm9v\n", "\xFFm9v"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_base64(text));
  }
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9", "+/8", "Zm9vY", "Zm9v\n", "-_9"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_base64url(text));
  }
}

TEST_CASE("base58 gives the published values of Bitcoin and the base58 draft") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},
      {"61", "2g"},
      {"626262", "a3gV"},
      {"636363", "aPEr"},
      {"00000000000000000000", "1111111111"},
      {"516b6fcd0f", "ABnLTmg"},
      {"572e4794", "3EFU7m"},
      {"00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"},
      {"73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"},
      {"0000287fb4cd", "11233QC4"}};
  for (const auto& [plain, coded] : vectors) {
    CHECK(base58(parse_hex(plain).value()) == coded);
    CHECK(parse_base58(coded) == parse_hex(plain));
  }
  CHECK(base58(view_of("Hello World!")) == "2NEpo7TZRRrLZSi2U");
}

TEST_CASE("base58 refuses other characters and long texts") {
  for (const char* text : {"0", "O", "I", "l", "2g ", " 2g", "2g\n", "2-g", "2\xC3g"}) CHECK_FALSE(parse_base58(text));
  CHECK(parse_base58(std::string(256, '2')));
  CHECK_FALSE(parse_base58(std::string(257, '2')));
  CHECK_FALSE(parse_base58(std::string(257, '1')));
}

TEST_CASE("every code gives back what went in") {
  for (std::size_t size = 0; size < 150; ++size) {
    const Bytes bytes = counted(size);
    CHECK(parse_hex(hex(bytes)) == bytes);
    CHECK(parse_base64(base64(bytes)) == bytes);
    CHECK(parse_base64url(base64url(bytes)) == bytes);
    CHECK(parse_base58(base58(bytes)) == bytes);
  }
}

TEST_CASE("did:key names Ed25519 keys as the published examples do") {
  const std::pair<const char*, const char*> vectors[] = {
      // did:key method, and its test vectors by seed
      {"did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"},
      {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
       "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"}};
  for (const auto& [did, key] : vectors) {
    const PublicKey expected(parse_hex(key).value());
    CHECK(did_key(expected) == did);
    CHECK(parse_did_key(did) == expected);
  }
}

TEST_CASE("other identifiers are no did:key of an Ed25519 key") {
  const PublicKey key(counted(32));
  const std::string did = did_key(key);
  CHECK(parse_did_key(did) == key);
  CHECK_FALSE(parse_did_key(""));
  CHECK_FALSE(parse_did_key("did:key:"));
  CHECK_FALSE(parse_did_key("did:key:z"));
  CHECK_FALSE(parse_did_key("did:web:example.org"));
  CHECK_FALSE(parse_did_key("DID:KEY:" + did.substr(8)));
  CHECK_FALSE(parse_did_key(did + "1"));
  CHECK_FALSE(parse_did_key(did.substr(0, did.size() - 1)));
  CHECK_FALSE(parse_did_key(did + "#" + did.substr(8)));
  CHECK_FALSE(parse_did_key("did:key:m" + did.substr(9)));
  const auto coded = [](Bytes head, std::size_t size) {
    append(head, Bytes(size, 7));
    return "did:key:z" + base58(head);
  };
  CHECK(parse_did_key(coded({0xED, 0x01}, 32)));
  CHECK_FALSE(parse_did_key(coded({0xEC, 0x01}, 32)));  // X25519
  CHECK_FALSE(parse_did_key(coded({0xED, 0x01}, 31)));
  CHECK_FALSE(parse_did_key(coded({0xED, 0x01}, 33)));
  CHECK_FALSE(parse_did_key(coded({0x00, 0xED, 0x01}, 32)));
}

TEST_CASE("UTF-8 is well-formed by Unicode table 3-7") {
  for (const char* text : {"", "plain", "Gustavo Mejía", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "12345678é12345678"})
    CHECK(utf8(text));
  CHECK(utf8(std::string_view("\0", 1)));
  for (const char* text : {"\x80",
                           "\xBF",
                           "\xC0\x80",
                           "\xC1\xBF",
                           "\xC2",
                           "\xC2\x41",
                           "\xE0\x80\x80",
                           "\xE0\x9F\xBF",
                           "\xE1\x80",
                           "\xE1\x80\x41",
                           "\xED\xA0\x80",
                           "\xED\xBF\xBF",
                           "\xF0\x80\x80\x80",
                           "\xF0\x8F\xBF\xBF",
                           "\xF1\x80\x80",
                           "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80",
                           "\xF8\x88\x80\x80\x80",
                           "\xFE",
                           "\xFF",
                           "12345678\xFF",
                           "1234567\xC3"}) {
    CAPTURE(hex(view_of(text)));
    CHECK_FALSE(utf8(text));
  }
}

TEST_CASE("a byte that is no UTF-8 is found wherever it stands in a text of any length") {
  for (std::size_t size = 1; size < 40; ++size)
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      CHECK(utf8(text));
      text[at] = '\x80';
      CHECK_FALSE(utf8(text));
    }
}

TEST_CASE("the sound part of a text ends before its first malformed byte") {
  CHECK(utf8_prefix(view_of("äb\xFFz")) == 3);
  CHECK(utf8_prefix(view_of("äb")) == 3);
  CHECK(utf8_prefix(view_of("0123456789ab\xE1\x80")) == 12);
  CHECK(utf8_step(view_of("\xE1\x80z")).size == 2);
  CHECK(utf8_step(view_of("\xE0\x80\x80")).size == 1);
  CHECK(utf8_step(view_of("\xF0\x9F\x98\x80z")).size == 4);
}
