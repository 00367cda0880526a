#include "libcore/cli/trial_report.hpp"

#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {

using namespace care::trial;

namespace {

std::string short_account(const PublicKey& account, const ledger::State& state) {
  const auto identity = ledger::identities.get(state, account);
  return identity && identity->name ? clean(*identity->name) : encoding::did_key(account).substr(0, 20) + "…";
}
std::string number(std::uint64_t value) { return std::to_string(value); }
std::string short_id(const ObjectRef& ref) { return ledger::json_text(ref).substr(0, 12); }

std::string money(std::int64_t cents, const std::string& currency) {
  const std::string part = std::to_string(cents % 100);
  return std::to_string(cents / 100) + "." + (part.size() < 2 ? "0" : "") + part + " " + currency;
}

// The sites of the latest version's trial: those that approved any version.
std::vector<PublicKey> sites_of(const ledger::Pool& pool, const ObjectRef& trial) {
  std::vector<PublicKey> found;
  const std::string prefix = "tsite/" + std::string(carechain::text_of(trial.view()));
  pool.ledger().scan_state(prefix, [&](std::string_view key, std::string_view) {
    found.emplace_back(view_of(key.substr(prefix.size())));
    return true;
  });
  for (const auto& [key, entry] : pool.pending_state().entries()) {
    if (!key.starts_with(prefix) || entry.before || !entry.after) continue;
    found.emplace_back(view_of(key.substr(prefix.size())));
  }
  return found;
}

}  // namespace

TrialReport::TrialReport(const ledger::Pool& pool, const ObjectRef& trial, Time now, Output& out)
    : pool_(pool),
      state_(pool.pending_state()),
      ref_(trial),
      trial_(*trials.get(state_, trial)),
      protocol_(*protocols.get(state_, trial, trial_.version)),
      now_(now),
      out_(out) {}

Envelope TrialReport::envelope(const std::string& type) const {
  Envelope envelope;
  envelope.type = type;
  envelope.id = ledger::json_text(ref_);
  envelope.ids = {*envelope.id};
  envelope.tx = encoding::hex(ledger::id_of(ref_).tx.view());
  envelope.signer = encoding::did_key(trial_.sponsor);
  envelope.ledger = encoding::hex(pool_.ledger().id().view());
  return envelope;
}

std::vector<std::string> TrialReport::arm_ids() const {
  std::vector<std::string> ids{""};
  for (const Arm& arm : protocol_.arms)
    if (arm_counts.has(state_, ref_, arm.id)) ids.push_back(arm.id);
  return ids;
}

std::vector<std::vector<std::string>> TrialReport::overdue_rows() const {
  std::vector<std::vector<std::string>> rows;
  for (const ObjectRef& event : overdue_reports(pool_, ref_, now_))
    rows.push_back({"report", ledger::json_text(event), to_text(clocks.get(state_, event)->due)});
  for (const Work& work : care::trial::worklist(pool_, ref_, now_))
    if (work.due.by && *work.due.by < now_)
      rows.push_back({"reconsent", encoding::did_key(work.subject), to_text(*work.due.by)});
  if (protocol_.primary_completion && trial_.status != "published") {
    const Time due{protocol_.primary_completion->seconds + 365 * day_seconds};
    if (due < now_) rows.push_back({"results", trial_.study_id, to_text(due)});
  }
  return rows;
}

void TrialReport::overdue() {
  const auto rows = overdue_rows();
  if (!out_.json()) return out_.table({"overdue", "what", "since"}, rows);
  for (const auto& row : rows) {
    Envelope line = envelope("trial.overdue");
    encoding::JsonWriter json;
    line.data = json.begin_object()
                    .key("what")
                    .value(row[0])
                    .key("which")
                    .value(row[1])
                    .key("since")
                    .value(row[2])
                    .end_object()
                    .take();
    out_.envelope(line);
  }
}

void TrialReport::worklist() {
  std::vector<std::vector<std::string>> rows;
  for (const Work& work : care::trial::worklist(pool_, ref_, now_)) {
    const std::string by = work.due.by ? to_text(*work.due.by) : "";
    const bool late = work.due.by && *work.due.by < now_;
    if (!out_.json()) {
      rows.push_back({encoding::did_key(work.subject), short_account(work.row.site, state_), number(work.due.version),
                      by, late ? "overdue: no new procedures" : "due"});
      continue;
    }
    Envelope line = envelope("trial.reconsent");
    encoding::JsonWriter json;
    json.begin_object().key("subject").value(encoding::did_key(work.subject));
    json.key("site").value(encoding::did_key(work.row.site)).key("version").value(work.due.version);
    line.data = json.key("by").value(by).key("overdue").value(late).end_object().take();
    out_.envelope(line);
  }
  if (!out_.json()) out_.table({"subject", "site", "version", "by", ""}, rows);
}

void TrialReport::payments() {
  std::vector<std::vector<std::string>> rows;
  care::trial::scan(pool_, "tac", ref_, [&](std::string_view rest, std::string_view) {
    const ObjectRef visit(view_of(rest));
    const auto accrual = accruals.get(state_, visit);
    if (!out_.json()) {
      rows.push_back({short_id(visit), encoding::did_key(accrual->subject).substr(0, 20) + "…",
                      money(accrual->amount, accrual->currency), accrual->paid ? "paid" : "due"});
      return;
    }
    Envelope line = envelope("trial.payment");
    line.id = ledger::json_text(visit);
    line.ids = {*line.id};
    encoding::JsonWriter json;
    encoding::json_fields(*accrual, json);
    line.data = json.take();
    out_.envelope(line);
  });
  if (!out_.json()) out_.table({"visit", "subject", "amount", "state"}, rows);
}

