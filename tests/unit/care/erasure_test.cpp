#include <doctest/doctest.h>

#include <filesystem>

#include "libcore/care/erasing.hpp"
#include "libcore/care/erasure_check.hpp"
#include "libcore/care/erasure_operations.hpp"
#include "libcore/care/keeping.hpp"
#include "unit/care/clinic.hpp"

namespace carechain::care {
namespace {

using namespace testing;
namespace fs = std::filesystem;

LittleChain::Settings with_holds() {
  LittleChain::Settings settings;
  settings.privacy = ledger::Privacy{{}, {{"standard", 10, "our rules", {}}}, {person_called("south").key}, {}};
  return settings;
}

OrderErasure order_of(Clinic& clinic, const std::string& patient, std::optional<ObjectRef> record = {}) {
  return {clinic.chain.account(patient), clinic.chain.account("north"), record, "request"};
}

ObjectRef seal_order(Clinic& clinic, const std::string& patient, std::optional<ObjectRef> record = {}) {
  return clinic.chain.seal("north", order_of(clinic, patient, record));
}

std::vector<CarriedOut> carry(Clinic& clinic, const std::vector<ObjectRef>& orders) {
  LittleChain& chain = clinic.chain;
  return carry_out({chain.layout(), chain.keys(), chain.operations(), chain.account("north"),
                    chain.person("north").signer, chain.now(), chain.random()},
                   orders);
}

std::string reason_for(Clinic& clinic, const std::string& who, const ObjectRef& record) {
  const auto use = clinic.vault().use();  // as release-record does for each request
  return clinic.answer_one(clinic.ask(who, record)).fields.reason;
}

}  // namespace

TEST_CASE("an erased patient's records open for nobody, and everybody else's as before") {
  Clinic clinic;
  const auto hers = clinic.store("alice", "about alice", {});
  const auto others = clinic.store("carol", "about carol", {});
  clinic.grant("alice", clinic.grant_of("bob", hers));
  clinic.grant("carol", clinic.grant_of("bob", others));
  clinic.chain.mine();
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", hers))) == "about alice");
  const auto order = seal_order(clinic, "alice");
  CHECK(reason_for(clinic, "bob", hers) == "erased");
  CHECK(reason_for(clinic, "alice", hers) == "erased");
  CHECK(clinic.vault().patient_key(clinic.chain.account("alice")));  // ordered, not destroyed
  const auto done = carry(clinic, {order});
  REQUIRE(done.size() == 1);
  CHECK(done[0].certificate.fields.complete);
  REQUIRE(done[0].certificate.fields.recipients.size() == 1);
  CHECK(done[0].certificate.fields.recipients[0].account == clinic.chain.account("bob"));
  clinic.chain.mine();
  CHECK(reason_for(clinic, "bob", hers) == "erased");
  CHECK_FALSE(clinic.vault().patient_key(clinic.chain.account("alice")));
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", others))) == "about carol");
  CHECK_THROWS_WITH_AS(clinic.vault().patient_key_or_new(clinic.chain.account("alice"), clinic.chain.random()),
                       doctest::Contains("no new key"), Error);
  CHECK_THROWS_WITH_AS(clinic.prepare("alice", view_of("more"), {}), doctest::Contains("erased here"), Error);
}

TEST_CASE("a record's erasure leaves the patient's other records to their readers, by new capsules") {
  Clinic clinic;
  const auto gone = clinic.store("alice", "to go", {});
  const auto stays = clinic.store("alice", "to stay", {});
  clinic.grant("alice", clinic.grant_of("bob", stays));
  clinic.chain.mine();
  const auto handle = records.get(clinic.chain.open().state(), stays)->handle;
  const auto before = clinic.vault().capsules(handle);
  const auto order = seal_order(clinic, "alice", gone);
  carry(clinic, {order});
  clinic.chain.mine();
  CHECK(reason_for(clinic, "alice", gone) == "erased");
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", stays))) == "to stay");
  CHECK(clinic.read("alice", clinic.answer_one(clinic.ask("alice", stays))) == "to stay");
  const auto after = clinic.vault().capsules(handle);
  REQUIRE(after.size() == before.size());
  for (const Capsule& old : before)
    for (const Capsule& fresh : after) CHECK(old.id != fresh.id);
  const auto again = clinic.store("alice", "one more", {});  // she goes on with her new key
  CHECK(clinic.read("alice", clinic.answer_one(clinic.ask("alice", again))) == "one more");
}

TEST_CASE("an old copy of the vault does not open after the erasure, of nobody") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  const auto hers = clinic.store("alice", "about alice", {});
  clinic.store("carol", "about carol", {});
  const std::string backup = chain.directory() + "/backup";
  fs::copy(chain.layout().root, backup, fs::copy_options::recursive);
  fs::copy(chain.keys(), chain.directory() + "/stolen keys", fs::copy_options::recursive);
  const auto order = seal_order(clinic, "alice");
  const auto certificate = carry(clinic, {order})[0].certificate;
  CHECK_THROWS_WITH_AS(Vault::open({backup}, chain.keys()), doctest::Contains("is missing"), Error);
  const auto pool = chain.look();
  CHECK(check_in_vault(pool, certificate, chain.layout(), chain.keys()).faults.empty());
  const auto old = check_in_vault(pool, certificate, {backup}, chain.keys());
  CHECK(old.faults.empty());
  CHECK(old.remarks.size() == 2);
  // With a copy of the epoch's master key it does, and the check sees that it does.
  CHECK(check_in_vault(pool, certificate, {backup}, chain.directory() + "/stolen keys").faults.size() >= 3);
  CHECK(records_of_erasure(pool, *erasures.get(pool.pending_state(), order)).front().first == hers);
}

