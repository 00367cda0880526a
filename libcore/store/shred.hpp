#pragma once
// Getting rid of files for good.

#include "libcore/store/file.hpp"

namespace carechain::store {

// Overwrites a file with zeros, syncs, removes it, and syncs its directory; no error when it is not there.
// Copy-on-write file systems, journals and flash keep older blocks all the same, so what has to be unreadable for
// certain must not depend on this alone: destroy the key of it, and keep that key where nobody makes copies.
void destroy_file(const Path&);

// syncfs: everything written so far to the file system of that directory is durable. For many files at once.
void sync_filesystem(const Path& directory);

}  // namespace carechain::store
