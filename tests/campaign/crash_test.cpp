// Nothing acknowledged is lost: every deed is broken off at every operation on files, or that operation fails, and the
// ledger is as it must be for the next who comes.
//
// CAMPAIGN_LONG=1 adds a disk that stays full, and repairs that are themselves broken off.
#include <doctest/doctest.h>

#include "campaign/children.hpp"
#include "campaign/stage.hpp"
#include "libcore/ledger/adoption.hpp"
#include "libcore/store/frames.hpp"

using namespace carechain;
using namespace carechain::campaign;

namespace {

// A deed that is repeated must not draw the same bytes again.
const Random& fresh_random() {
  static const Random random = crypto::system_random();
  return random;
}

struct Deed {
  std::string name;
  std::string directory;  // the prepared ledger
  Time now;
  std::vector<TransactionId> acknowledged;  // before
  std::function<void(const Place&, const Told&)> act;
};

std::string hex_of(const TransactionId& id) { return encoding::hex(id.view()); }

// Ledgers as the deeds find them.
class Stages {
 public:
  Stages() {
    prepare();
    submit();
    mine();
    put();
    grant();
    release();
    adopt();
    repair();
  }
  const std::vector<Deed>& deeds() const { return deeds_; }

 private:
  Place place() const { return {chain_.directory(), chain_.now()}; }

  // A copy of the chain as it is now; more may be done to it.
  Place freeze() {
    copies_.push_back(std::make_unique<Copy>(chain_.directory(), chain_.now()));
    return copies_.back()->place();
  }
  void add(const std::string& name, const Place& at, std::function<void(const Place&, const Told&)> act) {
    deeds_.push_back({name, at.directory, at.now, acknowledged_, std::move(act)});
  }
  TransactionId acknowledge(const TransactionId& id) {
    acknowledged_.push_back(id);
    return id;
  }

