#pragma once
// Block segments: append-only files of frames, blocks in the order of arrival, parents first. A frame never spans two
// segments. The only source of truth; none is ever removed.

#include <functional>
#include <optional>

#include "libcore/store/layout.hpp"

namespace carechain::store {

inline constexpr std::size_t max_block_bytes = 16u << 20;
inline constexpr std::uint64_t default_segment_bytes = 64u << 20;

struct Position {
  std::uint32_t segment = 0;
  std::uint64_t offset = 0;  // of the frame's first byte
  friend auto operator<=>(const Position&, const Position&) = default;
};

// Appends blocks. The caller holds the write lock.
class SegmentWriter {
 public:
  // `end` is where the next frame goes (from the index or from scanning). Starts a new segment when the frame
  // would make the current one longer than segment_bytes (a segment holds at least one frame).
  SegmentWriter(Layout, Position end, std::uint64_t segment_bytes);
  // Durable on return (fdatasync, and the directory's when a segment was created). Returns where the frame went.
  Position append(ByteView block);
  Position end() const { return end_; }

 private:
  Layout layout_;
  Position end_;
  std::uint64_t segment_bytes_;
  std::optional<File> file_;
};

// One frame in the order of the files.
struct SegmentFrame {
  enum Status { whole, unfinished, damaged } status;
  Position position;
  ByteView block;         // valid until the next call
  std::string why;        // for damaged and unfinished
  Position next;          // behind the frame (whole only)
  bool nothing_valid_behind = false;  // unfinished or damaged: no whole frame follows anywhere
};
class SegmentReader {  // sequential, memory-mapped or read in large pieces; also from one stream (stdin)
 public:
  explicit SegmentReader(const Layout&, Position from = {});
  explicit SegmentReader(File stream);  // the concatenation of segments, e.g. `cat blocks/*.blk |`
  ~SegmentReader();
  SegmentReader(SegmentReader&&) noexcept;
  // nullopt at the end. After `damaged` reading goes on at the next valid frame ("CCF1" with a good checksum), if any.
  // A missing segment number between two present ones is `damaged` ("blocks/000001.blk is missing").
  // The view stays valid until the next call unless `stable()`.
  std::optional<SegmentFrame> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The block at a position. Throws Error when the frame is damaged.
Bytes read_block(const Layout&, Position);

}  // namespace carechain::store