TEST_CASE("only the patient or the custodian may order an erasure, once") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  const auto record = clinic.store("alice", "x", {});
  CHECK(chain.offer("south", order_of(clinic, "alice")).find("only the patient or the custodian") != std::string::npos);
  CHECK(chain.offer("bob", order_of(clinic, "alice")).find("only the patient or the custodian") != std::string::npos);
  auto odd = order_of(clinic, "alice");
  odd.basis = "whim";
  CHECK(chain.offer("north", odd).find("no reason") != std::string::npos);
  CHECK(chain.offer("north", order_of(clinic, "carol", record)).find("no such record") != std::string::npos);
  auto nobody = order_of(clinic, "alice");
  nobody.custodian = chain.account("bob");
  CHECK(chain.offer("alice", nobody).find("enrolled organisation") != std::string::npos);
  CHECK(chain.offer("alice", order_of(clinic, "alice", record)).empty());
  CHECK(chain.offer("north", order_of(clinic, "alice", record)).find("ordered already") != std::string::npos);
  CHECK(chain.offer("alice", order_of(clinic, "alice")).empty());  // all of hers, besides
  CHECK(chain.offer("north", order_of(clinic, "alice", record)).find("ordered already") != std::string::npos);
  CHECK_THROWS_WITH_AS(carry(clinic, {ledger::ref_of({chain.look().pending().back().id, 0})}),
                       doctest::Contains("no sealed order"), Error);
  CHECK(chain.offer("south", FinishErasure{record, {}, true, {}}).find("no such order") != std::string::npos);
}

TEST_CASE("under a legal hold nothing is erased until it is lifted or has run out") {
  Clinic clinic(with_holds());
  LittleChain& chain = clinic.chain;
  auto put = [&](const std::string& patient) {
    const ledger::Pool pool = chain.look();
    NewRecord fresh{chain.account(patient), {}, "text/plain", {}, {}, source_of(view_of("x"))};
    fresh.retention = "standard";
    const auto ref = ledger::ref_of(
        {chain.act("north",
                   store_record({pool, clinic.vault(), chain.account("north"), chain.now(), chain.random()}, fresh)),
         0});
    chain.mine();
    return ref;
  };
  const auto first = put("alice");
  const auto second = put("alice");
  chain.tick(11 * 366 * 86400);  // retention is over
  CHECK(chain.offer("north", SetHold{chain.account("alice"), {}, "audit", {}}).find("constitution names") !=
        std::string::npos);
  CHECK(chain.offer("south", SetHold{chain.account("alice"), {}, "Mr Smith's case", {}}).find("not a word") !=
        std::string::npos);
  CHECK(chain.offer("south", SetHold{chain.account("carol"), first, "audit", {}}).find("no such record") !=
        std::string::npos);
  const auto on_first = chain.seal("south", SetHold{chain.account("alice"), first, "litigation", {}});
  const auto on_second =
      chain.seal("south", SetHold{chain.account("alice"), second, "audit", Time{chain.now().seconds + 3600}});
  CHECK(chain.offer("north", order_of(clinic, "alice", first)).find("litigation, until it is lifted") !=
        std::string::npos);
  CHECK(chain.offer("north", order_of(clinic, "alice", second)).find("audit, until 20") != std::string::npos);
  CHECK(chain.offer("north", order_of(clinic, "alice")).find("legal hold") != std::string::npos);
  chain.tick(7200);
  const auto order = seal_order(clinic, "alice", second);  // that hold has run out
  CHECK(chain.offer("north", LiftHold{on_first}).find("constitution names") != std::string::npos);
  chain.seal("south", LiftHold{on_first});
  CHECK(chain.offer("south", LiftHold{on_first}).find("lifted already") != std::string::npos);
  CHECK(chain.offer("south", LiftHold{first}).find("no such hold") != std::string::npos);

  // A hold that comes between the order and the deed stops the deed; what was ordered stays closed.
  const auto late = chain.seal("south", SetHold{chain.account("alice"), {}, "investigation", {}});
  CHECK_THROWS_WITH_AS(carry(clinic, {order}), doctest::Contains("investigation"), Error);
  CHECK(clinic.vault().epoch() == 1);
  CHECK(reason_for(clinic, "alice", second) == "erased");
  chain.seal("south", LiftHold{late});
  carry(clinic, {order});
  chain.mine();
  CHECK(chain.offer("south", SetHold{chain.account("alice"), second, "audit", {}}).find("destroyed already") !=
        std::string::npos);
  (void)on_second;
}

