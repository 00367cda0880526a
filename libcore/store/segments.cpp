#include "libcore/store/segments.hpp"

#include <fmt/format.h>

#include "libcore/store/frame_window.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::store {
namespace {

// Segments after `number`, empty ones included.
std::vector<std::uint32_t> segments_after(const Layout& layout, std::uint32_t number) {
  std::vector<std::uint32_t> later;
  for (const std::string& name : list_directory(layout.blocks())) {
    const auto found = Layout::segment_number(name);
    if (found && *found > number) later.push_back(*found);
  }
  return later;
}

void require_empty(const Layout& layout, const std::vector<std::uint32_t>& segments) {
  for (const std::uint32_t number : segments) {
    if (File::open_read(layout.segment(number)).size() > 0) {
      throw Error(layout.segment(number) + " holds bytes behind the end of the chain");
    }
  }
}

Bytes bytes_from(const File& file, std::uint64_t offset) {
  constexpr std::uint64_t limit = std::uint64_t{1} << 30;
  const std::uint64_t size = file.size();
  if (offset > size) throw Error(fmt::format("{} ends before offset {}", file.path(), offset));
  if (size - offset > limit) throw Error(fmt::format("{} is too long behind offset {}", file.path(), offset));
  Bytes tail(size - offset);
  tail.resize(file.read_at(offset, tail));
  return tail;
}

// A tail may have been torn at this very place before: neither copy replaces the other.
void keep_torn(const Layout& layout, Position from, ByteView tail) {
  make_directory(layout.torn());
  sync_directory(layout.root);
  const Path name = fmt::format("{}/{:06}-{}", layout.torn(), from.segment, from.offset);
  for (int copy = 1;; ++copy) {
    const Path path = copy == 1 ? name : fmt::format("{}.{}", name, copy);
    if (!exists(path)) return write_new_file(path, tail, 0644);
    if (same(bytes_from(File::open_read(path), 0), tail)) return;
  }
}

}  // namespace

Position place_of_frame(Position end, std::size_t block_bytes, std::uint64_t segment_bytes) {
  const bool full = end.offset > 0 && end.offset + frame_head + block_bytes > segment_bytes;
  return full ? Position{end.segment + 1, 0} : end;
}

SegmentWriter::SegmentWriter(Layout layout, Position end, std::uint64_t segment_bytes)
    : layout_(std::move(layout)), end_(end), segment_bytes_(segment_bytes) {
  require_empty(layout_, segments_after(layout_, end_.segment));
  const Path path = layout_.segment(end_.segment);
  if (!exists(path) && end_.offset == 0) return;
  file_ = File::open_append(path, false);
  if (const std::uint64_t size = file_->size(); size != end_.offset) {
    throw Error(fmt::format("{} has {} bytes where {} are known", path, size, end_.offset));
  }
  if (end_.offset == 0) sync_directory(layout_.blocks());
  file_->sync();
}

void SegmentWriter::start_segment(std::uint32_t number) {
  file_ = File::open_append(layout_.segment(number), true);
  if (file_->size() > 0) throw Error(file_->path() + " holds bytes behind the end of the chain");
  sync_directory(layout_.blocks());
  end_ = {number, 0};
}

Position SegmentWriter::place_of(std::size_t block_bytes) const {
  return place_of_frame(end_, block_bytes, segment_bytes_);
}

Position SegmentWriter::append(ByteView block) {
  if (failed_) throw Error("cannot append to " + layout_.segment(end_.segment) + ": an earlier attempt failed");
  if (block.size() > max_block_bytes) throw Error(fmt::format("a block of {} bytes is too large", block.size()));
  failed_ = true;
  const Bytes bytes = frame(segment_magic, block);
  const Position place = place_of(block.size());
  if (place != end_ || !file_) start_segment(place.segment);
  file_->write(bytes);
  file_->sync();
  const Position at = end_;
  end_.offset += bytes.size();
  failed_ = false;
  return at;
}

void sync_segments(const Layout& layout, std::uint32_t from) {
  sync_directory(layout.blocks());
  File::open_append(layout.segment(from), false).sync();
  for (const std::uint32_t later : segments_after(layout, from)) File::open_append(layout.segment(later), false).sync();
}

void move_torn_tail(const Layout& layout, Position from) {
  const std::vector<std::uint32_t> later = segments_after(layout, from.segment);
  require_empty(layout, later);
  const Path path = layout.segment(from.segment);
  if (const Bytes tail = bytes_from(File::open_read(path), from.offset); !tail.empty()) {
    keep_torn(layout, from, tail);
    File segment = File::open_append(path, false);
    segment.truncate(from.offset);
    segment.sync();
  }
  for (const std::uint32_t number : later) remove_file(layout.segment(number));
  sync_directory(layout.blocks());
}

std::uint64_t frames_behind(const Layout& layout, Position end, std::uint64_t limit) {
  const Path last = layout.segment(end.segment);
  const std::uint64_t size = end.offset == 0 && !exists(last) ? 0 : File::open_read(last).size();
  if (size < end.offset)
    throw Error(fmt::format("{} has {} bytes where {} are known", last, size, end.offset),
                "carechain verify-chain -L " + layout.root);
  if (size == end.offset && !exists(layout.segment(end.segment + 1))) return 0;
  SegmentReader reader(layout, end);
  std::uint64_t found = 0;
  while (found < limit) {
    const auto frame = reader.next();
    if (!frame || frame->status != SegmentFrame::whole) break;
    ++found;
  }
  return found;
}

Bytes read_block(const Layout& layout, Position at) {
  const File file = File::open_read(layout.segment(at.segment));
  Bytes bytes(frame_head);
  bytes.resize(file.read_at(at.offset, bytes));
  if (bytes.size() == frame_head) {
    const auto length = load_le<std::uint32_t>(bytes.data() + 4);
    bytes.resize(frame_head + (length <= max_block_bytes ? length : 0));
    bytes.resize(frame_head + file.read_at(at.offset + frame_head, std::span(bytes).subspan(frame_head)));
  }
  const FrameRead read = read_frame(bytes, 0, segment_magic, max_block_bytes);
  if (read.status == FrameRead::whole) return copy_of(read.content);
  throw Error(fmt::format("{} is damaged at offset {}: {}", file.path(), at.offset,
                          read.status == FrameRead::end ? "the file ends before" : read.why));
}

}  // namespace carechain::store
