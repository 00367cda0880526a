#pragma once
// Trials as the chain knows them.

#include "libcore/care/trial/protocol.hpp"

namespace carechain::care::trial {

// One row of every trial, small, since every event reads it.
struct Trial {
  PublicKey sponsor;
  std::string study_id;
  std::uint32_t version = 1;  // the latest protocol version
  Time registered;
  bool blinded = false;
  std::string status = "recruiting";  // recruiting, suspended, terminated, published
  std::uint32_t holds = 0;            // safety holds so far
  bool held = false;                  // the latest one is not lifted
  std::string scale;
  bool has_safety = false;
  std::uint32_t min_grade = 0;
  bool related = false, serious = false, by_arm = false;
  std::optional<Time> enrolling;  // first enrolment
  std::optional<Time> planned;    // when the analysis plan was registered
  std::optional<Time> locked;
  bool revealed = false;
  std::uint64_t uncovered = 0;  // recorded visits after a withdrawal that are not excluded yet
  std::uint64_t allocations = 0;
  std::uint64_t subjects = 0;
  template <class V>
  void fields(V& v) {
    v("sponsor", sponsor, "who runs it");
    v("study_id", study_id, "the sponsor's number");
    v("version", version, "latest protocol version");
    v("registered", registered, "when it was registered");
    v("blinded", blinded, "arms are not known to subjects or investigators");
    v("status", status, "recruiting, suspended, terminated or published");
    v("holds", holds, "safety holds so far");
    v("held", held, "on safety hold");
    v("scale", scale, "of grades");
    v("has_safety", has_safety, "has a safety rule");
    v("min_grade", min_grade, "grades that count");
    v("related", related, "only if related");
    v("serious", serious, "serious events count");
    v("by_arm", by_arm, "arms are counted by themselves");
    v("enrolling", enrolling, "first enrolment");
    v("planned", planned, "when the analysis plan was registered");
    v("locked", locked, "when the database was locked");
    v("revealed", revealed, "the randomisation schedule was revealed");
    v("uncovered", uncovered, "visits after a withdrawal, not excluded");
    v("allocations", allocations, "subjects randomised");
    v("subjects", subjects, "subjects who ever consented");
  }
};

struct Version {  // of a protocol
  Time registered;
  bool substantial = false;
  std::string reconsent = "none";  // none, new-only, all-active, affected-arm
  std::vector<std::string> arms;   // affected
  std::optional<Time> by;          // last second to re-consent
  std::string irb, reason;
  std::optional<Hash> form;
  std::string stage = "before-enrolment";  // before-enrolment, enrolling, locked, unblinded: when it was made
  ObjectRef ref;
  template <class V>
  void fields(V& v) {
    v("registered", registered, "when");
    v("substantial", substantial, "a substantial amendment");
    v("reconsent", reconsent, "who must consent again");
    v("arms", arms, "affected arms");
    v("by", by, "by when");
    v("irb", irb, "approval of the review board");
    v("reason", reason, "declared reason");
    v("form", form, "SHA-256 of its consent form");
    v("stage", stage, "how far the trial was");
    v("ref", ref, "the operation");
  }
};

struct VersionFrom {
  std::uint32_t version = 1;
  Time from;
  std::string irb;
  std::uint64_t consents = 0;
  template <class V>
  void fields(V& v) {
    v("version", version, "protocol version");
    v("from", from, "first second");
    v("irb", irb, "approval");
    v("consents", consents, "subjects who consented to it there");
  }
};
struct Site {
  std::vector<VersionFrom> versions;  // in the order of approval
  std::uint64_t consented = 0, screen_failed = 0, enrolled = 0, randomised = 0, withdrawn = 0, visits = 0;
  template <class V>
  void fields(V& v) {
    v("versions", versions, "what is in force there");
    v("consented", consented, "subjects");
    v("screen_failed", screen_failed, "subjects");
    v("enrolled", enrolled, "subjects");
    v("randomised", randomised, "subjects");
    v("withdrawn", withdrawn, "subjects");
    v("visits", visits, "visits recorded");
  }
};
// The version in force at a site; nullopt: none yet.
std::optional<std::uint32_t> version_in_force(const Site&, Time);

struct Consent {
  std::uint32_t version = 1;
  Time at;
  bool represented = false;
  bool late = false;
  ObjectRef ref;
  template <class V>
  void fields(V& v) {
    v("version", version, "protocol version whose form was signed");
    v("at", at, "when");
    v("represented", represented, "signed by a representative and an investigator");
    v("late", late, "entered late");
    v("ref", ref, "the operation");
  }
};

struct Subject {
  PublicKey site;
  // consented, screen-failure, enrolled, randomised; then completed, discontinued, lost or deceased
  std::string status = "consented";
  std::vector<Consent> consents;
  std::string withdrawn;  // empty, intervention, follow-up, data-use
  std::optional<Time> withdrawn_at;
  std::string arm;  // empty: none, or not known yet
  std::string stratum;
  std::uint32_t index = 0;  // in the stratum
  bool exposed = false;
  std::uint32_t visits = 0, events = 0;
  std::optional<Time> last_visit;
  // Events while exposed:
  bool eventful = false, severe = false, serious = false, mild = false, fatal = false, affected = false;
  template <class V>
  void fields(V& v) {
    v("site", site, "where");
    v("status", status, "how far");
    v("consents", consents, "what was signed");
    v("withdrawn", withdrawn, "from what");
    v("withdrawn_at", withdrawn_at, "when");
    v("arm", arm, "allocation");
    v("stratum", stratum, "stratum");
    v("index", index, "number in the stratum");
    v("exposed", exposed, "counts in denominators");
    v("visits", visits, "visits recorded");
    v("events", events, "adverse events");
    v("last_visit", last_visit, "latest visit");
    v("eventful", eventful, "had an event");
    v("severe", severe, "had an event of grade 3 or above");
    v("serious", serious, "had a serious event");
    v("mild", mild, "had an event that was not serious");
    v("fatal", fatal, "died of an event");
    v("affected", affected, "counts for the safety rule");
  }
};

// Counts of an arm, or of all arms (id "").
struct ArmCount {
  std::uint64_t exposed = 0, affected = 0, with_event = 0, severe = 0, serious = 0, mild = 0, fatal = 0;  // subjects
  std::uint64_t events = 0, severe_events = 0, serious_events = 0, fatal_events = 0, other_scale = 0;
  template <class V>
  void fields(V& v) {
    v("exposed", exposed, "subjects at risk");
    v("affected", affected, "subjects that count for the safety rule");
    v("with_event", with_event, "subjects with an event");
    v("severe", severe, "subjects with grade 3 or above");
    v("serious", serious, "subjects with a serious event");
    v("mild", mild, "subjects with an event that was not serious");
    v("fatal", fatal, "subjects with a fatal event");
    v("events", events, "events");
    v("severe_events", severe_events, "events of grade 3 or above");
    v("serious_events", serious_events, "serious events");
    v("fatal_events", fatal_events, "fatal events");
    v("other_scale", other_scale, "events graded on another scale, not counted by grade");
  }
};

struct Represented {  // signed by a representative, waiting for the investigator
  PublicKey representative, site;
  std::uint32_t version = 1;
  Time at;
  bool late = false;
  template <class V>
  void fields(V& v) {
    v("representative", representative, "who signed");
    v("site", site, "where");
    v("version", version, "protocol version");
    v("at", at, "when");
    v("late", late, "entered late");
  }
};

struct VisitDone {
  ObjectRef ref;
  PublicKey subject;
  Time at;
  std::uint32_t version = 1;  // of the consent that covers it
  bool uncovered = false;     // a withdrawal that came to be known later was before it
  bool excluded = false;      // from publication
  bool late = false;
  template <class V>
  void fields(V& v) {
    v("ref", ref, "the operation");
    v("subject", subject, "whose");
    v("at", at, "when");
    v("version", version, "protocol version of the consent that covers it");
    v("uncovered", uncovered, "it was done after a withdrawal");
    v("excluded", excluded, "left out of what is published");
    v("late", late, "entered late");
  }
};

struct Accrual {
  ObjectRef trial;
  PublicKey subject;
  std::int64_t amount = 0;  // cents
  std::string currency;
  std::optional<ObjectRef> paid;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "trial");
    v("subject", subject, "to whom");
    v("amount", amount, "in cents");
    v("currency", currency, "ISO 4217");
    v("paid", paid, "what acknowledged payment");
  }
};

