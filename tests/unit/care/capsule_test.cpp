#include "libcore/care/capsule.hpp"

#include <doctest/doctest.h>

#include "libcore/care/pairwise.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::care {
namespace {

using namespace testing;

Hash some_hash(std::uint8_t byte) { return Hash(Bytes(32, byte)); }

RecordKeys some_keys(std::optional<std::string> uri = {}) {
  return {SecretKey(Bytes(32, 1)), SecretKey(Bytes(32, 2)), std::move(uri)};
}

}  // namespace

TEST_CASE("what is sealed to a reader opens to that reader alone") {
  const Person bob = person_called("bob"), eve = person_called("eve");
  const CapsuleAddress address{some_hash(1), RecordHandle(Bytes(32, 3)), 1, bob.key};
  const Bytes inner = seal_keys(address, some_keys("https://example.org/x"), seeded_random("capsule"));
  const auto keys = open_keys(address, bob.seed, inner);
  REQUIRE(keys);
  CHECK(same(keys->key.view(), some_keys().key.view()));
  CHECK(same(keys->digest_key.view(), some_keys().digest_key.view()));
  CHECK(keys->uri == "https://example.org/x");
  CHECK_FALSE(open_keys(address, eve.seed, inner));
}

TEST_CASE("a capsule is bound to ledger, record, version and reader") {
  const Person bob = person_called("bob");
  const CapsuleAddress good{some_hash(1), RecordHandle(Bytes(32, 3)), 1, bob.key};
  const Bytes inner = seal_keys(good, some_keys(), seeded_random("capsule"));
  CHECK(open_keys(good, bob.seed, inner));
  CapsuleAddress bad = good;
  bad.ledger = some_hash(2);
  CHECK_FALSE(open_keys(bad, bob.seed, inner));
  bad = good;
  bad.handle = RecordHandle(Bytes(32, 4));
  CHECK_FALSE(open_keys(bad, bob.seed, inner));
  bad = good;
  bad.version = 2;
  CHECK_FALSE(open_keys(bad, bob.seed, inner));
  bad = good;
  bad.reader = person_called("eve").key;
  CHECK_FALSE(open_keys(bad, bob.seed, inner));
  for (std::size_t i = 0; i < inner.size(); ++i) {
    Bytes altered = inner;
    altered[i] ^= 0x40;
    CHECK_FALSE(open_keys(good, bob.seed, altered));
    CHECK_FALSE(open_keys(good, bob.seed, ByteView(inner).first(i)));
  }
}

TEST_CASE("a capsule is locked twice: the patient's key comes first") {
  const Person bob = person_called("bob");
  const SecretKey patient_key(Bytes(32, 7)), other_patient(Bytes(32, 8));
  const CapsuleAddress address{some_hash(1), RecordHandle(Bytes(32, 3)), 1, bob.key};
  const Bytes inner = seal_keys(address, some_keys(), seeded_random("capsule"));
  const Capsule capsule = lock_capsule(address, patient_key, inner, seeded_random("lock"));
  CHECK(unlock_capsule(address.ledger, patient_key, capsule) == inner);
  CHECK_FALSE(unlock_capsule(address.ledger, other_patient, capsule));
  CHECK_FALSE(unlock_capsule(some_hash(2), patient_key, capsule));
  CHECK_FALSE(open_keys(address, bob.seed, capsule.box));  // the reader's key alone opens nothing
  const auto altered = [&](const std::function<void(Capsule&)>& change) {
    Capsule bad = capsule;
    change(bad);
    return unlock_capsule(address.ledger, patient_key, bad).has_value();
  };
  CHECK_FALSE(altered([](Capsule& c) { c.id.bytes[0] ^= 1; }));
  CHECK_FALSE(altered([](Capsule& c) { c.handle.bytes[0] ^= 1; }));
  CHECK_FALSE(altered([](Capsule& c) { ++c.version; }));
  CHECK_FALSE(altered([](Capsule& c) { c.reader.bytes[0] ^= 1; }));
  CHECK_FALSE(altered([](Capsule& c) { c.box[0] ^= 1; }));
  CHECK_FALSE(altered([](Capsule& c) { c.box.pop_back(); }));
  CHECK_FALSE(altered([](Capsule& c) { c.box.clear(); }));
}

TEST_CASE("each locking is new") {
  const CapsuleAddress address{some_hash(1), RecordHandle(Bytes(32, 3)), 1, person_called("bob").key};
  const Random random = seeded_random("locks");
  const SecretKey patient_key(Bytes(32, 7));
  const Capsule one = lock_capsule(address, patient_key, Bytes(50, 1), random);
  const Capsule other = lock_capsule(address, patient_key, Bytes(50, 1), random);
  CHECK(one.id != other.id);
  CHECK(one.box != other.box);
  const Bytes encoded = encoding::encode_fields(one);
  CHECK(encoding::encode_fields(encoding::decode_fields<Capsule>(encoded)) == encoded);
}

TEST_CASE("a patient shows another account to everyone, and finds her key for each again") {
  const Person alice = person_called("alice"), mercy = person_called("mercy"), stann = person_called("stann");
  const SecretKey at_mercy = pairwise_seed(alice.seed, some_hash(1), mercy.key);
  CHECK(same(at_mercy.view(), pairwise_seed(alice.seed, some_hash(1), mercy.key).view()));
  CHECK_FALSE(same(at_mercy.view(), pairwise_seed(alice.seed, some_hash(1), stann.key).view()));
  CHECK_FALSE(same(at_mercy.view(), pairwise_seed(alice.seed, some_hash(2), mercy.key).view()));
  CHECK_FALSE(same(at_mercy.view(), alice.seed.view()));
  std::vector<SecretKey> seeds;
  seeds.push_back(person_called("someone").seed.clone());
  seeds.push_back(alice.seed.clone());
  const auto found = seed_for_key(seeds, some_hash(1), crypto::public_key(at_mercy), mercy.key);
  REQUIRE(found);
  CHECK(same(found->view(), at_mercy.view()));
  CHECK_FALSE(seed_for_key(seeds, some_hash(1), crypto::public_key(at_mercy), stann.key));
  CHECK(same(seed_for_key(seeds, some_hash(1), alice.key, mercy.key)->view(), alice.seed.view()));
}

}  // namespace carechain::care
