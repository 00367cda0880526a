#include "libcore/care/grant_lists.hpp"

#include <algorithm>
#include <utility>

#include "libcore/base/distinct.hpp"

namespace carechain::care {
namespace {

constexpr std::size_t max_lists = 64;  // of one grant; beyond, it is listed under any record
const PublicKey anyone{};
const ObjectRef any_record{};

std::vector<PublicKey> listed_accounts(const Policy& policy) {
  if (speaks_of_anyone(policy)) return {anyone};
  std::vector<PublicKey> accounts;  // those of nested provisions matter only where the one around them fits
  for (const Provision& provision : policy.provisions)
    for (const Actor& actor : *provision.actors) accounts.push_back(actor.account);
  sort_distinct(accounts);
  return accounts;
}

std::vector<ObjectRef> listed_records(const Policy& policy, std::size_t accounts) {
  std::vector<ObjectRef> found;
  for (const Provision& provision : policy.provisions) {
    if (!provision.records) return {any_record};
    found.insert(found.end(), provision.records->begin(), provision.records->end());
  }
  sort_distinct(found);
  if (policy.base || found.size() * accounts > max_lists) return {any_record};
  return found;
}

bool visit_list(const ledger::State& state, const PublicKey& patient, const PublicKey& account, const ObjectRef& record,
                const GrantVisit& visit) {
  const auto list = grant_lists.get(state, patient, account, record);
  if (!list) return true;
  const auto visit_grant = [&](const ObjectRef& ref) { return visit(ref, *grants.get(state, ref)); };
  const auto visit_all = [&](const std::vector<ObjectRef>& refs) {  // the latest first
    return std::all_of(refs.rbegin(), refs.rend(), visit_grant);
  };
  if (!visit_all(list->latest)) return false;
  for (std::uint64_t number = list->pages; number-- > 0;) {
    const auto page = grant_pages.get(state, patient, account, record, number);
    if (!visit_all(page->grants)) return false;
  }
  return true;
}

}  // namespace

void list_grant(ledger::Changes& state, const PublicKey& patient, const Policy& policy, const ObjectRef& grant) {
  const auto accounts = listed_accounts(policy);
  const auto about = listed_records(policy, accounts.size());
  for (const PublicKey& account : accounts)
    for (const ObjectRef& record : about) {
      const auto place = state.touch(grant_lists.at(patient, account, record));
      GrantList list = grant_lists.get(state, place).value_or(GrantList{});
      if (list.latest.size() == grants_a_page)
        grant_pages.put(state, {std::exchange(list.latest, {})}, patient, account, record, list.pages++);
      list.latest.push_back(grant);
      grant_lists.put(state, list, place);
    }
}

void each_grant(const ledger::State& state, const PublicKey& patient, const std::vector<PublicKey>& accounts,
                const ObjectRef& record, const GrantVisit& visit) {
  for (const PublicKey& account : accounts)
    for (const ObjectRef& about : {record, any_record})
      if (!visit_list(state, patient, account, about, visit)) return;
  for (const ObjectRef& about : {record, any_record})
    if (!visit_list(state, patient, anyone, about, visit)) return;
}

}  // namespace carechain::care
