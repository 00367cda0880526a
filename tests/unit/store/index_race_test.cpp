#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "libcore/store/index.hpp"
#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;
using Clock = std::chrono::steady_clock;

namespace {

std::string key_of(std::uint64_t number) {
  std::string key(8, '\0');
  store_be(reinterpret_cast<std::uint8_t*>(key.data()), number * 0x9e3779b97f4a7c15u);  // all over the key space
  return "k" + key;
}

// Writes {key of i -> i, "tip" -> i}, so quickly and with so little memory that tables come and go all the time; with
// `reopening`, also as many short-lived writers.
[[noreturn]] void write_until_killed(const Path& directory, bool reopening) {
  for (std::uint64_t i = 1;;) {
    Index index = Index::open_writer(directory, 64u << 10);
    for (const std::uint64_t end = i + (reopening ? 700 : ~std::uint64_t{0} / 2); i < end; ++i) {
      IndexBatch batch;
      batch.put(key_of(i), std::to_string(i) + std::string(i % 300, 'x'));
      batch.put("tip", std::to_string(i));
      index.write(batch, i % 64 == 0);
    }
  }
}

// Everything a reader may rely on, at each of many openings. Returns their number; throws when it was deceived.
int read_until(Clock::time_point deadline, const Path& directory) {
  std::uint64_t last = 0;
  int opened = 0;
  for (; Clock::now() < deadline; ++opened) {
    const auto reader = Index::open_reader(directory);
    if (!reader) continue;
    const std::uint64_t tip = std::stoull(reader->get("tip").value_or("0"));
    if (tip < last) throw Error("the tip went back from " + std::to_string(last) + " to " + std::to_string(tip));
    for (std::uint64_t i = tip; i > 0 && i + 300 > tip; --i) {
      if (std::stoull(reader->get(key_of(i)).value_or("0")) != i) throw Error("missing: " + std::to_string(i));
    }
    for (std::uint64_t i = 1 + tip % 97; i <= tip; i += 1 + tip / 100) {
      if (std::stoull(reader->get(key_of(i)).value_or("0")) != i) throw Error("missing: " + std::to_string(i));
    }
    if (reader->get(key_of(tip + 1))) throw Error("half a batch");
    last = tip;
  }
  return opened;
}

pid_t started(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    ::_exit(work());
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    ::_exit(1);
  }
}

void race(bool reopening) {
  const Scratch dir;
  const pid_t writer = started([&]() -> int { write_until_killed(dir / "index", reopening); });
  const auto deadline = Clock::now() + std::chrono::milliseconds(2500);
  std::vector<pid_t> readers;
  for (int i = 0; i < 4; ++i) {
    readers.push_back(started([&] { return read_until(deadline, dir / "index") > 10 ? 0 : 2; }));
  }
  for (const pid_t reader : readers) {
    int status = 0;
    ::waitpid(reader, &status, 0);
    CHECK(status == 0);
  }
  CHECK(::waitpid(writer, nullptr, WNOHANG) == 0);  // still at work
  ::kill(writer, SIGKILL);
  ::waitpid(writer, nullptr, 0);
  const auto reader = Index::open_reader(dir / "index");
  REQUIRE(reader);
  CHECK(std::stoull(*reader->get("tip")) > 1000);
  for (const auto& name : list_directory(dir / "index")) {
    const bool known = name == "CURRENT" || name == "LOCK" || name.starts_with("MANIFEST-") || name.ends_with(".ldb") ||
                       name.ends_with(".log") || name.ends_with(".dbtmp");
    CHECK_MESSAGE(known, name);
  }
}

}  // namespace

TEST_CASE("readers see whole batches of a busy writer, none older than before") { race(false); }

TEST_CASE("readers see whole batches of many short-lived writers") { race(true); }
