#pragma once
// Proof of work: compact targets, how the target follows the clock (ASERT), how much work a target stands for, and the
// search for a nonce.

#include <functional>
#include <optional>

#include "libcore/base/time.hpp"
#include "libcore/base/u256.hpp"

namespace carechain::ledger {

// Compact form of a target, as in Bitcoin headers: exponent byte, then three mantissa bytes. nullopt: sign bit, zero,
// over 256 bits, or not the one encoding of its value.
std::optional<U256> expand_target(std::uint32_t compact);
// The largest compact target <= target. Requires target != 0.
std::uint32_t compact_target(const U256& target);

U256 work_of(const U256& target);  // floor(2^256 / (target + 1)): hashes expected

struct WorkRules {
  std::uint64_t spacing = 0;    // seconds a block should take (> 0)
  std::uint64_t half_life = 0;  // seconds off schedule that halve or double the target (> 0)
  std::uint32_t anchor = 0;     // compact target of block 0
};

// aserti3-2d with the exponent truncated towards zero in 128 bits; clamped to 1 .. 2^256-1, then made compact.
// late = parent time - (time of block 0 - spacing) - spacing * (parent height + 1), in seconds, may be negative.
U256 asert(const U256& anchor, std::int64_t late, std::uint64_t half_life);
// The compact target of the block after a parent at this height and time; block 0 had `origin`.
std::uint32_t next_target(const WorkRules&, Time origin, std::uint64_t parent_height, Time parent);

// Hash of a header as a big-endian number <= target.
bool meets(const Hash& header_hash, const U256& target);

// The smallest nonce >= 0 whose header meets the target, on `threads` threads; header192 has its nonce at 184..191, LE.
// Asks `give_up` now and then (from one thread); nullopt when it said yes.
std::optional<std::uint64_t> find_nonce(ByteView header192, const U256& target, unsigned threads,
                                        const std::function<bool(std::uint64_t tried)>& give_up);

}  // namespace carechain::ledger
