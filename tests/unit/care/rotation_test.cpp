#include "libcore/care/rotation.hpp"

#include <doctest/doctest.h>

#include "libcore/care/pairwise.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;

std::vector<SecretKey> seeds_of(Clinic& clinic, std::initializer_list<const char*> names) {
  std::vector<SecretKey> seeds;
  for (const char* name : names) seeds.push_back(clinic.chain.person(name).seed.clone());
  return seeds;
}

// Rotates every account of `old` to `fresh`, sealing capsules anew or not; how many capsules that was.
std::size_t rotate(Clinic& clinic, const char* old, const char* fresh, bool reseal) {
  const ledger::Pool pool = clinic.chain.look();
  std::size_t sealed = 0;
  for (const auto& account : accounts_to_rotate(pool, seeds_of(clinic, {old}), clinic.chain.person(fresh).seed)) {
    if (reseal) sealed += reseal_in_vault(pool, clinic.vault(), account, clinic.chain.random());
    const auto verdict = clinic.chain.submit(sign_rotation(pool, account, clinic.chain.now(), clinic.chain.random()));
    CHECK(verdict.reason.empty());
  }
  clinic.chain.mine();
  return sealed;
}

}  // namespace

TEST_CASE("whoever has the new key reads what was sealed to the old one, once it is sealed anew") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  chain.act("north", chain.enrolment("bob", ledger::Kind::professional, "doctor"));
  const auto record = clinic.store("alice", "x", {});
  clinic.grant("alice", clinic.grant_of("bob", record));
  chain.mine();
  CHECK(rotate(clinic, "bob", "bob 2", true) == 1);
  CHECK(rotate(clinic, "alice", "alice 2", true) == 1);
  for (const char* who : {"bob 2", "alice 2"}) {
    const Sent sent = clinic.answer_one(clinic.ask(who, record));
    CHECK(sent.fields.reader == chain.account(who));
    CHECK(clinic.read(who, sent) == "x");
  }
  CHECK(clinic.answer_one(clinic.ask("bob", record)).fields.reason == "replaced-key");
  CHECK(accounts_to_rotate(chain.look(), seeds_of(clinic, {"bob", "alice"}), chain.person("next").seed).empty());
  CHECK(has_accounts(chain.look(), chain.person("bob 2").seed));
  CHECK_FALSE(has_accounts(chain.look(), chain.person("bob").seed));
  CHECK_FALSE(has_accounts(chain.look(), chain.person("stranger").seed));
}

TEST_CASE("a patient's account at each custodian goes over to the key that the new one shows there") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  const PublicKey north = chain.account("north");
  const SecretKey at_north = pairwise_seed(chain.person("alice").seed, chain.id(), north);
  PutRecord put = clinic.prepare("carol", view_of("x"), {});
  put.patient = crypto::public_key(at_north);
  chain.seal("north", put);
  const auto accounts = accounts_to_rotate(chain.look(), seeds_of(clinic, {"alice"}), chain.person("alice 2").seed);
  REQUIRE(accounts.size() == 1);
  CHECK(accounts[0].custodian == north);
  CHECK(accounts[0].account == put.patient);
  CHECK(same(accounts[0].new_seed.view(), pairwise_seed(chain.person("alice 2").seed, chain.id(), north).view()));
}

TEST_CASE("a reader may deliver its own keys to its newer key, and to nobody else's") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  chain.act("north", chain.enrolment("bob", ledger::Kind::professional, "doctor"));
  const auto record = clinic.store("alice", "x", {});
  clinic.grant("alice", clinic.grant_of("bob", record));
  chain.mine();
  rotate(clinic, "bob", "bob 2", false);
  const Sent sent = clinic.answer_one(clinic.ask("bob 2", record));
  CHECK(sent.fields.reader == chain.account("bob"));  // the capsule of the older key
  std::vector<SecretKey> seeds = seeds_of(clinic, {"bob 2", "bob"});
  const auto mine =
      check_release(chain.id(), sent.message, seeds, [](const auto& key, const auto& of) { return key == of; });
  const auto deliver = [&](const std::string& signer, const std::string& reader) {
    accept_delivery(chain.look(), clinic.vault(),
                    reseal(chain.id(), mine, chain.account(reader), chain.person(signer).signer, chain.random()),
                    chain.random());
  };
  CHECK_THROWS_AS(deliver("bob 2", "carol"), Error);
  CHECK_THROWS_AS(deliver("carol", "carol"), Error);
  CHECK_THROWS_AS(deliver("bob", "bob"), Error);
  deliver("bob 2", "bob 2");
  CHECK(clinic.answer_one(clinic.ask("bob 2", record)).fields.reader == chain.account("bob 2"));
  CHECK(clinic.read("bob 2", clinic.answer_one(clinic.ask("bob 2", record))) == "x");
}

}  // namespace carechain::care
