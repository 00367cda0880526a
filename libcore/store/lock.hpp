#pragma once
// Locks between processes: flock(2) on files that are never renamed or removed. Released when the process dies.

#include <chrono>

#include "libcore/store/file.hpp"

namespace carechain::store {

class Lock {
 public:
  enum class Mode { exclusive, shared };
  // Waits up to `patience`; then throws Error "locked by another process" naming the file. Creates the file
  // when it is not there; a shared lock on one that is there needs only permission to read it.
  static Lock acquire(const Path&, Mode mode = Mode::exclusive,
                      std::chrono::milliseconds patience = std::chrono::seconds(60));
  Lock(Lock&&) noexcept = default;
  Lock& operator=(Lock&&) noexcept = default;

 private:
  explicit Lock(File file) : file_(std::move(file)) {}
  File file_;
};

}  // namespace carechain::store
