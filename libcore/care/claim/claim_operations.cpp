#include "libcore/care/claim/claim_operations.hpp"

#include <algorithm>

#include "libcore/care/claim/dispute_operations.hpp"
#include "libcore/care/claim/plan_kind.hpp"
#include "libcore/care/claim/posting.hpp"
#include "libcore/contract/contract_operations.hpp"

namespace carechain::care::claim {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

constexpr std::int64_t most_cents = 100'000'000'000'000;  // of a line: a million times a million
constexpr std::uint64_t most_units = 1'000'000;
constexpr std::array<std::string_view, 3> uses{"claim", "preauthorization", "predetermination"};
constexpr std::array<std::string_view, 5> types{"institutional", "professional", "pharmacy", "oral", "vision"};
constexpr std::array<std::string_view, 4> relationships{"self", "spouse", "child", "other"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}
bool is_midnight(Time time) { return time.seconds % day_seconds == 0; }
bool is_member(const Context& context, const PublicKey& account, std::string_view role) {
  const auto identity = ledger::identities.get(context.state, account);
  if (!identity || identity->kind == ledger::Kind::patient) return false;
  return role.empty() || std::ranges::find(identity->roles, role) != identity->roles.end();
}
Case case_of(const Context& context, const ObjectRef& ref, bool reviewed = false) {
  return {ref, context.height, context.time, reviewed, {}};
}
std::string query_key(std::string_view table, const PublicKey& account, const ObjectRef& ref) {
  std::string key(table);
  key += text_of(account.view());
  key += text_of(ref.view());
  return key;
}

Outcome apply_enroll(const EnrollCoverage& fields, Context& context) {
  if (!is_member(context, context.signer, "payer")) return Refused{"only an enrolled payer enrols coverage"};
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the payer is suspended or its standing has ended"};
  const auto plan = contract::contracts.get(context.state, fields.plan);
  if (!plan || plan->kind != plan_kind_name)
    return Refused{"there is no plan '" + fields.plan + "'", "deploy-contract puts one on the ledger"};
  if (plan->owner != context.signer) return Refused{"the plan '" + fields.plan + "' belongs to another payer"};
  if (!among(relationships, fields.relationship)) return Refused{"a relationship is self, spouse, child or other"};
  if (fields.order < 1 || fields.order > 9) return Refused{"the order is 1 to 9"};
  if (!is_midnight(fields.from) || (fields.until && !is_midnight(*fields.until)))
    return Refused{"coverage begins and ends with a day"};
  if (fields.until && *fields.until < fields.from && !fields.replaces)
    return Refused{"the coverage ends before it begins"};
  const auto identity = ledger::identities.get(context.state, fields.member);
  if (identity && identity->kind != ledger::Kind::patient)
    return Refused{"the member's account is enrolled as something else"};
  ledger::mark_private(context.state, fields.member, context.height);
  auto list = coverages_of.get(context.state, context.signer, fields.member).value_or(CoverageList{});
  if (fields.replaces) {
    const auto found = std::ranges::find(list.refs, *fields.replaces);
    if (found == list.refs.end()) return Refused{"the coverage to be replaced is not one of this member"};
    list.refs.erase(found);
  }
  if (list.refs.size() >= 64) return Refused{"a member has at most 64 coverages with a payer"};
  const ObjectRef ref = ledger::ref_of(context.id);
  list.refs.push_back(ref);
  coverages.put(context.state,
                Coverage{context.signer, fields.member, fields.subscriber.value_or(fields.member), fields.plan,
                         fields.relationship, fields.order, fields.from, fields.until, context.height},
                ref);
  coverages_of.put(context.state, list, context.signer, fields.member);
  return std::nullopt;
}

Outcome well_formed(const Line& line, std::uint64_t& last_number) {
  const std::string which = "line " + std::to_string(line.number);
  if (line.number <= last_number || line.number > max_lines)
    return Refused{which + ": lines are numbered upwards from 1 to 999"};
  last_number = line.number;
  if (!is_code(line.code, 48)) return Refused{which + ": the code is missing or malformed"};
  if (line.modifiers.size() > 8 || !std::ranges::is_sorted(line.modifiers))
    return Refused{which + ": up to eight modifiers, sorted"};
  for (const std::string& modifier : line.modifiers)
    if (!is_code(modifier, 8)) return Refused{which + ": a modifier is malformed"};
  if (!line.place.empty() && !is_code(line.place, 8)) return Refused{which + ": the place of service is malformed"};
  if (line.units < 1 || line.units > most_units) return Refused{which + ": units are 1 to 1000000"};
  if (line.charge < 0 || line.charge > most_cents)
    return Refused{which + ": the charge is negative or beyond all bounds"};
  if (!is_midnight(line.from) || !is_midnight(line.to) || line.to < line.from)
    return Refused{which + ": the days of service are malformed"};
  if (line.rendering && !is_code(*line.rendering, 16)) return Refused{which + ": the rendering provider is malformed"};
  return std::nullopt;
}

Outcome well_formed(const SubmitClaim& claim) {
  if (!among(uses, claim.use)) return Refused{"a claim's use is claim, preauthorization or predetermination"};
  if (!among(types, claim.type))
    return Refused{"a claim's type is institutional, professional, pharmacy, oral or vision"};
  if (!is_code(claim.provider, 16)) return Refused{"the provider's NPI is missing or malformed"};
  if (claim.currency.size() != 3 || !is_code(claim.currency, 3)) return Refused{"the currency is an ISO 4217 code"};
  if (claim.lines.empty() || claim.lines.size() > max_lines) return Refused{"a claim has 1 to 999 lines"};
  if (!is_midnight(claim.from) || !is_midnight(claim.to) || claim.to < claim.from)
    return Refused{"the days of service are malformed"};
  if (claim.prior.size() > 9 || claim.authorisations.size() > 16)
    return Refused{"too many earlier payers or authorisations"};
  for (const PriorPayment& prior : claim.prior)
    if (prior.paid < 0 || prior.adjusted < 0 || prior.paid > most_cents || prior.adjusted > most_cents)
      return Refused{"what an earlier payer paid or adjusted is negative or beyond all bounds"};
  if (claim.frequency != 1 && claim.frequency != 7 && claim.frequency != 8)
    return Refused{"a claim's frequency is 1 (original), 7 (replacement) or 8 (void)"};
  if ((claim.frequency == 1) == claim.original.has_value())
    return Refused{"a replacement or void names the original, and only such"};
  std::uint64_t last_number = 0;
  for (const Line& line : claim.lines)
    if (auto refused = well_formed(line, last_number)) return refused;
  return std::nullopt;
}

Outcome may_replace(const SubmitClaim& fields, const Context& context, const std::optional<Claim>& original) {
  if (!original) return Refused{"the original claim is not on this ledger"};
  if (is_over(*original)) return Refused{"the original claim was " + original->state + " already"};
  const SubmitClaim& before = original->submitted;
  if (original->submitter != context.signer || before.payer != fields.payer || before.member != fields.member ||
      before.provider != fields.provider)
    return Refused{"a replacement or void is of the same provider, member and payer, by who submitted the original"};
  return std::nullopt;
}

Outcome apply_submit(const SubmitClaim& fields, Context& context) {
  if (!is_member(context, context.signer, {}))
    return Refused{"only an enrolled organisation or professional submits claims"};
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the submitter is suspended or its standing has ended"};
  if (!is_member(context, fields.payer, "payer"))
    return Refused{"there is no such payer", "list identities shows who is enrolled"};
  if (auto refused = well_formed(fields)) return refused;
  const ObjectRef ref = ledger::ref_of(context.id);
  contract::Moment moment = contract::moment_of(context);
  Claim claim;
  claim.submitted = fields;
  claim.submitter = context.signer;
  claim.received = context.time;
  claim.height = claim.decided = context.height;
  context.state.note(query_key("clm/", fields.payer, ref), {});
  context.state.note(query_key("cls/", context.signer, ref), {});
  context.state.note(query_key("clp/", fields.member, ref), {});
  bool replaces_appealed = false;
  if (fields.original) {
    auto original = claims.get(context.state, *fields.original);
    if (auto refused = may_replace(fields, context, original)) return refused;
    replaces_appealed = is_appealed(*original);
    original->replaced_by = ref;
    unpost(context.state, moment, *fields.original, *original, fields.frequency == 8 ? "voided" : "replaced");
  }
  if (fields.frequency == 8) {
    claim.state = "voided";
    claims.put(context.state, claim, ref);
    return std::nullopt;
  }
  Case of = case_of(context, ref);
  if (replaces_appealed) of.doubt = "replaces-appealed";
  post(context.state, moment, ref, claim, adjudicate(context.state, fields, of));
  return std::nullopt;
}

Outcome apply_review(const ReviewClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitted.payer != context.signer) return Refused{"only the payer decides a claim"};
  if (claim->state != "pended") return Refused{"the claim is not pended: it is " + claim->state};
  if (!fields.approve && !is_reason(fields.reason)) return Refused{"a denial has a reason code"};
  contract::Moment moment = contract::moment_of(context);
  Ruling ruling = fields.approve ? adjudicate(context.state, claim->submitted, case_of(context, fields.claim, true))
                                 : denial_of(*claim, fields.reason);
  claim->reviewer = context.signer;
  // The lines of a pended claim are noted already, so that no other can slip past; they are noted anew.
  unpost(context.state, moment, fields.claim, *claim, "pended");
  post(context.state, moment, fields.claim, *claim, std::move(ruling));
  return std::nullopt;
}

