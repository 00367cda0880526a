#include <future>

#include "libcore/base/parallel.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/parcels.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/trial_events.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "trial-event",
    .summary = "record consents, visits, adverse events and whatever else happens in a trial",
    .description =
        R"(Signs what happened in a trial. The rules of the trial's registered protocol decide whether it may be recorded:

  consent        the subject signs with her own key, or a representative does (--meaning representative) and an
                 investigator of the site countersigns
  countersign    an investigator answers for a represented consent
  withdraw       from the intervention, from follow-up, or from further use of data (--level)
  enroll         the site finds a subject eligible, or not (--not-eligible --reason CODE: a screen failure)
  randomise      the randomiser allocates by the schedule that was committed to; a blinded trial records no arm
  visit          the site records a visit and its procedures; refused without a consent that covers them
  complete       a subject's participation ended: completed, discontinued or lost (--status)
  exclude        the data of a visit are left out of what is published
  adverse-event  neither a withdrawal nor a hold nor the lock keeps it from being recorded
  report         the sponsor reported an event to the authority
  milestone      a phase of the protocol is done; analysis-plan (--document FILE), primary-completion, lock
  lift-hold      a member of the monitoring board decides on a safety hold
  reveal         the randomisation schedule is revealed and every allocation recomputed

A subject is named by the account that she shows to this trial, a did:key, or by her key file. What is entered more than
24 hours after it happened needs a reason (--late) and is marked. With --batch each line is an event of this kind whose
keys are the options' names; consents in a batch are signed with the key of each line's subject. Up to 32,000 events of one signer are
queued as a whole or not at all; when one of a longer batch is refused, the complaint says how many before it are pending.)",
    .examples = R"($ trial-event consent --trial NCT00000001 --site mercy -k alice -L demo
$ trial-event enroll --trial NCT00000001 --subject did:key:z6Mk… -k mercy -L demo
$ trial-event adverse-event --trial NCT00000001 --batch events.jsonl -k mercy -L demo)",
    .exit_status = "1: the rules of the trial refuse it.",
    .see_also = "trial-register(1), trial-amend(1), show-trial(1), mine(1)"};

struct Options {
  std::string ledger, batch, kind;
  cli::KeyChoice key;
  cli::EventWords event;
  bool offline = false;
};

void declare_consent(cli::OptionSet& set, cli::EventWords& event) {
  set.add("--site", event.site, "consent: where").type_name("WHO");
  set.add("--protocol", event.version, "consent: protocol version; default: the one in force").type_name("NUMBER");
  set.add("--meaning", event.meaning, "what the signature means")
      .check(cli::one_of({"consent", "representative", "responsibility"}));
  set.add("--representative", event.representative, "countersign: who signed for the subject").type_name("WHO");
  set.add("--level", event.level, "withdraw: from what; default: intervention")
      .check(cli::one_of({"intervention", "follow-up", "data-use"}));
  set.add_flag("--not-eligible", event.not_eligible, "enroll: a screen failure");
  set.add("--reason", event.reason, "of a screen failure, a short code").type_name("WORD");
  set.add("--arm", event.arm, "enroll: the arm, where nothing is randomised").type_name("NAME");
  set.add("--stratum", event.stratum, "randomise: default: all").type_name("NAME");
  set.add("--schedule", event.schedule, "randomise, reveal: the schedule").type_name("FILE");
  set.add("--status", event.status, "complete: how it ended; default: completed")
      .check(cli::one_of({"completed", "discontinued", "lost"}));
  set.add("--visit", event.visit, "visit, exclude: which").type_name("NAME");
  set.add("--procedure", event.procedures, "visit: what was done").type_name("NAME");
}

void declare_safety(cli::OptionSet& set, cli::EventWords& event) {
  set.add("--term", event.term, "adverse-event: preferred term").type_name("TEXT");
  set.add("--grade", event.grade, "adverse-event: 1 to 5").type_name("NUMBER");
  set.add("--scale", event.scale, "of the grade, with its version; default: the trial's")
      .check(cli::one_of({"CTCAE-4.0", "CTCAE-5.0", "CTCAE-6.0", "severity-3"}));
  set.add("--criterion", event.criteria, "adverse-event: what makes it serious")
      .check(cli::one_of({"death", "life-threatening", "hospitalisation", "disability", "congenital", "important"}));
  set.add_flag("--serious", event.serious, "adverse-event: the reporter's own flag");
  set.add_flag("--expected", event.expected, "adverse-event: listed in the reference safety information");
  set.add("--causality", event.causality, "adverse-event: default: unknown")
      .check(cli::one_of({"unrelated", "unlikely", "possible", "probable", "definite", "unknown"}));
  set.add("--outcome", event.outcome, "adverse-event: default: unknown")
      .check(cli::one_of({"recovered", "recovering", "not-recovered", "sequelae", "fatal", "unknown"}));
  set.add("--onset", event.onset, "adverse-event: a date, a month or a year").type_name("TIME");
  set.add("--known", event.known, "adverse-event: when the site came to know; default: now").type_name("TIME");
  set.add("--event", event.event, "report: the adverse event").type_name("ID");
  set.add("--milestone", event.milestone, "milestone: its name").type_name("NAME");
  set.add("--document", event.document, "milestone: the analysis plan, of which the digest is recorded")
      .type_name("FILE");
  set.add("--decision", event.decision, "lift-hold: what this member decides")
      .check(cli::one_of({"continue", "modify", "suspend", "terminate"}));
  set.add("--hold", event.hold, "lift-hold: which hold; default: the latest").type_name("NUMBER");
}

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key).required(false);
  cli::add_batch(set, options.batch);
  set.add("kind", options.kind, "what happened").required().check(cli::one_of(cli::event_kinds()));
  set.add("--trial", options.event.trial, "the trial: its study or registry number, or its id").type_name("ID");
  set.add("--subject", options.event.subject, "the subject: a did:key, or her key file").type_name("WHO");
  set.add("--at", options.event.at, "when it happened; default: now").type_name("TIME");
  set.add("--late", options.event.late, "why it is entered more than 24 hours later")
      .check(cli::one_of({"migration", "paper-record", "outage", "delayed-report", "other"}));
  declare_consent(set, options.event);
  declare_safety(set, options.event);
  set.add_flag("--offline", options.offline, "sign and print only");
}

