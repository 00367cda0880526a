#pragma once
// Copies of one ledger on which several seal, and what passes between them.

#include <doctest/doctest.h>

#include "libcore/ledger/adoption.hpp"
#include "libcore/ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

namespace carechain::testing {

using namespace ledger;

// Everything above block 0 that a copy has, as send-blocks would give it.
inline std::vector<Bytes> blocks_of(LittleChain& copy, std::uint64_t from = 1) {
  const Ledger ledger = copy.open();
  std::vector<Bytes> blocks;
  for (std::uint64_t height = from; height <= ledger.tip().height; ++height) blocks.push_back(ledger.block(height));
  return blocks;
}

inline store::SegmentReader stream_of(const LittleChain& copy, const std::vector<Bytes>& blocks) {
  Bytes frames;
  for (const Bytes& block : blocks) store::append_frame(frames, "CCF1", block);
  const store::Path path = copy.directory() + "/stream";
  store::replace_file(path, frames);
  return store::SegmentReader(store::File::open_read(path));
}

inline AdoptReport adopt(LittleChain& copy, const std::vector<Bytes>& blocks, const std::vector<Pin>& expect = {}) {
  Adoption adoption(copy.layout(), copy.operations(), {copy.now(), expect});
  adoption.take(stream_of(copy, blocks), {});
  return adoption.finish();
}

inline AdoptReport adopt_from(LittleChain& copy, LittleChain& other) { return adopt(copy, blocks_of(other)); }

inline std::string refusal_of(LittleChain& copy, const std::vector<Bytes>& blocks,
                              const std::vector<Pin>& expect = {}) {
  try {
    adopt(copy, blocks, expect);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline Pin head_of(LittleChain& copy) {
  const Ledger ledger = copy.open();
  return {ledger.tip().height, ledger.tip().hash};
}

inline VerifyReport check(LittleChain& copy) {
  return verify(copy.layout(), copy.operations(), VerifyOptions{.threads = 2, .expect = {}, .from = {}});
}
inline void check_sound(LittleChain& copy, std::uint64_t left_behind) {
  const VerifyReport report = check(copy);
  for (const Fault& fault : report.faults) FAIL_CHECK(fault.reason);
  CHECK(!report.unclear);
  CHECK(report.index_checked);
  CHECK(report.left_behind == left_behind);
  CHECK(report.head.hash == head_of(copy).hash);
}

inline TransactionId enroll(LittleChain& copy, const std::string& who) {
  return copy.act("north", copy.enrolment(who, Kind::professional, "nurse"));
}

inline bool is_sealed(LittleChain& copy, const TransactionId& id) {
  return copy.open().find_transaction(id).has_value();
}
inline bool is_pending(LittleChain& copy, const TransactionId& id) {
  const auto queue = read_queue(copy.layout(), copy.operations());
  return std::ranges::any_of(queue.pending, [&](const PendingTransaction& pending) { return pending.id == id; });
}

// Two copies of one ledger; a common block 1.
struct Two {
  LittleChain north, south;
  Two() {
    enroll(north, "bob");
    north.mine("north");
    adopt_from(south, north);
    south.tick(60);
  }
  // Each goes on by itself.
  void part(std::uint64_t blocks_in_north, std::uint64_t blocks_in_south) {
    for (std::uint64_t i = 0; i < blocks_in_north; ++i) north.mine_empty("north");
    for (std::uint64_t i = 0; i < blocks_in_south; ++i) south.mine_empty("south");
  }
};

inline std::string bytes_of_segments(const LittleChain& copy) {
  std::string all;
  for (const std::string& name : store::list_directory(copy.layout().blocks()))
    all += store::read_file(copy.layout().blocks() + "/" + name);
  return all;
}

}  // namespace carechain::testing