  // Two records, one of them external, and a grant, all sealed; one transaction pending.
  void prepare() {
    put_without_vault_ = freeze();
    acknowledge(put_record(place(), "first", 100'000, false, random_));
    acknowledge(put_record(place(), "second", 70'000, true, random_));
    chain_.mine();
    acknowledge(grant_to(place(), "bob", random_));
    chain_.mine();
    acknowledge(chain_.act("north", chain_.enrolment("carol", ledger::Kind::professional, "doctor")));
  }

  void submit() {
    std::vector<Bytes> transactions;
    for (const char* who : {"dave", "erin", "frank"})
      transactions.push_back(chain_.signed_by("north", chain_.enrolment(who, ledger::Kind::professional, "doctor")));
    add("submit", freeze(), [transactions](const Place& at, const Told& told) {
      ledger::PoolSession session(at.layout(), table());
      const std::vector<std::vector<Bytes>> batches{{transactions[0], transactions[1]},
                                                    {transactions[2], transactions[1]}};
      for (const auto& batch : batches)
        for (const auto& verdict : session.submit(at.now, batch, [](std::size_t) { return true; }))
          if (verdict.status != ledger::Pool::Status::refused) told("ack " + hex_of(verdict.id));
    });
  }

  // Two that fit and one that has expired when it is mined.
  void mine() {
    const auto late = chain_.sign(
        "north", {ledger::operation(chain_.enrolment("gina", ledger::Kind::professional, "doctor"))}, chain_.now());
    const std::size_t before = acknowledged_.size();
    acknowledge(chain_.submit(late).id);
    acknowledge(chain_.act("north", chain_.enrolment("hans", ledger::Kind::professional, "doctor")));
    chain_.tick(60);
    add("mine", freeze(), [](const Place& at, const Told&) { campaign::mine(at); });
    const Place torn = freeze();
    add("mine after a torn tail", torn, [](const Place& at, const Told&) { campaign::mine(at); });
    tear_tail(torn);
    chain_.mine();
    REQUIRE(chain_.dropped().size() == 1);
    CHECK(before + 2 == acknowledged_.size());
  }

  void put() {
    const auto act = [](const Place& at, const Told& told) {
      told("ack " + hex_of(put_record(at, "third", 100'000, false, fresh_random())));
    };
    add("put-record", freeze(), act);
    deeds_.push_back({"put-record into a new vault", put_without_vault_.directory, put_without_vault_.now, {}, act});
  }

  void grant() {
    add("grant", freeze(),
        [](const Place& at, const Told& told) { told("ack " + hex_of(grant_to(at, "ina", fresh_random()))); });
  }

  void release() {
    const Bytes request = request_of(place(), "bob", "one");
    add("release", freeze(), [request](const Place& at, const Told& told) {
      const Answered answered = campaign::release(at, request, fresh_random());
      told("ack " + hex_of(answered.logged));
    });
  }

  // Another copy has two blocks where this one has one: they take its place.
  void adopt() {
    LittleChain rival({.label = "crash campaign", .segment_bytes = 1500});
    ledger::Adoption(rival.layout(), rival.operations(), {chain_.now(), {}}).take(stream_of(chain_.layout(), 0), {});
    rival.tick(chain_.now().seconds + 60 - rival.now().seconds);
    const std::uint64_t common = rival.open().tip().height;
    rival.seal("north", rival.enrolment("kate", ledger::Kind::professional, "doctor"));
    rival.mine_empty("south");
    acknowledge(chain_.act("north", chain_.enrolment("luke", ledger::Kind::professional, "doctor")));
    chain_.mine();
    const auto frames = std::make_shared<Bytes>(frames_of(rival.layout(), common + 1));
    const auto act = [frames](const Place& at, const Told&) {
      const store::Path path = at.directory + "/frames";
      std::ofstream(path, std::ios::binary) << text_of(*frames);
      ledger::Adoption adoption(at.layout(), table(), {at.now, {}});
      adoption.take(store::SegmentReader(store::File::open_read(path)), {});
      adoption.finish();
    };
    chain_.tick(120);
    add("adopt another branch", freeze(), act);
    const Place bare = freeze();
    ledger::LedgerWriter::rebuild(bare.layout(), table(), {});
    add("adopt another branch without undo records", bare, act);
  }
  static Bytes frames_of(const store::Layout& layout, std::uint64_t from) {
    const auto ledger = ledger::Ledger::open(layout, table());
    Bytes frames;
    for (std::uint64_t height = from; height <= ledger.tip().height; ++height)
      store::append_frame(frames, "CCF1", ledger.block(height));
    return frames;
  }
  store::SegmentReader stream_of(const store::Layout& layout, std::uint64_t from) const {
    const store::Path path = chain_.directory() + "/stream";
    std::ofstream(path, std::ios::binary) << text_of(frames_of(layout, from));
    return store::SegmentReader(store::File::open_read(path));
  }

  // Whole blocks which the index lacks, and no index at all.
  void repair() {
    acknowledge(chain_.act("north", chain_.enrolment("jane", ledger::Kind::professional, "doctor")));
    const Place behind = freeze();  // what a process leaves that dies when its block is written
    chain_.mine();
    const Place at = freeze();
    std::filesystem::remove_all(at.layout().index());
    std::filesystem::copy(behind.layout().index(), at.layout().index());
    std::filesystem::copy_file(behind.layout().pending(), at.layout().pending(),
                               std::filesystem::copy_options::overwrite_existing);
    const auto open = [](const Place& where, const Told&) { ledger::LedgerWriter::open(where.layout(), table()); };
    add("open behind the blocks", at, open);
    const Place bare = freeze();
    std::filesystem::remove_all(bare.layout().index());
    tear_tail(bare);
    add("open without an index", bare, open);
    add("rebuild the index", freeze(),
        [](const Place& where, const Told&) { ledger::LedgerWriter::rebuild(where.layout(), table(), {}); });
  }

  static void tear_tail(const Place& at) {
    const auto segments = store::list_directory(at.layout().blocks());
    const Bytes frame = store::File::open_read(at.layout().blocks() + "/" + segments.back()).size() > 0
                            ? bytes_of("CCF1\x40\x10")
                            : Bytes{};
    std::ofstream(at.layout().blocks() + "/" + segments.back(), std::ios::app | std::ios::binary) << text_of(frame);
  }

  LittleChain chain_{{.label = "crash campaign", .segment_bytes = 1500}};
  Random random_ = seeded_random("crash campaign, preparing");
  std::vector<std::unique_ptr<Copy>> copies_;
  std::vector<TransactionId> acknowledged_;
  std::vector<Deed> deeds_;
  Place put_without_vault_;
};

std::vector<TransactionId> ids_of(const Deed& deed, const Outcome& outcome) {
  std::vector<TransactionId> ids = deed.acknowledged;
  for (const std::string& text : outcome.acknowledged) ids.emplace_back(*encoding::parse_hex(text));
  return ids;
}

// A failure that may be left unsaid: an obsolete file that stays.
bool may_pass_over(const std::string& fault) { return fault.starts_with("remove "); }

// What is wrong with how the deed itself ended.
void judge_end(const Plan& plan, const Outcome& outcome, Problems& problems) {
  const bool meant_to_die = plan.what == Plan::kill || plan.what == Plan::tear_and_kill;
  if (outcome.killed) {
    if (!meant_to_die) problems.push_back("it died of a failure");
    return;
  }
  if (outcome.end != "done" && !outcome.end.starts_with("error ")) problems.push_back("it ended badly: " + outcome.end);
  if (!meant_to_die && outcome.end == "done" && !outcome.fault.empty() && !may_pass_over(outcome.fault))
    problems.push_back("success was told although an operation failed");
}

// The next writer comes, then the next miner, then somebody does the same deed again.
void go_on(const Deed& deed, Place at, const std::vector<TransactionId>& ids, const std::optional<Plan>& repair_plan,
           Problems& problems) {
  const auto open = [&](const Told&) { ledger::LedgerWriter::open(at.layout(), table()); };
  if (repair_plan) run_in_child(*repair_plan, open);
  ledger::LedgerWriter::open(at.layout(), table());
  check_chain(at, true, problems);
  check_acknowledged(at, ids, false, problems);
  at.now.seconds += 60;
  mine(at);
  check_chain(at, true, problems);
  check_acknowledged(at, ids, true, problems);
  check_records(at, problems);
  at.now.seconds += 60;
  const Outcome again = run_in_child({}, [&](const Told& told) { deed.act(at, told); });
  if (again.end != "done") problems.push_back("the deed can't be repeated: " + again.end);
}

// One deed broken off in one way, and all that must be true afterwards.
Problems broken_off(const Deed& deed, const Plan& plan, const std::optional<Plan>& repair_plan) {
  const Copy copy(deed.directory, deed.now);
  const Place at = copy.place();
  const Outcome outcome = run_in_child(plan, [&](const Told& told) { deed.act(at, told); });
  Problems problems;
  judge_end(plan, outcome, problems);
  try {
    const auto ids = ids_of(deed, outcome);
    check_chain(at, false, problems);
    check_acknowledged(at, ids, false, problems);
    go_on(deed, at, ids, repair_plan, problems);
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
  std::optional<Plan> repair;
};

std::vector<Case> cases_of(const std::vector<Deed>& deeds, bool all) {
  std::vector<Case> cases;
  for (const Deed& deed : deeds) {
    const Copy copy(deed.directory, deed.now);
    const Outcome whole = run_in_child({}, [&](const Told& told) { deed.act(copy.place(), told); });
    REQUIRE_MESSAGE(whole.end == "done", deed.name, ": ", whole.end);
    REQUIRE_MESSAGE(!whole.points.empty(), deed.name, " passes no fault point");
    MESSAGE(deed.name, ": ", whole.points.size(), " operations");
    for (std::size_t i = 0; i < whole.points.size(); ++i) {
      cases.push_back({&deed, {Plan::kill, i}, {}});
      cases.push_back({&deed, {Plan::fail, i}, {}});
      if (whole.points[i].starts_with("write ")) {
        cases.push_back({&deed, {Plan::tear_and_kill, i}, {}});
        cases.push_back({&deed, {Plan::tear, i}, {}});
      }
      if (!all) continue;
      cases.push_back({&deed, {Plan::full, i}, {}});
      for (const std::size_t j : {0u, 1u, 2u, 3u, 5u, 8u, 13u, 21u})
        cases.push_back({&deed, {Plan::tear_and_kill, i}, Plan{Plan::tear_and_kill, j}});
    }
  }
  return cases;
}

}  // namespace

TEST_CASE("whatever is broken off or fails when, nothing acknowledged is lost and the next writer goes on") {
  set_up_memory_disk();
  const Stages stages;
  const auto cases = cases_of(stages.deeds(), std::getenv("CAMPAIGN_LONG") != nullptr);
  const auto problems = spread(
      cases.size(), 2, [&](std::size_t i) { return broken_off(*cases[i].deed, cases[i].plan, cases[i].repair); });
  for (const std::string& problem : problems) FAIL_CHECK(problem);
  MESSAGE(cases.size(), " cases");
}
