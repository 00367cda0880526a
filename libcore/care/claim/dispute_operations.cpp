#include "libcore/care/claim/dispute_operations.hpp"

#include "libcore/care/claim/posting.hpp"

namespace carechain::care::claim {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

constexpr std::int64_t most_days = 366;  // that a payer may wait for information

// Tells somebody about a claim, once for each word.
void tell(contract::Moment& moment, const ObjectRef& ref, const Claim& claim, const char* kind, std::string word,
          const PublicKey& from, const PublicKey& to, const std::string& reason) {
  contract::Effect effect;
  effect.kind = kind;
  effect.cause = ref;
  effect.word = std::move(word);
  effect.from = from;
  effect.to = to;
  effect.contract = claim.plan;
  effect.details = {{"reason", reason}};
  contract::record_effect(moment, std::move(effect));
}

Outcome apply_inquire(const InquireClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitted.payer != context.signer) return Refused{"only the payer asks for information"};
  if (claim->state != "pended") return Refused{"the claim is not pended: it is " + claim->state};
  if (!is_reason(fields.reason)) return Refused{"what is missing is told by a short code"};
  if (fields.until <= context.time || fields.until.seconds > context.time.seconds + most_days * day_seconds)
    return Refused{"the answer is due within a year, and not before now"};
  contract::Moment moment = contract::moment_of(context);
  contract::call_off(context.state, fields.claim, review_timer);
  contract::set_timer(context.state, fields.claim, answer_timer, fields.until);
  claim->inquiries = claim->inquiries.value_or(0) + 1;
  claim->asked = fields.reason;
  claim->due = fields.until;
  claims.put(context.state, *claim, fields.claim);
  tell(moment, fields.claim, *claim, "notify", "inquiry " + std::to_string(*claim->inquiries), context.signer,
       claim->submitter, fields.reason);
  return std::nullopt;
}

Outcome apply_answer(const AnswerClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitter != context.signer) return Refused{"only who submitted a claim answers"};
  if (!claim->asked) return Refused{"the payer has asked for nothing"};
  contract::Moment moment = contract::moment_of(context);
  contract::call_off(context.state, fields.claim, answer_timer);
  claim->asked.reset();
  claim->due = Time{std::min(context.time.seconds + answered_days * day_seconds, max_time_seconds)};
  contract::set_timer(context.state, fields.claim, review_timer, *claim->due);
  claims.put(context.state, *claim, fields.claim);
  tell(moment, fields.claim, *claim, "notify", "answer " + std::to_string(*claim->inquiries), context.signer,
       claim->submitted.payer, "answered");
  return std::nullopt;
}

Outcome apply_appeal(const AppealClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitter != context.signer && claim->submitted.member != context.signer)
    return Refused{"only who submitted a claim, or the patient, appeals"};
  if (claim->state == "pended" || is_over(*claim))
    return Refused{"the claim is " + claim->state + ": there is no decision to appeal"};
  if (is_appealed(*claim)) return Refused{"an appeal is open already"};
  if (!is_reason(fields.reason)) return Refused{"a reason is a short code"};
  const std::uint64_t level = claim->appeal ? claim->appeal->level + 1 : 1;
  if (level > max_appeal_level) return Refused{"a claim is appealed at most nine times"};
  contract::Moment moment = contract::moment_of(context);
  const Time due{std::min(context.time.seconds + appeal_days * day_seconds, max_time_seconds)};
  claim->appeal = Appeal{level, context.signer, context.time, due, fields.reason, fields.document, "open"};
  contract::set_timer(context.state, fields.claim, appeal_timer, due);
  claims.put(context.state, *claim, fields.claim);
  tell(moment, fields.claim, *claim, "notify", "appeal " + std::to_string(level), context.signer,
       claim->submitted.payer, fields.reason);
  return std::nullopt;
}

Outcome apply_rule(const RuleAppeal& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitted.payer != context.signer) return Refused{"only the payer rules on an appeal"};
  if (!is_appealed(*claim)) return Refused{"no appeal is open"};
  if (!is_reason(fields.reason)) return Refused{"a reason is a short code"};
  contract::Moment moment = contract::moment_of(context);
  contract::call_off(context.state, fields.claim, appeal_timer);
  claim->appeal->outcome = fields.overturn ? "overturned" : "upheld";
  claim->reviewer = context.signer;
  tell(moment, fields.claim, *claim, "notify", "ruling " + std::to_string(claim->appeal->level), context.signer,
       claim->appeal->by, claim->appeal->outcome + ' ' + fields.reason);
  if (!fields.overturn) {
    claims.put(context.state, *claim, fields.claim);
    return std::nullopt;
  }
  unpost(context.state, moment, fields.claim, *claim, "pended");
  post(context.state, moment, fields.claim, *claim,
       adjudicate(context.state, claim->submitted, {fields.claim, context.height, context.time, true}));
  return std::nullopt;
}

}  // namespace

void answer_overdue(contract::Moment& moment, const ObjectRef& ref, ByteView) {
  auto claim = claims.get(moment.state, ref);
  if (!claim || !claim->asked) return;
  claim->asked.reset();
  Ruling ruling = denial_of(*claim, "CO-252");
  for (LineDecision& line : ruling.lines) line.adjustments.front().remark = "N706";
  unpost(moment.state, moment, ref, *claim, "pended");
  post(moment.state, moment, ref, *claim, std::move(ruling));
}

void appeal_overdue(contract::Moment& moment, const ObjectRef& ref, ByteView) {
  const auto claim = claims.get(moment.state, ref);
  if (!claim || !is_appealed(*claim)) return;
  tell(moment, ref, *claim, "overdue", "appeal " + std::to_string(claim->appeal->level) + " overdue",
       claim->submitted.payer, claim->submitted.payer, claim->appeal->reason);
}

void add_dispute_operations(ledger::OperationTable& table) {
  table.add<InquireClaim>("a payer asks for information that a pended claim waits for", apply_inquire, false);
  table.add<AnswerClaim>("the information that a payer asked for was sent", apply_answer);
  table.add<AppealClaim>("a claim's decision is appealed", apply_appeal);
  table.add<RuleAppeal>("a payer rules on an appeal", apply_rule, false);
}

}  // namespace carechain::care::claim
