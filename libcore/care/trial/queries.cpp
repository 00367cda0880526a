#include "libcore/care/trial/queries.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "libcore/care/holdings.hpp"
#include "libcore/care/trial/registry.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care::trial {

ObjectRef find_trial(const ledger::Pool& pool, const std::string& text) {
  if (const auto named = trial_names.get(pool.pending_state(), text)) return named->ref;
  const auto odd = [](char c) { return (c < '0' || c > '9') && (c < 'a' || c > 'f') && c != '.'; };
  if (text.size() < 8 || std::ranges::any_of(text, odd))
    throw refusal("there is no trial '" + text + "' on this ledger", "show-trial lists them");
  const ObjectRef ref = ledger::ref_of(find_object(pool, text));
  if (!trials.has(pool.pending_state(), ref)) throw refusal("'" + text + "' is not a trial", "show-trial lists them");
  return ref;
}

PublicKey trial_key(const ObjectRef& trial) {
  Bytes text = bytes_of("carechain/trial/1");
  text.push_back(0);
  append(text, trial.view());
  return PublicKey(crypto::sha256(text).view());
}

void scan(const ledger::Pool& pool, std::string_view table, const ObjectRef& trial, const RestVisit& visit) {
  const std::string prefix = note_key(table, trial);
  pool.ledger().scan_notes(prefix, [&](std::string_view key, std::string_view value) {
    visit(key.substr(prefix.size()), value);
    return true;
  });
  for (const auto& [key, value] : pool.pending_state().notes())
    if (key.starts_with(prefix)) visit(key.substr(prefix.size()), value);
}

std::vector<ObjectRef> all_trials(const ledger::Pool& pool) {
  std::vector<ObjectRef> found;
  const auto add = [&](std::string_view key) { found.emplace_back(view_of(key.substr(4))); };
  pool.ledger().scan_notes("trl/", [&](std::string_view key, std::string_view) {
    add(key);
    return true;
  });
  for (const auto& [key, value] : pool.pending_state().notes())
    if (key.starts_with("trl/")) add(key);
  return found;
}

void each_subject(const ledger::Pool& pool, const ObjectRef& trial,
                  const std::function<void(const PublicKey&, const Subject&)>& visit) {
  scan(pool, "tsb", trial, [&](std::string_view rest, std::string_view) {
    const PublicKey account(view_of(rest));
    visit(account, *subjects.get(pool.pending_state(), trial, account));
  });
}

std::vector<ObjectRef> overdue_reports(const ledger::Pool& pool, const ObjectRef& trial, Time now) {
  const std::string prefix = due_reports.key(trial);
  std::set<std::string> keys;
  const auto is_over = [&](std::string_view key) {
    return load_be<std::uint64_t>(view_of(key).data() + prefix.size()) < static_cast<std::uint64_t>(now.seconds);
  };
  pool.ledger().scan_state(prefix, [&](std::string_view key, std::string_view) {
    if (!is_over(key)) return false;
    keys.emplace(key);
    return true;
  });
  for (const auto& [key, entry] : pool.pending_state().entries()) {
    if (!key.starts_with(prefix) || !is_over(key)) continue;
    entry.after ? static_cast<void>(keys.emplace(key)) : static_cast<void>(keys.erase(std::string(key)));
  }
  std::vector<ObjectRef> events;
  for (const std::string& key : keys) events.emplace_back(view_of(key).subspan(prefix.size() + 8));
  return events;
}

namespace {

bool asks_anybody(const ledger::State& state, const ObjectRef& trial) {
  for (std::uint32_t number = trials.get(state, trial)->version; number > 1; --number)
    if (versions.get(state, trial, number)->by) return true;
  return false;
}

}  // namespace

