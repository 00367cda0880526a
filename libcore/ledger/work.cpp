#include "libcore/ledger/work.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>
#include <vector>

#include "libcore/crypto/sha256_midstate.hpp"

namespace carechain::ledger {

__extension__ typedef __int128 Wide;  // NOLINT: no other spelling is let pass

std::optional<U256> expand_target(std::uint32_t compact) {
  const unsigned exponent = compact >> 24;
  const std::uint32_t mantissa = compact & 0x007fffff;
  if ((compact & 0x00800000) != 0 || mantissa == 0 || exponent > 34) return std::nullopt;
  const U256 target = exponent >= 3 ? U256{mantissa} << (8 * (exponent - 3)) : U256{mantissa} >> (8 * (3 - exponent));
  if (target.is_zero() || compact_target(target) != compact) return std::nullopt;
  return target;
}

std::uint32_t compact_target(const U256& target) {
  unsigned exponent = (target.bit_length() + 7) / 8;
  std::uint32_t mantissa = static_cast<std::uint32_t>(
      (exponent >= 3 ? target >> (8 * (exponent - 3)) : target << (8 * (3 - exponent))).limbs[0]);
  if ((mantissa & 0x00800000) != 0) {  // the top bit of the mantissa would read as a sign
    mantissa >>= 8;
    ++exponent;
  }
  return exponent << 24 | mantissa;
}

U256 work_of(const U256& target) {
  if (target == U256::max()) return 1;
  return ~target / (target + 1) + 1;  // = floor(2^256 / (target + 1)) without 257 bits
}

namespace {

struct WideProduct {
  U256 carry, low;
};
WideProduct multiply_wide(const U256& a, std::uint64_t b) {  // a * b = carry * 2^256 + low
  const U256 lower_half = (a << 128) >> 128;
  return {((a >> 128) * b + (lower_half * b >> 128)) >> 128, a * b};
}

}  // namespace

U256 asert(const U256& anchor, std::int64_t late, std::uint64_t half_life) {
  const Wide exponent = Wide{late} * 65536 / static_cast<Wide>(half_life);
  const Wide shifts = exponent >> 16;  // floor
  const auto fraction = static_cast<std::uint64_t>(exponent & 0xffff);
  const std::uint64_t factor = 65536 + ((195766423245049 * fraction + 971821376 * fraction * fraction +
                                         5127 * fraction * fraction * fraction + (std::uint64_t{1} << 47)) >>
                                        48);
  const auto [carry, low] = multiply_wide(anchor, factor);  // anchor * factor = carry * 2^256 + low
  const Wide up = shifts - 16;
  if (up >= 0) {
    const bool over = !carry.is_zero() || up >= 256 || low.bit_length() + static_cast<unsigned>(up) > 256;
    return over ? U256::max() : low << static_cast<unsigned>(up);
  }
  const auto down = static_cast<unsigned>(std::min<Wide>(-up, 1024));
  if (carry.bit_length() > down) return U256::max();
  const U256 target = (low >> down) + (down < 256 ? carry << (256 - down) : carry >> (down - 256));
  return target.is_zero() ? U256{1} : target;
}

std::uint32_t next_target(const WorkRules& rules, Time origin, std::uint64_t parent_height, Time parent) {
  const Wide expected = static_cast<Wide>(rules.spacing) * (static_cast<Wide>(parent_height) + 1);
  Wide late = Wide{parent.seconds} - (Wide{origin.seconds} - static_cast<Wide>(rules.spacing)) - expected;
  const Wide bound = std::numeric_limits<std::int64_t>::max();
  if (late > bound) late = bound;
  if (late < -bound) late = -bound;
  return compact_target(asert(*expand_target(rules.anchor), static_cast<std::int64_t>(late), rules.half_life));
}

bool meets(const Hash& header_hash, const U256& target) { return U256::from_be(header_hash.view()) <= target; }

namespace {

constexpr std::size_t midstate_bytes = 128;  // the first two SHA-256 blocks do not change with the nonce
constexpr std::size_t nonce_at = 184 - midstate_bytes;
constexpr std::uint64_t stretch = 1 << 14;  // nonces a thread takes at a time

// Tries one stretch of nonces in order.
std::optional<std::uint64_t> search_stretch(const crypto::Sha256Midstate& before, std::array<std::uint8_t, 64>& last,
                                            const U256& target, std::uint64_t first) {
  for (std::uint64_t nonce = first; nonce < first + stretch; ++nonce) {
    store_le(last.data() + nonce_at, nonce);
    if (meets(before.finish(last), target)) return nonce;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> find_nonce(ByteView header192, const U256& target, unsigned threads,
                                        const std::function<bool(std::uint64_t)>& give_up) {
  std::atomic<std::uint64_t> next{0};
  std::atomic<std::uint64_t> found{std::numeric_limits<std::uint64_t>::max()};
  std::atomic<bool> stop{false};
  const auto work = [&](bool leader) {
    const crypto::Sha256Midstate before(header192.first(midstate_bytes));
    std::array<std::uint8_t, 64> last;
    std::copy_n(header192.begin() + midstate_bytes, last.size(), last.begin());
    while (!stop) {
      const std::uint64_t first = next.fetch_add(stretch);
      if (first >= found) return;  // every smaller stretch is taken; the owners finish theirs
      if (const auto nonce = search_stretch(before, last, target, first)) {
        std::uint64_t best = found;
        while (*nonce < best && !found.compare_exchange_weak(best, *nonce)) continue;
        return;
      }
      if (leader && give_up && give_up(first)) stop = true;
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(work, false);
  work(true);
  helpers.clear();  // joins
  if (found == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
  return found.load();
}

}  // namespace carechain::ledger
