#include "libcore/care/claim/claim_operations.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "enroll-coverage",
    .summary = "enrol a member in a plan, as the payer",
    .description =
        R"(Makes the transaction that enrols a patient in a plan of this payer. The member is named by the account that she shows to the
payer (keygen --derive), or by her key file where that is at hand; nothing else of her goes on the chain. A family shares
its accumulators under the subscriber's account. --order says who pays first when there are several coverages.

Coverage is from and until days, both inclusive. --replaces names an earlier entry of the member that this one corrects
or ends; old claims keep their decision.)",
    .examples = R"($ enroll-coverage shameka --plan example-ppo --from 2026-01-01 -k acme-health -L demo
$ enroll-coverage --batch members.jsonl --plan example-ppo -k acme-health -L demo)",
    .exit_status = "1: the ledger's rules refuse it, for example because the plan is another payer's.",
    .see_also = "deploy-contract(1), check-eligibility(1), submit-claim(1)"};

struct Options {
  std::string ledger, batch, member, plan, relationship = "self", subscriber, replaces;
  cli::KeyChoice key;
  std::uint64_t order = 1;
  std::optional<Time> from, until;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("member", options.member, "who is insured: a did:key, or a patient's key file").type_name("WHO").required();
  set.add("--plan", options.plan, "the plan's contract").type_name("NAME").required();
  set.add("--from", options.from, "first day").type_name("TIME").check(cli::time_value()).required();
  set.add("--until", options.until, "last day; default: open-ended").type_name("TIME").check(cli::time_value());
  set.add("--relationship", options.relationship, "to the subscriber")
      .check(cli::one_of({"self", "spouse", "child", "other"}));
  set.add("--subscriber", options.subscriber, "whose family it is; default: the member's own").type_name("WHO");
  set.add("--order", options.order, "1: this payer pays first").type_name("NUMBER").check(cli::whole(1, 9));
  set.add("--replaces", options.replaces, "an entry that this one corrects or ends: TX.N").type_name("TEXT");
  set.add_flag("--offline", options.offline, "sign and print only");
}

Time day_of(Time time) { return {time.seconds / 86'400 * 86'400}; }

ledger::NewOperation operation_of(const Options& options, const ledger::Pool& pool, const PublicKey& payer) {
  const auto member = [&](const std::string& who) {
    return cli::patient_account(who, pool.pending_state(), pool.ledger().id(), payer);
  };
  care::claim::EnrollCoverage enroll;
  enroll.member = member(options.member);
  if (!options.subscriber.empty()) enroll.subscriber = member(options.subscriber);
  enroll.plan = options.plan;
  enroll.relationship = options.relationship;
  enroll.order = options.order;
  enroll.from = day_of(*options.from);
  if (options.until) enroll.until = day_of(*options.until);
  if (!options.replaces.empty()) {
    const auto id = ledger::parse_object_id(options.replaces);
    if (!id) throw misuse("--replaces takes the whole TX.N of a coverage");
    enroll.replaces = ledger::ref_of(*id);
  }
  return ledger::operation(enroll);
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto keys = cli::own_keys(options.key);
  std::vector<Options> all{options};
  if (!options.batch.empty()) all = cli::read_batch(options.batch, out, declare);
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const PublicKey payer = ledger::account_of(pool.pending_state(), keys.key()).value_or(keys.key());
  std::vector<ledger::NewOperation> operations;
  operations.reserve(all.size());
  for (const Options& one : all) operations.push_back(operation_of(one, pool, payer));
  cli::sign_and_send(out, layout, pool.ledger().id(), keys.signer(), operations, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(enroll_coverage, about, declare, run);
