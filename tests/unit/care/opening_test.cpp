// The reader's side: what a release opens to whom, and what does not open.

#include "libcore/care/opening.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "unit/care/clinic.hpp"

namespace carechain::care {

using namespace testing;
namespace fs = std::filesystem;

TEST_CASE("FHIR files come out byte for byte as they went in") {
  Clinic clinic;
  std::vector<std::string> files;
  std::error_code missing;
  for (const char* directory : {"/fhir/hl7-examples", "/fhir/synthea"}) {
    std::size_t taken = 0;
    for (const auto& entry : fs::directory_iterator(TEST_SHARED_DATA + std::string(directory), missing))
      if (entry.is_regular_file() && taken++ < 12) files.push_back(entry.path());
  }
  if (files.empty()) MESSAGE("skipped, there are no FHIR files in ", TEST_SHARED_DATA);
  std::vector<std::pair<ObjectRef, std::string>> stored;
  stored.emplace_back(clinic.queue("alice", {}, {}), "");  // an empty file too
  for (const std::string& file : files) {
    const std::string content = store::read_file(file);
    stored.emplace_back(clinic.queue("alice", view_of(content), {"Bundle"}), content);
  }
  for (const std::size_t size : {65535u, 65536u, 65537u})
    stored.emplace_back(clinic.queue("alice", Bytes(size, 0x41), {}), std::string(size, 'A'));
  clinic.chain.mine();
  for (const auto& [record, content] : stored)
    CHECK(clinic.read("alice", clinic.answer_one(clinic.ask("alice", record))) == content);
}

TEST_CASE("grants in force count when a record is stored, whoever stores it") {
  Clinic clinic;
  clinic.grant("alice", clinic.grant_of("bob", {"Observation"}));
  clinic.grant("alice", clinic.grant_of("eve", {"Condition"}));
  const auto record = clinic.store("alice", "x", {"Observation"});
  const auto kept = records.get(clinic.chain.open().state(), record);
  CHECK(clinic.vault().capsules(kept->handle).size() == 3);  // hers, Bob's, the custodian's for emergencies
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", record))) == "x");
  CHECK(clinic.answer_one(clinic.ask("eve", record)).fields.reason == "type-not-covered");
}

TEST_CASE("keys travel from the patient to a grantee without the data") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  Request keys_only = clinic.request({record});
  keys_only.capsules_only = true;
  const Sent keys = clinic.answer_one(clinic.ask("alice", keys_only));
  CHECK(keys.fields.permit);
  CHECK(keys.data.empty());
  const auto checked = clinic.check("alice", keys);
  const auto deliver = [&](const std::string& signer) {
    const Bytes delivery = reseal(clinic.chain.id(), checked, clinic.chain.account("bob"),
                                  clinic.chain.person(signer).signer, clinic.chain.random());
    accept_delivery(clinic.chain.look(), clinic.vault(), delivery, clinic.chain.random());
    return delivery;
  };
  CHECK_THROWS_WITH_AS(deliver("eve"), doctest::Contains("that its signer does not have here"), Error);
  Bytes altered = deliver("alice");
  altered.back() ^= 1;
  CHECK_THROWS_WITH_AS(accept_delivery(clinic.chain.look(), clinic.vault(), altered, clinic.chain.random()),
                       doctest::Contains("signature does not hold"), Error);
  clinic.chain.seal("alice", clinic.grant_of("bob", record));
  CHECK(clinic.read("bob", clinic.answer_one(clinic.ask("bob", record))) == "x");
}

TEST_CASE("an answer opens for the one who asked, from the custodian who was asked") {
  Clinic clinic;
  const auto record = clinic.store("alice", "x", {"Observation"});
  const Sent good = clinic.answer_one(clinic.ask("alice", record));
  CHECK_THROWS_WITH_AS(clinic.check("bob", good), doctest::Contains("a request of somebody else"), Error);
  const auto signed_again = [&](const std::string& who, const std::function<void(Release&)>& change) {
    Sent sent = good;
    change(sent.fields);
    sent.message = ledger::sign_message(ledger::Word::release, clinic.chain.id(), clinic.chain.person(who).signer,
                                        encoding::encode_fields(sent.fields));
    return sent;
  };
  CHECK(clinic.read("alice", signed_again("north", [](Release&) {})) == "x");
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("south", [](Release&) {})),
                       doctest::Contains("was addressed to"), Error);
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("north", [](Release& r) { r.record->bytes[0] ^= 1; })),
                       doctest::Contains("was not asked for"), Error);
  CHECK_THROWS_WITH_AS(clinic.check("alice", signed_again("north", [](Release& r) { r.request.back() ^= 1; })),
                       doctest::Contains("does not echo"), Error);
  Sent altered = good;
  altered.message.back() ^= 1;
  CHECK_THROWS_WITH_AS(clinic.check("alice", altered), doctest::Contains("signature on the release does not hold"),
                       Error);
  altered.message = {0x84};
  CHECK_THROWS_WITH_AS(clinic.check("alice", altered), doctest::Contains("malformed"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.capsule.reset(); })),
                       doctest::Contains("carries no keys"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.handle->bytes[0] ^= 1; })),
                       doctest::Contains("does not open with this key"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.digest->bytes[0] ^= 1; })),
                       doctest::Contains("not what was recorded"), Error);
  CHECK_THROWS_WITH_AS(clinic.read("alice", signed_again("north", [](Release& r) { r.digest.reset(); })),
                       doctest::Contains("not what was recorded"), Error);
}

TEST_CASE("data that was cut, altered, swapped or extended does not open") {
  Clinic clinic;
  std::string content(200'000, 'x');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i % 23);
  const auto record = clinic.store("alice", content, {"Observation"});
  const auto small = clinic.store("alice", "small", {"Observation"});
  const Sent good = clinic.answer_one(clinic.ask("alice", record));
  CHECK(clinic.read("alice", good) == content);
  const auto opens = [&](const std::function<void(Bytes&)>& change) {
    Sent bad = good;
    change(bad.data);
    try {
      clinic.read("alice", bad);
      return true;
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::no);
      return false;
    }
  };
  for (const std::size_t at : {0u, 4u, 40u, 68u, 70'000u, 200'000u}) CHECK_FALSE(opens([&](Bytes& d) { d[at] ^= 1; }));
  for (const std::size_t size : {0u, 67u, 68u, 68u + 65552u, 100'000u})
    CHECK_FALSE(opens([&](Bytes& d) { d.resize(size); }));
  CHECK_FALSE(opens([](Bytes& d) { d.pop_back(); }));
  CHECK_FALSE(opens([](Bytes& d) { d.push_back(0); }));
  CHECK_FALSE(
      opens([](Bytes& d) { std::swap_ranges(d.begin() + 68, d.begin() + 68 + 65552, d.begin() + 68 + 65552); }));
  const Bytes other = clinic.answer_one(clinic.ask("alice", small)).data;
  CHECK_FALSE(opens([&](Bytes& d) { d = other; }));
}

}  // namespace carechain::care