TEST_CASE("what has to be kept is not erased before its time") {
  Clinic clinic(with_holds());
  LittleChain& chain = clinic.chain;
  CHECK_THROWS_WITH_AS(clinic.prepare("alice", view_of("x"), {}), doctest::Contains("retention classes"), Error);
  const auto put = [&](std::optional<Time> keep) {
    const ledger::Pool pool = chain.look();
    NewRecord fresh{chain.account("alice"), {}, "text/plain", {}, {}, source_of(view_of("x"))};
    fresh.retention = "standard";
    fresh.keep_until = keep;
    const auto ref = ledger::ref_of(
        {chain.act("north",
                   store_record({pool, clinic.vault(), chain.account("north"), chain.now(), chain.random()}, fresh)),
         0});
    chain.mine();
    return ref;
  };
  const auto ten = put({});
  const auto longer = put(Time{years_later(chain.now(), 20)});
  CHECK(records.get(chain.open().state(), ten)->keep_until->seconds / 86400 ==
        years_later(Time{chain.now().seconds - 120}, 10).seconds / 86400);
  CHECK(chain.offer("north", order_of(clinic, "alice", ten))
            .find("kept until 2033-11-14T22:14:20Z (retention class standard: our rules)") != std::string::npos);
  CHECK(chain.offer("alice", order_of(clinic, "alice")).find("kept until 2043") != std::string::npos);
  chain.tick(11 * 366 * 86400);
  CHECK(chain.offer("north", order_of(clinic, "alice", longer)).find("kept until 2043") != std::string::npos);
  CHECK(chain.offer("north", order_of(clinic, "alice", ten)).empty());
}

TEST_CASE("records stay within the jurisdictions that their law allows") {
  LittleChain::Settings settings;
  settings.privacy = ledger::Privacy{{{"EU", {"EU", "CH"}}, {"US", {"US"}}}, {}, {}, {}};
  settings.north_in = "EU";
  settings.south_in = "US";
  Clinic clinic(settings);
  LittleChain& chain = clinic.chain;
  auto bob = chain.enrolment("bob", ledger::Kind::professional, "doctor");
  auto swiss = chain.enrolment("swiss", ledger::Kind::professional, "doctor");
  swiss.jurisdiction = "CH";
  auto odd = chain.enrolment("odd", ledger::Kind::professional, "doctor");
  odd.jurisdiction = "somewhere";
  CHECK(chain.offer("north", odd).find("not a jurisdiction's code") != std::string::npos);
  chain.act("north", swiss);
  chain.act("south", bob);
  const auto record = clinic.store("alice", "x", {});
  CHECK(records.get(chain.open().state(), record)->jurisdiction == "EU");
  for (const char* who : {"bob", "swiss", "unknown"}) clinic.grant("alice", clinic.grant_of(who, record));
  chain.mine();
  CHECK(reason_for(clinic, "bob", record) == "jurisdiction");
  CHECK(reason_for(clinic, "unknown", record) == "jurisdiction");
  CHECK(reason_for(clinic, "swiss", record) == "granted");
  CHECK(reason_for(clinic, "alice", record) == "own-record");
  const ledger::Pool pool = chain.look();
  NewRecord fresh{chain.account("carol"), {}, "text/plain", {}, {}, source_of(view_of("x"))};
  fresh.jurisdiction = "US";
  const Desk desk{pool, clinic.vault(), chain.account("north"), chain.now(), chain.random()};
  CHECK_THROWS_WITH_AS(store_record(desk, fresh), doctest::Contains("may be kept in US only"), Error);
  fresh.jurisdiction = "XX";
  CHECK_THROWS_WITH_AS(store_record(desk, fresh), doctest::Contains("not among"), Error);
  CHECK_FALSE(clinic.vault().patient_key(chain.account("carol")));  // nothing was begun
}

