#pragma once
// Whether a LevelDB log or MANIFEST may be continued. LevelDB appends behind a torn record as if it were whole, and
// what follows is then unreadable; so a writer looks before it lets LevelDB reuse a file.

#include "libcore/base/bytes.hpp"

namespace carechain::store {

// The last record ends where the file does. Checksums are LevelDB's business.
bool ends_with_whole_record(ByteView log);

}  // namespace carechain::store
