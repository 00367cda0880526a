#include "libcore/store/pool_file.hpp"

#include <algorithm>

#include "libcore/store/frame_window.hpp"
#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

// The frames of a log, one after the other.
class LogReader {
 public:
  // `end`: frames that end behind it are not read.
  LogReader(File file, std::string_view magic, std::size_t max_length, std::uint64_t end = UINT64_MAX)
      : path_(file.path()), window_(std::move(file), 0, magic, max_length), end_(end) {}

  // The next whole frame, good until the next call; nullopt: there is none. Throws Error: there is something else.
  std::optional<ByteView> next() {
    window_.skip(std::exchange(taken_, 0));
    const FrameRead read = window_.look();
    if (read.status == FrameRead::damaged)
      throw Error(path_ + " is damaged at offset " + std::to_string(window_.offset()) + ": " + read.why);
    if (read.status != FrameRead::whole || read.next > end_ - window_.offset()) return std::nullopt;
    taken_ = read.next;
    return read.content;
  }
  std::uint64_t behind() const { return window_.offset() + taken_; }  // what next() gave last

 private:
  Path path_;
  FrameWindow window_;
  std::uint64_t end_;
  std::size_t taken_ = 0;
};

std::vector<Bytes> read_frames(const Path& path, std::string_view magic, std::size_t max_length, std::uint64_t end) {
  std::vector<Bytes> contents;
  auto file = File::try_open_read(path);
  if (!file) return contents;
  LogReader log(std::move(*file), magic, max_length, end);
  while (const auto content = log.next()) contents.push_back(copy_of(*content));
  return contents;
}

// Where the last whole frame ends.
std::uint64_t whole_length(const Path& path, std::string_view magic) {
  LogReader log(File::open_read(path), magic, max_block_bytes);
  while (log.next()) continue;
  return log.behind();
}

Bytes joined(std::string_view magic, const std::vector<Bytes>& contents) {
  std::size_t size = 0;
  for (const Bytes& content : contents) size += frame_head + content.size();
  Bytes bytes;
  bytes.reserve(size);
  for (const Bytes& content : contents) append_frame(bytes, magic, content);
  return bytes;
}

// Written and synced, or (as far as the system still obeys) not there at all, since nobody was told it is accepted.
void append_or_undo(File& log, std::uint64_t end, ByteView bytes) {
  try {
    log.write(bytes);
    log.sync();
  } catch (const Error&) {
    try {
      log.truncate(end);
    } catch (const Error&) {  // the first failure is the one to tell
    }
    throw;
  }
}

}  // namespace

std::vector<Bytes> read_log(const Path& path, std::string_view magic, std::size_t max_length) {
  return read_frames(path, magic, max_length, UINT64_MAX);
}

std::vector<Bytes> read_log_start(const Path& path, std::string_view magic, std::size_t max_length,
                                  std::uint64_t bytes) {
  return read_frames(path, magic, max_length, bytes);
}

std::uint64_t append_log(const Path& path, std::string_view magic, const std::vector<Bytes>& contents,
                         std::optional<std::uint64_t> whole) {
  if (contents.empty()) return whole.value_or(0);
  File log = File::open_append(path, true);
  std::uint64_t end = log.size();
  if (end != whole) {
    const std::uint64_t whole_end = whole_length(path, magic);
    if (whole_end < end) log.truncate(whole_end);
    end = whole_end;
  }
  if (end == 0) sync_directory(parent_of(path));  // the file may be new, or its maker died before this
  const Bytes frames = joined(magic, contents);
  append_or_undo(log, end, frames);
  return end + frames.size();
}

void replace_log(const Path& path, std::string_view magic, const std::vector<Bytes>& contents) {
  replace_file(path, joined(magic, contents));
}

void prune_log(const Path& path, std::string_view magic, std::size_t max_length,
               const std::function<bool(ByteView)>& gone) {
  auto file = File::try_open_read(path);
  if (!file) return;
  LogReader log(std::move(*file), magic, max_length);
  Bytes kept;
  unsigned staying = 0;  // in a row
  bool taken_out = false;
  while (staying < prune_patience) {
    const auto content = log.next();
    if (!content) break;
    if (gone(*content)) {
      taken_out = true;
      staying = 0;
    } else {
      append_frame(kept, magic, *content);
      ++staying;
    }
  }
  if (!taken_out) return;
  // An unfinished last frame comes along, and is cut off by who appends.
  replace_file(path, [&](File& fresh) {
    fresh.write(kept);
    fresh.write_rest(File::open_read(path), log.behind());
  });
}

}  // namespace carechain::store
