#pragma once
// What a trial promised before it began: the parts of a protocol that rules look at, and its registry record as it was
// given (ClinicalTrials.gov v2, protocolSection). Registered once, then amended version by version; nothing is taken
// back.

#include <optional>
#include <string>
#include <vector>

#include "libcore/care/trial/boundary.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::care::trial {

using ledger::ObjectRef;

struct Arm {
  std::string id, label, kind;  // kind: EXPERIMENTAL, PLACEBO_COMPARATOR, …
  std::uint32_t weight = 1;     // its share in a block of the randomisation
  template <class V>
  void fields(V& v) {
    v("id", id, "short name");
    v("label", label, "what it is called");
    v("kind", kind, "ClinicalTrials.gov type of arm");
    v("weight", weight, "its share in a block of the randomisation");
  }
};

// What is measured. The id stays with it through all amendments, also when it moves from primary to secondary.
struct Outcome {
  std::string id, kind;  // kind: primary, secondary, other
  std::string measure;
  std::optional<std::string> description, time_frame, metric, method;
  template <class V>
  void fields(V& v) {
    v("id", id, "stable id");
    v("kind", kind, "primary, secondary or other");
    v("measure", measure, "what is measured");
    v("description", description, "in more words");
    v("time_frame", time_frame, "when");
    v("metric", metric, "change from baseline, final value, time to event, …");
    v("method", method, "how it is aggregated: mean, median, proportion, …");
  }
};

struct Visit {
  std::string id;
  bool follow_up = false;  // goes on after a withdrawal from the intervention
  std::vector<std::string> procedures;
  std::int64_t pay = 0;  // to the subject, in cents
  template <class V>
  void fields(V& v) {
    v("id", id, "name of the visit");
    v("follow_up", follow_up, "goes on after withdrawal from the intervention");
    v("procedures", procedures, "what may be done");
    v("pay", pay, "to the subject, in cents");
  }
};

// A site's approval: from when the version is in force there.
struct SiteApproval {
  PublicKey site;
  std::string irb;  // reference of the board's approval
  Time from;
  template <class V>
  void fields(V& v) {
    v("site", site, "the site's account");
    v("irb", irb, "reference of the review board's approval");
    v("from", from, "first second the version is in force there");
  }
};

struct SafetyRule {
  BoundaryRule rule;
  Limits limits;                // the table of the rule, recomputed by everybody
  std::uint32_t min_grade = 3;  // an event of this grade or above counts …
  bool related = true;          // … if it is suspected to be caused by the intervention
  bool serious = true;          // any serious event counts
  bool by_arm = false;          // else all arms together; never in a blinded trial
  template <class V>
  void fields(V& v) {
    v("rule", rule, "how the table is computed");
    v("limits", limits, "affected subjects that stop, for 1, 2, … subjects; 0: can't stop");
    v("min_grade", min_grade, "events of this grade or above count");
    v("related", related, "those only if suspected to be caused by the intervention");
    v("serious", serious, "any serious event counts");
    v("by_arm", by_arm, "each arm is counted by itself");
  }
};

struct Protocol {
  std::string title, study_id;
  std::optional<std::string> registry_id;  // NCT, CTIS or ISRCTN number
  bool blinded = false;
  std::vector<Arm> arms;
  std::vector<Outcome> outcomes;
  std::vector<std::string> milestones;  // phases, in their order
  std::vector<Visit> visits;
  std::optional<std::int64_t> completion_bonus;  // to a subject who completes, in cents
  std::optional<std::uint32_t> bonus_cap;        // the review board's: at most so many basis points of all visits' pay
  std::optional<Hash> form;                      // SHA-256 of the consent form
  std::string currency;                          // ISO 4217; empty: nothing is paid
  std::vector<SiteApproval> sites;
  std::vector<PublicKey> monitors;  // members of the data and safety monitoring board
  std::uint32_t monitors_needed = 0;
  std::optional<SafetyRule> safety;
  std::string scale;                       // of grades: CTCAE-5.0, CTCAE-6.0, severity-3 (mild, moderate, severe)
  std::optional<Hash> randomisation;       // commitment to the schedule
  std::optional<PublicKey> randomiser;     // who allocates; absent: the sponsor
  std::optional<Time> primary_completion;  // planned or actual
  Bytes registry;                          // protocolSection, canonical CBOR
  template <class V>
  void fields(V& v) {
    v("title", title, "brief title");
    v("study_id", study_id, "the sponsor's own number");
    v("registry_id", registry_id, "number in a public registry");
    v("blinded", blinded, "subjects or investigators don't know the arm");
    v("arms", arms, "arms");
    v("outcomes", outcomes, "what is measured");
    v("milestones", milestones, "phases, in their order");
    v("visits", visits, "visits with their procedures");
    v("completion_bonus", completion_bonus, "to a subject who completes, in cents");
    v("bonus_cap", bonus_cap, "of the bonus, in basis points of what all visits pay");
    v("form", form, "SHA-256 of the consent form");
    v("currency", currency, "ISO 4217");
    v("sites", sites, "sites that may run this version");
    v("monitors", monitors, "members of the monitoring board");
    v("monitors_needed", monitors_needed, "so many of them lift a hold");
    v("safety", safety, "when it has to stop for side effects");
    v("scale", scale, "of grades");
    v("randomisation", randomisation, "commitment to the randomisation schedule");
    v("randomiser", randomiser, "who allocates; absent: the sponsor");
    v("primary_completion", primary_completion, "last measurement of the primary outcome");
    v("registry", registry, "the registry record, canonical CBOR");
  }
};

// What is wrong with a protocol by itself, in a user's words; empty: nothing. Recomputes the boundary.
std::string fault_of(const Protocol&);

bool is_code(std::string_view);  // [A-Za-z0-9][A-Za-z0-9._ +-]*, at most 64 bytes: ids of visits, arms, phases
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);
const Visit* find_visit(const Protocol&, std::string_view id);
const Arm* find_arm(const Protocol&, std::string_view id);

}  // namespace carechain::care::trial
