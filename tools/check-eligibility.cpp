#include "libcore/care/claim/plan.hpp"
#include "libcore/care/contract_kinds.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/contract/instant.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;
using namespace carechain::care::claim;

constexpr cli::About about{
    .name = "check-eligibility",
    .summary = "is a member covered on a day, and what is left of the deductible",
    .description =
        R"(Says which coverages of a member are in force with a payer on a day, under which plan and in which order, and what of the deductible
and of the out-of-pocket maximum is left that year. The member is named by the account that she shows to the payer, or
by her key file.)",
    .examples = R"($ check-eligibility shameka --payer acme-health --on 2026-03-01 -L demo)",
    .exit_status = "1: she is not covered on that day.",
    .see_also = "enroll-coverage(1), submit-claim(1)"};

struct Options {
  std::string ledger, member, payer;
  std::optional<Time> on;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("member", options.member, "who: a did:key, or a patient's key file").type_name("WHO").required();
  set.add("--payer", options.payer, "who insures her").type_name("WHO").required();
  set.add("--on", options.on, "the day; default: today").type_name("TIME").check(cli::time_value());
}

void put_left(encoding::JsonWriter& json, const ledger::State& state, const Coverage& coverage, const Plan& plan,
              Time day) {
  const auto year = static_cast<std::uint32_t>(contract::civil_of_days(day.seconds / 86'400).year);
  const auto used = accumulators.get(state, coverage.member, year, coverage.plan).value_or(Accumulator{});
  json.key("plan").value(plan.title()).key("currency").value(plan.text(PlanParameter::currency));
  json.key("year").value(year);
  json.key("deductible_left")
      .value(std::to_string(std::max<std::int64_t>(plan.number(PlanParameter::deductible) - used.deductible, 0)));
  json.key("out_of_pocket_left")
      .value(std::to_string(std::max<std::int64_t>(plan.number(PlanParameter::out_of_pocket) - used.out_of_pocket, 0)));
}

Exit run(const Options& options, cli::Output& out) {
  const auto pool = ledger::Pool::look(store::Layout{options.ledger}, care::all_operations(), out.world().now());
  const auto& state = pool.ledger().state();
  const PublicKey payer = cli::account_of_who(options.payer, state);
  const PublicKey member = cli::patient_account(options.member, state, pool.ledger().id(), payer);
  const Time day{options.on.value_or(out.world().now()).seconds / 86'400 * 86'400};
  bool covered = false;
  for (const auto& ref : coverages_of.get(state, payer, member).value_or(CoverageList{}).refs) {
    const Coverage coverage = *coverages.get(state, ref);
    if (day < coverage.from || (coverage.until && *coverage.until < day)) continue;
    covered = true;
    const auto in_force =
        contract::contract_in_force(state, care::all_contract_kinds(), coverage.plan, pool.ledger().tip().height + 1);
    encoding::JsonWriter json;
    json.begin_object().key("decision").value("active").key("relationship").value(coverage.relationship);
    json.key("order").value(coverage.order).key("from").value(to_text(coverage.from).substr(0, 10));
    if (coverage.until) json.key("until").value(to_text(*coverage.until).substr(0, 10));
    if (in_force) put_left(json, state, coverage, Plan(*in_force), day);
    json.end_object();
    const std::string id = ledger::json_text(ref);
    out.envelope({.type = "coverage", .id = id, .ids = {id}, .status = "active", .data = json.take()});
  }
  if (!covered) out.words("{} is not covered by {} on {}", options.member, options.payer, to_text(day).substr(0, 10));
  return covered ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(check_eligibility, about, declare, run);
