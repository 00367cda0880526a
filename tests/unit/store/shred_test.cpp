#include "libcore/store/shred.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "libcore/store/fault.hpp"
#include "unit/store/scratch.hpp"

namespace carechain::store {

TEST_CASE("a destroyed file is overwritten before it is removed") {
  const Scratch scratch;
  const Path path = scratch / "secret", other_name = scratch / "other name";
  replace_file(path, view_of("top secret"), 0600);
  std::filesystem::create_hard_link(path, other_name);
  destroy_file(path);
  CHECK_FALSE(exists(path));
  CHECK(read_file(other_name) == std::string(10, '\0'));
  CHECK_NOTHROW(destroy_file(path));
}

TEST_CASE("a file that could not be overwritten is not removed") {
  const Scratch scratch;
  const Path path = scratch / "secret";
  replace_file(path, view_of("top secret"), 0600);
  set_fault_hook([](FaultKind kind, const Path&, std::size_t) {
    return FaultAction{kind == FaultKind::sync ? FaultAction::fail : FaultAction::proceed};
  });
  CHECK_THROWS_AS(destroy_file(path), Error);
  set_fault_hook({});
  CHECK(exists(path));
}

TEST_CASE("a file system is synced by any directory on it") {
  const Scratch scratch;
  CHECK_NOTHROW(sync_filesystem(scratch.root()));
  CHECK_THROWS_AS(sync_filesystem(scratch / "nowhere"), Error);
}

}  // namespace carechain::store
