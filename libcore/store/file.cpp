#include "libcore/store/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

// A system call that a signal may interrupt.
template <class Call>
auto uninterrupted(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

int open_descriptor(const Path& path, int flags, unsigned mode = 0) {
  return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); });
}

void write_all(int descriptor, ByteView bytes, const std::string& deed) {
  while (!bytes.empty()) {
    const auto written = uninterrupted([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    if (written < 0) cannot(deed, errno);
    if (written == 0) cannot(deed, EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

bool is_absent(int error) { return error == ENOENT || error == ENOTDIR; }

// nullopt: there is nothing by that name.
std::optional<struct stat> status_of(const Path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status;
  if (!is_absent(errno)) cannot("look at " + path, errno);
  return std::nullopt;
}

struct stat status_of(int descriptor, const Path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) cannot("look at " + path, errno);
  return status;
}

}  // namespace

File::File(int descriptor, Path name) : descriptor_(descriptor), path_(std::move(name)) {}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      sync_failed_(other.sync_failed_),
      path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(sync_failed_, other.sync_failed_);
  std::swap(path_, other.path_);
  return *this;
}

std::string File::about(const char* deed) const { return std::string(deed) + " " + path_; }

File File::open_read(const Path& path) {
  if (auto file = try_open_read(path)) return std::move(*file);
  cannot("open " + path, ENOENT);
}

std::optional<File> File::try_open_read(const Path& path) {
  const int descriptor = open_descriptor(path, O_RDONLY);
  if (descriptor < 0 && is_absent(errno)) return std::nullopt;
  if (descriptor < 0) cannot("open " + path, errno);
  File file(descriptor, path);
  if (S_ISDIR(status_of(descriptor, path).st_mode)) cannot("open " + path, EISDIR);
  return file;
}

File File::open_append(const Path& path, bool create) {
  if constexpr (fault_points) {
    if (create && !exists(path)) pass_fault_point(FaultKind::create, path, "create " + path);
  }
  const int descriptor = open_descriptor(path, O_WRONLY | O_APPEND | (create ? O_CREAT : 0), 0644);
  if (descriptor < 0) cannot("open " + path + " for writing", errno);
  return File(descriptor, path);
}

File File::create_new(const Path& path, unsigned mode) {
  pass_fault_point(FaultKind::create, path, "create " + path);
  const int descriptor = open_descriptor(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  if (descriptor < 0 && errno == EEXIST) throw refusal(path + " exists already");
  if (descriptor < 0) cannot("create " + path, errno);
  return File(descriptor, path);
}

std::uint64_t File::size() const { return static_cast<std::uint64_t>(status_of(descriptor_, path_).st_size); }

bool File::is_regular() const { return S_ISREG(status_of(descriptor_, path_).st_mode); }

std::size_t File::read(std::span<std::uint8_t> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto got = uninterrupted([&] { return ::read(descriptor_, buffer.data() + done, buffer.size() - done); });
    if (got < 0) cannot(about("read"), errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

std::size_t File::read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto at = static_cast<off_t>(offset + done);
    const auto got =
        uninterrupted([&] { return ::pread(descriptor_, buffer.data() + done, buffer.size() - done, at); });
    if (got < 0) cannot(about("read"), errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void File::write(ByteView bytes) {
  const FaultAction action = fault_at(FaultKind::write, path_, bytes.size());
  const int error = action.error ? action.error : EIO;
  if (action.what == FaultAction::fail) cannot(about("write"), error);
  if (action.what == FaultAction::proceed) return write_all(descriptor_, bytes, about("write"));
  write_all(descriptor_, bytes.first(std::min(action.torn_at, bytes.size())), about("write"));
  if (action.what == FaultAction::torn_killed) std::raise(SIGKILL);
  cannot(about("write"), error);
}

void File::write_rest(const File& from, std::uint64_t offset) {
  Bytes part(std::size_t{1} << 18);
  for (;;) {
    const std::size_t got = from.read_at(offset, part);
    if (got > 0) write(ByteView(part).first(got));
    if (got < part.size()) return;
    offset += got;
  }
}

void File::sync() {
  if (sync_failed_) throw Error("cannot sync " + path_ + ": an earlier attempt failed");
  sync_failed_ = true;
  pass_fault_point(FaultKind::sync, path_, about("sync"));
  if (uninterrupted([&] { return ::fdatasync(descriptor_); }) != 0) cannot(about("sync"), errno);
  sync_failed_ = false;
}

void File::truncate(std::uint64_t size) {
  pass_fault_point(FaultKind::truncate, path_, about("truncate"));
  const auto end = static_cast<off_t>(size);
  if (uninterrupted([&] { return ::ftruncate(descriptor_, end); }) != 0) cannot(about("truncate"), errno);
}

std::optional<FileIdentity> identify(const Path& path) {
  const auto status = status_of(path);
  if (!status) return std::nullopt;
  return FileIdentity{status->st_ino, static_cast<std::uint64_t>(status->st_size)};
}

bool exists(const Path& path) { return status_of(path).has_value(); }

bool is_directory(const Path& path) {
  const auto status = status_of(path);
  return status && S_ISDIR(status->st_mode);
}

}  // namespace carechain::store
