#include "libcore/ledger/work.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <random>

#include "libcore/crypto/hash.hpp"
#include "unit/ledger/big.hpp"

namespace carechain::ledger {
namespace {

using testing::Big;

U256 power(unsigned exponent) { return U256{1} << exponent; }

std::string hex_of(const U256& value) {
  std::string text;
  for (const std::uint8_t byte : value.to_be()) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

U256 random_number(std::mt19937_64& random) {
  U256 value;
  for (std::uint64_t& limb : value.limbs) limb = random();
  return value >> static_cast<unsigned>(random() % 256);
}

}  // namespace

TEST_CASE("a compact target unfolds as Bitcoin's do") {
  CHECK(hex_of(*expand_target(0x1d00ffff)) == "00000000ffff0000000000000000000000000000000000000000000000000000");
  CHECK(*expand_target(0x03123456) == U256{0x123456});
  CHECK(*expand_target(0x02123400) == U256{0x1234});
  CHECK(*expand_target(0x01120000) == U256{0x12});
  CHECK(*expand_target(0x207fffff) == U256{0x7fffff} << 232);
  CHECK(*expand_target(0x2100ffff) == U256{0xffff} << 240);
}

TEST_CASE("a malformed compact target is refused") {
  for (const std::uint32_t compact : {0x00000000u, 0x1d000000u,                                         // zero
                                      0x1d80ffffu, 0x03800000u, 0x01fedcbau,                            // sign bit
                                      0x22010000u, 0x2300ffffu, 0x21010000u, 0xff123456u, 0x22000100u,  // over 256 bits
                                      0x00123456u, 0x01003456u,               // nothing is left of the mantissa
                                      0x1e0000ffu, 0x1d007fffu, 0x04001234u,  // a shorter exponent would do
                                      0x02123456u, 0x01123456u})              // digits that do not count
    CHECK_MESSAGE(!expand_target(compact), compact);
}

TEST_CASE("a target's compact form is the largest that does not exceed it") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const U256 target = random_number(random);
    if (target.is_zero()) continue;
    const std::uint32_t compact = compact_target(target);
    const auto back = expand_target(compact);
    REQUIRE(back);
    CHECK(*back <= target);
    CHECK(compact_target(*back) == compact);
    // One more in the last place of the mantissa, and one more place when it is full.
    const bool full = (compact & 0x7fffff) == 0x7fffff;
    const auto next = expand_target(full ? ((compact >> 24) + 1) << 24 | 0x008000 : compact + 1);
    if (next) CHECK(*next > target);
  }
  CHECK(compact_target(U256{1}) == 0x01010000);
  CHECK(compact_target(U256::max()) == 0x2100ffff);
}

TEST_CASE("every compact target that is taken is the one of its value") {
  std::mt19937_64 random(2);
  std::size_t taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    const auto compact = static_cast<std::uint32_t>(random()) & 0x3fffffffu;
    const auto target = expand_target(compact);
    if (!target) continue;
    ++taken;
    CHECK(compact_target(*target) == compact);
  }
  CHECK(taken > 20'000);
}

TEST_CASE("the work of a target is the number of hashes it takes") {
  CHECK(work_of(*expand_target(0x1d00ffff)) == U256{0x100010001});
  CHECK(work_of(U256{1}) == power(255));
  CHECK(work_of(U256{}) == U256{});  // 2^256 does not fit; no target is zero
  CHECK(work_of(U256::max()) == U256{1});
  CHECK(work_of(power(255)) == U256{1});
  CHECK(work_of(power(255) - U256{1}) == U256{2});
  std::mt19937_64 random(3);
  const Big whole = Big(1).up(256);
  for (int i = 0; i < 100; ++i) {
    const U256 target = random_number(random) + U256{1};
    const Big work(work_of(target)), divisor = Big(target) + Big(1);
    CHECK_FALSE(whole < work * divisor);
    CHECK(whole < (work + Big(1)) * divisor);
  }
}

TEST_CASE("Bitcoin's first headers meet their targets") {
  const std::string path = std::string(TEST_SHARED_DATA) + "/crypto/pow/bitcoin-mainnet-headers-0-1199.raw";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    MESSAGE("skipped, there is no ", path);
    return;
  }
  const Bytes all{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(all.size() == 1200 * 80);
  Hash previous;
  U256 work;
  for (std::size_t height = 0; height < 1200; ++height) {
    const ByteView header = ByteView(all).subspan(80 * height, 80);
    CHECK(same(header.subspan(4, 32), previous.view()));
    const auto bits = load_le<std::uint32_t>(header.data() + 72);
    const auto target = expand_target(bits);
    REQUIRE(target);
    previous = crypto::sha256(crypto::sha256(header).view());
    Hash number = previous;  // Bitcoin reads it the other way round
    std::ranges::reverse(number.bytes);
    CHECK(meets(number, *target));
    CHECK_FALSE(meets(number, *target >> 32));
    work = work + work_of(*target);
  }
  CHECK(work == U256{0x100010001} * 1200);
}

TEST_CASE("a hash meets its target up to and including it") {
  const U256 target = *expand_target(0x1d00ffff);
  CHECK(meets(Hash(target.to_be()), target));
  CHECK_FALSE(meets(Hash((target + U256{1}).to_be()), target));
  CHECK(meets(Hash{}, U256{1}));
}

