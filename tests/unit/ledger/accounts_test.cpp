#include "libcore/ledger/accounts.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "unit/ledger/little_chain.hpp"

namespace carechain::ledger {
namespace {

using testing::LittleChain;

Enroll with(Enroll enroll, const std::function<void(Enroll&)>& change) {
  change(enroll);
  return enroll;
}

Suspend suspension(const PublicKey& account, bool lift = false) { return {account, lift}; }

}  // namespace

TEST_CASE("an NPI carries a check digit over 80840 and itself") {
  const std::string path = std::string(TEST_SHARED_DATA) + "/claims/npi/npi_check_vectors.csv";
  std::ifstream file(path);
  if (!file) MESSAGE("skipped, there is no ", path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::string npi = line.substr(0, line.find(','));
    const std::string expect = line.substr(npi.size() + 1, line.find(',', npi.size() + 1) - npi.size() - 1);
    CHECK_MESSAGE(is_npi(npi) == (expect == "valid"), line);  // the 15-digit form is for cards
  }
  CHECK(is_npi("1234567893"));
  for (int digit = 0; digit < 10; ++digit) CHECK(is_npi("123456789" + std::to_string(digit)) == (digit == 3));
  for (const char* bad : {"", "123456789", "12345678930", "3234567893", "123456789x", " 234567893", "0000000006"})
    CHECK_FALSE_MESSAGE(is_npi(bad), bad);
}

TEST_CASE("a GLN carries the GS1 check digit") {
  CHECK(is_gln("4012345000009"));  // GS1's own example
  CHECK(is_gln("0614141000012"));
  for (int digit = 0; digit < 10; ++digit) CHECK(is_gln("401234500000" + std::to_string(digit)) == (digit == 9));
  for (const char* bad : {"", "401234500000", "40123450000099", "401234500000x", "4012345000090"})
    CHECK_FALSE_MESSAGE(is_gln(bad), bad);
}

TEST_CASE("names and roles have their spelling") {
  for (const char* good : {"Mercy Hospital", "Dr. Jürg Ünal", "x"}) CHECK_MESSAGE(is_public_name(good), good);
  for (const std::string& bad :
       {std::string(), std::string(" x"), std::string("x "), std::string("a\nb"), std::string("a\0b", 3),
        std::string("\xff"), std::string(65, 'x'), std::string("\x7f")})
    CHECK_FALSE_MESSAGE(is_public_name(bad), bad);
  CHECK(is_public_name(std::string(64, 'x')));
  for (const char* good : {"physician", "night-nurse", "x"}) CHECK_MESSAGE(is_role_word(good), good);
  for (const std::string& bad : {std::string(), std::string("-x"), std::string("Nurse"), std::string("a b"),
                                 std::string("a1"), std::string(33, 'x')})
    CHECK_FALSE_MESSAGE(is_role_word(bad), bad);
}

TEST_CASE("the founders stand from the first block") {
  LittleChain chain;
  const Ledger ledger = chain.open();
  CHECK(account_named(ledger.state(), "north") == chain.account("north"));
  CHECK_FALSE(account_named(ledger.state(), "east"));
  const auto north = identities.get(ledger.state(), chain.account("north"));
  REQUIRE(north);
  CHECK(north->kind == Kind::organisation);
  CHECK_FALSE(north->organisation);
  CHECK(may_seal(ledger.state(), chain.account("north"), 1));
  CHECK_FALSE(may_seal(ledger.state(), chain.account("east"), 1));
  CHECK(rule_set_at(ledger.state(), 1) == 1);
}

TEST_CASE("organisations enrol accounts, registrars also organisations") {
  LittleChain chain;
  const auto physician = chain.enrolment("bob", Kind::professional, "physician");
  const auto clinic = chain.enrolment("clinic", Kind::organisation, "clinic");
  CHECK_REFUSED(chain.offer("eve", physician), "only an organisation of the ledger");
  CHECK_REFUSED(chain.offer("south", clinic), "role 'registrar'");
  chain.act("south", physician);
  chain.act("north", clinic);
  CHECK_REFUSED(chain.offer("bob", chain.enrolment("nurse", Kind::professional, "nurse")), "only an organisation");
  chain.mine();
  const Ledger ledger = chain.open();
  const auto bob = identities.get(ledger.state(), chain.account("bob"));
  REQUIRE(bob);
  CHECK(bob->organisation == chain.account("south"));
  CHECK(bob->enrolled == 1);
  CHECK(bob->roles == std::vector<std::string>{"physician"});
  CHECK(account_named(ledger.state(), "bob") == chain.account("bob"));
}

TEST_CASE("a patient is enrolled without name and identifiers") {
  LittleChain chain;
  const auto patient = chain.enrolment("alice", Kind::patient, "patient");
  CHECK_REFUSED(chain.offer("north", with(patient, [](Enroll& e) { e.public_name = "Alice"; })),
                "never enrolled with a name");
  CHECK_REFUSED(chain.offer("north", with(patient, [](Enroll& e) { e.npi = "1234567893"; })),
                "never enrolled with a name");
  CHECK_REFUSED(chain.offer("north", with(patient, [](Enroll& e) { e.gln = "4012345000009"; })),
                "never enrolled with a name");
  CHECK(chain.offer("north", patient) == "");
}

TEST_CASE("an enrolment is checked in every part") {
  LittleChain chain;
  const auto good = chain.enrolment("bob", Kind::professional, "physician");
  const auto refused = [&](const std::function<void(Enroll&)>& change) {
    return chain.offer("north", with(good, change));
  };
  CHECK_REFUSED(refused([](Enroll& e) { e.public_name.reset(); }), "enrolled with a public name");
  CHECK_REFUSED(refused([](Enroll& e) { e.public_name = " bob"; }), "is not a name");
  CHECK_REFUSED(refused([](Enroll& e) { e.roles.clear(); }), "at least one role");
  CHECK_REFUSED(refused([](Enroll& e) { e.roles = {"Physician"}; }), "is not a role");
  CHECK_REFUSED(refused([](Enroll& e) { e.npi = "1234567890"; }), "is not an NPI");
  CHECK_REFUSED(refused([](Enroll& e) { e.gln = "4012345000000"; }), "is not a GLN");
  CHECK_REFUSED(refused([](Enroll& e) { e.account = PublicKey{}; }), "not a sound Ed25519 key");
  chain.act("north", with(good, [](Enroll& e) {
              e.npi = "1234567893";
              e.gln = "4012345000009";
            }));
}

TEST_CASE("names and keys are enrolled once") {
  LittleChain chain;
  const auto bob = chain.enrolment("bob", Kind::professional, "physician");
  auto twin = chain.enrolment("twin", Kind::professional, "physician");
  twin.public_name = "bob";
  auto founder = chain.enrolment("other", Kind::professional, "physician");
  founder.public_name = "south";
  CHECK_REFUSED(chain.offer("north", founder), "'south' is taken");
  chain.act("north", bob);
  CHECK_REFUSED(chain.offer("south", twin), "'bob' is taken");
  CHECK_REFUSED(chain.offer("south", bob), "enrolled already");
  chain.mine();
  CHECK_REFUSED(chain.offer("south", twin), "'bob' is taken");
}

TEST_CASE("a suspended account has no standing, until it is restored") {
  LittleChain chain;
  const PublicKey bob = chain.account("bob");
  chain.seal("north", chain.enrolment("bob", Kind::professional, "physician"));  // block 1
  CHECK_REFUSED(chain.offer("south", suspension(bob)), "only the organisation that enrolled");
  CHECK_REFUSED(chain.offer("bob", suspension(bob)), "only the organisation that enrolled");
  CHECK_REFUSED(chain.offer("north", suspension(bob, true)), "not suspended");
  CHECK_REFUSED(chain.offer("north", suspension(chain.account("nobody"))), "not enrolled");
  chain.seal("north", suspension(bob));  // block 2
  CHECK_REFUSED(chain.offer("north", suspension(bob)), "suspended already");
  chain.mine_empty();                          // block 3
  chain.seal("north", suspension(bob, true));  // block 4
  const Ledger ledger = chain.open();
  for (const std::uint64_t height : {0u, 1u, 4u, 5u, 100u})
    CHECK_MESSAGE(in_good_standing(ledger.state(), bob, height, chain.now()), height);
  for (const std::uint64_t height : {2u, 3u})
    CHECK_FALSE_MESSAGE(in_good_standing(ledger.state(), bob, height, chain.now()), height);
}

TEST_CASE("a suspended organisation enrols and suspends nobody") {
  LittleChain chain;
  chain.seal("north", chain.enrolment("clinic", Kind::organisation, "clinic"));
  chain.seal("clinic", chain.enrolment("bob", Kind::professional, "physician"));
  chain.seal("north", suspension(chain.account("clinic")));
  CHECK_REFUSED(chain.offer("clinic", chain.enrolment("eve", Kind::professional, "nurse")), "suspended");
  CHECK_REFUSED(chain.offer("clinic", suspension(chain.account("bob"))), "suspended");
}

TEST_CASE("standing ends with the last second of its term") {
  LittleChain chain;
  auto bob = chain.enrolment("bob", Kind::professional, "physician");
  const Time last{chain.now().seconds + 1000};
  bob.until = last;
  chain.seal("north", bob);
  const Ledger ledger = chain.open();
  CHECK(in_good_standing(ledger.state(), bob.account, 1, last));
  CHECK_FALSE(in_good_standing(ledger.state(), bob.account, 1, {last.seconds + 1}));
  CHECK(in_good_standing(ledger.state(), chain.account("stranger"), 1, last));
}

TEST_CASE("an account keeps its name when its key is replaced by the old one") {
  LittleChain chain;
  chain.seal("north", chain.enrolment("bob", Kind::professional, "physician"));
  const PublicKey account = chain.account("bob"), fresh = chain.account("bob's second key");
  chain.seal("bob", Rotate{account, fresh});
  const Ledger ledger = chain.open();
  CHECK(account_of(ledger.state(), fresh) == account);
  CHECK_FALSE(account_of(ledger.state(), account));
  CHECK(current_key(ledger.state(), account) == fresh);
  CHECK(keys.get(ledger.state(), account)->retired == 2);
  CHECK(account_named(ledger.state(), "bob") == account);
  CHECK_REFUSED(chain.offer("bob", Rotate{account, chain.account("third")}), "replaced by a newer one");
  CHECK_REFUSED(chain.offer("bob's second key", Rotate{account, account}), "in use already");
  CHECK_REFUSED(chain.offer("bob's second key", Rotate{account, fresh}), "in use already");
  chain.seal("bob's second key", Rotate{account, chain.account("third")});
  CHECK(account_of(chain.open().state(), chain.account("third")) == account);
}

TEST_CASE("an organisation replaces the keys of its staff, never a patient's") {
  LittleChain chain;
  const PublicKey bob = chain.account("bob"), alice = chain.account("alice");
  chain.act("south", chain.enrolment("bob", Kind::professional, "physician"));
  chain.act("south", chain.enrolment("alice", Kind::patient, "patient"));
  chain.mine();
  CHECK_REFUSED(chain.offer("north", Rotate{bob, chain.account("new")}), "by the organisation that enrolled");
  CHECK_REFUSED(chain.offer("south", Rotate{alice, chain.account("new")}), "only by the old key");
  CHECK_REFUSED(chain.offer("south", Rotate{chain.account("stranger"), chain.account("new")}), "only by the old key");
  CHECK_REFUSED(chain.offer("south", Rotate{bob, PublicKey{}}), "not a sound Ed25519 key");
  CHECK_REFUSED(chain.offer("south", Rotate{bob, alice}), "in use already");
  chain.seal("south", Rotate{bob, chain.account("new")});
  CHECK(account_of(chain.open().state(), chain.account("new")) == bob);
  chain.seal("alice", Rotate{alice, chain.account("alice's new key")});
  CHECK(current_key(chain.open().state(), alice) == chain.account("alice's new key"));
}

TEST_CASE("somebody whom nobody enrolled replaces her own key") {
  LittleChain chain;
  const PublicKey carol = chain.account("carol");
  chain.seal("carol", Rotate{carol, chain.account("carol's new key")});
  const Ledger ledger = chain.open();
  CHECK(account_of(ledger.state(), chain.account("carol's new key")) == carol);
  CHECK(identities.get(ledger.state(), carol)->kind == Kind::patient);
  CHECK_REFUSED(chain.offer("carol", Rotate{carol, chain.account("again")}), "replaced by a newer one");
}

TEST_CASE("a person known as a patient is not enrolled as staff") {
  LittleChain chain;
  MemoryState below;
  Changes changes(below);
  mark_private(changes, chain.account("alice"), 7);
  mark_private(changes, chain.account("alice"), 9);
  CHECK(private_accounts.get(changes, chain.account("alice"))->since == 7);
}

}  // namespace carechain::ledger
