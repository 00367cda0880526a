#include "libcore/ledger/block.hpp"

#include <doctest/doctest.h>

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/merkle.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::ledger {
namespace {

template <class Fixed>
Fixed filled(std::uint8_t byte) {
  Fixed fixed;
  fixed.bytes.fill(byte);
  return fixed;
}

Header some_header() {
  Header header;
  header.height = 0x0102030405060708;
  header.previous = filled<Hash>(0x11);
  header.history = filled<Hash>(0x22);
  header.transactions = filled<Hash>(0x33);
  header.state = filled<Hash>(0x44);
  header.sealer = filled<PublicKey>(0x55);
  header.time = {0x0a0b0c0d0e};
  header.target = 0x1d00ffff;
  header.nonce = 0x8877665544332211;
  return header;
}

}  // namespace

TEST_CASE("a header has exactly these bytes") {
  Bytes expected = bytes_of("CCB1");
  append(expected, Bytes{8, 7, 6, 5, 4, 3, 2, 1});
  for (const std::uint8_t byte : Bytes{0x11, 0x22, 0x33, 0x44, 0x55}) append(expected, Bytes(32, byte));
  append(expected, Bytes{0x0e, 0x0d, 0x0c, 0x0b, 0x0a, 0, 0, 0});
  append(expected, Bytes{0xff, 0xff, 0x00, 0x1d});
  append(expected, Bytes{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88});
  const auto encoded = encode(some_header());
  CHECK(same(encoded, expected));
  CHECK(block_hash(encoded) == crypto::sha256(expected));
  const auto back = decode_header(encoded);
  REQUIRE(back);
  CHECK(encode(*back) == encoded);
}

TEST_CASE("a malformed header is refused") {
  const auto good = encode(some_header());
  CHECK_FALSE(decode_header(ByteView(good).first(191)));
  auto other_magic = good;
  other_magic[3] = '2';
  CHECK_FALSE(decode_header(other_magic));
  auto late = good;
  late[172 + 5] = 1;  // 2^40 seconds
  CHECK_FALSE(decode_header(late));
}

TEST_CASE("a block comes apart into what it was made of") {
  const Bytes one{0x01}, two{0x82, 0x02, 0x03};
  const Signature seal = filled<Signature>(0x66);
  const Bytes block = assemble_block(some_header(), seal, {one, two});
  CHECK(block.size() == body_at + 1 + 1 + 3);
  const BlockView view = parse_block(block);
  CHECK(view.signature == seal);
  CHECK(view.hash == block_hash(block));
  REQUIRE(view.transactions.size() == 2);
  CHECK(same(view.transactions[0], one));
  CHECK(same(view.transactions[1], two));
  CHECK(transactions_root(view.transactions) ==
        crypto::merkle_node(crypto::merkle_leaf(one), crypto::merkle_leaf(two)));
  CHECK(transactions_root({}) == crypto::sha256(ByteView{}));
}

TEST_CASE("a malformed block is refused") {
  const Bytes item{0x01};
  const Bytes good = assemble_block(some_header(), {}, {item, item});
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_THROWS_AS(parse_block(ByteView(good).first(size)), encoding::CborFault);
  Bytes longer = good;
  longer.push_back(0x01);
  CHECK_THROWS_AS(parse_block(longer), encoding::CborFault);
  Bytes not_an_array = good;
  not_an_array[body_at] = 0xa1;
  CHECK_THROWS_AS(parse_block(not_an_array), encoding::CborFault);
  Bytes long_head = good;
  long_head[body_at] = 0x98;  // array(2) in two bytes
  long_head.insert(long_head.begin() + static_cast<std::ptrdiff_t>(body_at) + 1, 0x02);
  CHECK_THROWS_AS(parse_block(long_head), encoding::CborFault);
  Bytes with_float = good;
  with_float[body_at + 1] = 0xf9;
  CHECK_THROWS_AS(parse_block(with_float), encoding::CborFault);
}

TEST_CASE("what a sealer signs is not a block hash alone") {
  const Hash hash = filled<Hash>(0x77);
  Bytes expected = bytes_of("carechain/block/1");
  expected.push_back(0);
  append(expected, hash.view());
  CHECK(seal_message(hash) == expected);
}

TEST_CASE("block 0 follows from the constitution alone") {
  testing::LittleChain chain;
  const Bytes block = founding_block(chain.constitution());
  CHECK(block == chain.open().block(0));
  const BlockView view = parse_block(block);
  CHECK(view.hash == chain.id());
  CHECK(view.header.height == 0);
  CHECK(view.header.previous.is_zero());
  CHECK(view.header.sealer.is_zero());
  CHECK(view.signature.is_zero());
  CHECK(view.header.nonce == 0);
  CHECK(view.header.time == chain.constitution().created);
  CHECK(view.header.history == crypto::sha256(ByteView{}));
  CHECK(view.header.transactions == crypto::merkle_leaf(view.body));
  CHECK(view.header.state == chain.open().tip().state.digest());
  CHECK(encoding::encode_fields(read_founding_block(view)) == encoding::encode_fields(chain.constitution()));
}

TEST_CASE("no bit of block 0 can be changed") {
  testing::LittleChain chain;
  const Bytes good = founding_block(chain.constitution());
  for (std::size_t bit = 0; bit < 8 * good.size(); bit += 3) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1u << (bit % 8));
    CHECK_THROWS_AS(read_founding_block(parse_block(bad)), Error);
  }
  Bytes longer = good;
  longer.push_back(0);
  CHECK_THROWS_AS(read_founding_block(parse_block(longer)), Error);
}

}  // namespace carechain::ledger
