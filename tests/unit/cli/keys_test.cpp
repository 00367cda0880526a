#include "libcore/cli/keys.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "libcore/base/error.hpp"
#include "libcore/store/file.hpp"

using namespace carechain;
using namespace carechain::cli;

namespace {

// A directory of keys for one case, with key alice.
struct Keys {
  std::string directory = "/tmp/carechain-unit-keys-" + std::to_string(getpid());
  Keys() {
    store::make_directory(directory);
    SecretKey seed;
    store::replace_file(directory + "/alice.pem", view_of(crypto::write_private_pem(seed)), 0600);
    setenv("CARECHAIN_KEYS", directory.c_str(), 1);
  }
  ~Keys() {
    unsetenv("CARECHAIN_KEYS");
    std::filesystem::remove_all(directory);
  }
};

}  // namespace

TEST_CASE("a key is a file, or a name among the key files") {
  const Keys keys;
  CHECK(key_names() == std::vector<std::string>{"alice"});
  CHECK(key_path("alice") == keys.directory + "/alice.pem");
  CHECK(key_path("./alice") == "./alice");
  CHECK(read_key({.key = "alice"}).seeds.size() == 1);
  try {
    key_path("alcie");
    FAIL("found");
  } catch (const Error& error) {
    CHECK(error.hint() == "did you mean alice?");
    CHECK(error.exit() == Exit::trouble);
  }
}

TEST_CASE("the default directory is under HOME") {
  unsetenv("CARECHAIN_KEYS");
  const std::string home = std::getenv("HOME");
  CHECK(keys_directory() == home + "/.config/carechain/keys");
}

TEST_CASE("a passphrase is the first line of a file or descriptor") {
  const Keys keys;
  const std::string file = keys.directory + "/passphrase";
  store::replace_file(file, view_of("open sesame\nmore"), 0600);
  CHECK(passphrase_of({.key = "alice", .passphrase_file = file})() == "open sesame");
  const store::File open = store::File::open_read(file);
  CHECK(passphrase_of({.key = "alice", .passphrase_fd = open.descriptor()})() == "open sesame");
}
