#include "libcore/cli/input.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <thread>

using namespace carechain;
using namespace carechain::cli;

namespace {

// A reader of what `write` puts into a pipe.
struct Piped {
  std::array<int, 2> ends{};
  std::jthread writer;

  explicit Piped(std::string text) {
    REQUIRE(pipe(ends.data()) == 0);
    writer = std::jthread([text = std::move(text), out = ends[1]] {
      std::string_view left = text;
      while (!left.empty()) {
        const ssize_t wrote = ::write(out, left.data(), left.size());
        if (wrote < 0) break;
        left.remove_prefix(static_cast<std::size_t>(wrote));
      }
      close(out);
    });
  }
  LineReader reader(std::size_t limit = max_line) { return LineReader(store::File(ends[0], "pipe"), limit); }
};

std::vector<std::string> lines_of(const std::string& text, std::size_t limit = max_line) {
  Piped piped(text);
  LineReader reader = piped.reader(limit);
  std::vector<std::string> lines;
  while (const auto line = reader.next()) lines.emplace_back(*line);
  CHECK_FALSE(reader.next());
  return lines;
}

}  // namespace

TEST_CASE("lines end with a newline, the last may lack it") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("a\nb") == std::vector<std::string>{"a", "b"});
  CHECK(lines_of("a\r\n\nb\n") == std::vector<std::string>{"a", "", "b"});
  const std::string big(300'000, 'x');
  CHECK(lines_of(big + "\nb\n" + big) == std::vector<std::string>{big, "b", big});
}

TEST_CASE("a line over the limit is refused by number") {
  CHECK(lines_of("12345\n", 5) == std::vector<std::string>{"12345"});
  CHECK_THROWS_WITH_AS(lines_of("1\n123456\n", 5), "pipe, line 2: longer than 5 bytes", Error);
}

TEST_CASE("an endless line is refused without being read") {
  LineReader zeros = LineReader::open("/dev/zero", 1 << 20);
  CHECK_THROWS_AS(zeros.next(), Error);
}

TEST_CASE("what follows a line can be read as bytes") {
  Piped piped("head\n" + std::string(100'000, 'z'));
  LineReader reader = piped.reader();
  CHECK(reader.next() == "head");
  std::size_t total = 0;
  std::array<std::uint8_t, 4096> part{};
  for (std::size_t got = 0; (got = reader.read(part)) > 0;) total += got;
  CHECK(total == 100'000);
}

TEST_CASE("all of an input is bounded") {
  CHECK_THROWS_AS(read_all("/dev/zero", 1000), Error);
  CHECK(read_all("/dev/null", 1000).empty());
}
