#pragma once
// The operations of trials: trial.register amend adopt, consent countersign withdraw enroll randomise visit exclude,
// complete, adverse report lift, milestone reveal, publish pay.

#include "libcore/care/trial/tables.hpp"

namespace carechain::care::trial {

struct RegisterTrial {
  static constexpr std::string_view name = "trial.register";
  Protocol protocol;
  template <class V>
  void fields(V& v) {
    v("protocol", protocol, "what the trial promises");
  }
};

struct AmendTrial {
  static constexpr std::string_view name = "trial.amend";
  ObjectRef trial;
  Protocol protocol;
  bool substantial = false;
  std::string reconsent = "none", irb, reason;
  std::vector<std::string> arms;
  std::optional<Time> by;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("protocol", protocol, "the new version, whole");
    v("substantial", substantial, "a substantial amendment");
    v("reconsent", reconsent, "none, new-only, all-active or affected-arm");
    v("irb", irb, "reference of the review board's approval");
    v("reason", reason, "why: a short code");
    v("arms", arms, "affected arms");
    v("by", by, "last second to consent again");
  }
};

struct AdoptVersion {
  static constexpr std::string_view name = "trial.adopt";
  ObjectRef trial;
  std::uint32_t version = 1;
  SiteApproval site;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("version", version, "protocol version");
    v("site", site, "the site and its approval");
  }
};

// What the operations about one subject begin with.
struct AboutSubject {
  ObjectRef trial;
  PublicKey subject;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("subject", subject, "the subject's account with this trial");
  }
};
// When something happened, as its signer says.
struct Happened {
  Time at;
  std::optional<std::string> late;
  template <class V>
  void fields(V& v) {
    v("at", at, "when");
    v("late", late, "why it is entered more than 24 hours later");
  }
};

struct GiveConsent : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.consent";
  PublicKey site;
  std::uint32_t version = 1;
  Hash form;
  std::string meaning = "consent";
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("site", site, "where");
    v("version", version, "protocol version whose form is signed");
    v("form", form, "SHA-256 of the form");
    v("meaning", meaning, "what the signature means: consent, or representative");
    Happened::fields(v);
  }
};

struct Countersign : AboutSubject {
  static constexpr std::string_view name = "trial.countersign";
  PublicKey representative;
  std::uint32_t version = 1;
  std::string meaning = "responsibility";
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("representative", representative, "who signed for the subject");
    v("version", version, "protocol version");
    v("meaning", meaning, "what the signature means: responsibility");
  }
};

struct Withdraw : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.withdraw";
  std::string level = "intervention";
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("level", level, "intervention, follow-up or data-use");
    Happened::fields(v);
  }
};

struct EnrollSubject : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.enroll";
  bool eligible = true;
  std::optional<std::string> reason, arm;
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("eligible", eligible, "false: screen failure");
    v("reason", reason, "of a screen failure: a short code");
    v("arm", arm, "where nothing is randomised");
    Happened::fields(v);
  }
};

struct Randomise : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.randomise";
  std::string stratum;
  std::uint32_t index = 0;
  std::optional<std::string> arm;
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("stratum", stratum, "stratum");
    v("index", index, "number in the stratum, from 0");
    v("arm", arm, "allocation; absent in a blinded trial");
    Happened::fields(v);
  }
};

struct RecordVisit : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.visit";
  std::string visit;
  std::vector<std::string> procedures;
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("visit", visit, "which visit");
    v("procedures", procedures, "what was done");
    Happened::fields(v);
  }
};

struct ExcludeVisit : AboutSubject {
  static constexpr std::string_view name = "trial.exclude";
  std::string visit;
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("visit", visit, "the visit whose data are left out");
  }
};

struct CompleteSubject : AboutSubject, Happened {
  static constexpr std::string_view name = "trial.complete";
  std::string status = "completed";
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("status", status, "completed, discontinued or lost");
    Happened::fields(v);
  }
};

struct AdverseEvent : AboutSubject {
  static constexpr std::string_view name = "trial.adverse";
  std::string term;
  std::optional<std::string> onset;
  std::string scale;
  std::uint32_t grade = 0;
  std::vector<std::string> criteria;
  bool serious = false;
  std::string causality;
  bool expected = false;
  std::string outcome;
  Time known;
  std::optional<std::string> late;
  template <class V>
  void fields(V& v) {
    AboutSubject::fields(v);
    v("term", term, "preferred term");
    v("onset", onset, "when it began: a date, a month or a year");
    v("scale", scale, "of the grade, with its version");
    v("grade", grade, "1 to 5");
    v("criteria", criteria,
      "of seriousness: death, life-threatening, hospitalisation, disability, congenital, important");
    v("serious", serious, "the reporter's own flag");
    v("causality", causality, "unrelated, unlikely, possible, probable, definite or unknown");
    v("expected", expected, "listed in the reference safety information");
    v("outcome", outcome, "recovered, recovering, not-recovered, sequelae, fatal or unknown");
    v("known", known, "when the site came to know of it");
    v("late", late, "why it is entered more than 24 hours later");
  }
};

struct ReportEvent {
  static constexpr std::string_view name = "trial.report";
  ObjectRef event;
  Time at;
  template <class V>
  void fields(V& v) {
    v("event", event, "the adverse event");
    v("at", at, "when it was reported to the authority");
  }
};

