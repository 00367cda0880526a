#pragma once
// Chains as lists of frames, what can be done to them, and what verification must say about it.

#include <sys/mman.h>
#include <unistd.h>

#include <random>

#include "libcore/crypto/merkle.hpp"
#include "libcore/ledger/verify.hpp"
#include "libcore/store/frames.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::campaign {

// A chain as it lies in its segments, one frame a block.
struct Chain {
  std::vector<Bytes> frames;
  std::vector<ledger::Pin> pins;      // of each block
  std::vector<std::size_t> segments;  // height of the first block in each segment

  Hash history_before(std::size_t height) const {
    crypto::MerkleFrontier hashes;
    for (std::size_t i = 0; i < height; ++i) hashes.append(crypto::merkle_leaf(pins[i].hash.view()));
    return hashes.root();
  }
  Bytes joined() const {
    Bytes all;
    for (const Bytes& frame : frames) append(all, ByteView(frame));
    return all;
  }
};

inline Bytes framed(ByteView block) { return store::frame("CCF1", block); }
inline Bytes block_in(const Bytes& frame) { return Bytes(frame.begin() + store::frame_head, frame.end()); }

inline Chain read_chain(const store::Layout& layout) {
  Chain chain;
  store::SegmentReader reader(layout);
  while (const auto frame = reader.next()) {
    if (frame->position.offset == 0) chain.segments.push_back(chain.frames.size());
    chain.pins.push_back({chain.frames.size(), ledger::parse_block(frame->block).hash});
    chain.frames.push_back(framed(frame->block));
  }
  return chain;
}

// Bytes that are read as if from a pipe.
class Stream {
 public:
  explicit Stream(ByteView bytes) : file_(::memfd_create("blocks", MFD_CLOEXEC), "blocks") { file_.write(bytes); }
  void flip(std::size_t byte, unsigned bit) { put(byte, static_cast<std::uint8_t>(at(byte) ^ 1u << bit)); }
  ledger::VerifyReport verify(const ledger::VerifyOptions& options) const {
    ::lseek(file_.descriptor(), 0, SEEK_SET);
    return ledger::verify(store::File(::dup(file_.descriptor()), "blocks"), care::all_operations(), options);
  }

 private:
  std::uint8_t at(std::size_t byte) const {
    std::uint8_t value = 0;
    file_.read_at(byte, {&value, 1});
    return value;
  }
  void put(std::size_t byte, std::uint8_t value) {
    if (::pwrite(file_.descriptor(), &value, 1, static_cast<off_t>(byte)) != 1) throw Error("cannot write");
  }
  store::File file_;
};

// The first height at which these bytes are not the chain's; nullopt: none, though they may end early.
inline std::optional<std::uint64_t> first_touched(const Chain& chain, ByteView bytes) {
  std::size_t at = 0;
  for (std::size_t height = 0; height < chain.frames.size(); ++height) {
    const Bytes& frame = chain.frames[height];
    if (at == bytes.size()) return std::nullopt;
    if (bytes.size() - at < frame.size() || !same(bytes.subspan(at, frame.size()), frame)) return height;
    at += frame.size();
  }
  return at == bytes.size() ? std::nullopt : std::optional<std::uint64_t>(chain.frames.size());
}

// Where nothing definite can be said: what follows the sound part is the good beginning of a frame that ends too early.
inline bool is_torn(ByteView rest) {
  const auto read = store::read_frame(rest, 0, "CCF1", store::max_block_bytes);
  if (read.status != store::FrameRead::unfinished) return false;
  for (std::size_t at = 1; at < rest.size(); ++at)
    if (store::read_frame(rest, at, "CCF1", store::max_block_bytes).status == store::FrameRead::whole) return false;
  return true;
}

// What is wrong with a report about a chain that is first touched at this height; empty: nothing.
inline std::string misjudged(const ledger::VerifyReport& report, std::uint64_t height, bool torn) {
  const std::string head = "head " + std::to_string(report.head.height) + ", touched at " + std::to_string(height);
  if (torn && report.faults.empty()) {
    if (!report.unclear) return "a torn tail passes for sound, " + head;
  } else {
    if (report.faults.empty()) return (report.unclear ? "unclear: " + *report.unclear : "found sound") + ", " + head;
    const ledger::Fault& fault = report.faults.front();
    if (fault.height != height)
      return "the fault is told at height " + std::to_string(fault.height) + " (" + std::string(to_text(fault.layer)) +
             ": " + fault.reason + "), " + head;
    if (fault.reason.empty()) return "no reason is given, " + head;
  }
  if (report.blocks != height || (height > 0 && report.head.height + 1 != height))
    return "the good part ends elsewhere: " + head;
  return {};
}

}  // namespace carechain::campaign
