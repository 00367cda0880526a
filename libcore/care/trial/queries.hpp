#pragma once
// Questions about trials. They look at what is sealed and what is pending.

#include <functional>

#include "libcore/care/trial/operations.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care::trial {

// By study or registry number, or by id (a prefix of 8 or more characters). Throws refusal(), misuse().
ObjectRef find_trial(const ledger::Pool&, const std::string& text);

// What a subject's pairwise account is derived against: SHA-256("carechain/trial/1" || 0 || trial).
PublicKey trial_key(const ObjectRef& trial);

using RestVisit = std::function<void(std::string_view rest, std::string_view value)>;
// The notes of a table under a trial: what follows the trial in their keys. Sealed ones first, in the order of keys.
void scan(const ledger::Pool&, std::string_view table, const ObjectRef& trial, const RestVisit&);

std::vector<ObjectRef> all_trials(const ledger::Pool&);
void each_subject(const ledger::Pool&, const ObjectRef& trial,
                  const std::function<void(const PublicKey&, const Subject&)>&);

// Reports that should have been made by now, the earliest first.
std::vector<ObjectRef> overdue_reports(const ledger::Pool&, const ObjectRef& trial, Time now);

struct Work {  // a subject who must consent again
  PublicKey subject;
  Subject row;
  Due due;
};
// Subjects in the trial whose consent is not to the version in force at their site, where it asks for a new one.
std::vector<Work> worklist(const ledger::Pool&, const ObjectRef& trial, Time now);

// A difference between two registered versions of what a trial measures.
struct Change {
  std::string outcome,
      what;  // what: added, dropped, demoted, promoted, moved, measure, time frame, metric, method, description
  std::string before, after;
  std::string severity;         // informational, minor, major, critical
  std::string stage, declared;  // how far the trial was when the outcome was changed last; the reason given then
};
// E7: a primary outcome added, dropped, demoted, or a secondary one promoted is major; of primary outcomes also
// measure, time frame, metric and method. Anything after the lock or unblinding is critical, before the first enrolment
// informational. `stage` is that of the later version.
std::vector<Change> outcome_changes(const Protocol& before, const Protocol& after, const std::string& stage);
// Between two registered versions, before < after: an outcome's stage is that of the last version that changed it.
std::vector<Change> outcome_changes(const ledger::State&, const ObjectRef& trial, std::uint32_t before,
                                    std::uint32_t after);

}  // namespace carechain::care::trial
