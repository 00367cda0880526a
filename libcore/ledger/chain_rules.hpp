#pragma once
// What makes a block the rightful next one: shared by those who seal, accept, rebuild and verify.

#include <optional>
#include <string>
#include <vector>

#include "libcore/crypto/merkle.hpp"
#include "libcore/ledger/block.hpp"
#include "libcore/ledger/operation.hpp"
#include "libcore/ledger/state_digest.hpp"

namespace carechain::ledger {

// The layers of an audit, in the order in which a block is judged.
enum class Layer {
  frame,       // the segment's framing: magic, length, checksum
  encoding,    // deterministic encoding of block and transactions
  links,       // height, previous hash, history root
  work,        // target as the rules demand it, hash below it
  time,        // not before the parent, after the median of the last eleven
  sealer,      // permitted at that height
  seal,        // the sealer's signature
  merkle,      // transactions root
  signature,   // transactions' signatures
  permission,  // signers and operations: what the rules of the domains refuse
  state,       // digest of the state after the block
  index,       // index equals chain
  vault,       // stored objects present and intact
  pin,         // the chain contains the block a pin names
};
std::string_view to_text(Layer);
std::string_view describe(Layer);

struct LayerFault {
  Layer layer;
  std::string why;
};

// All that judging the next block needs to know of the chain so far.
struct Tip {
  Hash ledger;  // hash of block 0
  std::uint64_t height = 0;
  Hash hash;
  Time origin;                     // of block 0
  std::vector<Time> recent;        // header times of the last blocks, at most 11, oldest first
  crypto::MerkleFrontier history;  // over the hashes of blocks 0 .. height
  U256 work;                       // of blocks 1 .. height
  StateDigest state;

  Time time() const { return recent.back(); }
  Bytes save() const;
  static Tip load(ByteView);  // throws Error
};

Tip founding_tip(const BlockView& block0, const StateDigest&);
// The tip after a block that was judged good. Its state digest is set by the caller.
void advance(Tip&, const Header&, const Hash&);

Time earliest_time(const Tip&);  // the smallest header time the next block may have

// Throws Error (exit 3) when the rule set in force at that height is newer than this program. Asked before a block is
// so much as parsed: newer rules may have another layout.
void require_known_rules(const State&, std::uint64_t height);

// Links, work, time, sealer: everything of a header but the roots below it. Reads the state before the block.
// Throws like require_known_rules.
std::optional<LayerFault> judge_header(const Tip&, const WorkRules&, const Header&, const Hash&, const State&);
std::optional<LayerFault> judge_seal(const Header&, const Hash&, const Signature&);

// Adds what changed to a digest: rows of tables whose name begins with '~' are not part of it.
void digest_changes(const Changes&, StateDigest&, std::size_t first = 0, std::size_t count = SIZE_MAX);

// A point of the chain that somebody wrote down: HEIGHT:HASH.
struct Pin {
  std::uint64_t height = 0;
  Hash hash;
};
std::string to_text(const Pin&);
std::optional<Pin> parse_pin(std::string_view);

}  // namespace carechain::ledger