TEST_CASE("the target follows the clock as the published vectors say") {
  CHECK(asert(power(220), 0, 3600) == power(220));
  CHECK(asert(power(220), 3600, 3600) == power(221));
  CHECK(asert(power(220), -3600, 3600) == power(219));
  CHECK(asert(power(220), 1800, 3600) == U256{0x16a02} << 204);
  CHECK(asert(power(220), -1, 3600) == U256{0xfff38} << 200);
}

TEST_CASE("the target of the next block depends on the parent's height and time") {
  const WorkRules rules{60, 3600, compact_target(power(220))};
  const Time origin{1'700'000'000};
  const auto after = [&](std::int64_t late) {  // 100 blocks after block 0's parent
    return next_target(rules, origin, 99, {origin.seconds - 60 + 100 * 60 + late});
  };
  CHECK(after(0) == compact_target(power(220)));
  CHECK(after(3600) == compact_target(power(221)));
  CHECK(after(-3600) == compact_target(power(219)));
  CHECK(after(1800) == compact_target(U256{0x16a02} << 204));
  CHECK(after(-1) == compact_target(U256{0xfff38} << 200));
  CHECK(next_target(rules, origin, 0, origin) == rules.anchor);
}

namespace {

__extension__ typedef __int128 Wide;

// The same without any bound on the numbers.
U256 slow_asert(const U256& anchor, std::int64_t late, std::uint64_t half_life) {
  const Wide exponent = static_cast<Wide>(late) * 65536 / static_cast<Wide>(half_life);  // towards zero
  Wide shifts = exponent / 65536;
  if (exponent % 65536 < 0) --shifts;  // floor
  const Big fraction(static_cast<std::uint64_t>(exponent - shifts * 65536));
  const Big polynomial = Big(195766423245049) * fraction + Big(971821376) * fraction * fraction +
                         Big(5127) * fraction * fraction * fraction + Big(1).up(47);
  Big target = Big(anchor) * (Big(65536) + polynomial.down(48));
  const Wide places = shifts - 16;
  if (places > 600) return U256::max();
  target = places >= 0 ? target.up(static_cast<std::size_t>(places))
                       : target.down(static_cast<std::size_t>(std::min<Wide>(-places, 2000)));
  if (target.length() > 256) return U256::max();
  return target == Big() ? U256{1} : target.cut();
}

}  // namespace

TEST_CASE("the target agrees with slow arithmetic, wherever the clock stands") {
  std::mt19937_64 random(4);
  std::size_t at_the_top = 0, at_the_bottom = 0;
  for (int i = 0; i < 3000; ++i) {
    const U256 anchor = random_number(random) + U256{1};
    const std::uint64_t half_life = 1 + (random() >> (random() % 64)) % (std::uint64_t{1} << 30);
    auto late = static_cast<std::int64_t>(random() >> (1 + random() % 62));
    if (i % 3 == 0) late = late % static_cast<std::int64_t>(half_life * 300);
    if (i % 2 == 0) late = -late;
    const U256 target = asert(anchor, late, half_life);
    REQUIRE(target == slow_asert(anchor, late, half_life));
    at_the_top += target == U256::max() ? 1 : 0;
    at_the_bottom += target == U256{1} ? 1 : 0;
  }
  CHECK(at_the_top > 100);
  CHECK(at_the_bottom > 100);
}

TEST_CASE("the target stays within its bounds at the ends of time") {
  constexpr auto last = std::numeric_limits<std::int64_t>::max();
  CHECK(asert(power(220), last, 1) == U256::max());
  CHECK(asert(power(220), -last, 1) == U256{1});
  CHECK(asert(power(220), std::numeric_limits<std::int64_t>::min(), 1) == U256{1});
  CHECK(asert(U256::max(), 1, 1 << 30) == U256::max());
  CHECK(asert(U256{1}, -1, 3600) == U256{1});
  const WorkRules rules{1 << 30, 1, compact_target(power(220))};
  CHECK(next_target(rules, {0}, std::numeric_limits<std::uint64_t>::max(), {0}) == compact_target(U256{1}));
  CHECK(next_target({1, 1, rules.anchor}, {0}, 0, {max_time_seconds}) == compact_target(U256::max()));
}

namespace {

std::uint64_t first_nonce(std::array<std::uint8_t, 192> header, const U256& target) {
  for (std::uint64_t nonce = 0;; ++nonce) {
    store_le(header.data() + 184, nonce);
    if (meets(crypto::sha256(header), target)) return nonce;
  }
}

}  // namespace

TEST_CASE("the nonce found is the smallest, however many threads look") {
  std::array<std::uint8_t, 192> header{};
  for (std::uint8_t kind = 0; kind < 6; ++kind) {
    header[13] = kind;
    const U256 target = power(244) >> kind;  // up to some 2^17 hashes: several stretches
    const std::uint64_t first = first_nonce(header, target);
    for (const unsigned threads : {1u, 2u, 3u, 7u}) CHECK(find_nonce(header, target, threads, {}) == first);
  }
  header[190] = 0x77;  // whatever stood in the place of the nonce
  CHECK(find_nonce(header, U256::max(), 2, {}) == 0u);
}

TEST_CASE("the search for a nonce can be given up") {
  const std::array<std::uint8_t, 192> header{};
  for (const unsigned threads : {1u, 3u}) {
    std::uint64_t asked = 0;
    CHECK_FALSE(find_nonce(header, U256{1}, threads, [&](std::uint64_t) { return ++asked == 3; }));
    CHECK(asked == 3);
  }
}

}  // namespace carechain::ledger
