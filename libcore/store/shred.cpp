#include "libcore/store/shred.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "libcore/store/system.hpp"

namespace carechain::store {

void destroy_file(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return;
  if (descriptor < 0) cannot("open " + path + " for writing", errno);
  {
    File file(descriptor, path);
    const Bytes zeros(static_cast<std::size_t>(file.size()));
    file.write(zeros);
    file.sync();
  }
  remove_file(path);
  sync_directory(parent_of(path));
}

void sync_filesystem(const Path& path) {
  const std::string deed = "sync the file system of " + path;
  pass_fault_point(FaultKind::sync, path, deed);
  const File directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), path);
  if (directory.descriptor() < 0) cannot(deed, errno);
  if (::syncfs(directory.descriptor()) != 0) cannot(deed, errno);
}

}  // namespace carechain::store