TEST_CASE("a certificate is partial while somebody holds a copy of the keys, and complete once it is destroyed") {
  Clinic clinic;
  LittleChain& chain = clinic.chain;
  clinic.store("alice", "x", {});
  const auto copy = chain.seal("north", RegisterCopy{chain.account("escrow"), 1});
  chain.seal("north", RegisterCopy{chain.account("later"), 2});  // opens nothing of this epoch
  const auto order = seal_order(clinic, "alice");
  const auto partial = carry(clinic, {order})[0].certificate;
  CHECK_FALSE(partial.fields.complete);
  REQUIRE(partial.fields.copies.size() == 1);
  CHECK(partial.fields.copies[0].account == chain.account("escrow"));
  chain.mine();
  CHECK(check_on_chain(chain.look(), partial).faults.empty());
  CHECK(open_orders(chain.look(), chain.account("north")).empty());
  CHECK(chain.offer("north", DestroyCopy{copy}).find("only who holds") != std::string::npos);
  chain.seal("escrow", DestroyCopy{copy});
  CHECK(chain.offer("escrow", DestroyCopy{copy}).find("already") != std::string::npos);
  REQUIRE(open_orders(chain.look(), chain.account("north")) == std::vector{order});
  const auto complete = carry(clinic, {order})[0].certificate;
  CHECK(complete.fields.complete);
  CHECK(complete.fields.key_id == partial.fields.key_id);
  CHECK(check_on_chain(chain.look(), complete).unclear);  // pending
  chain.mine();
  CHECK(check_on_chain(chain.look(), complete).faults.empty());
  CHECK_FALSE(check_on_chain(chain.look(), complete).unclear);
  CHECK(check_on_chain(chain.look(), partial).faults.empty());
  CHECK(check_on_chain(chain.look(), partial).unclear);  // another took its place
  CHECK(chain.offer("north", FinishErasure{order, {}, true, {}}).find("complete already") != std::string::npos);
}

TEST_CASE("a certificate says what it was signed with, in text and in JSON, and nothing else") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {});
  const auto order = seal_order(clinic, "alice", record);
  const auto certificate = carry(clinic, {order})[0].certificate;
  const std::string text = certificate_text(certificate, [](const PublicKey&) { return std::string("somebody"); });
  REQUIRE(messages_in_certificates(text).size() == 1);
  const auto read = read_certificate(messages_in_certificates(text)[0]);
  CHECK(read.digest == certificate.digest);
  CHECK(read.fields.records == std::vector{record});
  for (std::size_t i = 0; i < certificate.message.size(); i += 7) {
    Bytes altered = certificate.message;
    altered[i] ^= 1;
    CHECK_THROWS_AS(read_certificate(altered), Error);
  }
  CHECK_THROWS_AS(messages_in_certificates("{\"type\":\"access.grant\",\"cose\":\"AAAA\"}"), Error);
  CHECK_THROWS_AS(read_certificate(clinic.ask("bob", record)), Error);
  CHECK(stored_certificate(clinic.chain.layout(), order)->digest == certificate.digest);
}

TEST_CASE("years later is the same day, or the day after where there is none") {
  CHECK(to_text(years_later(*parse_time("2023-11-14T22:13:20Z"), 10)) == "2033-11-14T22:13:20Z");
  CHECK(to_text(years_later(*parse_time("2024-02-29T01:02:03Z"), 1)) == "2025-03-01T01:02:03Z");
  CHECK(to_text(years_later(*parse_time("2024-02-29T01:02:03Z"), 4)) == "2028-02-29T01:02:03Z");
  CHECK(years_later(*parse_time("2024-02-29T01:02:03Z"), 0) == *parse_time("2024-02-29T01:02:03Z"));
}

}  // namespace carechain::care
