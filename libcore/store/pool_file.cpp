#include "libcore/store/pool_file.hpp"

#include <algorithm>

#include "libcore/store/frames.hpp"
#include "libcore/store/segments.hpp"
#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

constexpr std::uint64_t log_limit = std::uint64_t{4} << 30;

// Visits the frames of a log's bytes; returns where the last whole one ends. `max_length` as in read_frame.
std::size_t walk(ByteView bytes, const Path& path, std::string_view magic, std::size_t max_length,
                 const std::function<void(ByteView)>& visit) {
  std::size_t at = 0;
  for (;;) {
    const FrameRead read = read_frame(bytes, at, magic, max_length);
    if (read.status == FrameRead::damaged) {
      throw Error(path + " is damaged at offset " + std::to_string(at) + ": " + read.why);
    }
    if (read.status != FrameRead::whole) return at;
    visit(read.content);
    at = read.next;
  }
}

Bytes joined(std::string_view magic, const std::vector<Bytes>& contents) {
  Bytes bytes;
  for (const Bytes& content : contents) append(bytes, ByteView(frame(magic, content)));
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
  std::vector<Bytes> contents;
  if (!exists(path)) return contents;
  const std::string bytes = read_file(path, log_limit);
  walk(view_of(bytes), path, magic, max_length, [&](ByteView content) { contents.push_back(copy_of(content)); });
  return contents;
}

std::vector<Bytes> read_log_start(const Path& path, std::string_view magic, std::size_t max_length,
                                  std::uint64_t bytes) {
  std::vector<Bytes> contents;
  auto file = File::try_open_read(path);
  if (!file) return contents;
  Bytes start(static_cast<std::size_t>(std::min(file->size(), bytes)));
  start.resize(file->read(start));
  walk(start, path, magic, max_length, [&](ByteView content) { contents.push_back(copy_of(content)); });
  return contents;
}

void append_log(const Path& path, std::string_view magic, const std::vector<Bytes>& contents) {
  if (contents.empty()) return;
  File log = File::open_append(path, true);
  const std::string bytes = read_file(path, log_limit);
  const std::size_t end = walk(view_of(bytes), path, magic, max_block_bytes, [](ByteView) {});
  if (end < bytes.size()) log.truncate(end);
  if (bytes.empty()) sync_directory(parent_of(path));  // the file may be new, or its maker died before this
  append_or_undo(log, end, joined(magic, contents));
}

void replace_log(const Path& path, std::string_view magic, const std::vector<Bytes>& contents) {
  replace_file(path, joined(magic, contents));
}

void prune_log(const Path& path, std::string_view magic, std::size_t max_length,
               const std::function<bool(ByteView)>& gone) {
  if (!exists(path)) return;
  const std::string text = read_file(path, log_limit);
  const ByteView bytes = view_of(text);
  Bytes kept;
  std::size_t at = 0;
  unsigned staying = 0;  // in a row
  bool taken_out = false;
  while (staying < prune_patience) {
    const FrameRead read = read_frame(bytes, at, magic, max_length);
    if (read.status == FrameRead::damaged)
      throw Error(path + " is damaged at offset " + std::to_string(at) + ": " + read.why);
    if (read.status != FrameRead::whole) break;
    if (gone(read.content)) {
      taken_out = true;
      staying = 0;
    } else {
      append(kept, bytes.subspan(at, read.next - at));
      ++staying;
    }
    at = read.next;
  }
  if (!taken_out) return;
  append(kept, bytes.subspan(at));  // an unfinished last frame is cut off by who appends
  replace_file(path, kept);
}

}  // namespace carechain::store
