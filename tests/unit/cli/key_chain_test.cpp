#include "libcore/cli/key_chain.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "libcore/base/error.hpp"
#include "libcore/crypto/system_random.hpp"
#include "libcore/store/file.hpp"

using namespace carechain;
using namespace carechain::cli;

namespace {

struct File {
  std::string directory = "/tmp/carechain-unit-chain-" + std::to_string(getpid());
  std::string path = directory + "/key.pem";
  explicit File(const std::string& text) {
    store::make_directory(directory);
    store::replace_file(path, view_of(text), 0600);
  }
  ~File() { std::filesystem::remove_all(directory); }
  std::string text() const { return store::read_file(path); }
};

SecretKey seed(std::uint8_t byte) { return SecretKey(Bytes(32, byte)); }

std::vector<std::uint8_t> first_bytes(const std::vector<SecretKey>& seeds) {
  std::vector<std::uint8_t> bytes;
  for (const SecretKey& one : seeds) bytes.push_back(one.view()[0]);
  return bytes;
}

}  // namespace

TEST_CASE("a coming key stands last until it becomes the first") {
  const File file(crypto::write_private_pem(seed(1)));
  const Random random = crypto::system_random();
  {
    KeyChain chain({.key = file.path});
    CHECK_FALSE(chain.coming());
    chain.prepare(seed(2), random);
  }
  {
    KeyChain chain({.key = file.path});  // somebody comes after a crash
    CHECK(first_bytes(chain.seeds()) == std::vector<std::uint8_t>{1});
    REQUIRE(chain.coming());
    CHECK(chain.coming()->view()[0] == 2);
    CHECK(crypto::read_pem(file.text(), {}).seeds.front().view()[0] == 1);  // others still sign with the old one
    chain.promote_coming(random);
  }
  KeyChain chain({.key = file.path});
  CHECK_FALSE(chain.coming());
  CHECK(first_bytes(chain.seeds()) == std::vector<std::uint8_t>{2, 1});
  struct ::stat status {};
  REQUIRE(::stat(file.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("an encrypted key file stays encrypted, under the same passphrase") {
  const Random random = crypto::system_random();
  const File file(crypto::write_encrypted_pem(seed(1), "secret", random));
  store::replace_file(file.directory + "/passphrase", view_of("secret\n"));
  const KeyChoice choice{.key = file.path, .passphrase_file = file.directory + "/passphrase"};
  {
    KeyChain chain(choice);
    chain.prepare(seed(2), random);
    chain.promote_coming(random);
  }
  CHECK(file.text().find("BEGIN PRIVATE KEY") == std::string::npos);
  CHECK(first_bytes(KeyChain(choice).seeds()) == std::vector<std::uint8_t>{2, 1});
}

TEST_CASE("a public key has nothing to replace") {
  const File file(crypto::write_public_pem(PublicKey(Bytes(32, 1))));
  CHECK_THROWS_AS(KeyChain({.key = file.path}), Error);
}
