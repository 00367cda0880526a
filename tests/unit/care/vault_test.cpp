#include "libcore/care/vault.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "libcore/care/vault_audit.hpp"
#include "libcore/encoding/text.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;
namespace fs = std::filesystem;

RecordHandle handle(std::uint8_t byte) { return RecordHandle(Bytes(32, byte)); }

std::string epoch_file(LittleChain& chain) {
  for (const auto& entry : fs::directory_iterator(chain.keys()))
    if (entry.path().extension() == ".epoch") return entry.path();
  return "";
}

}  // namespace

TEST_CASE("a vault's key lies outside the ledger directory or nowhere") {
  LittleChain chain;
  const PublicKey owner = chain.account("north");
  fs::create_directory_symlink(chain.layout().root, chain.directory() + "/link");
  for (const std::string& keys : {chain.layout().root, chain.layout().root + "/keys",
                                  chain.layout().vault() + "/../deep/keys", chain.directory() + "/link/keys"}) {
    CHECK_THROWS_WITH_AS(Vault::open_or_create(chain.layout(), keys, owner, chain.random()),
                         doctest::Contains("lies inside the ledger directory"), Error);
    CHECK_FALSE(Vault::exists(chain.layout()));
  }
  const Vault beside = Vault::open_or_create(chain.layout(), chain.layout().root + "-keys", owner, chain.random());
  CHECK(beside.owner() == owner);
  CHECK_THROWS_AS(Vault::open(chain.layout(), chain.layout().root + "/keys"), Error);
}

