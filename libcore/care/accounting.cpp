#include "libcore/care/accounting.hpp"

#include <algorithm>

#include "libcore/care/minimum_necessary.hpp"
#include "libcore/care/purpose.hpp"

namespace carechain::care {
namespace {

bool is_treatment_payment_operations(std::string_view purpose) {
  for (const std::string_view wide : {"TREAT", "ETREAT", "HPAYMT", "HOPERAT"})
    if (purpose_covers(wide, purpose)) return true;
  return false;
}

const Provision* provision_at(const Policy& policy, std::string_view path) {
  const std::vector<Provision>* level = &policy.provisions;
  const Provision* found = nullptr;
  for (std::size_t open = path.find('['); open != std::string_view::npos; open = path.find('[', open + 1)) {
    const std::size_t place = static_cast<std::size_t>(std::stoul(std::string(path.substr(open + 1))));
    if (place >= level->size()) return nullptr;
    found = &(*level)[place];
    level = &found->provisions;
  }
  return found;
}

bool is_authorization(const ledger::State& state, const LogEntry& entry) {
  const auto grant = entry.grant ? grants.get(state, *entry.grant) : std::nullopt;
  const Provision* rule = grant && entry.path ? provision_at(grant->policy, *entry.path) : nullptr;
  return rule != nullptr && rule->actors && rule->purposes && rule->until && names_data(rule);
}

}  // namespace

Time accounting_begin(Time now) {
  std::string text = to_text(now);  // the same date and time of day, six years before; 29 February: the day after it
  const std::string year = std::to_string(std::stol(text) - accounting_years);
  text.replace(0, text.find('-'), year);
  if (const auto begin = parse_time(text)) return *begin;
  return parse_time(year + "-03-01").value_or(Time{0});
}

bool Accounting::counts(const LogEntry& entry) const {
  if (!entry.permit || !entry.patient || !entry.record) return false;
  if (entry.decided < since_ || until_ < entry.decided) return false;
  if (entry.requester == *entry.patient || is_treatment_payment_operations(entry.purpose)) return false;
  const auto suspends = [&](const Suspension& one) {
    return one.recipient == entry.requester && one.from <= now_ && now_ <= one.until;
  };
  return std::ranges::none_of(suspensions_, suspends) && !is_authorization(state_, entry);
}

void Accounting::add(const LogEntry& entry) {
  if (!counts(entry)) return;
  auto row = std::ranges::find_if(rows_, [&](const Row& one) {
    return one.disclosure.custodian == entry.custodian && one.disclosure.recipient == entry.requester &&
           one.disclosure.purpose == entry.purpose;
  });
  if (row == rows_.end()) {
    rows_.push_back({{entry.custodian, entry.requester, entry.purpose, {}, 0, 0, entry.decided, entry.decided}, {}});
    row = rows_.end() - 1;
  }
  Disclosure& all = row->disclosure;
  ++all.count;
  all.first = std::min(all.first, entry.decided);
  all.last = std::max(all.last, entry.decided);
  if (std::ranges::find(row->records, *entry.record) != row->records.end()) return;
  row->records.push_back(*entry.record);
  ++all.records;
  const auto record = records.get(state_, *entry.record);
  std::vector<std::string> types = record ? record->types : std::vector<std::string>{};
  if (types.empty()) types.emplace_back("other");
  for (const std::string& type : types)
    if (std::ranges::find(all.types, type) == all.types.end()) all.types.push_back(type);
  std::ranges::sort(all.types);
}

std::vector<Disclosure> Accounting::disclosures() const {
  std::vector<Disclosure> all;
  for (const Row& row : rows_) all.push_back(row.disclosure);
  std::ranges::stable_sort(all, {}, &Disclosure::first);
  return all;
}

}  // namespace carechain::care
