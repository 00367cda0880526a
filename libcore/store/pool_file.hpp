#pragma once
// pending.log and dropped.log as files: what is in them is the ledger room's business.
// Every function here is called with pool_lock held.

#include <vector>

#include "libcore/store/layout.hpp"

namespace carechain::store {

// The frames of a log in order. An unfinished last frame was never acknowledged and is left out; damage before the
// end throws Error naming file and offset. A missing file is empty.
std::vector<Bytes> read_log(const Path&, std::string_view magic, std::size_t max_length);

// Appends frames and syncs once. An unfinished last frame left by a dead process is cut off first.
void append_log(const Path&, std::string_view magic, const std::vector<Bytes>& contents);

// Replaces the log by these frames (temporary file, sync, rename, sync of the directory).
void replace_log(const Path&, std::string_view magic, const std::vector<Bytes>& contents);

}  // namespace carechain::store