Outcome apply_reverse(const ReverseClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitted.payer != context.signer && claim->submitter != context.signer)
    return Refused{"only who submitted a claim or its payer reverses it"};
  if (is_over(*claim)) return Refused{"the claim was " + claim->state + " already"};
  if (!is_reason(fields.reason)) return Refused{"a reason is a short code"};
  contract::Moment moment = contract::moment_of(context);
  claim->reason = fields.reason;
  unpost(context.state, moment, fields.claim, *claim, "voided");
  return std::nullopt;
}

Outcome apply_reopen(const ReopenClaim& fields, Context& context) {
  auto claim = claims.get(context.state, fields.claim);
  if (!claim) return Refused{"there is no such claim"};
  if (claim->submitted.payer != context.signer) return Refused{"only the payer reopens a claim"};
  if (claim->state == "pended" || is_over(*claim))
    return Refused{"the claim is " + claim->state + ": there is nothing to reopen"};
  if (!is_reason(fields.reason)) return Refused{"a reason is a short code"};
  contract::Moment moment = contract::moment_of(context);
  unpost(context.state, moment, fields.claim, *claim, "pended");
  post(context.state, moment, fields.claim, *claim,
       adjudicate(context.state, claim->submitted, case_of(context, fields.claim)));
  return std::nullopt;
}

}  // namespace

void claim_overdue(contract::Moment& moment, const ObjectRef& ref, ByteView) {
  const auto claim = claims.get(moment.state, ref);
  if (!claim || claim->state != "pended") return;
  contract::Effect effect;
  effect.kind = "overdue";
  effect.cause = ref;
  effect.word = "overdue";
  effect.to = claim->submitted.payer;
  effect.contract = claim->plan;
  effect.details = {{"reason", claim->reason}};
  contract::record_effect(moment, std::move(effect));
}

void add_claim_operations(ledger::OperationTable& table) {
  table.add<EnrollCoverage>("a payer enrols a member in a plan", apply_enroll);
  table.add<SubmitClaim>("a provider asks a payer to pay; the plan decides", apply_submit);
  table.add<ReviewClaim>("a person decides a pended claim", apply_review, false);
  table.add<ReverseClaim>("a claim's decision is taken back", apply_reverse, false);
  table.add<ReopenClaim>("a payer has a claim decided anew", apply_reopen, false);
  add_dispute_operations(table);
}

}  // namespace carechain::care::claim
