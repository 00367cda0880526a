// What happens when the system refuses, and when a process dies at any moment.
#include "libcore/store/fault.hpp"

#ifdef CARECHAIN_FAULT_POINTS
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "libcore/store/index.hpp"
#include "libcore/store/pool_file.hpp"
#include "libcore/store/segments.hpp"
#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

struct Hooked {
  explicit Hooked(FaultHook hook) { set_fault_hook(std::move(hook)); }
  ~Hooked() { set_fault_hook({}); }
};

FaultHook failing(FaultKind kind, int error) {
  return [=](FaultKind at, const Path&, std::size_t) {
    return at == kind ? FaultAction{FaultAction::fail, error, 0} : FaultAction{};
  };
}

std::string key_of(int number) {
  std::string key = "k";
  return key += std::to_string(number);
}

// Runs the work in a process that dies at its n-th fault point; of a write, half is done. false: it came to its end.
bool dies_at(int n, const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int left = n;
    set_fault_hook([&](FaultKind kind, const Path&, std::size_t bytes) {
      if (left-- > 0) return FaultAction{};
      if (kind == FaultKind::write && bytes > 1) return FaultAction{FaultAction::torn_killed, 0, bytes / 2};
      ::raise(SIGKILL);
      return FaultAction{};
    });
    try {
      work();
    } catch (...) {
      ::_exit(7);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
  return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("a failed sync is told and never repeated") {
  const Scratch dir;
  File file = File::open_append(dir / "a", true);
  file.write(view_of("x"));
  {
    const Hooked hooked(failing(FaultKind::sync, EIO));
    CHECK_THROWS_WITH_AS(file.sync(), ("cannot sync " + (dir / "a") + ": Input/output error").c_str(), Error);
  }
  CHECK_THROWS_AS(file.sync(), Error);
}

TEST_CASE("after a failed append a segment writer does nothing more") {
  const Scratch dir;
  const Layout layout{dir.root()};
  make_directory(layout.blocks());
  for (const FaultKind kind : {FaultKind::write, FaultKind::sync, FaultKind::create}) {
    SegmentWriter writer(layout, {}, 100);
    {
      const Hooked hooked(failing(kind, ENOSPC));
      CHECK_THROWS_AS(writer.append(view_of("block")), Error);
    }
    CHECK_THROWS_AS(writer.append(view_of("block")), Error);
    remove_file(layout.segment(0));
  }
}

TEST_CASE("what a log could not take is not in it") {
  const Scratch dir;
  append_log(dir / "log", "CCP1", {bytes_of("one")});
  for (const auto& action :
       {FaultAction{FaultAction::torn_write, ENOSPC, 20}, FaultAction{FaultAction::fail, EIO, 0}}) {
    const Hooked hooked(
        [&](FaultKind kind, const Path&, std::size_t) { return kind == FaultKind::write ? action : FaultAction{}; });
    CHECK_THROWS_AS(append_log(dir / "log", "CCP1", {bytes_of("two"), bytes_of("three")}), Error);
    CHECK(read_log(dir / "log", "CCP1", 100) == std::vector<Bytes>{bytes_of("one")});
  }
}

TEST_CASE("a process that dies while replacing a file leaves the old or the new one") {
  const Scratch dir;
  replace_file(dir / "a", view_of("old"));
  for (int n = 0; dies_at(n, [&] { replace_file(dir / "a", view_of("new")); }); ++n) {
    const std::string content = read_file(dir / "a");
    CHECK((content == "old" || content == "new"));
  }
  CHECK(read_file(dir / "a") == "new");
}

TEST_CASE("a process that dies while appending to a log leaves all that was acknowledged") {
  for (int n = 0;; ++n) {
    const Scratch dir;
    append_log(dir / "log", "CCP1", {bytes_of("one")});
    const bool died = dies_at(n, [&] { append_log(dir / "log", "CCP1", {bytes_of("two")}); });
    append_log(dir / "log", "CCP1", {bytes_of("three")});
    const auto contents = read_log(dir / "log", "CCP1", 100);
    CHECK(contents.front() == bytes_of("one"));
    CHECK(contents.back() == bytes_of("three"));
    if (!died) break;
  }
}

TEST_CASE("a process that dies while appending blocks leaves whole ones and at most a torn tail") {
  const auto work = [](const Layout& layout) {
    SegmentWriter writer(layout, {}, 60);
    for (int i = 0; i < 5; ++i) writer.append(view_of("block " + std::to_string(i)));
  };
  for (int n = 0;; ++n) {
    const Scratch dir;
    const Layout layout{dir.root()};
    make_directory(layout.blocks());
    const bool died = dies_at(n, [&] { work(layout); });
    Position end;
    SegmentReader reader(layout);
    while (const auto frame = reader.next()) {
      if (frame->status == SegmentFrame::whole) {
        end = frame->next;
      } else {
        CHECK(frame->status == SegmentFrame::unfinished);
        CHECK(frame->nothing_valid_behind);
        if (n % 2) dies_at(n % 5, [&] { move_torn_tail(layout, frame->position); });  // even repairing may be cut short
        move_torn_tail(layout, frame->position);
      }
    }
    SegmentWriter(layout, end, 60).append(view_of("after"));
    CHECK_FALSE(SegmentReader(layout, end).next()->nothing_valid_behind);
    if (!died) break;
  }
}

TEST_CASE("a failed index write stops the writer") {
  const Scratch dir;
  Index index = Index::open_writer(dir / "index");
  IndexBatch batch;
  batch.put("key", "value");
  {
    const Hooked hooked([](FaultKind kind, const Path&, std::size_t) {
      return kind == FaultKind::write ? FaultAction{FaultAction::torn_write, ENOSPC, 3} : FaultAction{};
    });
    CHECK_THROWS_AS(index.write(batch, true), Error);
  }
  CHECK_THROWS_AS(index.write(batch, true), Error);
}

TEST_CASE("an index survives the death of its writer at any moment, with all that was synced") {
  const Scratch dir;
  int tip = 0;
  for (int n = 0, quiet = 0; quiet < 3 && n < 400; ++n) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const bool died = dies_at(n, [&] {
      Index index = Index::open_writer(dir / "index", 64u << 10);
      for (int i = tip + 1; i <= tip + 40; ++i) {
        IndexBatch batch;
        batch.put(key_of(i), std::string(5000, 'x'));
        batch.put("tip", std::to_string(i));
        index.write(batch, true);
        if (::write(ends[1], &i, sizeof i) != sizeof i) ::_exit(9);  // acknowledged
      }
    });
    ::close(ends[1]);
    int acknowledged = tip;
    for (int i = 0; ::read(ends[0], &i, sizeof i) == sizeof i;) acknowledged = i;
    ::close(ends[0]);
    const auto reader = Index::open_reader(dir / "index");
    if (!reader) continue;
    const int seen = std::stoi(reader->get("tip").value_or("0"));
    CHECK(seen >= acknowledged);
    CHECK(seen <= acknowledged + 1);
    for (int i = 1; i <= seen; i += 1 + seen / 50) CHECK(reader->get(key_of(i)));
    tip = seen;
    quiet += died ? 0 : 1;
  }
  CHECK(tip > 100);
}
#endif
