#include "libcore/store/lock.hpp"

#include <sys/file.h>

#include <thread>

#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

using std::chrono::milliseconds;

// false: another process holds it.
bool try_lock(const File& file, Lock::Mode mode) {
  const int operation = (mode == Lock::Mode::exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
  for (;;) {
    if (::flock(file.descriptor(), operation) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) cannot("lock " + file.path(), errno);
  }
}

}  // namespace

Lock Lock::acquire(const Path& path, Mode mode, milliseconds patience) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  // A shared lock asks for no more than permission to read, so that readers of others' ledgers can take it.
  auto readable = mode == Mode::shared ? File::try_open_read(path) : std::nullopt;
  File file = readable ? std::move(*readable) : File::open_append(path, true);
  for (milliseconds pause{1}; !try_lock(file, mode); pause = std::min(2 * pause, milliseconds{20})) {
    if (Clock::now() >= deadline) throw Error(path + " is locked by another process", "try again when it has finished");
    std::this_thread::sleep_for(pause);
  }
  return Lock(std::move(file));
}

}  // namespace carechain::store
