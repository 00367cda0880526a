#include "libcore/store/index.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

void put(Index& index, const std::string& key, const std::string& value, bool sync = false) {
  IndexBatch batch;
  batch.put(key, value);
  index.write(batch, sync);
}

std::uint64_t log_bytes(const Path& directory) {
  std::uint64_t sum = 0;
  for (const auto& name : list_directory(directory)) {
    if (name.ends_with(".log")) sum += read_file(directory + "/" + name).size();
  }
  return sum;
}

std::string keys(const Index& index, std::string_view prefix, std::string_view from = {}, bool backwards = false,
                 std::size_t limit = 100) {
  std::string all;
  index.scan(
      prefix, from,
      [&](std::string_view key, std::string_view value) {
        CHECK(value == "v" + std::string(key));
        all += std::string(key) + " ";
        return --limit > 0;
      },
      backwards);
  return all;
}

// Names, sizes and times of everything in a directory.
std::string fingerprint(const Path& directory) {
  std::string all;
  for (const auto& name : list_directory(directory)) {
    struct stat status {};
    REQUIRE(::stat((directory + "/" + name).c_str(), &status) == 0);
    all += name + ":" + std::to_string(status.st_size) + ":" + std::to_string(status.st_mtim.tv_sec) + "." +
           std::to_string(status.st_mtim.tv_nsec) + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("an index that is not there can't be read, but is made by a writer") {
  const Scratch dir;
  CHECK_FALSE(Index::open_reader(dir / "index"));
  make_directory(dir / "index");
  CHECK_FALSE(Index::open_reader(dir / "index"));
  { const Index index = Index::open_writer(dir / "index"); }
  const auto reader = Index::open_reader(dir / "index");
  REQUIRE(reader);
  CHECK_FALSE(reader->get("key"));
  CHECK(keys(*reader, "").empty());
}

TEST_CASE("a batch is seen by later reads and readers, and not by readers opened before") {
  const Scratch dir;
  Index index = Index::open_writer(dir / "index");
  put(index, "a", "1");
  const auto before = Index::open_reader(dir / "index");
  IndexBatch batch;
  batch.put("b", "2");
  batch.erase("a");
  index.write(batch, true);
  const auto after = Index::open_reader(dir / "index");
  CHECK(before->get("a") == "1");
  CHECK_FALSE(before->get("b"));
  CHECK_FALSE(index.get("a"));
  CHECK(index.get("b") == "2");
  CHECK_FALSE(after->get("a"));
  CHECK(after->get("b") == "2");
}

TEST_CASE("a scan visits a prefix, from a key, both ways") {
  const Scratch dir;
  Index index = Index::open_writer(dir / "index");
  for (const char* key : {"a", "b", "b1", "b2", "b3", "c", "\xff", "\xff\xff", "\xff\xff\x01"}) {
    put(index, key, std::string("v") + key);
  }
  for (const bool reading : {false, true}) {
    std::optional<Index> reader = Index::open_reader(dir / "index");
    const Index& from = reading ? *reader : index;
    CHECK(keys(from, "b") == "b b1 b2 b3 ");
    CHECK(keys(from, "b", "b2") == "b2 b3 ");
    CHECK(keys(from, "b", "b9") == "");
    CHECK(keys(from, "b", {}, false, 2) == "b b1 ");
    CHECK(keys(from, "b", {}, true) == "b3 b2 b1 b ");
    CHECK(keys(from, "b", "b2", true) == "b1 b ");
    CHECK(keys(from, "b", "b", true) == "");
    CHECK(keys(from, "a", "a9", true) == "a ");
    CHECK(keys(from, "\xff\xff", {}, true) == "\xff\xff\x01 \xff\xff ");
    CHECK(keys(from, "", {}, true, 1) == "\xff\xff\x01 ");
    CHECK(keys(from, "0", {}, true) == "");
    CHECK(keys(from, "", {}, false, 3) == "a b b1 ");
  }
}

TEST_CASE("a reader changes nothing on disk") {
  const Scratch dir;
  {
    Index index = Index::open_writer(dir / "index", 64u << 10);
    for (int i = 0; i < 5000; ++i) put(index, std::to_string(i), std::string(100, 'x'));
    for (int i = 0; i < 3; ++i) CHECK(Index::open_reader(dir / "index")->get("4999"));
  }
  const std::string before = fingerprint(dir / "index");
  for (int i = 0; i < 3; ++i) CHECK(Index::open_reader(dir / "index")->get("17"));
  CHECK(fingerprint(dir / "index") == before);
  CHECK(before.find("LOG") == std::string::npos);
}

TEST_CASE("another user reads an index nobody may write") {
  if (::getuid() != 0) return;
  const Scratch dir;
  {
    Index index = Index::open_writer(dir / "index");
    put(index, "key", "value");
  }
  std::filesystem::permissions(dir.root(), std::filesystem::perms(0555));
  std::filesystem::permissions(dir / "index", std::filesystem::perms(0555));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(2);
    try {
      ::_exit(Index::open_reader(dir / "index")->get("key") == "value" ? 0 : 1);
    } catch (const Error& error) {
      MESSAGE(error.what());
      ::_exit(3);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  std::filesystem::permissions(dir.root(), std::filesystem::perms(0755));
}

TEST_CASE("a writer leaves a short log behind, and a small change costs no table") {
  const Scratch dir;
  {
    Index index = Index::open_writer(dir / "index");
    for (int i = 0; i < 3000; ++i) put(index, std::to_string(i), std::string(200, 'x'));
    CHECK(log_bytes(dir / "index") > 600'000);
  }
  CHECK(log_bytes(dir / "index") < 65536);
  const auto tables = [&] {
    const auto names = list_directory(dir / "index");
    return std::ranges::count_if(names, [](const std::string& name) { return name.ends_with(".ldb"); });
  };
  const auto before = tables();
  for (int i = 0; i < 20; ++i) {
    Index index = Index::open_writer(dir / "index");
    put(index, "small", std::to_string(i), true);
  }
  CHECK(tables() == before);
  const auto reader = Index::open_reader(dir / "index");
  CHECK(reader->get("small") == "19");
  CHECK(reader->get("2999") == std::string(200, 'x'));
}

TEST_CASE("a torn log ends where it was torn, for readers and for writers") {
  const Scratch dir;
  Path log;
  {
    Index index = Index::open_writer(dir / "index");
    for (int i = 0; i < 10; ++i) put(index, std::to_string(i), std::string(1000, 'x'));
  }
  for (const auto& name : list_directory(dir / "index")) {
    if (name.ends_with(".log")) log = (dir / "index/") + name;
  }
  const std::string whole = read_file(log);
  for (std::size_t size = whole.size() - 1; size > whole.size() - 1000; size -= 37) {
    std::filesystem::resize_file(log, size);
    const auto reader = Index::open_reader(dir / "index");
    REQUIRE(reader);
    CHECK(reader->get("8"));
    CHECK_FALSE(reader->get("9"));
  }
  for (int i = 0; i < 3; ++i) {  // what is written behind the tear stays readable
    Index index = Index::open_writer(dir / "index");
    CHECK(index.get("8"));
    put(index, "after " + std::to_string(i), "yes");
  }
  const auto reader = Index::open_reader(dir / "index");
  CHECK(reader->get("8"));
  CHECK_FALSE(reader->get("9"));
  for (int i = 0; i < 3; ++i) CHECK(reader->get("after " + std::to_string(i)) == "yes");
}

TEST_CASE("damage is an error that says what helps") {
  const Scratch dir;
  const auto fill = [&] {
    std::filesystem::remove_all(dir / "index");
    Index index = Index::open_writer(dir / "index");
    for (int i = 0; i < 3000; ++i) put(index, std::to_string(i), std::string(200, static_cast<char>('a' + i % 26)));
  };
  const auto any = [&](std::string_view end) {
    for (const auto& name : list_directory(dir / "index")) {
      if (name.ends_with(end) || name.starts_with(end)) return (dir / "index/") + name;
    }
    return Path();
  };
  const auto flip = [](const Path& path) {
    std::string bytes = read_file(path);
    for (std::size_t i = bytes.size() / 3; i < bytes.size() / 3 + 20; ++i) bytes[i] ^= 1;
    store::put(path, bytes);
  };
  const auto refused = [&](bool writing) {
    try {
      if (writing) Index::open_writer(dir / "index");
      if (!writing) keys(*Index::open_reader(dir / "index"), "nothing");
      Index::open_reader(dir / "index")->scan("", "", [](auto, auto) { return true; });
      FAIL("damage went unnoticed");
    } catch (const Error& error) {
      CHECK(std::string(error.what()).find("is damaged") != std::string::npos);
      CHECK(error.hint() == "it can be made anew from the blocks: rebuild-index -L " + dir.root());
    }
  };
  for (const bool writing : {false, true}) {
    fill();
    remove_file(any(".ldb"));
    refused(writing);
    fill();
    remove_file(any("MANIFEST"));
    refused(writing);
    fill();
    flip(any("MANIFEST"));
    refused(writing);
    fill();
    store::put(dir / "index/CURRENT", "nonsense");
    refused(writing);
  }
  fill();
  flip(any(".ldb"));
  refused(false);
}

TEST_CASE("a reader of an index that wants compaction neither compacts nor hangs") {
  const Scratch dir;
  const pid_t child = ::fork();
  if (child == 0) {  // dies with many small tables not yet compacted
    Index index = Index::open_writer(dir / "index", 64u << 10);
    for (int i = 0; i < 20000; ++i) put(index, std::to_string(i * 7919 % 20000), std::string(300, 'x'));
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  const std::string before = fingerprint(dir / "index");
  for (int i = 0; i < 200; ++i) {
    const auto reader = Index::open_reader(dir / "index");
    REQUIRE(reader->get(std::to_string(i)));
    int seen = 0;
    if (i % 20 == 0) reader->scan("", "", [&](auto, auto) { return ++seen < 1000; });
  }
  CHECK(fingerprint(dir / "index") == before);
}
