#include "libcore/care/keeping.hpp"

#include "libcore/base/whole.hpp"

namespace carechain::care {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;

namespace {

bool allows(const ledger::Jurisdiction& jurisdiction, const std::optional<std::string>& place) {
  return place && std::ranges::find(jurisdiction.within, *place) != jurisdiction.within.end();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The law a record is under: as said, else its custodian's.
std::optional<std::string> law_of(const PutRecord& put, const Context& context) {
  return put.jurisdiction ? put.jurisdiction : ledger::jurisdiction_of(context.state, context.signer);
}

Outcome refuse_place(const PutRecord& put, const ledger::Privacy& privacy, const Context& context) {
  if (privacy.jurisdictions.empty())
    return put.jurisdiction ? Outcome(Refused{"the constitution names no jurisdictions"}) : std::nullopt;
  const auto law = law_of(put, context);
  if (!law)
    return Refused{"the custodian's jurisdiction is unknown, so the record's must be said",
                   "put-record --jurisdiction CODE"};
  const auto* jurisdiction = privacy.jurisdiction(*law);
  if (jurisdiction == nullptr) return Refused{"'" + *law + "' is not among the constitution's jurisdictions"};
  const auto place = ledger::jurisdiction_of(context.state, context.signer);
  if (!allows(*jurisdiction, place))
    return Refused{"a record under the law of " + *law + " may be kept in " + joined(jurisdiction->within) +
                   " only; this custodian is in " + place.value_or("no known place")};
  return std::nullopt;
}

Outcome refuse_class(const PutRecord& put, const ledger::Privacy& privacy, const Context& context) {
  if (privacy.retention.empty())
    return put.retention ? Outcome(Refused{"the constitution names no retention classes"}) : std::nullopt;
  if (!put.retention)
    return Refused{"a record needs one of the constitution's retention classes", "put-record --retention CLASS"};
  const auto* retention = privacy.retention_class(*put.retention);
  if (retention == nullptr)
    return Refused{"'" + *put.retention + "' is not among the constitution's retention classes"};
  if (retention->jurisdiction && retention->jurisdiction != law_of(put, context))
    return Refused{"the retention class " + retention->name + " is for records under the law of " +
                   *retention->jurisdiction};
  return std::nullopt;
}

}  // namespace

Outcome refuse_keeping(const PutRecord& put, const Context& context) {
  if (erased_patients.has(context.state, context.signer, put.patient))
    return Refused{"this patient's keys were erased here: nothing is stored for that account any more",
                   "she can show another account to this custodian"};
  const ledger::Privacy privacy = ledger::privacies.get(context.state).value_or(ledger::Privacy{});
  if (auto refused = refuse_place(put, privacy, context)) return refused;
  return refuse_class(put, privacy, context);
}

void note_keeping(const PutRecord& put, Context& context, Record& record) {
  const auto privacy = ledger::privacies.get(context.state);
  record.keep_until = put.keep_until;
  if (!privacy && !put.keep_until) return;
  if (privacy && !privacy->jurisdictions.empty()) record.jurisdiction = law_of(put, context);
  if (put.retention) {
    record.retention = put.retention;
    const Time end = years_later(context.time, privacy->retention_class(*put.retention)->years);
    record.keep_until = std::max(end, put.keep_until.value_or(end));
  }
  if (!record.keep_until) return;
  const auto longest = keepings.get(context.state, record.custodian, record.patient);
  if (longest && longest->until >= *record.keep_until) return;
  keepings.put(context.state, {*record.keep_until, record.retention.value_or(""), ledger::ref_of(context.id)},
               record.custodian, record.patient);
}

std::optional<std::string> barrier(const ledger::State& state, const ObjectRef& ref, const Record& record,
                                   const PublicKey& requester, std::uint64_t height) {
  if (erasure_of(state, ref, record, height)) return "erased";
  if (!record.jurisdiction || requester == record.patient) return std::nullopt;
  const auto privacy = ledger::privacies.get(state);
  const auto* jurisdiction = privacy ? privacy->jurisdiction(*record.jurisdiction) : nullptr;
  if (jurisdiction == nullptr || allows(*jurisdiction, ledger::jurisdiction_of(state, requester))) return std::nullopt;
  return "jurisdiction";
}

Time years_later(Time time, std::uint64_t years) {
  const std::string text = to_text(time);
  const std::size_t dash = text.find('-');
  const auto year = parse_whole<std::uint64_t>(std::string_view(text).substr(0, dash));
  const std::string later = std::to_string(year.value_or(0) + years);
  if (const auto same_day = parse_time(later + text.substr(dash))) return *same_day;
  return parse_time(later + "-03-01" + text.substr(dash + 6)).value_or(Time{max_time_seconds});
}

}  // namespace carechain::care
