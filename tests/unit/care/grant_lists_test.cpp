#include "libcore/care/grant_lists.hpp"

#include <doctest/doctest.h>

#include "unit/ledger/little_chain.hpp"

namespace carechain::care {
namespace {

ObjectRef numbered(std::uint8_t number) {
  ObjectRef ref;
  ref.bytes[0] = number;
  return ref;
}

Policy for_one(const PublicKey& account, const std::optional<ObjectRef>& record) {
  Provision provision;
  provision.actors = {{account, {}}};
  if (record) provision.records = {*record};
  return {{}, {provision}};
}

}  // namespace

TEST_CASE("grants are found by whom and what they speak of, the latest first, however many there are") {
  testing::LittleChain chain;
  const PublicKey alice = chain.account("alice"), bob = chain.account("bob"), eve = chain.account("eve");
  const ObjectRef chart = numbered(200);
  const ledger::MemoryState nothing;
  ledger::Changes state(nothing);
  const std::uint8_t count = 3 * grants_a_page + 5;
  std::vector<ObjectRef> expected;
  for (std::uint8_t i = 0; i < count; ++i) {
    const Policy policy = i % 7 == 3 ? for_one(eve, {}) : for_one(bob, chart);
    grants.put(state, {alice, policy, i, {}}, numbered(i));
    list_grant(state, alice, policy, numbered(i));
    if (i % 7 != 3) expected.insert(expected.begin(), numbered(i));
  }

  std::vector<ObjectRef> found;
  each_grant(state, alice, {bob}, chart, [&](const ObjectRef& ref, const Grant& grant) {
    CHECK(grant.patient == alice);
    found.push_back(ref);
    return true;
  });
  CHECK(found == expected);

  std::size_t visits = 0;
  each_grant(state, alice, {bob}, chart, [&](const ObjectRef&, const Grant&) { return ++visits < 20; });
  CHECK(visits == 20);
  each_grant(state, alice, {bob}, numbered(201), [](const ObjectRef&, const Grant&) {
    FAIL("nothing speaks of that record");
    return false;
  });
}

}  // namespace carechain::care
