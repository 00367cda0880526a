#include <fcntl.h>
#include <unistd.h>

#include <limits>

#include "libcore/store/frame_window.hpp"
#include "libcore/store/frames.hpp"
#include "libcore/store/segments.hpp"
#include "libcore/store/system.hpp"

namespace carechain::store {

struct SegmentReader::State {
  Layout layout;
  std::vector<std::uint32_t> numbers;  // segments not yet opened, ascending, from `upcoming` on
  std::size_t upcoming = 0;
  Position start;  // where reading begins in the next segment that should come

  std::optional<FrameWindow> window;  // over the segment being read, or over the stream
  std::uint32_t segment = 0;
  std::size_t shown = 0;                            // bytes of the frame handed out last
  std::uint64_t budget = std::uint64_t{512} << 20;  // see find_frame
  // A later segment known to hold a whole frame, or the highest number when the search was given up.
  std::optional<std::uint32_t> valid_segment;
  bool nothing_later = false;  // the search found none in any later segment

  FrameWindow open(std::uint32_t number, std::uint64_t offset) const;
  std::optional<SegmentFrame> open_next();
  bool holds_bytes_later() const;
  bool holds_frames_later();
  SegmentFrame trouble(const FrameRead&);
};

FrameWindow SegmentReader::State::open(std::uint32_t number, std::uint64_t offset) const {
  File file = File::open_read(layout.segment(number));
  if (!file.is_regular()) throw Error(file.path() + " is not a regular file");
  if (::lseek(file.descriptor(), static_cast<off_t>(offset), SEEK_SET) < 0) cannot("read " + file.path(), errno);
  ::posix_fadvise(file.descriptor(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return FrameWindow(std::move(file), offset);
}

// Opens the next segment if there is one. Returns the damage of one that should be there and is not.
std::optional<SegmentFrame> SegmentReader::State::open_next() {
  const bool more = upcoming < numbers.size();
  if (start.offset > 0 || more) {
    if (!more || numbers[upcoming] != start.segment) {
      const Position missing = std::exchange(start, {more ? numbers[upcoming] : 0, 0});
      const std::string name = layout.segment(missing.segment).substr(layout.root.size() + 1);
      return SegmentFrame{SegmentFrame::damaged, missing, {}, name + " is missing", {}, !holds_frames_later()};
    }
    segment = numbers[upcoming++];
    const Position at = std::exchange(start, {segment + 1, 0});
    if (File::open_read(layout.segment(segment)).size() < at.offset) {
      return SegmentFrame{SegmentFrame::damaged, at, {}, "the segment ends before", {}, !holds_frames_later()};
    }
    window.emplace(open(segment, at.offset));
  }
  return std::nullopt;
}

bool SegmentReader::State::holds_bytes_later() const {
  return std::any_of(numbers.begin() + static_cast<std::ptrdiff_t>(upcoming), numbers.end(),
                     [&](std::uint32_t number) { return File::open_read(layout.segment(number)).size() > 0; });
}

bool SegmentReader::State::holds_frames_later() {
  if (upcoming == numbers.size() || nothing_later) return false;
  if (valid_segment && *valid_segment >= numbers[upcoming]) return true;
  for (std::size_t i = upcoming; i < numbers.size(); ++i) {
    const auto search = open(numbers[i], 0).find_frame(budget);
    if (search == FrameWindow::Search::nothing) continue;
    const bool found = search == FrameWindow::Search::found;
    valid_segment = found ? numbers[i] : std::numeric_limits<std::uint32_t>::max();
    return true;
  }
  nothing_later = true;
  return false;
}

// What to say of the frame before the window that is not whole; moves on to the next that is.
SegmentFrame SegmentReader::State::trouble(const FrameRead& read) {
  const Position at{segment, window->offset()};
  Bytes suspect = copy_of(read.content);
  window->skip(1);
  const auto search = window->find_frame(budget);
  if (search != FrameWindow::Search::found) window.reset();
  const bool last = search == FrameWindow::Search::nothing && !holds_bytes_later();
  const bool torn = read.status == FrameRead::unfinished && last;
  const bool nothing_behind = search == FrameWindow::Search::nothing && !holds_frames_later();
  return {torn ? SegmentFrame::unfinished : SegmentFrame::damaged,
          at,
          {},
          read.why,
          {},
          nothing_behind,
          std::move(suspect)};
}

SegmentReader::SegmentReader(const Layout& layout, Position from) : state_(std::make_unique<State>()) {
  state_->layout = layout;
  state_->start = from;
  for (const std::string& name : list_directory(layout.blocks())) {
    const auto number = Layout::segment_number(name);
    if (number && *number >= from.segment) state_->numbers.push_back(*number);
  }
  std::ranges::sort(state_->numbers);
}

SegmentReader::SegmentReader(File stream) : state_(std::make_unique<State>()) {
  state_->window.emplace(std::move(stream));
}

SegmentReader::~SegmentReader() = default;
SegmentReader::SegmentReader(SegmentReader&&) noexcept = default;

std::optional<SegmentFrame> SegmentReader::next() {
  State& s = *state_;
  if (s.window) s.window->skip(std::exchange(s.shown, 0));
  for (;;) {
    if (!s.window) {
      if (auto missing = s.open_next()) return missing;
      if (!s.window) return std::nullopt;
    }
    const FrameRead read = s.window->look();
    if (read.status == FrameRead::end) {
      s.window.reset();
      continue;
    }
    if (read.status != FrameRead::whole) return s.trouble(read);
    s.shown = read.next;
    const Position at{s.segment, s.window->offset()};
    return SegmentFrame{SegmentFrame::whole, at, read.content, "", {at.segment, at.offset + read.next}, false};
  }
}

}  // namespace carechain::store
