#include "libcore/store/writer_env.hpp"

#include <csignal>
#include <memory>
#include <thread>

#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

using leveldb::Slice;
using leveldb::Status;

Status failure(const Path& path, int error) {
  return Status::IOError(path, std::generic_category().message(error ? error : EIO));
}

// What the operation should report instead of happening; ok: it may happen.
Status passed(FaultKind kind, const Path& path) {
  const FaultAction action = fault_at(kind, path);
  return action.what == FaultAction::proceed ? Status() : failure(path, action.error);
}

class FaultyFile final : public leveldb::WritableFile {
 public:
  FaultyFile(leveldb::WritableFile* file, Path path) : file_(file), path_(std::move(path)) {}

  Status Append(const Slice& data) override {
    const FaultAction action = fault_at(FaultKind::write, path_, data.size());
    if (action.what == FaultAction::proceed) return file_->Append(data);
    if (action.what == FaultAction::fail) return failure(path_, action.error);
    file_->Append(Slice(data.data(), std::min(action.torn_at, data.size())));
    file_->Flush();
    if (action.what == FaultAction::torn_killed) std::raise(SIGKILL);
    return failure(path_, action.error);
  }
  Status Flush() override {
    const Status status = passed(FaultKind::write, path_);
    return status.ok() ? file_->Flush() : status;
  }
  Status Sync() override {
    const Status status = passed(FaultKind::sync, path_);
    return status.ok() ? file_->Sync() : status;
  }
  Status Close() override { return file_->Close(); }

 private:
  std::unique_ptr<leveldb::WritableFile> file_;
  Path path_;
};

class WriterEnv final : public leveldb::EnvWrapper {
 public:
  WriterEnv() : EnvWrapper(Env::Default()) {}

  Status NewWritableFile(const std::string& path, leveldb::WritableFile** file) override {
    *file = nullptr;
    const Status status = passed(FaultKind::create, path);
    return status.ok() ? wrapped(target()->NewWritableFile(path, file), path, file) : status;
  }
  Status NewAppendableFile(const std::string& path, leveldb::WritableFile** file) override {
    return wrapped(target()->NewAppendableFile(path, file), path, file);
  }
  Status RenameFile(const std::string& from, const std::string& to) override {
    const Status status = passed(FaultKind::rename, to);
    return status.ok() ? target()->RenameFile(from, to) : status;
  }
  Status RemoveFile(const std::string& path) override {
    const Status status = passed(FaultKind::remove, path);
    return status.ok() ? target()->RemoveFile(path) : status;
  }
  void Schedule(void (*work)(void*), void* argument) override { std::thread(work, argument).detach(); }

 private:
  static Status wrapped(const Status& opened, const std::string& path, leveldb::WritableFile** file) {
    if (fault_points && opened.ok()) *file = new FaultyFile(*file, path);
    return opened;
  }
};

}  // namespace

leveldb::Env* writer_env() {
  static WriterEnv& env = *new WriterEnv;  // LevelDB's threads may outlive main, as with its own
  return &env;
}

}  // namespace carechain::store
