#include "libcore/ledger/operation.hpp"

#include <algorithm>

#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {

const OperationRow* OperationTable::find(std::string_view name) const {
  const auto found = rows_.find(name);
  return found == rows_.end() ? nullptr : &found->second;
}

namespace {

using Deed = std::function<Outcome(ByteView, Context&)> OperationRow::*;

Outcome do_operations(const OperationTable& table, const Transaction& transaction, Context& context, Deed deed) {
  for (std::uint32_t i = 0; i < transaction.operations.size(); ++i) {
    const OperationView& operation = transaction.operations[i];
    const OperationRow* row = table.find(operation.name);
    if (row == nullptr) return Refused{"unknown operation '" + std::string(operation.name) + "'"};
    if (transaction.until && !row->may_expire)
      return Refused{"a transaction with " + row->name + " may not carry 'until'"};
    context.id.operation = i;
    context.fields = operation.fields;
    try {
      if (auto refused = (row->*deed)(operation.fields, context)) {
        if (transaction.operations.size() > 1) refused->why = "operation " + std::to_string(i) + ": " + refused->why;
        return refused;
      }
    } catch (const encoding::CborFault& fault) {
      return Refused{"operation " + std::to_string(i) + " (" + row->name + "): " + fault.what()};
    }
  }
  return std::nullopt;
}

Outcome do_transaction(const OperationTable& table, const Transaction& transaction, const BlockPlace& place,
                       Changes& changes, Deed deed) {
  const Changes::Place sealed = changes.touch(sealed_transactions.at(transaction.id));
  if (sealed_transactions.has(changes, sealed)) return Refused{"this transaction was sealed before"};
  if (transaction.until && *transaction.until < place.time)
    return Refused{"expired: it was valid until " + to_text(*transaction.until)};
  const auto account = account_of(changes, transaction.message.signer);
  if (!account) return Refused{"the signer's key was replaced by a newer one"};

  const Changes::Mark before = changes.mark();
  Context context{
      changes,  place.ancestry,      place.ledger,   place.height,    place.time, transaction.message.signer,
      *account, {transaction.id, 0}, place.position, transaction.time};
  Outcome outcome = do_operations(table, transaction, context, deed);
  if (outcome) {
    changes.roll_back(before);
  } else {
    sealed_transactions.put(changes, {place.height}, sealed);
  }
  return outcome;
}

}  // namespace

void begin_block(const OperationTable& table, const BlockPlace& place, Changes& changes) {
  for (const AtBlock& deed : table.block_deeds()) deed(place, changes);
}

Outcome apply_transaction(const OperationTable& table, const Transaction& transaction, const BlockPlace& place,
                          Changes& changes) {
  return do_transaction(table, transaction, place, changes, &OperationRow::apply);
}

bool can_be_admitted(const OperationTable& table, const Transaction& transaction) {
  return std::ranges::all_of(transaction.operations, [&](const OperationView& operation) {
    const OperationRow* row = table.find(operation.name);
    return row != nullptr && row->admit;
  });
}

Outcome admit_transaction(const OperationTable& table, const Transaction& transaction, const BlockPlace& place,
                          Changes& changes) {
  return do_transaction(table, transaction, place, changes, &OperationRow::admit);
}

}  // namespace carechain::ledger
