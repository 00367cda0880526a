#include "libcore/crypto/system_random.hpp"

#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;

TEST_CASE("the system gives other bytes each time, as many as asked for") {
  const Random random = system_random();
  for (std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{32}, std::size_t{1} << 20}) {
    Bytes one(size), two(size);
    random(one);
    random(two);
    CHECK((size < 32 || one != two));
  }
  CHECK_FALSE(same(draw_secret(random).view(), draw_secret(random).view()));
}

// openssl enc -aes-256-ctr -K <seed> -iv 0 over zeros.
TEST_CASE("the keystream is AES-256-CTR from a zero counter") {
  std::array<std::uint8_t, 32> seed{};
  Bytes out(48);
  keystream(seed, out);
  CHECK(test::to_hex(out) ==
        "dc95c078a2408989ad48a21492842087530f8afbc74536b9a963b4f1c4cb738bcea7403d4d606b6e074ec5d3baf39d18");
}

TEST_CASE("a shorter keystream is the head of a longer one, across every carry of the counter") {
  std::array<std::uint8_t, 32> seed{};
  seed[31] = 9;
  Bytes whole(3 * 4096 + 100);
  keystream(seed, whole);
  for (unsigned size :
       {0U, 1U, 15U, 16U, 17U, 2048U, 4095U, 4096U, 4097U, 4112U, 8191U, 8192U, 8193U, 12288U, 12300U}) {
    Bytes out(size);
    keystream(seed, out);
    CHECK(same(out, ByteView(whole).first(size)));
  }
  for (std::size_t block = 1; block < whole.size() / 16; ++block)
    CHECK_FALSE(same(ByteView(whole).subspan(16 * block, 16), ByteView(whole).first(16)));
}
