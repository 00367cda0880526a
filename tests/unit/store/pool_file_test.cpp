#include "libcore/store/pool_file.hpp"

#include <doctest/doctest.h>

#include "libcore/store/frames.hpp"
#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

const std::vector<Bytes> three = {bytes_of("one"), bytes_of(""), bytes_of("three")};

std::vector<Bytes> read(const Path& path) { return read_log(path, "CCP1", 1000); }

}  // namespace

TEST_CASE("a log holds what was appended, in order") {
  const Scratch dir;
  CHECK(read(dir / "log").empty());
  append_log(dir / "log", "CCP1", {three[0]});
  append_log(dir / "log", "CCP1", {});
  append_log(dir / "log", "CCP1", {three[1], three[2]});
  CHECK(read(dir / "log") == three);
}

TEST_CASE("an unfinished last frame is left out, and cut off before the next is appended") {
  const Scratch dir;
  const Bytes torn = frame("CCP1", view_of("torn"));
  for (std::size_t size = 1; size < torn.size(); ++size) {
    put(dir / "log", "");
    append_log(dir / "log", "CCP1", {three[0]});
    File::open_append(dir / "log", false).write(ByteView(torn).first(size));
    CHECK(read(dir / "log") == std::vector<Bytes>{three[0]});
    append_log(dir / "log", "CCP1", {three[1], three[2]});
    CHECK(read(dir / "log") == three);
  }
}

TEST_CASE("damage is told with file and place, and nothing is appended behind it") {
  const Scratch dir;
  append_log(dir / "log", "CCP1", three);
  std::string bytes = read_file(dir / "log");
  bytes[16] ^= 1;  // in the second frame's magic
  put(dir / "log", bytes);
  const std::string message = (dir / "log") + " is damaged at offset 15: there is no frame";
  CHECK_THROWS_WITH_AS(read(dir / "log"), message.c_str(), Error);
  CHECK_THROWS_AS(append_log(dir / "log", "CCP1", three), Error);
  CHECK(read_file(dir / "log") == bytes);
}

TEST_CASE("a log as long as its writer left it is not read again before the next is appended") {
  const Scratch dir;
  const std::uint64_t first = append_log(dir / "log", "CCP1", {three[0]});
  CHECK(first == frame_head + 3);
  const std::uint64_t second = append_log(dir / "log", "CCP1", {three[1]}, first);
  CHECK(second == first + frame_head);
  // Somebody else was there, and died.
  File::open_append(dir / "log", false).write(ByteView(frame("CCP1", view_of("torn"))).first(5));
  CHECK(append_log(dir / "log", "CCP1", {three[2]}, second) == second + frame_head + 5);
  CHECK(read(dir / "log") == three);
}

TEST_CASE("a log is replaced as a whole") {
  const Scratch dir;
  append_log(dir / "log", "CCP1", three);
  replace_log(dir / "log", "CCP1", {three[2]});
  CHECK(read(dir / "log") == std::vector<Bytes>{three[2]});
  replace_log(dir / "log", "CCP1", {});
  CHECK(read(dir / "log").empty());
  CHECK(exists(dir / "log"));
}

TEST_CASE("what is gone is taken out at the beginning, and nothing is lost") {
  const Scratch dir;
  append_log(dir / "log", "CCP1", three);
  const auto is_second = [](ByteView content) { return same(content, three[1]); };
  prune_log(dir / "log", "CCP1", 1000, is_second);
  CHECK(read(dir / "log") == std::vector<Bytes>{three[0], three[2]});
  prune_log(dir / "log", "CCP1", 1000, [](ByteView) { return true; });
  CHECK(read(dir / "log").empty());
  CHECK(exists(dir / "log"));
  prune_log(dir / "nowhere", "CCP1", 1000, is_second);
  CHECK_FALSE(exists(dir / "nowhere"));
}

TEST_CASE("behind many that stay a log is not looked at, and stays as it is") {
  const Scratch dir;
  const std::vector<Bytes> many(prune_patience, three[0]);
  append_log(dir / "log", "CCP1", {three[1]});
  append_log(dir / "log", "CCP1", many);
  append_log(dir / "log", "CCP1", {three[1], three[2]});
  File::open_append(dir / "log", false).write(ByteView(frame("CCP1", three[2])).first(5));  // unfinished
  prune_log(dir / "log", "CCP1", 1000, [](ByteView content) { return same(content, three[1]); });
  std::vector<Bytes> expected = many;
  expected.push_back(three[1]);
  expected.push_back(three[2]);
  CHECK(read(dir / "log") == expected);
  append_log(dir / "log", "CCP1", {three[0]});
  expected.push_back(three[0]);
  CHECK(read(dir / "log") == expected);
}

TEST_CASE("the start of a log is its whole frames in so many bytes") {
  const Scratch dir;
  append_log(dir / "log", "CCP1", three);
  const std::size_t two = 2 * frame_head + three[0].size() + three[1].size();
  CHECK(read_log_start(dir / "log", "CCP1", 1000, two) == std::vector<Bytes>{three[0], three[1]});
  CHECK(read_log_start(dir / "log", "CCP1", 1000, two - 1) == std::vector<Bytes>{three[0]});
  CHECK(read_log_start(dir / "log", "CCP1", 1000, 1000) == three);
  CHECK(read_log_start(dir / "nowhere", "CCP1", 1000, 1000).empty());
}
