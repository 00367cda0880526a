#pragma once
// Blocks: carechain-ledger(5).
//
//   header(192) || sealer's signature(64) || body
//
// Body of block 0: canonical CBOR of the constitution. Of every other block: a CBOR array of transactions.
// Integers of the header are little-endian:
//     0  4 "CCB1"               76 32 transactions root        172 8 time, Unix seconds
//     4  8 height              108 32 state digest             180 4 target, compact
//    12 32 previous hash       140 32 sealer's key             184 8 nonce
//    44 32 history root

#include <vector>

#include "libcore/base/time.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/constitution.hpp"

namespace carechain::ledger {

inline constexpr std::size_t header_bytes = 192;
inline constexpr std::size_t body_at = header_bytes + Signature::size;

struct Header {
  std::uint64_t height = 0;
  Hash previous;      // of the block before; zero in block 0
  Hash history;       // RFC 6962 root over the hashes of blocks 0 .. height-1
  Hash transactions;  // RFC 6962 root over the transactions' bytes (block 0: over its body as the one leaf)
  Hash state;         // digest of the state after this block
  PublicKey sealer;   // zero in block 0
  Time time;
  std::uint32_t target = 0;  // compact
  std::uint64_t nonce = 0;
};
std::array<std::uint8_t, header_bytes> encode(const Header&);
// nullopt: fewer than 192 bytes, not "CCB1", or a time of 2^40 seconds or more.
std::optional<Header> decode_header(ByteView);
Hash block_hash(ByteView header);  // SHA-256 of the first 192 bytes

Bytes seal_message(const Hash& block_hash);  // "carechain/block/1" || 0 || hash: what the sealer signs

// A block taken apart; views point into its bytes.
struct BlockView {
  Header header;
  Hash hash;
  Signature signature;
  ByteView body;
  std::vector<ByteView> transactions;  // empty for block 0
};
// Throws encoding::CborFault: not a block, or its body is not an array of items, or bytes are left over.
BlockView parse_block(ByteView block);

Bytes assemble_block(const Header&, const Signature&, const std::vector<ByteView>& transactions);
Hash transactions_root(const std::vector<ByteView>& transactions);

// Block 0 of a constitution, with the state digest of its founding state.
Bytes founding_block(const Constitution&);
// Reads block 0 back; throws CborFault or Error naming what is wrong.
Constitution read_founding_block(const BlockView&);

}  // namespace carechain::ledger
