#include "libcore/store/file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

unsigned mode_of(const Path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("opening names the file and the reason") {
  const Scratch dir;
  CHECK_THROWS_WITH_AS(File::open_read(dir / "none"),
                       ("cannot open " + (dir / "none") + ": No such file or directory").c_str(), Error);
  CHECK_THROWS_WITH_AS(File::open_read(dir.root()), ("cannot open " + dir.root() + ": Is a directory").c_str(), Error);
  CHECK_FALSE(File::try_open_read(dir / "none"));
  CHECK_FALSE(File::try_open_read(dir / "none/deeper"));
  CHECK_THROWS_AS(File::open_append(dir / "none", false), Error);
}

TEST_CASE("what is appended can be read, from the start and from any place") {
  const Scratch dir;
  {
    File file = File::open_append(dir / "a", true);
    file.write(view_of("hello "));
    file.sync();
  }
  File::open_append(dir / "a", false).write(view_of("world"));
  CHECK(mode_of(dir / "a") == 0644);
  File file = File::open_read(dir / "a");
  CHECK(file.size() == 11);
  CHECK(file.is_regular());
  Bytes buffer(20);
  CHECK(file.read(std::span(buffer).first(5)) == 5);
  CHECK(file.read(buffer) == 6);
  CHECK(file.read(buffer) == 0);
  CHECK(file.read_at(6, buffer) == 5);
  CHECK(text_of(ByteView(buffer).first(5)) == "world");
  CHECK(file.read_at(99, buffer) == 0);
}

TEST_CASE("a moved file is closed once") {
  const Scratch dir;
  put(dir / "a", "x");
  File one = File::open_read(dir / "a");
  File two = std::move(one);
  CHECK(one.descriptor() == -1);
  one = std::move(two);
  CHECK(one.size() == 1);
}

TEST_CASE("a new file must be new") {
  const Scratch dir;
  File::create_new(dir / "key", 0600);
  CHECK(mode_of(dir / "key") == 0600);
  try {
    File::create_new(dir / "key", 0600);
    FAIL("created twice");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no);
  }
}

TEST_CASE("truncating cuts the end off") {
  const Scratch dir;
  put(dir / "a", "0123456789");
  File file = File::open_append(dir / "a", false);
  file.truncate(4);
  file.write(view_of("x"));
  CHECK(read_file(dir / "a") == "0123x");
}

TEST_CASE("a pipe is read to its end, in whatever pieces it comes") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&] {
    File out(ends[1], "pipe");
    for (int i = 0; i < 100; ++i) out.write(view_of("0123456789"));
  });
  File in(ends[0], "pipe");
  CHECK_FALSE(in.is_regular());
  Bytes buffer(999);
  CHECK(in.read(buffer) == 999);
  CHECK(in.read(buffer) == 1);
  writer.join();
}

TEST_CASE("a full device is an error with its reason") {
  if (!exists("/dev/full")) return;
  File full = File::open_append("/dev/full", false);
  CHECK_THROWS_WITH_AS(full.write(view_of("x")), "cannot write /dev/full: No space left on device", Error);
}

TEST_CASE("a file that can't be synced never claims to be") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const File in(ends[0], "in");
  File out(ends[1], "out");
  CHECK_THROWS_WITH_AS(out.sync(), "cannot sync out: Invalid argument", Error);
  CHECK_THROWS_WITH_AS(out.sync(), "cannot sync out: an earlier attempt failed", Error);
}

TEST_CASE("directories are made with their parents, and listed in order") {
  const Scratch dir;
  make_directory(dir / "a/b/c");
  make_directory(dir / "a/b/c");
  make_directory(dir / "a/b/c/");
  put(dir / "a/b/2", "");
  put(dir / "a/b/1", "");
  CHECK(list_directory(dir / "a/b") == std::vector<std::string>{"1", "2", "c"});
  CHECK(is_directory(dir / "a"));
  CHECK_FALSE(is_directory(dir / "a/b/1"));
  CHECK_THROWS_AS(make_directory(dir / "a/b/1"), Error);
  CHECK_THROWS_AS(list_directory(dir / "none"), Error);
  sync_directory(dir / "a");
  CHECK_THROWS_AS(sync_directory(dir / "none"), Error);
}

TEST_CASE("names are changed and removed") {
  const Scratch dir;
  put(dir / "a", "1");
  put(dir / "b", "2");
  rename_file(dir / "a", dir / "b");
  CHECK(read_file(dir / "b") == "1");
  CHECK_FALSE(exists(dir / "a"));
  remove_file(dir / "b");
  remove_file(dir / "b");
  CHECK_FALSE(exists(dir / "b"));
  CHECK_THROWS_AS(rename_file(dir / "a", dir / "b"), Error);
}

TEST_CASE("a file larger than the limit is not read") {
  const Scratch dir;
  put(dir / "a", "0123456789");
  CHECK(read_file(dir / "a", 10) == "0123456789");
  CHECK_THROWS_AS(read_file(dir / "a", 9), Error);
  put(dir / "empty", "");
  CHECK(read_file(dir / "empty").empty());
  const std::string large(1'000'000, 'x');
  put(dir / "large", large);
  CHECK(read_file(dir / "large") == large);
}

TEST_CASE("a replaced file is the old or the new one, and nothing else stays behind") {
  const Scratch dir;
  replace_file(dir / "a", view_of("one"), 0600);
  replace_file(dir / "a", view_of("two"), 0600);
  CHECK(read_file(dir / "a") == "two");
  CHECK(mode_of(dir / "a") == 0600);
  CHECK(list_directory(dir.root()) == std::vector<std::string>{"a"});
  put(dir / (".a." + std::to_string(::getpid()) + ".tmp"), "left by a dead process");
  replace_file(dir / "a", view_of("three"));
  CHECK(list_directory(dir.root()) == std::vector<std::string>{"a"});
}

TEST_CASE("of two writers of a new file one wins") {
  const Scratch dir;
  write_new_file(dir / "a", view_of("one"), 0600);
  try {
    write_new_file(dir / "a", view_of("two"), 0600);
    FAIL("written twice");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no);
  }
  CHECK(read_file(dir / "a") == "one");
  CHECK(list_directory(dir.root()) == std::vector<std::string>{"a"});
}
