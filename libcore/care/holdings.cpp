#include "libcore/care/holdings.hpp"

#include <set>

#include "libcore/base/whole.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care {

std::vector<ObjectRef> refs_of(const ledger::Pool& pool, std::string_view table, const PublicKey& account) {
  const std::string prefix = note_key(table, account);
  std::vector<ObjectRef> refs;
  const auto add = [&](std::string_view key) {
    refs.emplace_back(view_of(key.substr(prefix.size(), ObjectRef::size)));
    return true;
  };
  pool.ledger().scan_notes(prefix, [&](std::string_view key, std::string_view) { return add(key); });
  for (const auto& [key, value] : pool.pending_state().notes())
    if (key.starts_with(prefix)) add(key);
  return refs;
}

std::vector<ObjectRef> records_of(const ledger::Pool& pool, const PublicKey& patient) {
  return refs_of(pool, "rec", patient);
}

std::vector<GrantInForce> grants_in_force(const ledger::Pool& pool, const PublicKey& patient, Time now) {
  std::vector<GrantInForce> in_force;
  for (const ObjectRef& ref : refs_of(pool, "grn", patient)) {
    auto grant = grants.get(pool.pending_state(), ref);
    if (!grant || grant->ended) continue;
    if (const auto last = last_second(grant->policy); last && *last < now) continue;
    in_force.push_back({ref, std::move(*grant)});
  }
  return in_force;
}

namespace {

bool is_lower_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

ledger::ObjectId find_object(const ledger::Pool& pool, std::string_view text) {
  const std::string whole(text);
  const std::size_t dot = text.find('.');
  const std::string digits(text.substr(0, dot));
  const auto operation =
      dot == std::string_view::npos ? std::optional(0u) : parse_whole<std::uint32_t>(text.substr(dot + 1));
  if (digits.size() < 8 || digits.size() > 64 || !is_lower_hex(digits) || !operation)
    throw misuse("'" + whole + "' is not an id: TX.N, or at least its first 8 characters");
  std::set<TransactionId> found;
  for (const TransactionId& id : pool.ledger().transactions_like(digits, 2)) found.insert(id);
  for (const auto& pending : pool.pending())
    if (encoding::hex(pending.id.view()).starts_with(digits)) found.insert(pending.id);
  if (found.empty())
    throw refusal("there is no transaction '" + digits + "' on this ledger", "carechain show-chain --transactions");
  if (found.size() > 1) throw refusal("'" + digits + "' is not unique", "give more characters of the id");
  return {*found.begin(), *operation};
}

}  // namespace carechain::care
