#include "libcore/care/privacy_watch.hpp"

namespace carechain::care {

void PrivacyWatch::see(const ledger::BlockView& block, std::span<const ledger::Transaction> transactions) {
  for (const ledger::Transaction& transaction : transactions)
    for (std::uint32_t i = 0; i < transaction.operations.size(); ++i) {
      const std::string_view name = transaction.operations[i].name;
      if (name.starts_with("erase.") || name.starts_with("legal."))
        see_operation(ledger::ref_of({transaction.id, i}), transaction.operations[i], block.header.height);
    }
}

void PrivacyWatch::see_operation(const ObjectRef& ref, const ledger::OperationView& operation, std::uint64_t height) {
  if (operation.name == OrderErasure::name)
    erasures_[ref] = {encoding::decode_fields<OrderErasure>(operation.fields), height, {}};
  if (operation.name == SetHold::name) holds_[ref] = {encoding::decode_fields<SetHold>(operation.fields), height};
  if (operation.name == LiftHold::name) holds_.erase(encoding::decode_fields<LiftHold>(operation.fields).hold);
  if (operation.name != FinishErasure::name) return;
  const auto finish = encoding::decode_fields<FinishErasure>(operation.fields);
  if (const auto found = erasures_.find(finish.order); found != erasures_.end()) found->second.done = finish;
}

std::vector<std::pair<ObjectRef, PrivacyWatch::SeenHold>> PrivacyWatch::holds_in_force(Time now) const {
  std::vector<std::pair<ObjectRef, SeenHold>> in_force;
  for (const auto& [ref, seen] : holds_)
    if (!seen.hold.until || now <= *seen.hold.until) in_force.emplace_back(ref, seen);
  return in_force;
}

}  // namespace carechain::care
