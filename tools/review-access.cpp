#include "libcore/care/emergency.hpp"
#include "libcore/care/emergency_reason.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/log_views.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "review-access",
    .summary = "review emergency access, as its custodian",
    .description =
        R"(Who reads in an emergency owes an explanation. The custodian, or one of its members with the role privacy-officer, but never
who broke the glass, looks at the stated reason and signs a finding: justified or unjustified. The finding goes on the chain;
the reason stays in the vault and is shown where vault and key are at hand. With --show nothing is signed.

A decision that opened an emergency is named as in access-log. What waits too long is listed by access-log --overdue.)",
    .examples = R"($ review-access 1f0c2d3e --show -L demo
$ review-access 1f0c2d3e --finding justified -k mercy -L demo)",
    .exit_status = "1: that decision opened no emergency, it was reviewed already, or the signer may not review it.",
    .see_also = "access-log(1), request-access(1)"};

struct Options {
  std::string ledger, decision;
  cli::KeyChoice key;
  std::optional<care::Review> finding;
  bool show = false, offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key).required(false);
  set.add("decision", options.decision, "the decision that opened the emergency").type_name("ID").required();
  set.add("--finding", options.finding, "what the review found")
      .check(cli::choice<care::Review>(
          {{"justified", care::Review::justified}, {"unjustified", care::Review::unjustified}}));
  set.add_flag("--show", options.show, "show the emergency and its reason, sign nothing");
  set.add_flag("--offline", options.offline, "sign and print only");
}

void tell_reason(const store::Layout& layout, const care::Emergency& emergency, cli::Output& out) {
  if (!emergency.reason || care::Vault::owner_of(layout) != emergency.custodian) return;
  try {
    const auto vault = care::Vault::open(layout, cli::keys_directory());
    for (const PublicKey& patient : emergency.patients)
      if (const auto text = care::kept_reason(layout, vault, patient, *emergency.reason))
        return out.words("the reason stated: {}", cli::clean(*text));
    out.words("the reason is not in this vault any more");
  } catch (const Error& error) {
    out.words("the reason can't be shown: {}", error.what());
  }
}

Exit run(const Options& options, cli::Output& out) {
  if (options.show == options.finding.has_value())
    throw misuse("say what was found, or look at it first", "--finding justified, --finding unjustified, or --show");
  if (!options.show && options.key.key.empty())
    throw misuse("a key is missing: who signs the finding?", "-k NAME, or CARECHAIN_KEY");
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const auto ref = ledger::ref_of(care::find_object(pool, options.decision));
  const auto emergency = care::emergencies.get(pool.pending_state(), ref);
  if (!emergency)
    throw refusal("'" + options.decision + "' opened no emergency", "access-log --overdue shows what waits for review");
  tell_reason(layout, *emergency, out);
  if (options.show)
    cli::print_emergency(out, pool, ref, *emergency);
  else
    cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(),
                       {ledger::operation(care::ReviewEmergency{ref, *options.finding})}, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(review_access, about, declare, run);