TEST_CASE("a vault opens with its key, for its owner") {
  LittleChain chain;
  CHECK_THROWS_WITH_AS(Vault::open(chain.layout(), chain.keys()), doctest::Contains("there is no vault"), Error);
  CHECK_FALSE(Vault::owner_of(chain.layout()));
  Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  CHECK(Vault::owner_of(chain.layout()) == chain.account("north"));
  Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  CHECK_THROWS_WITH_AS(Vault::open_or_create(chain.layout(), chain.keys(), chain.account("south"), chain.random()),
                       doctest::Contains("belongs to"), Error);
  struct ::stat status {};
  REQUIRE(::stat(epoch_file(chain).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  fs::remove(epoch_file(chain));
  CHECK_THROWS_WITH_AS(Vault::open(chain.layout(), chain.keys()), doctest::Contains("is missing"), Error);
}

TEST_CASE("a damaged vault says so") {
  LittleChain chain;
  Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  const std::string epoch = store::read_file(chain.layout().vault_epoch());
  for (const std::string& bad : {std::string(), std::string("x"), "x" + epoch, epoch.substr(0, 30)}) {
    store::replace_file(chain.layout().vault_epoch(), view_of(bad));
    CHECK_THROWS_AS(Vault::open(chain.layout(), chain.keys()), Error);
  }
  store::replace_file(chain.layout().vault_epoch(), view_of(epoch));
  CHECK_NOTHROW(Vault::open(chain.layout(), chain.keys()));
  store::replace_file(epoch_file(chain), view_of("no key"));
  CHECK_THROWS_WITH_AS(Vault::open(chain.layout(), chain.keys()), doctest::Contains("is not a vault's key"), Error);
}

TEST_CASE("a patient's key is made once, and another epoch's key does not open it") {
  LittleChain chain;
  const PublicKey alice = chain.account("alice");
  Vault vault = Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  CHECK_FALSE(vault.patient_key(alice));
  const SecretKey key = vault.patient_key_or_new(alice, chain.random());
  CHECK(same(key.view(), vault.patient_key_or_new(alice, chain.random()).view()));
  CHECK(same(key.view(), Vault::open(chain.layout(), chain.keys()).patient_key(alice)->view()));
  CHECK_FALSE(same(key.view(), vault.patient_key_or_new(chain.account("carol"), chain.random()).view()));

  const std::string file = chain.layout().vault_patient_keys(1) + "/" + encoding::hex(alice.view());
  const std::string sealed = store::read_file(file);
  CHECK(sealed.find(std::string(text_of(key.view()))) == std::string::npos);
  fs::remove(file);
  fs::copy(chain.layout().vault_patient_keys(1) + "/" + encoding::hex(chain.account("carol").view()), file);
  CHECK_THROWS_WITH_AS(vault.patient_key(alice), doctest::Contains("damaged"), Error);  // not hers
  store::replace_file(file, view_of(sealed), 0600);
  store::replace_file(epoch_file(chain), view_of(std::string(64, '0') + "\n"), 0600);
  CHECK_THROWS_WITH_AS(Vault::open(chain.layout(), chain.keys()).patient_key(alice),
                       doctest::Contains("another epoch's key"), Error);
}

TEST_CASE("an object has no name before it is whole") {
  LittleChain chain;
  Vault vault = Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  const Hash root(Bytes(32, 5));
  auto incoming = vault.receive(handle(1));
  incoming.file.write(bytes_of("ciphertext"));
  CHECK_FALSE(vault.object(root));
  vault.keep(std::move(incoming), root);
  CHECK(vault.object(root)->size() == 10);
  CHECK(store::list_directory(chain.layout().vault_incoming()).empty());
  vault.discard(vault.receive(handle(2)));
  CHECK(store::list_directory(chain.layout().vault_incoming()).empty());
}

TEST_CASE("the last capsule for a reader counts") {
  LittleChain chain;
  Vault vault = Vault::open_or_create(chain.layout(), chain.keys(), chain.account("north"), chain.random());
  const auto capsule = [&](std::uint8_t record, std::uint64_t version, const std::string& reader, std::uint8_t box) {
    Capsule made;
    made.handle = handle(record);
    made.version = version;
    made.reader = chain.account(reader);
    made.box = Bytes(3, box);
    return made;
  };
  CHECK_FALSE(vault.capsule_for(handle(1), 1, chain.account("bob")));
  vault.add_capsules(
      {capsule(1, 1, "bob", 1), capsule(1, 1, "eve", 2), capsule(2, 1, "bob", 3), capsule(1, 2, "bob", 4)});
  vault.add_capsules({});
  vault.add_capsules({capsule(1, 1, "bob", 5)});
  CHECK(vault.capsules(handle(1)).size() == 4);
  CHECK(vault.capsule_for(handle(1), 1, chain.account("bob"))->box == Bytes(3, 5));
  CHECK(vault.capsule_for(handle(1), 2, chain.account("bob"))->box == Bytes(3, 4));
  CHECK(vault.capsule_for(handle(1), 1, chain.account("eve"))->box == Bytes(3, 2));
  CHECK(vault.capsule_for(handle(2), 1, chain.account("bob"))->box == Bytes(3, 3));
  CHECK_FALSE(vault.capsule_for(handle(2), 1, chain.account("eve")));
}

TEST_CASE("an auditor sees which objects are missing or altered") {
  testing::Clinic clinic;
  LittleChain& chain = clinic.chain;
  const auto audit = [&] {
    VaultAudit vault(chain.layout());
    ledger::VerifyOptions options;
    auto report = ledger::verify(chain.layout(), chain.operations(), options, {},
                                 [&](const auto& block, const auto& transactions) { vault.see(block, transactions); });
    vault.conclude(report, 2);
    return report;
  };
  clinic.store("alice", "one", {"Observation"});
  clinic.store("alice", "two", {"Condition"});
  const auto sound = audit();
  CHECK(sound.faults.empty());
  CHECK(sound.layers.back().checked == 2);
  std::vector<std::string> objects;
  for (const auto& entry : fs::recursive_directory_iterator(chain.layout().vault() + "/objects"))
    if (entry.is_regular_file()) objects.push_back(entry.path());
  REQUIRE(objects.size() == 2);
  std::string altered = store::read_file(objects[0]);
  altered[altered.size() / 2] ^= 1;
  store::replace_file(objects[0], view_of(altered));
  fs::remove(objects[1]);
  const auto faulty = audit();
  REQUIRE(faulty.faults.size() == 2);
  const auto reasons_of = [](const ledger::VerifyReport& report) {
    std::string reasons;
    for (const auto& fault : report.faults) {
      CHECK(fault.layer == ledger::Layer::vault);
      reasons += fault.reason;
    }
    return reasons;
  };
  const std::string reasons = reasons_of(faulty);
  CHECK(reasons.find("missing from the vault") != std::string::npos);
  CHECK(reasons.find("not the ciphertext") != std::string::npos);
  store::replace_file(objects[0], view_of(altered.substr(1)));
  CHECK(reasons_of(audit()).find("bytes, the chain says") != std::string::npos);
}

}  // namespace carechain::care
