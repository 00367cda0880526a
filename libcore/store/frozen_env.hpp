#pragma once
// LevelDB over frozen files: it sees them, writes to memory, locks nothing, and compacts nothing.

#include <leveldb/env.h>

#include <functional>
#include <mutex>
#include <vector>

#include "libcore/store/frozen_files.hpp"

namespace carechain::store {

class FrozenEnv final : public leveldb::Env {
 public:
  using Status = leveldb::Status;
  explicit FrozenEnv(FrozenFiles files) : files_(std::move(files)) {}

  // A compaction LevelDB would like is only noted, but its destructor waits for it. So the owner ends the database with
  // this: destroy() runs while another thread lets the noted work find out that it is no longer wanted.
  void end(const std::function<void()>& destroy);

  Status NewSequentialFile(const std::string&, leveldb::SequentialFile**) override;
  Status NewRandomAccessFile(const std::string&, leveldb::RandomAccessFile**) override;
  Status NewWritableFile(const std::string&, leveldb::WritableFile**) override;
  Status NewAppendableFile(const std::string&, leveldb::WritableFile**) override;
  bool FileExists(const std::string&) override;
  Status GetChildren(const std::string& directory, std::vector<std::string>*) override;
  Status RemoveFile(const std::string&) override;
  Status CreateDir(const std::string&) override { return {}; }
  Status RemoveDir(const std::string&) override { return {}; }
  Status GetFileSize(const std::string&, std::uint64_t*) override;
  Status RenameFile(const std::string& from, const std::string& to) override;
  Status LockFile(const std::string&, leveldb::FileLock**) override;
  Status UnlockFile(leveldb::FileLock*) override;
  void Schedule(void (*)(void*), void*) override;
  void StartThread(void (*)(void*), void*) override;
  Status GetTestDirectory(std::string*) override;
  Status NewLogger(const std::string&, leveldb::Logger**) override;
  std::uint64_t NowMicros() override { return 0; }  // only LevelDB's statistics ask
  void SleepForMicroseconds(int) override {}

 private:
  std::shared_ptr<std::string> content(const std::string& path);  // nullptr: not in memory
  std::shared_ptr<const File> table(const std::string& path);
  std::function<void()> next_job();

  std::mutex mutex_;
  FrozenFiles files_;
  std::vector<std::function<void()>> jobs_;
};

}  // namespace carechain::store
