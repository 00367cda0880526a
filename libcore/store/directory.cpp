// The functions of file.hpp about names: directories, renames, whole files put in place.

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

Path temporary_beside(const Path& path) {
  const auto slash = path.find_last_of('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return parent_of(path) + "/." + name + "." + std::to_string(::getpid()) + ".tmp";
}

// A complaint names the file that was to be made, not its temporary.
File create_temporary(const Path& temporary, const Path& beside, unsigned mode) {
  try {
    return File::create_new(temporary, mode);
  } catch (const Error& error) {
    std::string what = error.what();
    if (const auto at = what.find(temporary); at != std::string::npos) what.replace(at, temporary.size(), beside);
    throw Error(what, error.hint(), error.exit());
  }
}

// The content under a temporary name, durable, which is removed unless it was given its final name.
class Temporary {
 public:
  Temporary(const Path& beside, const std::function<void(File&)>& write, unsigned mode)
      : path_(temporary_beside(beside)) {
    remove_file(path_);  // left behind by a dead process of the same number
    File file = create_temporary(path_, beside, mode);
    try {
      write(file);
      file.sync();
    } catch (const Error&) {
      ::unlink(path_.c_str());
      throw;
    }
  }
  ~Temporary() {
    if (!renamed_) ::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  void rename_to(const Path& path) {
    rename_file(path_, path);
    renamed_ = true;
  }
  const Path& path() const { return path_; }

 private:
  Path path_;
  bool renamed_ = false;
};

}  // namespace

void make_directory(const Path& path, unsigned mode) {
  if (path.empty() || is_directory(path)) return;
  if (const Path parent = parent_of(path); parent != path) make_directory(parent, mode);
  pass_fault_point(FaultKind::create, path, "create the directory " + path);
  if (::mkdir(path.c_str(), mode) == 0) return;
  const int error = errno;
  if (error != EEXIST || !is_directory(path)) cannot("create the directory " + path, error);
}

void rename_file(const Path& from, const Path& to) {
  pass_fault_point(FaultKind::rename, to, "rename " + from + " to " + to);
  if (::rename(from.c_str(), to.c_str()) != 0) cannot("rename " + from + " to " + to, errno);
}

void remove_file(const Path& path) {
  pass_fault_point(FaultKind::remove, path, "remove " + path);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) cannot("remove " + path, errno);
}

void remove_directory(const Path& path) {
  if (!is_directory(path)) return;
  for (const std::string& name : list_directory(path)) remove_file(path + "/" + name);
  pass_fault_point(FaultKind::remove, path, "remove " + path);
  if (::rmdir(path.c_str()) != 0 && errno != ENOENT) cannot("remove " + path, errno);
}

void sync_directory(const Path& path) {
  const std::string deed = "sync the directory " + path;
  pass_fault_point(FaultKind::sync, path, deed);
  const File directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), path);
  if (directory.descriptor() < 0) cannot(deed, errno);
  if (::fsync(directory.descriptor()) != 0) cannot(deed, errno);
}

std::vector<std::string> list_directory(const Path& path) {
  const std::string deed = "list the directory " + path;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), ::closedir);
  if (!directory) cannot(deed, errno);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) cannot(deed, errno);
  std::ranges::sort(names);
  return names;
}

std::string read_file(const Path& path, std::uint64_t limit) {
  File file = File::open_read(path);
  std::string content;
  std::size_t expected = file.is_regular() ? static_cast<std::size_t>(std::min(file.size(), limit)) + 1 : 1u << 16;
  for (;;) {
    const std::size_t before = content.size();
    content.resize(before + expected);
    const std::size_t got = file.read({reinterpret_cast<std::uint8_t*>(content.data()) + before, expected});
    content.resize(before + got);
    if (content.size() > limit) throw Error(path + " is larger than " + std::to_string(limit) + " bytes");
    if (got < expected) return content;
    expected = 1u << 16;
  }
}

void replace_file(const Path& path, const std::function<void(File&)>& write, unsigned mode) {
  Temporary temporary(path, write, mode);
  temporary.rename_to(path);
  sync_directory(parent_of(path));
}

void replace_file(const Path& path, ByteView content, unsigned mode) {
  replace_file(
      path, [&](File& file) { file.write(content); }, mode);
}

void write_new_file(const Path& path, ByteView content, unsigned mode) {
  if (exists(path)) throw refusal(path + " exists already");
  const Temporary temporary(
      path, [&](File& file) { file.write(content); }, mode);
  pass_fault_point(FaultKind::create, path, "create " + path);
  if (::link(temporary.path().c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) throw refusal(path + " exists already");
    cannot("create " + path, errno);
  }
  sync_directory(parent_of(path));
}

}  // namespace carechain::store
