#include "libcore/care/access_log.hpp"
#include "libcore/care/accounting.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/patient_key.hpp"
#include "libcore/cli/log_views.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "access-log",
    .summary = "who asked for a patient's records, and what was decided",
    .description =
        R"(Lists every decision, sealed and pending, also refusals: who asked, for which record and purpose, when, permit or deny, why, and by which
grant. A decision that the chain can't confirm is marked unfounded, with what the chain says instead: evidence
against its custodian.

With --patient emergencies come first, with the state of their review. --overdue lists the emergencies whose review is overdue.

--fhir writes one FHIR R4 Bundle. --accounting makes what a custodian has to tell an individual who asks (45 CFR 164.528): the disclosures
of six years but those for treatment, payment and operations, to the individual, and under an authorization, which is a grant that names
who, what, for what purpose and until when; repeated ones to one recipient for one purpose together. --suspensions names a file of JSON
lines with the statements of agencies, {"recipient": "agency", "from": "2026-01-01", "until": "2026-06-30"}, or with "oral": true, which
counts for 30 days.

For a patient: --patient with her key file shows the log at all her custodians, with a did:key that of one account. For a
custodian: --custodian. For an auditor: neither, everything. Requests that were refused unread have no patient and show in
their custodian's log.)",
    .examples = R"($ access-log --patient alice -L demo
$ access-log --custodian mercy --denied --since 2026-01-01 -L demo
$ access-log --unfounded -L copy
$ access-log --patient alice --fhir -L demo | jq '.entry[].resource.outcome'
$ access-log --overdue --custodian mercy -L demo || mail-the-officer)",
    .exit_status =
        "0 also when the list is empty. 1: there is no such custodian, requester or record; with --overdue: a review "
        "is "
        "overdue.",
    .see_also = "release-record(1), review-access(1), explain-access(1), list(1), grant(1)"};

struct Options {
  std::string ledger, patient, custodian, requester, record, purpose, suspensions;
  std::optional<Time> since, until;
  bool permitted = false, denied = false, unfounded = false;
  bool fhir = false, accounting = false, overdue = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("--patient", options.patient, "of this patient's records").type_name("WHO");
  set.add("--custodian", options.custodian, "decided by this custodian").type_name("WHO");
  set.add("--requester", options.requester, "asked by this account").type_name("WHO");
  set.add("--record", options.record, "about this record").type_name("ID");
  set.add("--purpose", options.purpose, "for this purpose of use").type_name("PURPOSE").check(cli::purpose());
  set.add("--since", options.since, "decided at this time or later").type_name("TIME").check(cli::time_value());
  set.add("--until", options.until, "decided at this time or earlier").type_name("TIME").check(cli::time_value(true));
  set.add_flag("--permitted", options.permitted, "only what was permitted");
  set.add_flag("--denied", options.denied, "only what was denied");
  set.add_flag("--unfounded", options.unfounded, "only what the chain can't confirm");
  set.add_flag("--fhir", options.fhir, "as a FHIR R4 Bundle of AuditEvents");
  set.add_flag("--accounting", options.accounting, "as an accounting of disclosures (45 CFR 164.528)");
  set.add("--suspensions", options.suspensions, "agencies' statements that suspend an accounting").type_name("FILE");
  set.add_flag("--overdue", options.overdue, "only emergencies whose review is overdue");
}

struct Filter {
  const Options& options;
  std::optional<PublicKey> custodian, requester;
  std::optional<care::ObjectRef> record;

  bool wants(const care::LogEntry& entry) const {
    if (custodian && entry.custodian != *custodian) return false;
    if (requester && entry.requester != *requester) return false;
    if (record && entry.record != *record) return false;
    if (!options.purpose.empty() && entry.purpose != options.purpose) return false;
    if (options.since && entry.decided < *options.since) return false;
    if (options.until && *options.until < entry.decided) return false;
    if (options.permitted && !entry.permit) return false;
    if (options.denied && entry.permit) return false;
    return !options.unfounded || entry.unfounded.has_value();
  }
};

// Emergencies first, each part in the order of the chain: what a patient has to see before all else.
class Collected {
 public:
  void add(const care::LogEntry& entry, bool sealed) {
    (entry.reason == "emergency" ? emergencies_ : others_).emplace_back(entry, sealed);
  }
  void print(const care::LogVisit& visit) const {
    for (const auto* part : {&emergencies_, &others_})
      for (const auto& [entry, sealed] : *part) visit(entry, sealed);
  }

 private:
  std::vector<std::pair<care::LogEntry, bool>> emergencies_, others_;
};

