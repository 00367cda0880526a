#pragma once
// Where a program's clock and random bytes come from. Below the frame both are parameters.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/random.hpp"
#include "libcore/base/time.hpp"

namespace carechain::cli {

struct World {
  std::function<Time()> now;
  Random random;
};

World system_world();

// The world of one run of a program: the system's. Only test builds (CARECHAIN_TEST_WORLD) know "--test-world DIR" as
// the first words, which they take off: then the time is the integer in DIR/time, and random bytes depend on the
// program, its words (with DIR's parent written as "~") and how often the same were run before, counted in DIR. Throws
// Error.
World make_world(std::string_view program, std::vector<std::string>& words);

}  // namespace carechain::cli
