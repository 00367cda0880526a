#include "libcore/cli/trial_events.hpp"

#include <algorithm>

#include "libcore/base/whole.hpp"
#include "libcore/care/pairwise.hpp"
#include "libcore/cli/trial_files.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {

using namespace care::trial;

namespace {

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

const std::vector<std::string>& event_kinds() {
  static const std::vector<std::string> kinds{"consent",   "countersign", "withdraw", "enroll",        "randomise",
                                              "visit",     "complete",    "exclude",  "adverse-event", "report",
                                              "milestone", "lift-hold",   "reveal"};
  return kinds;
}

EventMaker::EventMaker(const ledger::Pool& pool, std::string kind, const KeyChoice& key, Time now)
    : pool_(pool), kind_(std::move(kind)), key_(key), now_(now) {}

void EventMaker::need(const std::string& value, const char* option) const {
  if (value.empty()) throw misuse(std::string(option) + " is required for " + kind_);
}

const EventMaker::ObjectRef& EventMaker::trial_of(const EventWords& event) {
  need(event.trial, "--trial");
  auto found = trials_.find(event.trial);
  if (found == trials_.end()) found = trials_.emplace(event.trial, find_trial(pool_, event.trial)).first;
  return found->second;
}

// A subject's key file means the account she shows to this trial.
PublicKey EventMaker::subject_of(const EventWords& event) {
  need(event.subject, "--subject");
  const ObjectRef trial = trial_of(event);
  auto found = accounts_.find(event.subject);
  if (found == accounts_.end()) {
    const PublicKey account =
        patient_account(event.subject, pool_.pending_state(), pool_.ledger().id(), trial_key(trial));
    found = accounts_.emplace(event.subject, account).first;
  }
  return found->second;
}

Time EventMaker::time_of(const std::string& option, const std::string& text) const {
  if (text.empty()) return now_;
  const auto time = parse_time(text);
  if (!time) throw misuse(option + ": '" + text + "' is not a time", "write 2026-11-21, or 2026-11-21T07:45:00Z");
  return *time;
}

const SecretKey& EventMaker::own_seed() {
  if (!own_) {
    if (key_.key.empty()) throw misuse("--key is required for " + kind_);
    own_ = own_keys(key_);
  }
  return own_->seeds.front();
}

// Her own key, derived for this trial, when --key or --subject is her key file; else the key given.
const SecretKey& EventMaker::subject_seed(const EventWords& event, const PublicKey& subject) {
  if (const auto known = subject_seeds_.find(subject); known != subject_seeds_.end()) return known->second;
  const OwnKeys keys = own_keys(key_.key.empty() ? KeyChoice{event.subject, {}, -1} : key_);
  auto seed = care::seed_for_key(keys.seeds, pool_.ledger().id(), ledger::current_key(pool_.pending_state(), subject),
                                 trial_key(trial_of(event)));
  if (!seed) return own_seed();
  return subject_seeds_.emplace(subject, std::move(*seed)).first->second;
}

template <class Operation>
void EventMaker::common(const EventWords& event, Operation& operation) {
  operation.trial = trial_of(event);
  operation.subject = subject_of(event);
  operation.at = time_of("--at", event.at);
  operation.late = given(event.late);
}

ledger::NewOperation EventMaker::consent(const EventWords& event) {
  GiveConsent consent;
  common(event, consent);
  if (!trials.has(pool_.ledger().state(), consent.trial))  // a block's time is when it is registered
    throw refusal("the registration of '" + event.trial + "' is not sealed yet: nobody consents before it", "mine");
  need(event.site, "--site");
  auto site = accounts_.find("site " + event.site);
  if (site == accounts_.end())
    site = accounts_.emplace("site " + event.site, account_of_who(event.site, pool_.pending_state())).first;
  consent.site = site->second;
  const auto row = sites.get(pool_.pending_state(), consent.trial, consent.site);
  if (!row) throw refusal("the trial has no site '" + event.site + "'");
  const auto force = version_in_force(*row, consent.at);
  const auto version = event.version.empty() ? force : parse_whole<std::uint32_t>(event.version);
  if (!event.version.empty() && !version) throw misuse("--protocol: '" + event.version + "' is not a whole number");
  if (!version) throw refusal("no version of the protocol is approved at '" + event.site + "' yet");
  consent.version = *version;
  const auto form = versions.get(pool_.pending_state(), consent.trial, *version);
  if (!form || !form->form) throw refusal("there is no version " + std::to_string(*version) + " with a consent form");
  consent.form = *form->form;
  if (!event.meaning.empty()) consent.meaning = event.meaning;
  return ledger::operation(consent);
}

ledger::NewOperation EventMaker::countersign(const EventWords& event) {
  Countersign sign;
  sign.trial = trial_of(event);
  sign.subject = subject_of(event);
  need(event.representative, "--representative");
  sign.representative = account_of_who(event.representative, pool_.pending_state());
  const auto waiting = represented.get(pool_.pending_state(), sign.trial, sign.subject);
  sign.version = waiting ? waiting->version : 1;
  if (!event.meaning.empty()) sign.meaning = event.meaning;
  return ledger::operation(sign);
}

ledger::NewOperation EventMaker::enroll(const EventWords& event) {
  EnrollSubject enroll;
  common(event, enroll);
  enroll.eligible = !event.not_eligible;
  enroll.reason = given(event.reason);
  enroll.arm = given(event.arm);
  return ledger::operation(enroll);
}

ledger::NewOperation EventMaker::randomise(const EventWords& event) {
  Randomise randomise;
  common(event, randomise);
  randomise.stratum = event.stratum.empty() ? "all" : event.stratum;
  const auto& state = pool_.pending_state();
  const auto [next, fresh] = next_.try_emplace(randomise.stratum, 0);
  if (fresh)
    next->second =
        static_cast<std::uint32_t>(strata.get(state, randomise.trial, randomise.stratum).value_or(Counter{}).count);
  randomise.index = next->second++;
  const Trial trial = *trials.get(state, randomise.trial);
  if (trial.blinded) {
    if (!event.arm.empty()) throw misuse("--arm would unblind the trial");
    return ledger::operation(randomise);
  }
  need(event.schedule, "--schedule");
  const Protocol protocol = *protocols.get(state, randomise.trial, trial.version);
  const Schedule schedule = read_schedule(event.schedule);
  if (commitment_of(schedule) != protocol.randomisation)
    throw refusal("'" + event.schedule + "' is not the schedule that was committed to");
  randomise.arm = arm_of(schedule, protocol.arms, randomise.stratum, randomise.index);
  if (!randomise.arm) throw refusal("the schedule has no allocation left in stratum '" + randomise.stratum + "'");
  return ledger::operation(randomise);
}

ledger::NewOperation EventMaker::visit(const EventWords& event) {
  RecordVisit visit;
  common(event, visit);
  need(event.visit, "--visit");
  visit.visit = event.visit;
  visit.procedures = event.procedures;
  return ledger::operation(visit);
}

ledger::NewOperation EventMaker::adverse(const EventWords& event) {
  AdverseEvent adverse;
  adverse.trial = trial_of(event);
  adverse.subject = subject_of(event);
  need(event.term, "--term");
  need(event.grade, "--grade");
  adverse.term = event.term;
  adverse.onset = given(event.onset);
  adverse.scale = event.scale;
  if (adverse.scale.empty()) adverse.scale = trials.get(pool_.pending_state(), adverse.trial)->scale;
  const auto grade = parse_whole<std::uint32_t>(event.grade, 1, 5);
  if (!grade) throw misuse("--grade: '" + event.grade + "' is not a whole number from 1 to 5");
  adverse.grade = *grade;
  adverse.criteria = event.criteria;
  std::ranges::sort(adverse.criteria);
  adverse.serious = event.serious;
  adverse.causality = event.causality.empty() ? "unknown" : event.causality;
  adverse.expected = event.expected;
  adverse.outcome = event.outcome.empty() ? "unknown" : event.outcome;
  adverse.known = time_of("--known", event.known);
  adverse.late = given(event.late);
  return ledger::operation(adverse);
}

ledger::NewOperation EventMaker::milestone(const EventWords& event) {
  ReachMilestone milestone;
  milestone.trial = trial_of(event);
  need(event.milestone, "--milestone");
  milestone.milestone = event.milestone;
  milestone.at = time_of("--at", event.at);
  milestone.late = given(event.late);
  if (!event.document.empty()) milestone.digest = file_digest(event.document);
  return ledger::operation(milestone);
}

ledger::NewOperation EventMaker::lift(const EventWords& event) {
  LiftHold lift;
  lift.trial = trial_of(event);
  need(event.decision, "--decision");
  lift.decision = event.decision;
  lift.hold = trials.get(pool_.pending_state(), lift.trial)->holds;
  if (!event.hold.empty()) {
    const auto number = parse_whole<std::uint32_t>(event.hold);
    if (!number) throw misuse("--hold: '" + event.hold + "' is not a whole number");
    lift.hold = *number;
  }
  return ledger::operation(lift);
}

ledger::NewOperation EventMaker::other(const EventWords& event) {
  if (kind_ == "report") {
    need(event.event, "--event");
    const auto whole = ledger::parse_object_id(event.event);
    if (!whole) throw misuse("--event: '" + event.event + "' is not the id of an event, TX.N in full");
    return ledger::operation(ReportEvent{ledger::ref_of(*whole), time_of("--at", event.at)});
  }
  if (kind_ == "complete") {
    CompleteSubject complete;
    common(event, complete);
    if (!event.status.empty()) complete.status = event.status;
    return ledger::operation(complete);
  }
  if (kind_ == "exclude") {
    need(event.visit, "--visit");
    return ledger::operation(ExcludeVisit{{trial_of(event), subject_of(event)}, event.visit});
  }
  need(event.schedule, "--schedule");
  return ledger::operation(RevealSchedule{trial_of(event), read_schedule(event.schedule)});
}

EventMaker::Made EventMaker::make(const EventWords& event) {
  if (kind_ == "consent") {
    EventWords words_given = event;
    if (words_given.subject.empty()) words_given.subject = key_.key;
    const PublicKey subject = subject_of(words_given);
    ledger::NewOperation operation = consent(words_given);
    return {std::move(operation),
            words_given.meaning == "representative" ? &own_seed() : &subject_seed(words_given, subject)};
  }
  if (kind_ == "withdraw") {
    EventWords words_given = event;
    if (words_given.subject.empty()) words_given.subject = key_.key;
    Withdraw withdraw;
    common(words_given, withdraw);
    if (!event.level.empty()) withdraw.level = event.level;
    return {ledger::operation(withdraw), &subject_seed(words_given, withdraw.subject)};
  }
  const auto operation = kind_ == "countersign"     ? countersign(event)
                         : kind_ == "enroll"        ? enroll(event)
                         : kind_ == "randomise"     ? randomise(event)
                         : kind_ == "visit"         ? visit(event)
                         : kind_ == "adverse-event" ? adverse(event)
                         : kind_ == "milestone"     ? milestone(event)
                         : kind_ == "lift-hold"     ? lift(event)
                                                    : other(event);
  return {operation, &own_seed()};
}

}  // namespace carechain::cli