struct LiftHold {
  static constexpr std::string_view name = "trial.lift";
  ObjectRef trial;
  std::uint32_t hold = 1;
  std::string decision;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("hold", hold, "number of the hold, from 1");
    v("decision", decision, "continue, modify, suspend or terminate");
  }
};

struct ReachMilestone : Happened {
  static constexpr std::string_view name = "trial.milestone";
  ObjectRef trial;
  std::string milestone;
  std::optional<Hash> digest;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("milestone", milestone, "a phase of the protocol, analysis-plan, primary-completion or lock");
    v("digest", digest, "SHA-256 of the analysis plan");
    Happened::fields(v);
  }
};

struct StratumList {
  std::string stratum;
  std::vector<std::string> arms;
  template <class V>
  void fields(V& v) {
    v("stratum", stratum, "stratum");
    v("arms", arms, "allocations in their order");
  }
};
// The secret behind a randomisation. hmac: permuted blocks; the subject at place i of a block gets the arm whose rank
// among the block's HMAC-SHA-256(seed, stratum || 0 || index u32 BE) is its own; a block's size is drawn from `blocks`
// by HMAC(seed, stratum || 1 || block number u32 BE). list: as drawn up elsewhere.
struct Schedule {
  std::string method = "hmac";
  Hash seed;  // list: salt
  std::vector<std::uint32_t> blocks;
  std::vector<StratumList> list;
  template <class V>
  void fields(V& v) {
    v("method", method, "hmac or list");
    v("seed", seed, "32 random bytes");
    v("blocks", blocks, "block sizes, multiples of the arms' weights");
    v("list", list, "allocations of each stratum");
  }
};
Hash commitment_of(const Schedule&);  // SHA-256("carechain/randomisation/1" || 0 || CBOR)
std::string fault_of(const Schedule&, const std::vector<Arm>& arms);  // empty: none
// nullopt: the list is too short. Requires fault_of() to be empty.
std::optional<std::string> arm_of(const Schedule&, const std::vector<Arm>&, const std::string& stratum,
                                  std::uint32_t index);

struct RevealSchedule {
  static constexpr std::string_view name = "trial.reveal";
  ObjectRef trial;
  Schedule schedule;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("schedule", schedule, "the secret behind the randomisation");
  }
};

struct GroupResult {
  std::string arm, value;
  std::uint64_t subjects = 0;
  std::optional<std::string> spread, lower, upper;
  template <class V>
  void fields(V& v) {
    v("arm", arm, "arm");
    v("value", value, "decimal number");
    v("subjects", subjects, "analysed");
    v("spread", spread, "decimal number");
    v("lower", lower, "lower limit");
    v("upper", upper, "upper limit");
  }
};
struct OutcomeResult {
  std::string outcome, parameter, unit;
  std::optional<std::string> dispersion;
  bool post_hoc = false;
  std::optional<std::string> title;
  std::vector<GroupResult> groups;
  template <class V>
  void fields(V& v) {
    v("outcome", outcome, "id of the outcome");
    v("parameter", parameter, "MEAN, MEDIAN, NUMBER, COUNT_OF_PARTICIPANTS, …");
    v("unit", unit, "unit of measure");
    v("dispersion", dispersion, "what spread and limits are");
    v("post_hoc", post_hoc, "not registered: declared as found afterwards");
    v("title", title, "of a post hoc outcome");
    v("groups", groups, "by arm");
  }
};
struct PublishTrial {
  static constexpr std::string_view name = "trial.publish";
  ObjectRef trial;
  std::vector<OutcomeResult> results;
  template <class V>
  void fields(V& v) {
    v("trial", trial, "which trial");
    v("results", results, "of every outcome");
  }
};
struct PublishedRow {
  std::vector<OutcomeResult> results;
  Time at;
  ObjectRef ref;
  template <class V>
  void fields(V& v) {
    v("results", results, "of every outcome");
    v("at", at, "when");
    v("ref", ref, "the operation");
  }
};
inline constexpr ledger::Table<PublishedRow> publications{"tpublished"};  // trial

struct AcknowledgePayment {
  static constexpr std::string_view name = "trial.pay";
  ObjectRef visit;
  template <class V>
  void fields(V& v) {
    v("visit", visit, "the visit, or the end of participation, whose compensation was paid");
  }
};

// What stands in the way of publication with these results; empty: nothing.
std::vector<std::string> missing_for_publication(const ledger::State&, const ObjectRef& trial,
                                                 const std::vector<OutcomeResult>& results);

// Whether a subject must consent again to a version later than `signed_version`, up to `in_force`; the version, and by
// when.
struct Due {
  std::uint32_t version = 0;
  std::optional<Time> by;
};
std::optional<Due> consent_due(const ledger::State&, const ObjectRef& trial, const Subject&,
                               std::uint32_t signed_version, std::uint32_t in_force);
// The same for what she has signed and what is in force at her site. nullopt too when she doesn't take part any more.
std::optional<Due> consent_owed(const ledger::State&, const ObjectRef& trial, const Subject&, Time at);

void add_trial_operations(ledger::OperationTable&);

}  // namespace carechain::care::trial
