// Frames and segments over arbitrary bytes: every byte is accounted for, and reading from a stream agrees with
// read_frame.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "libcore/store/frames.hpp"
#include "libcore/store/segments.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

void require(bool truth) {
  if (!truth) std::abort();
}

void read_frames(ByteView data) {
  std::size_t at = 0;
  for (FrameRead read = read_frame(data, at, "CCF1", 1000); read.status == FrameRead::whole;
       read = read_frame(data, at, "CCF1", 1000)) {
    require(read.next == at + frame_head + read.content.size() && read.next <= data.size());
    require(same(frame("CCF1", read.content), data.subspan(at, read.next - at)));
    at = read.next;
  }
}

void read_segments(ByteView data) {
  File file(::memfd_create("segment", 0), "segment");
  file.write(data);
  ::lseek(file.descriptor(), 0, SEEK_SET);
  SegmentReader reader(std::move(file));
  std::uint64_t end = 0;
  bool ended = false;
  while (const auto found = reader.next()) {
    require(!ended && found->position.offset >= end && found->position.offset < data.size());
    ended = found->nothing_valid_behind;
    end = found->position.offset + 1;
    if (found->status != SegmentFrame::whole) continue;
    require(read_frame(data, found->position.offset, "CCF1", max_block_bytes).status == FrameRead::whole);
    end = found->next.offset;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_frames({data, size});
  read_segments({data, size});
  return 0;
}
