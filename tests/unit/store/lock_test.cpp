#include "libcore/store/lock.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;
using std::chrono::milliseconds;

namespace {

// A process that holds the lock until it is killed.
pid_t holder(const Path& path, Lock::Mode mode) {
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Lock lock = Lock::acquire(path, mode);
    if (::write(ready[1], "x", 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  ::close(ready[0]);
  ::close(ready[1]);
  return child;
}

void kill_and_wait(pid_t child) {
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace

TEST_CASE("an exclusive lock keeps others out, and ends with its process") {
  const Scratch dir;
  const pid_t child = holder(dir / "lock", Lock::Mode::exclusive);
  try {
    Lock::acquire(dir / "lock", Lock::Mode::exclusive, milliseconds(30));
    FAIL("both hold it");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == (dir / "lock") + " is locked by another process");
    CHECK(error.exit() == Exit::trouble);
  }
  CHECK_THROWS_AS(Lock::acquire(dir / "lock", Lock::Mode::shared, milliseconds(0)), Error);
  kill_and_wait(child);
  const Lock lock = Lock::acquire(dir / "lock", Lock::Mode::exclusive, milliseconds(0));
}

TEST_CASE("shared locks go together") {
  const Scratch dir;
  const pid_t child = holder(dir / "lock", Lock::Mode::shared);
  { const Lock lock = Lock::acquire(dir / "lock", Lock::Mode::shared, milliseconds(0)); }
  CHECK_THROWS_AS(Lock::acquire(dir / "lock", Lock::Mode::exclusive, milliseconds(10)), Error);
  kill_and_wait(child);
}

TEST_CASE("patience is rewarded soon after the other lets go") {
  const Scratch dir;
  const pid_t child = holder(dir / "lock", Lock::Mode::exclusive);
  std::thread killer([&] {
    std::this_thread::sleep_for(milliseconds(100));
    kill_and_wait(child);
  });
  const Lock lock = Lock::acquire(dir / "lock", Lock::Mode::exclusive, std::chrono::seconds(20));
  killer.join();
}

TEST_CASE("a lock that can't be created is an error") {
  const Scratch dir;
  CHECK_THROWS_AS(Lock::acquire(dir / "none/lock"), Error);
}