struct Clock {  // a report to the authority that is due
  ObjectRef trial;
  PublicKey subject;
  Time due;
  std::optional<Time> reported;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "trial");
    v("subject", subject, "whose event");
    v("due", due, "last second");
    v("reported", reported, "when it was reported");
  }
};

struct Vote {
  PublicKey member;
  std::string decision;
  template <class V>
  void fields(V& v) {
    v("member", member, "of the monitoring board");
    v("decision", decision, "continue, modify, suspend or terminate");
  }
};
struct Hold {
  std::string arm;  // empty: all together
  std::uint64_t exposed = 0, affected = 0, limit = 0;
  Time since;
  ObjectRef event;  // that crossed the boundary
  std::uint32_t version = 1;
  std::vector<Vote> votes;
  std::string decision;  // empty: none yet
  template <class V>
  void fields(V& v) {
    v("arm", arm, "which arm");
    v("exposed", exposed, "subjects at risk");
    v("affected", affected, "affected subjects");
    v("limit", limit, "the boundary");
    v("since", since, "when");
    v("event", event, "that crossed it");
    v("version", version, "protocol version then");
    v("votes", votes, "of the monitoring board");
    v("decision", decision, "what it decided");
  }
};

struct Reached {
  Time at;
  std::optional<Hash> digest;
  ObjectRef ref;
  template <class V>
  void fields(V& v) {
    v("at", at, "when");
    v("digest", digest, "of the document");
    v("ref", ref, "the operation");
  }
};

