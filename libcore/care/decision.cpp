#include "libcore/care/decision.hpp"

#include <array>

#include "libcore/care/emergency.hpp"
#include "libcore/care/grant_lists.hpp"
#include "libcore/care/keeping.hpp"
#include "libcore/care/minimum_necessary.hpp"
#include "libcore/care/policy_evaluation.hpp"

namespace carechain::care {
namespace {

struct ReasonText {
  std::string_view code, text;
  bool none = false;  // no policy says anything, which is not a denial
};
constexpr std::array<ReasonText, 35> reasons{{
    {"own-record", "the patient reads her own record"},
    {"granted", "a grant of the patient covers it"},
    {"emergency", "a clinician stated an emergency"},
    {"denied", "a rule of the patient forbids it"},
    {"minimum-necessary", "for this purpose a grant has to name the data: only what is necessary may be given"},
    {"whole-file", "for this purpose a request has to name records or a type: only what is necessary may be given"},
    {"unknown-record", "there is no such record at this custodian"},
    {"suspended", "the requester is suspended or its standing has ended"},
    {"no-grant", "the patient has granted nothing to the requester", true},
    {"revoked", "the patient has revoked the grant", true},
    {"expired", "the grant has run out", true},
    {"not-yet-valid", "the grant is not sealed yet or begins later", true},
    {"purpose-not-covered", "no grant is for this purpose of use", true},
    {"type-not-covered", "no grant covers this record", true},
    {"action-not-covered", "no grant allows reading it", true},
    {"reason-missing", "nothing permits it; a clinician may read in an emergency, with a reason"},
    {"reason-unknown", "the reason for the emergency did not come with the request"},
    {"unreadable", "the request is not one of ours"},
    {"altered", "the request's signature does not hold on this ledger"},
    {"misaddressed", "the request is addressed to another custodian"},
    {"stale", "the request is too old, or the requester's clock is ahead"},
    {"replayed", "the request was answered before; each is good once"},
    {"replaced-key", "the key that signed the request was replaced by a newer one"},
    {"unknown-purpose", "the request names no purpose of use that is known"},
    {"no-capsule", "its keys were not sealed to this reader yet; the patient can do that with grant"},
    {"erased-or-elsewhere", "its keys are not in this vault"},
    {"data-missing", "its object is missing from the vault"},
    {"data-damaged", "its object in the vault is damaged"},
    {"data-elsewhere", "its data lives elsewhere and was not fetched"},
    {"changed-at-source", "the data at its source is not what was recorded"},
    {"erased", "its keys are destroyed, or ordered to be"},
    {"jurisdiction", "the law it is under does not let it go to where the requester is"},
    {"no-challenge", "the ledger demands that a request answers the custodian's challenge"},
    {"stale-challenge", "the challenge in the request is too old, or not one of this custodian's"},
    {"used-challenge", "the challenge in the request was answered before; each is good once"},
}};

// The best reason to refuse that was found among the grants; a higher step names the better one.
enum class Step { nothing, type, purpose, action, ended, expired, later };

std::string_view reason_of(Step step) {
  switch (step) {
    case Step::nothing:
      return "no-grant";
    case Step::type:
      return "type-not-covered";
    case Step::purpose:
      return "purpose-not-covered";
    case Step::action:
      return "action-not-covered";
    case Step::ended:
      return "revoked";
    case Step::expired:
      return "expired";
    case Step::later:
      return "not-yet-valid";
  }
  return "";
}

Step step_of(Near near, bool later, bool ended) {
  switch (near) {
    case Near::nothing:
      return Step::nothing;
    case Near::record:
      return Step::type;
    case Near::purpose:
      return Step::purpose;
    case Near::action:
      return Step::action;
    default:
      break;
  }
  if (later) return Step::later;
  if (ended) return Step::ended;
  return near == Near::expired ? Step::expired : Step::later;
}

Requester requester_of(const ledger::State& state, const Question& question) {
  Requester requester{question.requester, {}, false, {}};
  auto identity = ledger::identities.get(state, question.requester);
  if (!identity || identity->enrolled > question.height) return requester;
  requester.roles = std::move(identity->roles);
  requester.organisation = identity->organisation;
  requester.accredited = identity->kind == ledger::Kind::professional && identity->organisation &&
                         ledger::in_good_standing(state, *identity->organisation, question.height, question.time);
  return requester;
}

// What all grants of the patient say together.
class Tally {
 public:
  Tally(const Question& question, const Record& record, const Requester& requester)
      : question_(question), inquiry_{requester, question.record, record, question.purpose, question.time} {}

