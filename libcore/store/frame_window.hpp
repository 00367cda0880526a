#pragma once
// The frames of one segment, of a stream of them, or of a log, through a buffer that slides over the bytes.

#include "libcore/base/large_memory.hpp"
#include "libcore/store/frames.hpp"
#include "libcore/store/segments.hpp"

namespace carechain::store {

inline constexpr std::string_view segment_magic = "CCF1";

class FrameWindow {
 public:
  // Reads on from where the file stands; `offset` is what that place is called. `max_length` as in read_frame.
  explicit FrameWindow(File file, std::uint64_t offset = 0, std::string_view magic = segment_magic,
                       std::size_t max_length = max_block_bytes);

  std::uint64_t offset() const { return offset_; }  // of the next byte not yet taken
  // How read_frame sees the next bytes. A whole frame's content stays valid until the window moves or reads again.
  FrameRead look();
  void skip(std::size_t bytes);  // requires bytes <= what look() or fill() has shown
  enum class Search { found, nothing, gave_up };
  // Moves to the next whole frame, or to the end. `budget` is how many bytes of failed checksums may still be spent
  // on places that only look like frames, so that a crafted file can't cost quadratic time; without it: gave_up.
  Search find_frame(std::uint64_t& budget);

 private:
  ByteView fill(std::size_t wanted);  // the next bytes: at least `wanted` of them unless the file ends before

  File file_;
  std::uint64_t offset_;
  std::string_view magic_;
  std::size_t max_length_;
  LargeVector<std::uint8_t> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  bool at_end_ = false;
};

}  // namespace carechain::store