struct Nothing {
  template <class V>
  void fields(V&) {}
};
struct Named {
  ObjectRef ref;
  template <class V>
  void fields(V& v) {
    v("ref", ref, "trial");
  }
};
struct Member {
  PublicKey subject;
  template <class V>
  void fields(V& v) {
    v("subject", subject, "who");
  }
};
struct Counter {
  std::uint64_t count = 0;
  template <class V>
  void fields(V& v) {
    v("count", count, "so many");
  }
};
struct Allocation {
  PublicKey subject;
  std::string stratum, arm;
  std::uint32_t index = 0;
  template <class V>
  void fields(V& v) {
    v("subject", subject, "who");
    v("stratum", stratum, "stratum");
    v("arm", arm, "as allocated; empty: blinded");
    v("index", index, "number in the stratum");
  }
};
struct Disagreement {  // between the revealed schedule and what was allocated
  std::uint64_t checked = 0, wrong = 0;
  std::string first;
  template <class V>
  void fields(V& v) {
    v("checked", checked, "allocations recomputed");
    v("wrong", wrong, "that don't follow from the schedule");
    v("first", first, "the first of them");
  }
};
struct LimitsRow {
  Limits limits;
  template <class V>
  void fields(V& v) {
    v("limits", limits, "boundary table");
  }
};
struct RegistryRow {
  Bytes record;
  template <class V>
  void fields(V& v) {
    v("record", record, "protocolSection, canonical CBOR");
  }
};

// Keys begin with the trial's ObjectRef unless said otherwise.
inline constexpr ledger::Table<Trial> trials{"trial"};
inline constexpr ledger::Table<Named> trial_names{"trialname"};        // text: registry or study number
inline constexpr ledger::Table<Protocol> protocols{"tproto"};          // trial, version u32; without `registry`
inline constexpr ledger::Table<RegistryRow> registries{"tregistry"};   // trial, version u32
inline constexpr ledger::Table<Version> versions{"tversion"};          // trial, version u32
inline constexpr ledger::Table<LimitsRow> limit_tables{"tlimits"};     // trial
inline constexpr ledger::Table<Site> sites{"tsite"};                   // trial, account
inline constexpr ledger::Table<Subject> subjects{"tsubject"};          // trial, account
inline constexpr ledger::Table<Member> members{"tmember"};             // trial, number u64
inline constexpr ledger::Table<Represented> represented{"trep"};       // trial, account
inline constexpr ledger::Table<ArmCount> arm_counts{"tarm"};           // trial, arm id ("": all)
inline constexpr ledger::Table<Counter> strata{"tstratum"};            // trial, stratum
inline constexpr ledger::Table<Allocation> allocations{"talloc"};      // trial, number u64
inline constexpr ledger::Table<Disagreement> disagreements{"tcheck"};  // trial
inline constexpr ledger::Table<VisitDone> visits_done{"tvisit"};       // trial, account, visit id
inline constexpr ledger::Table<Accrual> accruals{"taccrual"};          // the visit's ObjectRef
inline constexpr ledger::Table<Clock> clocks{"tclock"};                // the event's ObjectRef
inline constexpr ledger::Table<Nothing> due_reports{"tdue"};       // trial, due u64, event: reports still to be made
inline constexpr ledger::Table<Hold> holds{"thold"};               // trial, number u32 from 1
inline constexpr ledger::Table<Reached> milestones{"tmilestone"};  // trial, name

// Query indexes (notes):
//   "trl/" trial                    -> (empty)       trials in no particular order
//   "tsb/" trial || account         -> (empty)       its subjects
//   "tac/" trial || visit ref       -> (empty)       what accrued
std::string note_key(std::string_view table, const ObjectRef& trial, std::string_view rest = {});

}  // namespace carechain::care::trial