  // False: it is decided.
  bool add(const ObjectRef& ref, const Grant& grant) {
    const Finding finding = evaluate(grant.policy, inquiry_);
    const bool later = grant.began > question_.height, ended = grant.ended && *grant.ended <= question_.height;
    if (finding.effect && !later && !ended) {
      if (*finding.effect == Effect::permit && permit_) return true;
      verdict_ = {*finding.effect == Effect::permit, *finding.effect == Effect::permit ? "granted" : "denied", ref,
                  path_text(finding.path)};
      permit_ = verdict_->permit;
      names_data_ = names_data(finding.rule);
      return permit_;
    }
    const Step step = step_of(finding.effect == Effect::permit ? Near::permit : finding.near, later, ended);
    if (step > best_) {
      best_ = step;
      nearest_ = ref;
    }
    return true;
  }

  Verdict verdict() const { return verdict_.value_or(Verdict{false, std::string(reason_of(best_)), nearest_}); }
  bool names_its_data() const { return names_data_; }

 private:
  const Question& question_;
  Inquiry inquiry_;
  std::optional<Verdict> verdict_;
  bool permit_ = false, names_data_ = false;
  Step best_ = Step::nothing;
  std::optional<ObjectRef> nearest_;
};

// Turns a permit into a denial, never the other way.
void limit(const Question& question, const Record& record, const Requester& requester, bool names_its_data,
           Verdict& verdict) {
  if (!verdict.permit || !needs_minimum(question.purpose)) return;
  if (question.whole_file) {
    verdict.permit = false;
    verdict.reason = "whole-file";
  } else if (!names_its_data && !within_minimum(question.purpose, requester.roles, record.types)) {
    verdict.permit = false;
    verdict.reason = "minimum-necessary";
  }
}

void break_glass(const ledger::State& state, const Question& question, const Record& record, const Requester& requester,
                 Verdict& verdict) {
  if (verdict.permit || !is_emergency_purpose(question.purpose) || !requester.accredited) return;
  if (std::ranges::none_of(requester.roles, is_clinical_role) || !emergency_terms(state)) return;
  const auto open = open_emergency(state, record.patient, question.requester, question.height, question.time);
  if (open || question.reason_given)
    verdict = {true, "emergency", open, {}};
  else
    verdict = {false, "reason-missing", verdict.grant, verdict.path};
}

}  // namespace

std::string_view explain_reason(std::string_view code) {
  const auto found = std::ranges::find(reasons, code, &ReasonText::code);
  return found == reasons.end() ? code : found->text;
}

std::string_view decision_word(bool permit, std::string_view reason) {
  if (permit) return "permit";
  const auto found = std::ranges::find(reasons, reason, &ReasonText::code);
  return found != reasons.end() && found->none ? "none" : "deny";
}

Verdict decide(const ledger::State& state, const Question& question) {
  const auto record = records.get(state, question.record);
  if (!record || record->stored > question.height) return {false, "unknown-record", {}};
  if (auto reason = barrier(state, question.record, *record, question.requester, question.height))
    return {false, std::move(*reason), {}};
  if (!ledger::in_good_standing(state, question.requester, question.height, question.time))
    return {false, "suspended", {}};
  if (question.requester == record->patient) return {true, "own-record", {}};

  const Requester requester = requester_of(state, question);
  std::vector<PublicKey> accounts{question.requester};
  if (requester.organisation) accounts.push_back(*requester.organisation);
  Tally tally(question, *record, requester);
  each_grant(state, record->patient, accounts, question.record,
             [&](const ObjectRef& ref, const Grant& grant) { return tally.add(ref, grant); });
  Verdict verdict = tally.verdict();
  limit(question, *record, requester, tally.names_its_data(), verdict);
  break_glass(state, question, *record, requester, verdict);
  return verdict;
}

}  // namespace carechain::care
