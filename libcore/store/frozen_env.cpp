#include "libcore/store/frozen_env.hpp"

#include <chrono>
#include <thread>

namespace carechain::store {
namespace {

using leveldb::Slice;
using leveldb::Status;

std::string name_in(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// Not NotFound, which a lookup would pass on as "no such key".
Status absent(const std::string& path) { return Status::IOError(path, "not in the frozen index"); }

class MemoryReader final : public leveldb::SequentialFile {
 public:
  explicit MemoryReader(std::shared_ptr<const std::string> content) : content_(std::move(content)) {}
  Status Read(std::size_t n, Slice* result, char*) override {
    *result = Slice(content_->data() + at_, std::min(n, content_->size() - at_));
    at_ += result->size();
    return {};
  }
  Status Skip(std::uint64_t n) override {
    at_ += static_cast<std::size_t>(std::min<std::uint64_t>(n, content_->size() - at_));
    return {};
  }

 private:
  std::shared_ptr<const std::string> content_;
  std::size_t at_ = 0;
};

class MemoryTable final : public leveldb::RandomAccessFile {
 public:
  explicit MemoryTable(std::shared_ptr<const std::string> content) : content_(std::move(content)) {}
  Status Read(std::uint64_t offset, std::size_t n, Slice* result, char*) const override {
    if (offset > content_->size()) return Status::IOError("read beyond the end of a table in memory");
    *result = Slice(content_->data() + offset, std::min(n, content_->size() - static_cast<std::size_t>(offset)));
    return {};
  }

 private:
  std::shared_ptr<const std::string> content_;
};

class MemoryWriter final : public leveldb::WritableFile {
 public:
  explicit MemoryWriter(std::shared_ptr<std::string> content) : content_(std::move(content)) {}
  Status Append(const Slice& data) override { return content_->append(data.data(), data.size()), Status(); }
  Status Close() override { return {}; }
  Status Flush() override { return {}; }
  Status Sync() override { return {}; }

 private:
  std::shared_ptr<std::string> content_;
};

class OpenTable final : public leveldb::RandomAccessFile {
 public:
  explicit OpenTable(std::shared_ptr<const File> file) : file_(std::move(file)) {}
  Status Read(std::uint64_t offset, std::size_t n, Slice* result, char* scratch) const override try {
    *result = Slice(scratch, file_->read_at(offset, {reinterpret_cast<std::uint8_t*>(scratch), n}));
    return {};
  } catch (const Error& error) {
    return Status::IOError(error.what());
  }

 private:
  std::shared_ptr<const File> file_;
};

class NoLock final : public leveldb::FileLock {};

}  // namespace

std::shared_ptr<std::string> FrozenEnv::content(const std::string& path) {
  const std::lock_guard guard(mutex_);
  const auto found = files_.contents.find(name_in(path));
  return found != files_.contents.end() ? found->second : nullptr;
}

std::shared_ptr<const File> FrozenEnv::table(const std::string& path) {
  const std::lock_guard guard(mutex_);
  const auto found = files_.tables.find(name_in(path));
  return found != files_.tables.end() ? found->second : nullptr;
}

Status FrozenEnv::NewSequentialFile(const std::string& path, leveldb::SequentialFile** file) {
  *file = nullptr;
  auto found = content(path);
  if (!found) return absent(path);
  *file = new MemoryReader(std::move(found));
  return {};
}

Status FrozenEnv::NewRandomAccessFile(const std::string& path, leveldb::RandomAccessFile** file) {
  *file = nullptr;
  if (auto found = content(path)) return *file = new MemoryTable(std::move(found)), Status();
  if (auto found = table(path)) return *file = new OpenTable(std::move(found)), Status();
  return absent(path);
}

Status FrozenEnv::NewWritableFile(const std::string& path, leveldb::WritableFile** file) {
  auto fresh = std::make_shared<std::string>();
  *file = new MemoryWriter(fresh);
  const std::lock_guard guard(mutex_);
  files_.tables.erase(name_in(path));  // one a writer was building under the number LevelDB now gives out here
  files_.contents[name_in(path)] = std::move(fresh);
  return {};
}

Status FrozenEnv::NewAppendableFile(const std::string& path, leveldb::WritableFile** file) {
  auto found = content(path);
  if (!found) return NewWritableFile(path, file);
  *file = new MemoryWriter(std::move(found));
  return {};
}

bool FrozenEnv::FileExists(const std::string& path) { return content(path) || table(path); }

Status FrozenEnv::GetChildren(const std::string&, std::vector<std::string>* names) {
  const std::lock_guard guard(mutex_);
  names->clear();
  for (const auto& [name, content] : files_.contents) names->push_back(name);
  for (const auto& [name, table] : files_.tables) names->push_back(name);
  return {};
}

Status FrozenEnv::RemoveFile(const std::string& path) {
  const std::lock_guard guard(mutex_);
  const bool removed = files_.contents.erase(name_in(path)) + files_.tables.erase(name_in(path)) > 0;
  return removed ? Status() : absent(path);
}

Status FrozenEnv::GetFileSize(const std::string& path, std::uint64_t* size) try {
  *size = 0;
  if (const auto found = content(path)) return *size = found->size(), Status();
  if (const auto found = table(path)) return *size = found->size(), Status();
  return absent(path);
} catch (const Error& error) {
  return Status::IOError(error.what());
}

Status FrozenEnv::RenameFile(const std::string& from, const std::string& to) {
  const std::lock_guard guard(mutex_);
  const auto found = files_.contents.find(name_in(from));
  if (found == files_.contents.end()) return absent(from);
  files_.contents[name_in(to)] = found->second;
  files_.contents.erase(found);
  return {};
}

Status FrozenEnv::LockFile(const std::string&, leveldb::FileLock** lock) {
  *lock = new NoLock;
  return {};
}

Status FrozenEnv::UnlockFile(leveldb::FileLock* lock) {
  delete lock;
  return {};
}

void FrozenEnv::Schedule(void (*work)(void*), void* argument) {
  const std::lock_guard guard(mutex_);
  jobs_.emplace_back([=] { work(argument); });
}

void FrozenEnv::StartThread(void (*work)(void*), void* argument) { Schedule(work, argument); }

Status FrozenEnv::GetTestDirectory(std::string*) { return Status::NotSupported("no test directory"); }

Status FrozenEnv::NewLogger(const std::string&, leveldb::Logger** logger) {
  *logger = nullptr;
  return Status::NotSupported("no information log");
}

std::function<void()> FrozenEnv::next_job() {
  const std::lock_guard guard(mutex_);
  if (jobs_.empty()) return {};
  auto job = std::move(jobs_.back());
  jobs_.pop_back();
  return job;
}

void FrozenEnv::end(const std::function<void()>& destroy) {
  auto first = next_job();
  if (!first) return destroy();
  std::thread worker([&] {
    std::this_thread::sleep_for(
        std::chrono::microseconds(50));  // destroy() says first that it is the end: less to undo
    for (auto job = std::move(first); job; job = next_job()) job();
  });
  destroy();
  worker.join();
}

}  // namespace carechain::store
