#pragma once
// pending.log and dropped.log as files: what is in them is the ledger room's business.
// Every function here is called with pool_lock held.

#include <functional>
#include <optional>
#include <vector>

#include "libcore/store/layout.hpp"

namespace carechain::store {

// The frames of a log in order. An unfinished last frame was never acknowledged and is left out; damage before the
// end throws Error naming file and offset. A missing file is empty.
std::vector<Bytes> read_log(const Path&, std::string_view magic, std::size_t max_length);
// The same, of the first so many bytes of the file: the whole frames in them.
std::vector<Bytes> read_log_start(const Path&, std::string_view magic, std::size_t max_length, std::uint64_t bytes);

// Appends frames and syncs once; returns the log's length then. An unfinished last frame left by a dead process is cut
// off first: the log is read for that, unless it is as long as the caller knows it to be when whole. No frames: touches
// nothing.
std::uint64_t append_log(const Path&, std::string_view magic, const std::vector<Bytes>& contents,
                         std::optional<std::uint64_t> whole = {});

// Replaces the log by these frames (temporary file, sync, rename, sync of the directory).
void replace_log(const Path&, std::string_view magic, const std::vector<Bytes>& contents);

// Takes out the frames at the beginning that are gone. Looks no further once `patience` in a row stay: what is behind
// them stays as it is, unread. The file is replaced as by replace_log(), if anything was taken out.
inline constexpr unsigned prune_patience = 64;
void prune_log(const Path&, std::string_view magic, std::size_t max_length, const std::function<bool(ByteView)>& gone);

}  // namespace carechain::store
