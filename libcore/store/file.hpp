#pragma once
// Files, durably. Every write, sync, rename, truncate and removal in the ledger goes through here, so that tests can
// make any one of them fail or end the process (fault.hpp).

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "libcore/base/error.hpp"

namespace carechain::store {

using Path = std::string;

// An open file descriptor, closed at the end of its life.
class File {
 public:
  static File open_read(const Path&);  // throws Error: "cannot open X: No such file or directory", or a directory
  static std::optional<File> try_open_read(const Path&);  // nullopt: it does not exist
  static File open_append(const Path&, bool create);      // O_APPEND; a new file has mode 0644
  static File create_new(const Path&, unsigned mode);     // O_EXCL; throws refusal() when it exists
  explicit File(int descriptor, Path name);               // takes over an open descriptor (stdin, a pipe)
  ~File();
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;

  std::uint64_t size() const;
  bool is_regular() const;
  std::size_t read(std::span<std::uint8_t> buffer);  // up to buffer.size(); fewer only at the end of file
  std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) const;
  void write(ByteView);                                     // all of it; throws Error with the system's reason
  void write_rest(const File& from, std::uint64_t offset);  // what another file holds from there to its end
  // fdatasync. A failed one throws and must not be repeated (the kernel may have dropped the pages).
  // After that every further sync() of this File throws too.
  void sync();
  void truncate(std::uint64_t size);
  int descriptor() const { return descriptor_; }
  const Path& path() const { return path_; }

 private:
  std::string about(const char* deed) const;

  int descriptor_ = -1;
  bool sync_failed_ = false;
  Path path_;
};

// Tells whether a file was replaced or has grown.
struct FileIdentity {
  std::uint64_t inode = 0, size = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
std::optional<FileIdentity> identify(const Path&);  // nullopt: it does not exist

bool exists(const Path&);  // throws Error when that can't be found out
bool is_directory(const Path&);
void make_directory(const Path&, unsigned mode = 0755);  // and its parents; no error when it is there; not durable
void rename_file(const Path& from, const Path& to);      // replaces; not durable before sync_directory
void remove_file(const Path&);                           // no error when it is not there
void remove_directory(const Path&);                      // and the files in it; no error when it is not there
void sync_directory(const Path&);                        // fsync of a directory: makes creations and renames durable
std::vector<std::string> list_directory(const Path&);    // names, sorted, without "." and ".."; throws Error

std::string read_file(const Path&, std::uint64_t limit = std::uint64_t{1} << 30);  // throws Error: larger than limit
// The whole file or none of it, durable on return: temporary name beside it, sync, rename, sync of the directory.
void replace_file(const Path&, ByteView content, unsigned mode = 0644);
void replace_file(const Path&, const std::function<void(File&)>& write, unsigned mode = 0644);
// Like replace_file, but throws refusal() when the name exists already (link(2), so two at once: one wins).
void write_new_file(const Path&, ByteView content, unsigned mode);

}  // namespace carechain::store