void TrialReport::diff(std::uint32_t before, std::optional<std::uint32_t> to) {
  const std::uint32_t after = to.value_or(trial_.version);
  if (std::max(before, after) > trial_.version) throw refusal("the trial has versions 1 to " + number(trial_.version));
  if (before >= after && to) throw refusal("version " + number(after) + " is not later than " + number(before));
  std::vector<std::vector<std::string>> rows;
  for (const Change& change : outcome_changes(state_, ref_, before, after)) {
    if (!out_.json()) {
      rows.push_back({change.severity, change.stage, clean(change.declared), change.outcome, change.what,
                      clean(change.before), clean(change.after)});
      continue;
    }
    Envelope line = envelope("trial.change");
    encoding::JsonWriter json;
    json.begin_object().key("outcome").value(change.outcome).key("change").value(change.what);
    json.key("severity").value(change.severity).key("before").value(change.before).key("after").value(change.after);
    json.key("stage").value(change.stage).key("declared").value(change.declared);
    line.data = json.end_object().take();
    out_.envelope(line);
  }
  if (!out_.json()) out_.table({"severity", "stage", "declared", "outcome", "change", "before", "after"}, rows);
}

void TrialReport::status() { out_.json() ? status_as_json() : status_as_text(); }

void TrialReport::status_as_json() {
  const auto limits = limit_tables.get(state_, ref_);
  Envelope line = envelope("trial");
  encoding::JsonWriter json;
  json.begin_object().key("title").value(protocol_.title).key("trial");
  encoding::json_fields(trial_, json);
  json.key("sites").begin_array();
  for (const PublicKey& site : sites_of(pool_, ref_)) {
    json.begin_object().key("site").value(encoding::did_key(site)).key("enrolment");
    encoding::json_fields(*sites.get(state_, ref_, site), json);
    json.end_object();
  }
  json.end_array().key("arms").begin_array();
  for (const std::string& id : arm_ids()) {
    const ArmCount count = arm_counts.get(state_, ref_, id).value_or(ArmCount{});
    json.begin_object().key("arm").value(id).key("counts");
    encoding::json_fields(count, json);
    json.key("limit").value(limits ? limit_at(limits->limits, count.exposed) : 0u).end_object();
  }
  json.end_array().key("holds").begin_array();
  for (std::uint32_t i = 1; i <= trial_.holds; ++i) encoding::json_fields(*holds.get(state_, ref_, i), json);
  json.end_array().key("reconsent").value(std::uint64_t{care::trial::worklist(pool_, ref_, now_).size()});
  json.key("overdue").value(std::uint64_t{overdue_rows().size()}).key("randomisation");
  if (const auto check = disagreements.get(state_, ref_))
    encoding::json_fields(*check, json);
  else
    json.null();
  line.data = json.end_object().take();
  out_.envelope(line);
}

void TrialReport::status_as_text() {
  const auto limits = limit_tables.get(state_, ref_);
  out_.line(clean(protocol_.title));
  out_.line(trial_.study_id + ", version " + number(trial_.version) + ", " +
            (trial_.held                                      ? "on safety hold"
             : trial_.locked && trial_.status == "recruiting" ? "locked"
                                                              : trial_.status));
  std::vector<std::vector<std::string>> rows;
  for (const PublicKey& key : sites_of(pool_, ref_)) {
    const Site site = *sites.get(state_, ref_, key);
    const auto force = version_in_force(site, now_);
    const auto row = std::ranges::find(site.versions, force.value_or(0), &VersionFrom::version);
    rows.push_back({short_account(key, state_), force ? number(*force) : "-",
                    row == site.versions.end() ? "-" : number(row->consents), number(site.consented),
                    number(site.screen_failed), number(site.enrolled), number(site.randomised), number(site.withdrawn),
                    number(site.visits)});
  }
  out_.table({"site", "version", "consents to it", "subjects", "screen failures", "enrolled", "randomised", "withdrawn",
              "visits"},
             rows);
  rows.clear();
  for (const std::string& id : arm_ids()) {
    const ArmCount count = arm_counts.get(state_, ref_, id).value_or(ArmCount{});
    const std::uint32_t limit = limits ? limit_at(limits->limits, count.exposed) : 0;
    rows.push_back({id.empty() ? "all" : id, number(count.exposed), number(count.events), number(count.with_event),
                    number(count.severe), number(count.serious), number(count.fatal), number(count.affected),
                    limit == 0 || trial_.by_arm == id.empty() ? "-" : number(limit)});
  }
  out_.table({"arm", "at risk", "events", "with event", "severe", "serious", "fatal", "affected", "stop at"}, rows);
  for (std::uint32_t i = 1; i <= trial_.holds; ++i) {
    const Hold hold = *holds.get(state_, ref_, i);
    out_.line("hold " + number(i) + " since " + to_text(hold.since) + ": " + number(hold.affected) + " of " +
              number(hold.exposed) + " affected, stop at " + number(hold.limit) + "; " +
              (hold.decision.empty() ? number(hold.votes.size()) + " of " + number(protocol_.monitors_needed) + " votes"
                                     : hold.decision));
  }
  if (const auto check = disagreements.get(state_, ref_))
    out_.line("randomisation revealed: " + number(check->checked - check->wrong) + " of " + number(check->checked) +
              " allocations follow from the schedule");
  if (const auto due = care::trial::worklist(pool_, ref_, now_).size(); due > 0)
    out_.line(number(due) + " subjects must consent again: show-trial --worklist");
  if (const auto overdue_now = overdue_rows().size(); overdue_now > 0)
    out_.line(number(overdue_now) + " overdue: show-trial --overdue");
}

}  // namespace carechain::cli
