#pragma once
// The files of an index as they were at one instant, although a writer may be adding, renaming and removing some.

#include <map>
#include <memory>
#include <optional>

#include "libcore/store/file.hpp"

namespace carechain::store {

// The error to throw when it can't be trusted.
Error damaged_index(const Path& directory, const std::string& why);

struct FrozenFiles {
  std::map<std::string, std::shared_ptr<std::string>> contents;  // CURRENT, the MANIFEST it names, the logs
  std::map<std::string, std::shared_ptr<const File>> tables;     // open, so that they outlive their removal
};

// nullopt: there is no index (no CURRENT). Throws Error when it can't be read, or its parts don't fit for good.
//
// Why the answer is one instant's: a table or log is needed as long as the MANIFEST says so, and the writer changes the
// MANIFEST before it removes anything. So when CURRENT and the MANIFEST's length are the same after everything else was
// opened as before, nothing needed was missed. Logs only grow, and the last one ends where it was read.
std::optional<FrozenFiles> freeze_index(const Path& directory);

}  // namespace carechain::store
