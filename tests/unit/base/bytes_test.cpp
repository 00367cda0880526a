#include "libcore/base/bytes.hpp"

#include <doctest/doctest.h>

#include <unordered_set>

using namespace carechain;

TEST_CASE("text and bytes turn into one another without loss") {
  const std::string text("a\0\xFFz", 4);
  CHECK(text_of(view_of(text)) == text);
  CHECK(bytes_of(text) == Bytes{'a', 0, 0xFF, 'z'});
  CHECK(copy_of(view_of(text)) == bytes_of(text));
  CHECK(view_of("").empty());
}

TEST_CASE("appending keeps what is there") {
  Bytes to{1, 2};
  append(to, Bytes{3});
  append(to, "4");
  append(to, ByteView{});
  CHECK(to == Bytes{1, 2, 3, '4'});
}

TEST_CASE("byte strings are the same only when lengths and bytes are") {
  CHECK(same(Bytes{1, 2}, Bytes{1, 2}));
  CHECK_FALSE(same(Bytes{1, 2}, Bytes{1, 3}));
  CHECK_FALSE(same(Bytes{1, 2}, Bytes{1}));
  CHECK(same({}, {}));
}

TEST_CASE("integers are stored at a place in either byte order") {
  std::uint8_t at[8] = {};
  store_le(at, std::uint32_t{0x01020304});
  CHECK(Bytes(at, at + 5) == Bytes{4, 3, 2, 1, 0});
  CHECK(load_le<std::uint32_t>(at) == 0x01020304);
  store_be(at, std::uint32_t{0x01020304});
  CHECK(Bytes(at, at + 5) == Bytes{1, 2, 3, 4, 0});
  CHECK(load_be<std::uint32_t>(at) == 0x01020304);
  CHECK(load_be<std::uint16_t>(at) == 0x0102);
  store_le(at, std::uint64_t{0xFFFEFDFCFBFAF9F8});
  CHECK(at[0] == 0xF8);
  CHECK(load_le<std::uint64_t>(at) == 0xFFFEFDFCFBFAF9F8);
  CHECK(load_be<std::uint64_t>(at) == 0xF8F9FAFBFCFDFEFF);
  store_be(at, std::uint8_t{7});
  CHECK(load_le<std::uint8_t>(at) == 7);
}

TEST_CASE("fixed bytes start at zero and are ordered as big-endian numbers") {
  Hash low, high;
  CHECK(low.is_zero());
  low.bytes[31] = 0xFF;
  high.bytes[0] = 1;
  CHECK(low < high);
  CHECK_FALSE(low.is_zero());
  CHECK(Hash(high.view()) == high);
  CHECK(Hash::size == 32);
  CHECK(Signature::size == 64);
}

TEST_CASE("a hash is not a public key") {
  CHECK_FALSE(std::is_same_v<Hash, PublicKey>);
  CHECK_FALSE(std::is_convertible_v<Hash, PublicKey>);
  CHECK_FALSE(std::is_same_v<Hash, TransactionId>);
}

TEST_CASE("fixed bytes live in unordered containers") {
  std::unordered_set<Hash, FixedBytesHash> set;
  Hash one;
  one.bytes[8] = 1;  // beyond what the hash function reads
  set.insert(Hash{});
  set.insert(one);
  set.insert(one);
  CHECK(set.size() == 2);
}
