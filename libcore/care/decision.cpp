#include "libcore/care/decision.hpp"

#include <array>

#include "libcore/care/keeping.hpp"
#include "libcore/care/purpose.hpp"
#include "libcore/care/scope.hpp"

namespace carechain::care {
namespace {

struct ReasonText {
  std::string_view code, text;
};
constexpr std::array<ReasonText, 28> reasons{{
    {"own-record", "the patient reads her own record"},
    {"granted", "a grant of the patient covers it"},
    {"unknown-record", "there is no such record at this custodian"},
    {"suspended", "the requester is suspended or its standing has ended"},
    {"no-grant", "the patient has granted nothing to the requester"},
    {"revoked", "the patient has revoked the grant"},
    {"expired", "the grant has run out"},
    {"not-yet-valid", "the grant is not sealed yet or begins later"},
    {"purpose-not-covered", "no grant is for this purpose of use"},
    {"type-not-covered", "no grant covers this record"},
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

// How near a grant comes to permitting; a higher step names the better reason for a refusal.
enum class Step { type, purpose, ended, expired, later, permit };

std::string_view reason_of(Step step) {
  switch (step) {
    case Step::type:
      return "type-not-covered";
    case Step::purpose:
      return "purpose-not-covered";
    case Step::ended:
      return "revoked";
    case Step::expired:
      return "expired";
    case Step::later:
      return "not-yet-valid";
    case Step::permit:
      return "granted";
  }
  return "";
}

Step judge(const Grant& grant, const Record& record, const Question& question) {
  if (!covers(grant, question.record, record)) return Step::type;
  const auto fits = [&](const std::string& purpose) { return purpose_covers(purpose, question.purpose); };
  if (std::ranges::none_of(grant.purposes, fits)) return Step::purpose;
  if (grant.began > question.height) return Step::later;
  if (grant.ended && *grant.ended <= question.height) return Step::ended;
  if (grant.until && *grant.until < question.time) return Step::expired;
  if (grant.from && question.time < *grant.from) return Step::later;
  return Step::permit;
}

}  // namespace

std::string_view explain_reason(std::string_view code) {
  const auto found = std::ranges::find(reasons, code, &ReasonText::code);
  return found == reasons.end() ? code : found->text;
}

bool covers(const Grant& grant, const ObjectRef& ref, const Record& record) {
  if (grant.patient != record.patient) return false;
  if (grant.record) return *grant.record == ref;
  const auto covered = [&](const std::string& type) {
    return std::ranges::any_of(grant.types, [&](const std::string& granted) { return scope_covers(granted, type); });
  };
  if (record.types.empty()) return covered("*");  // not FHIR: only what covers everything covers it
  return std::ranges::all_of(record.types, covered);
}

Verdict decide(const ledger::State& state, const Question& question) {
  const auto record = records.get(state, question.record);
  if (!record || record->stored > question.height) return {false, "unknown-record", {}};
  if (auto reason = barrier(state, question.record, *record, question.requester, question.height))
    return {false, std::move(*reason), {}};
  if (!ledger::in_good_standing(state, question.requester, question.height, question.time))
    return {false, "suspended", {}};
  if (question.requester == record->patient) return {true, "own-record", {}};

  std::optional<Step> best;
  std::optional<ObjectRef> nearest;
  const auto head = grant_heads.get(state, record->patient, question.requester);
  for (auto next = head ? std::optional(head->latest) : std::nullopt; next;) {
    const auto grant = grants.get(state, *next);
    const Step step = judge(*grant, *record, question);
    if (!best || step > *best) {
      best = step;
      nearest = next;
    }
    if (step == Step::permit) break;
    next = grant->previous;
  }
  if (!best) return {false, "no-grant", {}};
  return {*best == Step::permit, std::string(reason_of(*best)), nearest};
}

}  // namespace carechain::care
