#include "libcore/store/log_tail.hpp"

#include <doctest/doctest.h>

#include "libcore/store/index.hpp"
#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

TEST_CASE("every log LevelDB writes ends with a whole record, and none of its beginnings but those between records") {
  const Scratch dir;
  std::vector<std::size_t> ends = {0};
  {
    Index index = Index::open_writer(dir / "index");
    Path log;
    for (const auto& name : list_directory(dir / "index")) {
      if (name.ends_with(".log")) log = (dir / "index/") + name;
    }
    for (const std::size_t size : {1u, 10u, 32700u, 5u, 20u, 70000u, 3u}) {  // also records over two and three blocks
      IndexBatch batch;
      batch.put("key", std::string(size, 'v'));
      index.write(batch, false);
      ends.push_back(read_file(log).size());
    }
    const std::string bytes = read_file(log);
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
      const bool whole = ends_with_whole_record(view_of(bytes).first(size));
      const bool expected = std::ranges::find(ends, size) != ends.end();
      if (whole != expected) CHECK_MESSAGE(whole == expected, size);
    }
  }
}

TEST_CASE("a tail of zeros is not a whole record") {
  const Bytes zeros(100, 0);
  CHECK_FALSE(ends_with_whole_record(zeros));
}
