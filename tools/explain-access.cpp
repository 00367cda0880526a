#include "libcore/base/whole.hpp"
#include "libcore/care/explanation.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "explain-access",
    .summary = "would a request be permitted, and why",
    .description =
        R"(Decides as a custodian would, without a key, without asking, and without a trace in the log: permit, deny, or none when no grant says
anything. Names the grant and the provision in it that decided, or came closest, and what would have to change.

With --at the question is put to the past: as of the state after a block (a whole number), or at a time. Without it, as of now, and
what is pending counts as release-record counts it.)",
    .examples = R"($ explain-access --as dr-bob --record 1f0c2d3e -L demo
$ explain-access --as mercy --record 1f0c2d3e --purpose HRESCH --at 2026-06-30 -L copy | jq -r .data.decision)",
    .exit_status = "0: permit. 1: deny, or none; or there is no such record or requester.",
    .see_also = "grant(1), request-access(1), release-record(1), access-log(1)"};

struct Options {
  std::string ledger, who, record, purpose, at;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("--as", options.who, "who would ask").type_name("WHO").required();
  set.add("--record", options.record, "for which record").type_name("ID").required();
  set.add("--purpose", options.purpose, "purpose of use; default: the ledger's, usually TREAT")
      .type_name("PURPOSE")
      .check(cli::purpose());
  set.add("--at", options.at, "as of this time or height; default: now").type_name("TIME|HEIGHT");
}

// A key file of a patient means the account she shows to the record's custodian.
PublicKey requester_of(const Options& options, const ledger::Pool& pool, const care::ObjectRef& ref) {
  const auto record = care::records.get(pool.pending_state(), ref);
  if (!record) throw refusal("'" + options.record + "' is not a record", "list records --patient WHO");
  if (!options.who.starts_with("did:") && !ledger::account_named(pool.pending_state(), options.who)) {
    const PublicKey patient =
        cli::patient_account(options.who, pool.pending_state(), pool.ledger().id(), record->custodian);
    if (patient == record->patient) return patient;
  }
  return cli::account_of_who(options.who, pool.pending_state());
}

void set_past(const std::string& at, const ledger::Ledger& ledger, care::Question& question) {
  if (const auto height = parse_whole<std::uint64_t>(at)) {
    if (*height > ledger.tip().height) throw refusal("the chain ends at block " + std::to_string(ledger.tip().height));
    question.height = *height;
    question.time = *ledger.block_time(*height);
    return;
  }
  const auto time = parse_time(at, true);
  if (!time) throw misuse("--at: '" + at + "' is neither a time nor a height", "write 2026-11-21, or 4711");
  question.time = *time;
  question.height = care::height_at(ledger, *time);
}

care::Explanation answer(const Options& options, const ledger::Pool& pool, Time now) {
  const ledger::Ledger& ledger = pool.ledger();
  const auto ref = ledger::ref_of(care::find_object(pool, options.record));
  care::Question question;
  question.record = ref;
  question.requester = requester_of(options, pool, ref);
  question.purpose = options.purpose.empty() ? ledger.constitution().defaults.purpose : options.purpose;
  question.height = ledger.tip().height;
  question.time = std::max(now, ledger.tip().time());
  if (!options.at.empty()) {
    set_past(options.at, ledger, question);
    return care::explain(ledger.state(), question);
  }
  care::Explanation sealed = care::explain(ledger.state(), question);
  if (!sealed.verdict.permit) return sealed;
  ++question.height;  // with what is pending
  care::Explanation pending = care::explain(pool.pending_state(), question);
  return pending.verdict.permit ? sealed : pending;
}

Exit run(const Options& options, cli::Output& out) {
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  const care::Explanation explanation = answer(options, pool, out.world().now());
  const care::Verdict& verdict = explanation.verdict;
  encoding::JsonWriter json;
  json.begin_object().key("decision").value(care::decision_word(verdict.permit, verdict.reason));
  json.key("reason").value(verdict.reason).key("evidence");
  verdict.grant ? json.value(ledger::json_text(*verdict.grant)) : json.null();
  json.key("path");
  verdict.path.empty() ? json.null() : json.value(verdict.path);
  json.key("changes").begin_array();
  for (const std::string& change : explanation.changes) json.value(change);
  cli::Envelope envelope;
  envelope.type = "access.explanation";
  envelope.height = explanation.height;
  envelope.time = explanation.time;
  envelope.ledger = encoding::hex(pool.ledger().id().view());
  envelope.reason = std::string(care::explain_reason(verdict.reason));
  envelope.data = json.end_array().end_object().take();
  out.envelope(envelope);
  return verdict.permit ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(explain_access, about, declare, run);
