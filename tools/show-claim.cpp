#include "libcore/care/claim/claim_answers.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "show-claim",
    .summary = "show what was decided about claims",
    .description =
        R"(Shows sealed claims with their decision: state, what is paid and by whom, each line's adjustments with group and reason code, and the
rule of the plan that decided. Without names it shows all claims of a payer, a submitter or a member, or all there are;
--state picks some, for example those that wait for a person (pended), --appealed those with an open appeal.

--fhir response and --fhir eob print FHIR R4 ClaimResponse and ExplanationOfBenefit, one JSON line each.)",
    .examples = R"($ show-claim 5d1f3c09.0 -L demo
$ show-claim --state pended --payer acme-health -L demo
$ show-claim --fhir eob --submitter mercy -L demo > eob.ndjson)",
    .exit_status = "1: there is no such claim, or the one that was named is denied.",
    .see_also = "submit-claim(1), review-claim(1), appeal-claim(1), export-remittance(1)"};

struct Options {
  std::string ledger, payer, submitter, member, state, fhir;
  std::vector<std::string> claims;
  std::uint64_t since = 0;
  bool appealed = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("claim", options.claims, "claims: TX.N, or the beginning of it").type_name("TEXT");
  set.add("--payer", options.payer, "all of this payer").type_name("WHO");
  set.add("--submitter", options.submitter, "all that this account submitted").type_name("WHO");
  set.add("--member", options.member, "all of this member: a did:key").type_name("WHO");
  set.add("--state", options.state, "only those in this state")
      .check(cli::one_of({"paid", "partly-paid", "denied", "pended", "approved", "voided", "replaced"}));
  set.add_flag("--appealed", options.appealed, "only those with an open appeal");
  set.add("--since", options.since, "only those decided in this block or later")
      .check(cli::whole(0, UINT64_MAX))
      .type_name("HEIGHT");
  set.add("--fhir", options.fhir, "as FHIR R4").check(cli::one_of({"response", "eob"}));
}