class Log {
 public:
  Log(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        pool_(ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now())),
        filter_{options, {}, {}, {}} {
    const ledger::State& state = pool_.ledger().state();
    if (!options.custodian.empty()) filter_.custodian = cli::account_of_who(options.custodian, state);
    if (!options.requester.empty()) filter_.requester = cli::account_of_who(options.requester, state);
    if (!options.record.empty()) filter_.record = ledger::ref_of(care::find_object(pool_, options.record));
    if (options.patient.starts_with("did:"))
      patients_.push_back(cli::account_of_who(options.patient, state));
    else if (!options.patient.empty())
      for (const auto& key : care::keys_at_custodians(pool_, cli::own_keys({options.patient, {}, -1}).seeds, {}))
        patients_.push_back(key.account);
  }

  Exit run() {
    if (options_.overdue) return overdue();
    if (options_.accounting) return accounting();
    if (options_.fhir) return bundle();
    cli::LogLines lines(out_, pool_);
    const auto print = [&](const care::LogEntry& entry, bool sealed) { lines.print(entry, sealed); };
    if (options_.patient.empty()) {
      each(print);
    } else {
      Collected collected;
      each([&](const care::LogEntry& entry, bool sealed) { collected.add(entry, sealed); });
      collected.print(print);
    }
    lines.finish();
    return Exit::ok;
  }

 private:
  void each(const care::LogVisit& visit) const {
    const auto wanted = [&](const care::LogEntry& entry, bool sealed) {
      if (filter_.wants(entry)) visit(entry, sealed);
    };
    if (!options_.patient.empty())
      for (const PublicKey& patient : patients_) care::log_of_patient(pool_, patient, wanted);
    else if (filter_.custodian)
      care::log_of_custodian(pool_, *filter_.custodian, wanted);
    else
      care::log_of_all(pool_, wanted);
  }

  Exit bundle() {
    cli::LogBundle bundle(out_, pool_);
    each([&](const care::LogEntry& entry, bool) { bundle.print(entry); });
    bundle.finish();
    return Exit::ok;
  }

  Exit accounting() {
    if (options_.patient.empty()) throw misuse("an accounting is of one patient's records", "--patient WHO");
    const Time now = out_.world().now(), begin = care::accounting_begin(now);
    std::vector<care::Suspension> suspensions;
    if (!options_.suspensions.empty())
      suspensions = cli::read_suspensions(options_.suspensions, pool_.ledger().state());
    care::Accounting accounting(pool_.pending_state(), std::max(options_.since.value_or(begin), begin),
                                options_.until.value_or(now), now, std::move(suspensions));
    each([&](const care::LogEntry& entry, bool) { accounting.add(entry); });
    cli::print_disclosures(out_, pool_, accounting.disclosures());
    return Exit::ok;
  }

  bool concerns(const care::Emergency& emergency) const {
    if (filter_.custodian && emergency.custodian != *filter_.custodian) return false;
    if (filter_.requester && emergency.requester != *filter_.requester) return false;
    if (options_.patient.empty()) return true;
    return std::ranges::any_of(patients_, [&](const PublicKey& patient) {
      return std::ranges::find(emergency.patients, patient) != emergency.patients.end();
    });
  }

  // A review that is pending counts.
  Exit overdue() {
    const std::string prefix = care::emergencies.key();
    bool none = true;
    pool_.ledger().scan_state(prefix, [&](std::string_view key, std::string_view) {
      const care::ObjectRef ref(view_of(key.substr(prefix.size())));
      const auto emergency = care::emergencies.get(pool_.pending_state(), ref);
      if (!emergency || emergency->finding || !(emergency->due < out_.world().now()) || !concerns(*emergency))
        return true;
      cli::print_emergency(out_, pool_, ref, *emergency);
      none = false;
      return true;
    });
    return none ? Exit::ok : Exit::no;
  }

  const Options& options_;
  cli::Output& out_;
  ledger::Pool pool_;
  Filter filter_;
  std::vector<PublicKey> patients_;
};

Exit run(const Options& options, cli::Output& out) {
  if (int{options.fhir} + int{options.accounting} + int{options.overdue} > 1)
    throw misuse("--fhir, --accounting and --overdue exclude one another");
  if (!options.suspensions.empty() && !options.accounting)
    throw misuse("--suspensions belongs to an accounting", "--accounting --suspensions FILE");
  return Log(options, out).run();
}

}  // namespace

CARECHAIN_PROGRAM(access_log, about, declare, run);