// Operations in a row that the same key signs go into one transaction, up to 1,000 of them. A heap of transactions is
// signed and queued, all or nothing, while the next is made.
class Signing {
 public:
  Signing(const Options& options, const Hash& ledger, cli::Output& out)
      : options_(options), layout_{options.ledger}, ledger_(ledger), out_(out) {}
  ~Signing() {
    if (on_its_way_.valid()) on_its_way_.wait();
  }
  Signing(const Signing&) = delete;
  Signing& operator=(const Signing&) = delete;

  void add(cli::EventMaker::Made made) {
    if (seed_ != made.seed || parcels_.operations() == ledger::max_operations) {
      if (parcels_.size() == heap_size) send();
      parcels_.begin([seed = made.seed] { return crypto::Signer(*seed); }, out_.world().random);
    }
    seed_ = made.seed;
    parcels_.add(std::move(made.operation));
    ++made_;
  }
  void finish() {
    send();
    await();
  }
  // After a malformed line: what was sent before it is shown, and counted in the complaint.
  [[noreturn]] void abandon(const Error& error) {
    await();
    throw Error(error.what() + left_out(sent_), error.hint(), error.exit());
  }

 private:
  static constexpr std::size_t heap_size = 32;
  struct Queued {
    std::vector<std::string> lines;
    std::optional<ledger::Pool::Verdict> refused;
    std::uint64_t before = 0;  // events in heaps before
  };

  void send() {
    await();
    if (parcels_.empty()) return;
    const auto queue = [this, now = out_.world().now(), before = sent_, heap = std::exchange(parcels_, {})] {
      return queued(heap, now, before);
    };
    sent_ = made_;
    on_its_way_ = std::async(std::launch::async, queue);
  }
  void await() {
    if (!on_its_way_.valid()) return;
    const Queued queued = on_its_way_.get();
    for (const std::string& line : queued.lines) out_.line(line);
    if (!queued.refused) return;
    throw refusal(queued.refused->reason + left_out(queued.before), queued.refused->hint);
  }
  static std::string left_out(std::uint64_t count) {
    return count == 0 ? "" : "; the first " + std::to_string(count) + " events are pending: leave them out next time";
  }
  // In a thread of its own.
  Queued queued(const cli::Parcels& heap, Time now, std::uint64_t before) {
    const auto transactions = heap.sign(ledger_, now);
    const auto& table = care::all_operations();
    if (!options_.offline) {
      if (!session_) session_.emplace(layout_, table);
      if (auto refused = session_->submit_whole(now, transactions)) return {{}, std::move(refused), before};
    }
    std::vector<std::string> lines(transactions.size());
    parallel_for(lines.size(), hardware_threads(),
                 [&](std::size_t i) { lines[i] = out_.shown(cli::envelope_of(table, ledger_, transactions[i])); });
    return {std::move(lines), std::nullopt, before};
  }

  const Options& options_;
  store::Layout layout_;
  Hash ledger_;
  cli::Output& out_;
  const SecretKey* seed_ = nullptr;
  cli::Parcels parcels_;
  std::uint64_t made_ = 0, sent_ = 0;
  std::optional<ledger::PoolSession> session_;
  std::future<Queued> on_its_way_;
};

void read_batch(const Options& options, cli::EventMaker& maker, Signing& signing) {
  auto lines = cli::LineReader::open(options.batch, cli::max_batch_line);
  try {
    if (each_event(lines, options.event, [&](const cli::EventWords& event) { signing.add(maker.make(event)); })) return;
  } catch (const Error& error) {
    signing.abandon(error);
  }
  throw refusal("there is nothing in the batch", "JSON lines whose keys are the options' names");
}

Exit run(const Options& options, cli::Output& out) {
  const auto pool = ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now());
  cli::EventMaker maker(pool, options.kind, options.key, out.world().now());
  Signing signing(options, pool.ledger().id(), out);
  if (options.batch.empty())
    signing.add(maker.make(options.event));
  else
    read_batch(options, maker, signing);
  signing.finish();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trial_event, about, declare, run);
