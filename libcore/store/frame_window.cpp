#include "libcore/store/frame_window.hpp"

namespace carechain::store {

FrameWindow::FrameWindow(File file, std::uint64_t offset, std::string_view magic, std::size_t max_length)
    : file_(std::move(file)), offset_(offset), magic_(magic), max_length_(max_length) {}

ByteView FrameWindow::fill(std::size_t wanted) {
  constexpr std::size_t least = 1u << 18;
  if (end_ - begin_ < wanted && !at_end_) {
    // Twice what is wanted, so that bytes are moved at most about as often as they are read.
    const std::size_t needed = std::max(least, 2 * wanted);
    LargeVector<std::uint8_t> larger(needed > buffer_.size() ? needed : 0);
    std::uint8_t* to = larger.empty() ? buffer_.data() : larger.data();
    if (end_ > begin_) std::memmove(to, buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    if (!larger.empty()) buffer_ = std::move(larger);
    const std::size_t got = file_.read(std::span(buffer_).subspan(end_));
    at_end_ = got < buffer_.size() - end_;
    end_ += got;
  }
  return ByteView(buffer_).subspan(begin_, end_ - begin_);
}

void FrameWindow::skip(std::size_t bytes) {
  begin_ += bytes;
  offset_ += bytes;
}

FrameRead FrameWindow::look() {
  ByteView bytes = fill(frame_head);
  if (bytes.size() >= frame_head) {
    const auto length = load_le<std::uint32_t>(bytes.data() + 4);
    if (length <= max_length_ && text_of(bytes.first(4)) == magic_) bytes = fill(frame_head + length);
  }
  return read_frame(bytes, 0, magic_, max_length_);
}

FrameWindow::Search FrameWindow::find_frame(std::uint64_t& budget) {
  for (;;) {
    const ByteView bytes = fill(frame_head);
    if (bytes.size() < frame_head) return Search::nothing;
    const auto found = text_of(bytes).find(magic_);
    if (found != 0) {
      skip(std::min(found, bytes.size() - (magic_.size() - 1)));
      continue;
    }
    const auto length = load_le<std::uint32_t>(bytes.data() + 4);
    const FrameRead read = look();
    if (read.status == FrameRead::whole) return Search::found;
    const std::uint64_t spent = read.status == FrameRead::damaged && length <= max_length_ ? length : 0;
    if (spent > budget) return Search::gave_up;
    budget -= spent;
    skip(1);
  }
}

}  // namespace carechain::store
