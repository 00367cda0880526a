#pragma once
// Block segments: append-only files of frames, blocks in the order of arrival, parents first. A frame never spans two
// segments. The only source of truth; none is ever removed.

#include <memory>
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

// Where the frame of a block goes when the next frame may begin at `end`: a segment does not grow beyond segment_bytes,
// but holds at least one frame.
Position place_of_frame(Position end, std::size_t block_bytes, std::uint64_t segment_bytes);

// Appends blocks. The caller holds the write lock.
class SegmentWriter {
 public:
  // `end` is where the next frame goes (from the index or from scanning). Starts a new segment when the frame
  // would make the current one longer than segment_bytes (a segment holds at least one frame). Syncs what is there,
  // since a process that died may have left a frame it had not synced. Throws Error when the segments hold more
  // (a torn tail: the caller repairs first) or less than `end` says.
  SegmentWriter(Layout, Position end, std::uint64_t segment_bytes);
  // Durable on return (fdatasync, and the directory's when a segment was created). Returns where the frame went.
  // Throws Error when that can't be done, or the block is larger than max_block_bytes; after a failure every further
  // call throws.
  Position append(ByteView block);
  // Where append() would put a block of that many bytes.
  Position place_of(std::size_t block_bytes) const;
  Position end() const { return end_; }

 private:
  Layout layout_;
  Position end_;
  std::uint64_t segment_bytes_;
  std::optional<File> file_;
  bool failed_ = false;

  void start_segment(std::uint32_t number);
};

// Repairs an unfinished tail: copies the bytes from there to the segment's end to torn/<segment>-<offset>, durably,
// then cuts the segment there and removes empty segments after it. The caller holds the write lock and has seen that
// nothing valid lies behind. Throws Error, with nothing cut, when a later segment holds bytes.
void move_torn_tail(const Layout&, Position from);

// Makes durable what a dead writer may have written and not synced: the segments from this number on.
void sync_segments(const Layout&, std::uint32_t from);

// One frame in the order of the files.
struct SegmentFrame {
  enum Status { whole, unfinished, damaged } status;
  Position position;
  ByteView block;                     // valid until the next call
  std::string why;                    // for damaged and unfinished
  Position next;                      // behind the frame (whole only)
  bool nothing_valid_behind = false;  // unfinished or damaged: no whole frame follows anywhere
  Bytes suspect = {};  // damaged by a wrong checksum: what the frame holds, to find out where it was altered
};
// Sequential, read in large pieces (not mapped: a failing disk shall be an Error and not a SIGBUS, and a writer may cut
// a torn tail meanwhile). Covers the segments present at construction, each up to its end when it is reached.
class SegmentReader {
 public:
  explicit SegmentReader(const Layout&, Position from = {});
  explicit SegmentReader(File stream);  // the concatenation of segments, e.g. `cat blocks/*.blk |`
  ~SegmentReader();
  SegmentReader(SegmentReader&&) noexcept;
  // In a stream position.segment stays 0 and offset counts the stream's bytes.
  // nullopt at the end. After `damaged` reading goes on at the next valid frame ("CCF1" with a good checksum), if any.
  // A missing segment number between two present ones is `damaged` ("blocks/000001.blk is missing").
  // A torn frame is `unfinished` only at the end of all bytes; elsewhere it is `damaged`. Where a file is crafted to
  // make the search for valid frames expensive, the search is given up (then nothing_valid_behind is false) and reading
  // goes on in the next segment. Throws Error when a file can't be read.
  std::optional<SegmentFrame> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// How many whole frames lie behind a position, counted up to `limit`. Throws Error when the segments end before it.
std::uint64_t frames_behind(const Layout&, Position end, std::uint64_t limit);

// The block at a position. Throws Error when the frame is damaged.
Bytes read_block(const Layout&, Position);

}  // namespace carechain::store
