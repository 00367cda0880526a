#include "libcore/cli/world.hpp"

#include <chrono>

#include "libcore/crypto/system_random.hpp"

#ifdef CARECHAIN_TEST_WORLD
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

#include "libcore/base/error.hpp"
#include "libcore/base/whole.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/file.hpp"
#endif

namespace carechain::cli {

World system_world() {
  const auto now = [] {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Time{std::chrono::duration_cast<std::chrono::seconds>(since).count()};
  };
  return {now, crypto::system_random()};
}

#ifdef CARECHAIN_TEST_WORLD
namespace {

Time time_in(const std::string& directory) {
  std::ifstream file(directory + "/time");
  std::string text;
  file >> text;
  const auto seconds = parse_whole<std::int64_t>(text, 0, max_time_seconds);
  if (!seconds) throw Error("the test world " + directory + " has no time");
  return Time{*seconds};
}

Hash run_hash(std::string_view program, const std::vector<std::string>& words, const std::string& directory) {
  const std::string parent = directory.substr(0, directory.rfind('/'));
  std::string all(program);
  for (std::string word : words) {
    for (auto at = word.find(parent); at != std::string::npos; at = word.find(parent, at + 1)) {
      word.replace(at, parent.size(), "~");
    }
    all += '\0' + word;
  }
  return crypto::sha256(view_of(all));
}

// How many runs there were before this one, which is counted.
std::uint64_t count_run(const std::string& path) {
  store::File file = store::File::open_append(path, true);
  if (flock(file.descriptor(), LOCK_EX) != 0) throw Error("cannot lock " + path);
  const std::uint64_t before = file.size();
  file.write(view_of("."));
  return before;
}

Random seeded(const Hash& run, std::uint64_t count) {
  return [run, count, draws = std::uint64_t{0}](std::span<std::uint8_t> out) mutable {
    std::array<std::uint8_t, 16> place{};
    store_le(place.data(), count);
    store_le(place.data() + 8, draws++);
    crypto::keystream(crypto::sha256({run.view(), place}).bytes, out);
  };
}

}  // namespace

World make_world(std::string_view program, std::vector<std::string>& words) {
  if (words.size() < 2 || words[0] != "--test-world") return system_world();
  const std::string directory = words[1];
  words.erase(words.begin(), words.begin() + 2);
  const Hash run = run_hash(program, words, directory);
  const std::string counter = directory + '/' + encoding::hex(run.view()).substr(0, 16);
  return {[directory] { return time_in(directory); }, seeded(run, count_run(counter))};
}
#else
World make_world(std::string_view, std::vector<std::string>&) { return system_world(); }
#endif

}  // namespace carechain::cli
