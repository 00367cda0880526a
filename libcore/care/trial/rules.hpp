#pragma once
// What the operations of trials have in common: who may sign, when things happened, what they bring about.

#include "libcore/care/trial/operations.hpp"

namespace carechain::care::trial {

using ledger::Context;

using Verdict = ledger::Outcome;
using ledger::Refused;

inline constexpr std::int64_t day = day_seconds;

// When something happened, as its signer says: not after the block, and within 24 hours before it, unless a reason for
// the delay is given.
Verdict check_entry(const Context&, Time at, const std::optional<std::string>& late);
inline bool is_late(const Context& context, Time at) { return context.time.seconds - at.seconds > day; }

// The site that a signer acts for: the site itself, or an investigator whom it enrolled. nullopt: neither.
std::optional<PublicKey> site_of(const ledger::State&, const ObjectRef& trial, const PublicKey& signer);
bool is_investigator_of(const ledger::State&, const PublicKey& signer, const PublicKey& site);

// What stands against new subjects, consents and visits: no such trial, locked, suspended, terminated.
Verdict check_open(const std::optional<Trial>&);

std::string text_of_time(Time);

const Consent* consent_at(const Subject&, Time);  // that was in force then; nullptr: none
// No new procedures after the deadline of a consent that is due.
Verdict check_due(const std::optional<Due>&, Time at);

// The effects of trials, all of them. When something is to be done outside the ledger.
void cause_payment(Context&, const Accrual&, std::string word, const PublicKey& sponsor);
void cause_hold(Context&, const ObjectRef& trial, const Hold&);
void cause_reconsent(Context&, const ObjectRef& trial, std::uint32_t version, const Version&);
void await_report(Context&, const ObjectRef& event, const Clock&);
void report_made(Context&, const ObjectRef& event);
void await_results(Context&, const ObjectRef& trial, const Protocol&);
void results_published(Context&, const ObjectRef& trial);

void add_registration_operations(ledger::OperationTable&);
void add_consent_operations(ledger::OperationTable&);
void add_enrolment_operations(ledger::OperationTable&);
void add_visit_operations(ledger::OperationTable&);
void add_safety_operations(ledger::OperationTable&);
void add_conclusion_operations(ledger::OperationTable&);

}  // namespace carechain::care::trial
