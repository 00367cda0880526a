// An erasure that is broken off at any operation on files, or in which that operation fails, is finished by the same
// command; until it is, nothing says that it is whole; and what is not about to be erased opens at every point.
#include <doctest/doctest.h>

#include "campaign/children.hpp"
#include "campaign/stage.hpp"
#include "libcore/care/erasing.hpp"
#include "libcore/care/erasure_check.hpp"
#include "libcore/care/erasure_operations.hpp"

using namespace carechain;
using namespace carechain::campaign;

namespace {

const Random& fresh_random() {
  static const Random random = crypto::system_random();
  return random;
}

PublicKey alice_account(const Hash& id) { return crypto::public_key(alice_at_north(id)); }

void carry_out(const Place& at, const Told& told) {
  const auto north = person_called("north");
  const auto pool = ledger::Pool::look(at.layout(), table(), at.now);
  const auto orders = care::open_orders(pool, north.key);
  if (orders.empty()) return;
  const care::ErasureDesk desk{at.layout(), at.keys(), table(), north.key, north.signer, at.now, fresh_random()};
  for (const auto& one : care::carry_out(desk, orders))
    told("ack " + encoding::hex(ledger::parse_transaction(pool.ledger().id(), one.transaction).id.view()));
}

struct Deed {
  std::string name;
  std::string directory;
  Time now;
  std::vector<care::ObjectRef> stay;  // records of alice that stay readable
};

class Stages {
 public:
  Stages() {
    const Place at{chain_.directory(), chain_.now()};
    const auto ref = [&](const TransactionId& id) { return ledger::ref_of({id, 0}); };
    const auto first = ref(put_record(at, "first", 100'000, false, random_));
    const auto second = ref(put_record(at, "second", 70'000, true, random_));
    const auto third = ref(put_record(at, "third", 200, false, random_));
    chain_.mine();
    grant_to({chain_.directory(), chain_.now()}, "bob", random_);
    chain_.mine();
    const PublicKey alice = alice_account(chain_.id());
    const PublicKey north = chain_.account("north");
    add("one record", {second, third}, {care::OrderErasure{alice, north, first, "request"}});
    add("two records", {third},
        {care::OrderErasure{alice, north, first, "request"}, care::OrderErasure{alice, north, second, "request"}});
    add("the patient", {}, {care::OrderErasure{alice, north, {}, "request"}});
  }
  const std::vector<Deed>& deeds() const { return deeds_; }

 private:
  // A copy of the chain in which these orders are sealed.
  void add(const std::string& name, std::vector<care::ObjectRef> stay, const std::vector<care::OrderErasure>& orders) {
    copies_.push_back(std::make_unique<Copy>(chain_.directory(), chain_.now()));
    Place at = copies_.back()->place();
    const auto north = person_called("north");
    for (const auto& order : orders) send(at, chain_.id(), north.signer, ledger::operation(order), random_);
    mine(at);
    at.now.seconds += 60;
    deeds_.push_back({name, at.directory, at.now, std::move(stay)});
  }

  LittleChain chain_{{.label = "erasure campaign"}};
  Random random_ = seeded_random("erasure campaign, preparing");
  std::vector<std::unique_ptr<Copy>> copies_;
  std::vector<Deed> deeds_;
};

void check_stay(const Place& at, const Deed& deed, Problems& problems) {
  const auto ledger = ledger::Ledger::open(at.layout(), table());
  const auto vault = care::Vault::open(at.layout(), at.keys());
  for (const auto& ref : deed.stay)
    if (const auto why = opened(vault, ledger.id(), *care::records.get(ledger.state(), ref)); !why.empty())
      problems.push_back("a record that stays does not open: " + why);
}

// Whatever says that an erasure is done must be right; and the copy made before it must not open.
void check_claims(const Place& at, const Deed& deed, bool must_be_done, Problems& problems) {
  const auto pool = ledger::Pool::look(at.layout(), table(), at.now);
  for (const auto& ref : care::refs_of(pool, "era", person_called("north").key)) {
    const auto certificate = care::stored_certificate(at.layout(), ref);
    const bool done = care::erasures.get(pool.pending_state(), ref)->done.has_value();
    if (done && !certificate) problems.push_back("the chain is told of a certificate that is nowhere");
    if (must_be_done && !done) problems.push_back("it was not finished");
    if (!certificate) continue;
    for (const auto& fault : care::check_in_vault(pool, *certificate, at.layout(), at.keys()).faults)
      problems.push_back("certified, but: " + fault);
    for (const auto& fault : care::check_in_vault(pool, *certificate, {deed.directory + "/ledger"}, at.keys()).faults)
      problems.push_back("certified, but a copy from before: " + fault);
    if (done)
      for (const auto& fault : care::check_on_chain(pool, *certificate).faults) problems.push_back("chain: " + fault);
  }
}

void check_denied(const Place& at, Problems& problems) {
  const auto request = request_of(at, "bob", "after");
  for (const auto& one : release(at, request, fresh_random()).released)
    if (one.fields.permit && one.fields.reason == "granted" && one.fields.capsule &&
        care::erasure_of(ledger::Ledger::open(at.layout(), table()).state(), *one.fields.record,
                         *care::records.get(ledger::Ledger::open(at.layout(), table()).state(), *one.fields.record),
                         std::numeric_limits<std::uint64_t>::max()))
      problems.push_back("a record was released although its erasure is ordered");
}

bool may_pass_over(const std::string& fault) { return fault.starts_with("remove "); }

Problems broken_off(const Deed& deed, const Plan& plan) {
  const Copy copy(deed.directory, deed.now);
  Place at = copy.place();
  const Outcome outcome = run_in_child(plan, [&](const Told& told) { carry_out(at, told); });
  Problems problems;
  try {
    const bool dies = plan.what == Plan::kill || plan.what == Plan::tear_and_kill;
    if (outcome.killed && !dies) problems.push_back("it died of a failure");
    if (!outcome.killed && outcome.end != "done" && !outcome.end.starts_with("error "))
      problems.push_back("it ended badly: " + outcome.end);
    if (!dies && outcome.end == "done" && !outcome.fault.empty() && !may_pass_over(outcome.fault))
      problems.push_back("success was told although an operation failed");
    check_chain(at, true, problems);
    check_claims(at, deed, false, problems);
    check_stay(at, deed, problems);
    check_denied(at, problems);
    const Outcome again = run_in_child({}, [&](const Told& told) { carry_out(at, told); });
    if (again.end != "done") problems.push_back("it can't be finished: " + again.end);
    check_claims(at, deed, true, problems);
    check_stay(at, deed, problems);
    mine(at);
    check_claims(at, deed, true, problems);
    check_chain(at, true, problems);
  } catch (const std::exception& error) {
    problems.push_back(std::string("exception: ") + error.what());
  }
  for (std::string& problem : problems)
    problem = deed.name + ", " + to_text(plan.what) + " at " + std::to_string(plan.at) + " (" + outcome.fault + "; " +
              (outcome.killed ? "killed" : outcome.end) + "): " + problem;
  return problems;
}

struct Case {
  const Deed* deed;
  Plan plan;
};

std::vector<Case> cases_of(const std::vector<Deed>& deeds, bool all) {
  std::vector<Case> cases;
  for (const Deed& deed : deeds) {
    const Copy copy(deed.directory, deed.now);
    const Outcome whole = run_in_child({}, [&](const Told& told) { carry_out(copy.place(), told); });
    REQUIRE_MESSAGE(whole.end == "done", deed.name, ": ", whole.end);
    MESSAGE("erasing ", deed.name, ": ", whole.points.size(), " operations");
    for (std::size_t i = 0; i < whole.points.size(); ++i) {
      cases.push_back({&deed, {Plan::kill, i}});
      cases.push_back({&deed, {Plan::fail, i}});
      if (whole.points[i].starts_with("write ")) {
        cases.push_back({&deed, {Plan::tear_and_kill, i}});
        cases.push_back({&deed, {Plan::tear, i}});
      }
      if (all) cases.push_back({&deed, {Plan::full, i}});
    }
  }
  return cases;
}

}  // namespace

TEST_CASE("an erasure that is broken off anywhere is finished by the same command, and never said to be done before") {
  set_up_memory_disk();
  const Stages stages;
  const auto cases = cases_of(stages.deeds(), std::getenv("CAMPAIGN_LONG") != nullptr);
  const auto problems =
      spread(cases.size(), 2, [&](std::size_t i) { return broken_off(*cases[i].deed, cases[i].plan); });
  for (const std::string& problem : problems) FAIL_CHECK(problem);
  MESSAGE(cases.size(), " cases");
}