std::vector<Work> worklist(const ledger::Pool& pool, const ObjectRef& trial, Time now) {
  std::vector<Work> work;
  if (!asks_anybody(pool.pending_state(), trial)) return work;
  const auto& state = pool.pending_state();
  each_subject(pool, trial, [&](const PublicKey& account, const Subject& subject) {
    if (const auto due = consent_owed(state, trial, subject, now)) work.push_back({account, subject, *due});
  });
  std::ranges::sort(work, [](const Work& a, const Work& b) {
    return a.due.by < b.due.by || (a.due.by == b.due.by && a.subject < b.subject);
  });
  return work;
}

namespace {

const Outcome* find(const std::vector<Outcome>& list, const std::string& id) {
  const auto found = std::ranges::find(list, id, &Outcome::id);
  return found == list.end() ? nullptr : &*found;
}

struct Occasion {  // of a change
  std::string stage, declared;
};
using OccasionOf = std::function<Occasion(const std::string& outcome)>;

class Comparison {
 public:
  explicit Comparison(OccasionOf occasion_of) : occasion_of_(std::move(occasion_of)) {}

  void add(const Outcome& outcome, const std::string& what, const std::string& before, const std::string& after,
           bool major) {
    const auto [stage, declared] = occasion_of_(outcome.id);
    std::string severity = major ? "major" : "minor";
    if (stage == "locked" || stage == "unblinded") severity = "critical";
    if (stage == "before-enrolment") severity = "informational";
    changes.push_back({outcome.id, what, before, after, severity, stage, declared});
  }
  void compare(const Outcome& before, const Outcome& after) {
    if (before.kind != after.kind) {
      const bool primary = before.kind == "primary" || after.kind == "primary";
      const std::string what = before.kind == "primary" ? "demoted" : after.kind == "primary" ? "promoted" : "moved";
      add(after, what, before.kind, after.kind, primary);
    }
    const bool weighty = before.kind == "primary" || after.kind == "primary";
    if (normalised(before.measure) != normalised(after.measure))
      add(after, "measure", before.measure, after.measure, weighty);
    field(after, "time frame", before.time_frame, after.time_frame, weighty);
    field(after, "metric", before.metric, after.metric, weighty);
    field(after, "method", before.method, after.method, weighty);
    field(after, "description", before.description, after.description, false);
  }
  std::vector<Change> changes;

 private:
  void field(const Outcome& outcome, const std::string& what, const std::optional<std::string>& before,
             const std::optional<std::string>& after, bool major) {
    if (normalised(before.value_or("")) != normalised(after.value_or("")))
      add(outcome, what, before.value_or(""), after.value_or(""), major);
  }
  OccasionOf occasion_of_;
};

std::vector<Change> compare(const Protocol& before, const Protocol& after, OccasionOf occasion_of) {
  Comparison comparison(std::move(occasion_of));
  for (const Outcome& old : before.outcomes)
    if (find(after.outcomes, old.id) == nullptr) comparison.add(old, "dropped", old.measure, "", old.kind == "primary");
  for (const Outcome& outcome : after.outcomes) {
    const Outcome* old = find(before.outcomes, outcome.id);
    if (old == nullptr)
      comparison.add(outcome, "added", "", outcome.measure, outcome.kind == "primary");
    else
      comparison.compare(*old, outcome);
  }
  return comparison.changes;
}

}  // namespace

std::vector<Change> outcome_changes(const Protocol& before, const Protocol& after, const std::string& stage) {
  return compare(before, after, [&](const std::string&) { return Occasion{stage, {}}; });
}

std::vector<Change> outcome_changes(const ledger::State& state, const ObjectRef& trial, std::uint32_t before,
                                    std::uint32_t after) {
  std::map<std::string, Occasion> occasions;
  const Protocol first = *protocols.get(state, trial, before);
  Protocol last = first;
  for (std::uint32_t number = before + 1; number <= after; ++number) {
    const Version version = *versions.get(state, trial, number);
    Protocol next = *protocols.get(state, trial, number);
    for (const Change& change : outcome_changes(last, next, version.stage))
      occasions[change.outcome] = {version.stage, version.reason};
    last = std::move(next);
  }
  return compare(first, last, [&](const std::string& outcome) { return occasions[outcome]; });
}

}  // namespace carechain::care::trial
