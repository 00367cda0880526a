#include "libcore/care/access_operations.hpp"

#include <set>

#include "libcore/care/challenge.hpp"
#include "libcore/care/decision.hpp"
#include "libcore/care/emergency.hpp"
#include "libcore/care/grant_lists.hpp"
#include "libcore/care/keeping.hpp"
#include "libcore/care/request.hpp"

namespace carechain::care {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

bool is_media_type(const std::string& media) {
  return !media.empty() && media.size() <= 128 &&
         std::ranges::all_of(media, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

bool is_sorted_list(const Words& words, bool (*test)(std::string_view)) {
  return !words || (words->size() <= max_criterion_items && std::ranges::all_of(*words, test) &&
                    std::ranges::is_sorted(*words) && std::ranges::adjacent_find(*words) == words->end());
}

std::optional<std::string> facts_fault(const RecordFacts& facts) {
  const auto is_coding = [](std::string_view text) {
    return text.size() <= 256 && text.find('|') != std::string_view::npos &&
           std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  };
  if (!is_sorted_list(facts.labels, is_code)) return "security labels are sorted, distinct codes";
  if (!is_sorted_list(facts.categories, is_coding) || !is_sorted_list(facts.codes, is_coding))
    return "categories and codes are sorted and distinct, system|code";
  if (facts.from.has_value() != facts.until.has_value() || (facts.from && *facts.until < *facts.from))
    return "the data's own time has a first and a last second";
  return std::nullopt;
}

// Where an answer stands on the chain; sorts as it was sealed.
std::string place_of(const Context& context, std::uint32_t answer) {
  std::string bytes(20, '\0');
  auto* at = reinterpret_cast<std::uint8_t*>(bytes.data());
  store_be(at, context.height);
  store_be(at + 8, context.position);
  store_be(at + 12, context.id.operation);
  store_be(at + 16, answer);
  return bytes;
}

void note_log(Context& context, LogEntry entry, std::uint32_t answer) {
  entry.decision = ledger::ref_of(context.id);
  entry.height = context.height;
  const std::string place = place_of(context, answer);
  const Bytes row = encoding::encode_fields(entry);
  if (entry.patient) context.state.note(note_key("log", *entry.patient) + place, text_of(row));
  context.state.note(note_key("cus", entry.custodian) + place, text_of(row));
}

Outcome apply_put(const PutRecord& put, Context& context) {
  const auto custodian = ledger::identities.get(context.state, context.signer);
  if (!custodian || custodian->kind != ledger::Kind::organisation)
    return Refused{"only an enrolled organisation keeps records"};
  if (!ledger::in_good_standing(context.state, context.signer, context.height, context.time))
    return Refused{"the custodian is suspended or its standing has ended"};
  if (!is_type_list(put.types)) return Refused{"the resource types must be sorted, distinct FHIR types"};
  if (!is_media_type(put.media)) return Refused{"the media type is malformed"};
  if (auto fault = facts_fault(put.facts)) return Refused{*fault};
  if (put.version == 0) return Refused{"versions count from 1"};
  if (!ledger::sound_account(context.state, put.patient))
    return Refused{"the patient's account is not a sound Ed25519 key"};
  const auto patient = ledger::identities.get(context.state, put.patient);
  if (patient && patient->kind != ledger::Kind::patient)
    return Refused{"the patient's account is enrolled as something else",
                   "give the account she shows to this custodian: keygen --derive NAME --for WHO"};
  if (auto refused = refuse_keeping(put, context)) return refused;
  ledger::mark_private(context.state, put.patient, context.height);
  Record record;
  record.handle = put.handle;
  record.version = put.version;
  record.patient = put.patient;
  record.custodian = context.signer;
  record.types = put.types;
  record.media = put.media;
  record.facts = put.facts;
  record.root = put.root.value_or(Hash{});
  record.size = put.size;
  record.digest = put.digest;
  record.external = !put.root;
  record.stored = context.height;
  const ObjectRef ref = ledger::ref_of(context.id);
  note_keeping(put, context, record);
  records.put(context.state, record, ref);
  note_ref(context, "rec", put.patient, ref);
  return std::nullopt;
}

Outcome well_formed(const GrantAccess& grant, const std::vector<PublicKey>& grantees, const Context& context) {
  if (auto fault = policy_fault(grant.policy)) return Refused{*fault};
  for (const PublicKey& grantee : grantees) {
    if (grantee == context.signer)
      return Refused{"a grant to oneself changes nothing: patients read their own records"};
    if (!ledger::sound_account(context.state, grantee)) return Refused{"the grantee is not a sound Ed25519 key"};
  }
  for (const ObjectRef& ref : records_named(grant.policy)) {
    const auto record = records.get(context.state, ref);
    if (!record) return Refused{"there is no such record"};
    if (record->patient != context.signer) return Refused{"only the patient whose record it is may grant it"};
  }
  return std::nullopt;
}

// A Grant when it begins. What is allowed and forbidden stands in it in the encoding in which it came.
struct NewGrant {
  PublicKey patient;
  std::optional<Effect> base;
  encoding::Encoded provisions;
  std::uint64_t began = 0;
  template <class V>
  void fields(V& v) {
    v("patient", patient, "");
    v("base", base, "");
    v("provisions", provisions, "");
    v("began", began, "");
  }
};

Outcome apply_grant(const GrantAccess& fields, Context& context) {
  const ObjectRef ref = ledger::ref_of(context.id);
  const ledger::StateKey key = grants.at(ref);
  context.state.prefetch(key);
  const std::vector<PublicKey> grantees = accounts_named(fields.policy);
  if (auto refused = well_formed(fields, grantees, context)) return refused;
  list_grant(context.state, context.signer, fields.policy, ref);
  const encoding::Encoded provisions{encoding::encoded_field(context.fields, "provisions")};
  grants.put_as(context.state, NewGrant{context.signer, fields.policy.base, provisions, context.height}, key);
  note_ref(context, "grn", context.signer, ref);
  for (const PublicKey& grantee : grantees) note_ref(context, "gto", grantee, ref);
  return std::nullopt;
}

Outcome apply_revoke(const RevokeAccess& revoke, Context& context) {
  auto grant = grants.get(context.state, revoke.grant);
  if (!grant) return Refused{"there is no such grant"};
  if (grant->patient != context.signer) return Refused{"only the patient who granted may revoke"};
  if (grant->ended) return Refused{"it was revoked already, at block " + std::to_string(*grant->ended)};
  grant->ended = context.height;
  grants.put(context.state, *grant, revoke.grant);
  return std::nullopt;
}

// What is wrong with a decision as a whole; empty: nothing.
std::string doubt(const DecideAccess& decide, const SignedRequest& request, const Context& context) {
  if (used_requests.has(context.state, request.id)) return "the request was answered before";
  if (const auto fault = challenge_fault(context.state, context.ledger, request.request, decide.at); !fault.empty())
    return std::string(explain_reason(fault));
  const auto basis_time = context.ancestry.block_time(decide.basis_height);
  if (!basis_time || context.ancestry.block_hash(decide.basis_height) != decide.basis_hash)
    return "its basis, block " + std::to_string(decide.basis_height) + ", is not on this chain";
  const auto constitution = ledger::constitutions.get(context.state);
  const auto skew = static_cast<std::int64_t>(constitution->consensus.future);  // that clocks may differ by
  if (decide.at.seconds > context.time.seconds + skew) return "it says that it was made after the block that holds it";
  if (decide.at.seconds < basis_time->seconds - skew) return "it says that it was made before its basis was sealed";
  const auto newer = context.ancestry.block_time(decide.basis_height + 1);
  if (newer && decide.at.seconds > newer->seconds + skew) return "its basis was out of date when it was made";
  const auto fresh = static_cast<std::int64_t>(constitution->defaults.request_seconds);
  const std::int64_t age = decide.at.seconds - request.request.time.seconds;
  if (age > fresh || age < -request_clock_tolerance) return "the request was not fresh when it was decided on";
  return {};
}

// What is wrong with one answer of it. A custodian may be stricter than the chain: pending revocations count at once.
std::string doubt(const Answer& answer, const Verdict& verdict) {
  if (!answer.permit) return {};
  if (!verdict.permit || verdict.reason != answer.reason) return "the chain says " + verdict.reason;
  if (answer.grant && answer.grant != verdict.grant) return "the chain says that another grant decides";
  return {};
}

std::optional<SignedRequest> read_in(const DecideAccess& decide, const Context& context) {
  try {
    return read_request(context.ledger, decide.request);
  } catch (const encoding::CborFault&) {
    return std::nullopt;
  }
}

bool asked_for(const Request& request, const ObjectRef& ref, const Record& record) {
  if (request.patient) return *request.patient == record.patient;
  return std::ranges::find(request.records, ref) != request.records.end();
}

Outcome well_formed(const DecideAccess& decide, const std::optional<SignedRequest>& request, const Context& context) {
  if (!request) return Refused{"the request in it is malformed or its signature does not hold"};
  if (request->request.custodian != context.signer)
    return Refused{"the request in it is addressed to another custodian"};
  if (decide.answers.empty() || decide.answers.size() > max_answers)
    return Refused{"a decision answers for 1 to 1000 records"};
  for (const Answer& answer : decide.answers) {
    const auto record = records.get(context.state, answer.record);
    if (!record || record->custodian != context.signer) return Refused{"it answers for a record of somebody else"};
    if (!asked_for(request->request, answer.record, *record))
      return Refused{"it answers for a record nobody asked for"};
    if (answer.reason.empty() || answer.reason.size() > 32) return Refused{"a reason is a short code"};
  }
  return std::nullopt;
}

LogEntry log_entry(const DecideAccess& decision, const Answer& answer, const Request& request,
                   const PublicKey& requester, const Context& context) {
  LogEntry entry;
  entry.requester = requester;
  entry.custodian = context.signer;
  entry.patient = records.get(context.state, answer.record)->patient;
  entry.record = answer.record;
  entry.purpose = request.purpose;
  entry.permit = answer.permit;
  entry.reason = answer.reason;
  entry.grant = answer.grant;
  entry.path = answer.path;
  entry.decided = decision.at;
  return entry;
}

// The rules look at dates by the later of the decision's own time and its basis': going back wins nothing.
Question question_about(const Answer& answer, const DecideAccess& decision, const Request& request,
                        const PublicKey& requester, const Context& context) {
  const Time basis = context.ancestry.block_time(decision.basis_height).value_or(decision.at);
  return {answer.record,
          requester,
          request.purpose,
          decision.basis_height,
          std::max(decision.at, basis),
          request.reason.has_value(),
          asks_for_whole_file(request)};
}

Outcome apply_decide(const DecideAccess& decision, Context& context) {
  const auto signed_request = read_in(decision, context);
  if (auto refused = well_formed(decision, signed_request, context)) return refused;
  const Request& request = signed_request->request;
  const PublicKey requester =
      ledger::account_of(context.state, signed_request->signer).value_or(signed_request->signer);
  const std::string general = doubt(decision, *signed_request, context);
  std::string first_doubt = general;
  std::set<PublicKey> alarmed;  // patients whose records were opened in a new emergency
  for (std::uint32_t i = 0; i < decision.answers.size(); ++i) {
    const Answer& answer = decision.answers[i];
    const Verdict verdict = decide(context.state, question_about(answer, decision, request, requester, context));
    const std::string why = general.empty() ? doubt(answer, verdict) : general;
    if (first_doubt.empty()) first_doubt = why;
    LogEntry entry = log_entry(decision, answer, request, requester, context);
    if (!why.empty()) entry.unfounded = why;
    const bool goes_on = verdict.reason == "emergency" && verdict.grant;  // one that was opened before
    if (answer.permit && (answer.reason == "emergency" || verdict.reason == "emergency") && !goes_on)
      alarmed.insert(*entry.patient);
    note_log(context, entry, i);
  }
  const ObjectRef ref = ledger::ref_of(context.id);
  if (!alarmed.empty()) {
    Emergency emergency;
    emergency.custodian = context.signer;
    emergency.requester = requester;
    emergency.patients.assign(alarmed.begin(), alarmed.end());
    emergency.purpose = request.purpose;
    emergency.reason = request.reason;
    emergency.opened = decision.at;
    open(context, std::move(emergency));
  }
  if (!first_doubt.empty()) unfounded.put(context.state, {first_doubt}, ref);
  if (!used_requests.has(context.state, signed_request->id))
    used_requests.put(context.state, {ref}, signed_request->id);
  note_challenge(context.state, context.ledger, request, ref);
  return std::nullopt;
}

Outcome apply_refuse(const RefuseRequest& refuse, Context& context) {
  if (!ledger::identities.has(context.state, context.signer))
    return Refused{"only an enrolled custodian logs refusals"};
  if (refuse.reason.empty() || refuse.reason.size() > 32) return Refused{"a reason is a short code"};
  LogEntry entry;
  if (refuse.requester)
    entry.requester = ledger::account_of(context.state, *refuse.requester).value_or(*refuse.requester);
  entry.custodian = context.signer;
  entry.reason = refuse.reason;
  entry.decided = refuse.at;
  note_log(context, entry, 0);
  return std::nullopt;
}

}  // namespace

std::string note_key(std::string_view table, const PublicKey& account) {
  std::string key(table);
  key += '/';
  key += text_of(account.view());
  return key;
}

void note_ref(Context& context, std::string_view table, const PublicKey& account, const ObjectRef& ref) {
  if (context.state.keeps_notes()) context.state.note(note_key(table, account).append(text_of(ref.view())), {});
}

void add_access_operations(ledger::OperationTable& table) {
  table.add<PutRecord>("a custodian stores a record of a patient", apply_put);
  table.add<GrantAccess>("a patient lets somebody read", apply_grant);
  table.add<RevokeAccess>("a patient ends a grant", apply_revoke, false);
  table.add<DecideAccess>("a custodian decides on a request for access", apply_decide, false);
  table.add<ReviewEmergency>("a custodian reviews an emergency", apply_review, false);
  table.add<RefuseRequest>("a custodian refuses a request unread", apply_refuse, false);
}

}  // namespace carechain::care