class Showing {
 public:
  Showing(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        ledger_(ledger::Ledger::open(store::Layout{options.ledger}, care::all_operations())) {}

  // Whether a claim that was named is denied.
  bool run() {
    if (options_.claims.empty()) {
      all();
      if (!out_.json() && options_.fhir.empty())
        out_.table({"claim", "state", "reason", "charge", "paid", "patient", "plan"}, rows_);
      return false;
    }
    bool denied = false;
    for (const std::string& name : options_.claims) {
      const auto ref = cli::claim_named(ledger_, name);
      const auto claim = *care::claim::claims.get(ledger_.state(), ref);
      denied = denied || claim.state == "denied";
      one(ref, claim, true);
    }
    return denied;
  }

 private:
  void all() {
    std::string prefix;
    const auto of = [&](const char* table, const std::string& who) {
      if (!who.empty()) prefix = table + std::string(text_of(cli::account_of_who(who, ledger_.state()).view()));
    };
    of("clm/", options_.payer);
    of("cls/", options_.submitter);
    of("clp/", options_.member);
    if (prefix.empty()) {
      ledger_.scan_state(care::claim::claims.key(), [&](std::string_view key, std::string_view value) {
        const ledger::ObjectRef ref(view_of(key.substr(key.size() - ledger::ObjectRef::size)));
        pick(ref, encoding::decode_fields<care::claim::Claim>(view_of(value)));
        return true;
      });
      return;
    }
    ledger_.scan_notes(prefix, [&](std::string_view key, std::string_view) {
      const ledger::ObjectRef ref(view_of(key.substr(key.size() - ledger::ObjectRef::size)));
      pick(ref, *care::claim::claims.get(ledger_.state(), ref));
      return true;
    });
  }
  void pick(const ledger::ObjectRef& ref, const care::claim::Claim& claim) {
    if (!options_.state.empty() && claim.state != options_.state) return;
    if (options_.appealed && !care::claim::is_appealed(claim)) return;
    if (std::max(claim.decided, claim.reversed.value_or(0)) < options_.since) return;
    one(ref, claim, false);
  }

  void one(const ledger::ObjectRef& ref, const care::claim::Claim& claim, bool whole) {
    if (!options_.fhir.empty())
      return out_.line(options_.fhir == "eob" ? care::claim::explanation_of_benefit(claim, ref)
                                              : care::claim::claim_response(claim, ref));
    if (out_.json()) return envelope(ref, claim);
    const std::string id = ledger::json_text(ref);
    if (!whole) {
      rows_.push_back({id.substr(0, 12) + id.substr(64), claim.state, claim.reason,
                       care::claim::money_text(claim.submitted.total), care::claim::money_text(claim.paid),
                       care::claim::money_text(claim.patient), claim.plan.value_or("-")});
      return;
    }
    out_.line("claim  " + claim.state + (claim.reason.empty() ? "" : " (" + cli::clean(claim.reason) + ")") + "  " +
              id);
    out_.line("  charged " + care::claim::money_text(claim.submitted.total) + ", paid " +
              care::claim::money_text(claim.paid) + ", patient " + care::claim::money_text(claim.patient) + " " +
              claim.submitted.currency);
    if (claim.plan) out_.line("  plan " + *claim.plan);
    if (claim.asked)
      out_.line("  waits for the submitter's answer (" + cli::clean(*claim.asked) + ") until " + to_text(*claim.due));
    else if (claim.due)
      out_.line("  to be decided by " + to_text(*claim.due));
    if (claim.reprocess) out_.line("  a claim before it was reversed: review-claim --reopen decides it anew");
    if (claim.appeal) say_appeal(*claim.appeal);
    for (std::size_t i = 0; i < claim.lines.size(); ++i) say_line(claim.submitted.lines[i], claim.lines[i]);
  }
  void say_appeal(const care::claim::Appeal& appeal) {
    out_.line("  appeal " + std::to_string(appeal.level) + " of " + to_text(appeal.at) + " (" +
              cli::clean(appeal.reason) + "): " + appeal.outcome +
              (appeal.outcome == "open" ? ", to be ruled on by " + to_text(appeal.due) : ""));
  }
  void say_line(const care::claim::Line& line, const care::claim::LineDecision& decision) {
    std::string text = "  line " + std::to_string(line.number) + "  " + cli::clean(line.code) + "  " +
                       decision.outcome + "  charged " + care::claim::money_text(line.charge) + ", paid " +
                       care::claim::money_text(decision.paid);
    for (const auto& adjustment : decision.adjustments)
      text += ", " + adjustment.group + '-' + adjustment.reason + ' ' + care::claim::money_text(adjustment.amount);
    if (decision.rule) text += " [" + cli::clean(*decision.rule) + "]";
    out_.line(text);
  }

  void envelope(const ledger::ObjectRef& ref, const care::claim::Claim& claim) {
    cli::Envelope line;
    line.type = "claim";
    line.id = ledger::json_text(ref);
    line.ids = {*line.id};
    line.tx = line.id->substr(0, 64);
    line.status = "sealed";
    line.height = claim.height;
    line.time = claim.received;
    line.signer = encoding::did_key(claim.submitter);
    line.ledger = encoding::hex(ledger_.id().view());
    if (!claim.reason.empty()) line.reason = claim.reason;
    encoding::JsonWriter json;
    encoding::json_fields(claim, json);
    line.data = json.take();
    out_.envelope(line);
  }

  const Options& options_;
  cli::Output& out_;
  ledger::Ledger ledger_;
  std::vector<std::vector<std::string>> rows_;
};

Exit run(const Options& options, cli::Output& out) { return Showing(options, out).run() ? Exit::no : Exit::ok; }

}  // namespace

CARECHAIN_PROGRAM(show_claim, about, declare, run);
