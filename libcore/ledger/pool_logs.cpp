#include "libcore/ledger/pool_logs.hpp"

#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {
namespace {

constexpr std::size_t max_dropped = max_message_bytes + 4096;

struct DroppedRow {
  std::string reason;
  Time time;
  Bytes transaction;
  template <class V>
  void fields(V& v) {
    v("reason", reason, "why it was dropped");
    v("time", time, "when");
    v("transaction", transaction, "its bytes");
  }
};

}  // namespace

TransactionId id_of_accepted(const Hash& ledger, ByteView transaction) {
  return TransactionId(message_id(Word::tx, ledger, parse_message(transaction)).view());
}

TransactionIds dropped_ids(const store::Layout& layout, const Hash& ledger) {
  TransactionIds ids;
  for (const Bytes& row : store::read_log(layout.dropped(), dropped_magic, max_dropped))
    ids.insert(parse_transaction(ledger, encoding::decode_fields<DroppedRow>(row).transaction).id);
  return ids;
}

void settle_pool(const store::Layout& layout, const OperationTable& table,
                 const std::vector<DroppedTransaction>& dropped) {
  const store::Lock lock = store::Lock::acquire(layout.pool_lock());
  const Ledger ledger = Ledger::open(layout, table);
  TransactionIds known = dropped_ids(layout, ledger.id());
  std::vector<Bytes> rows;
  for (const DroppedTransaction& transaction : dropped) {
    if (known.contains(transaction.id) || sealed_transactions.has(ledger.state(), transaction.id)) continue;
    rows.push_back(encoding::encode_fields(DroppedRow{transaction.reason, transaction.time, transaction.bytes}));
  }
  if (!rows.empty()) store::append_log(layout.dropped(), dropped_magic, rows);
  for (const DroppedTransaction& transaction : dropped) known.insert(transaction.id);
  store::prune_log(layout.pending(), pending_magic, max_message_bytes, [&](ByteView transaction) {
    const TransactionId id = id_of_accepted(ledger.id(), transaction);
    return known.contains(id) || sealed_transactions.has(ledger.state(), id);
  });
}

void return_to_pool(const store::Layout& layout, const Hash& ledger, const std::vector<Bytes>& transactions) {
  if (transactions.empty()) return;
  const store::Lock lock = store::Lock::acquire(layout.pool_lock());
  std::vector<Bytes> log = store::read_log(layout.pending(), pending_magic, max_message_bytes);
  TransactionIds known = dropped_ids(layout, ledger);
  for (const Bytes& pending : log) known.insert(id_of_accepted(ledger, pending));
  std::vector<Bytes> all;
  for (const Bytes& returned : transactions)
    if (known.insert(id_of_accepted(ledger, returned)).second) all.push_back(returned);
  std::ranges::move(log, std::back_inserter(all));
  store::replace_log(layout.pending(), pending_magic, all);
}

std::vector<DroppedTransaction> read_dropped(const store::Layout& layout) {
  std::vector<DroppedTransaction> dropped;
  const auto rows = store::read_log(layout.dropped(), dropped_magic, max_dropped);
  if (rows.empty()) return dropped;
  store::SegmentReader blocks(layout);
  const auto first = blocks.next();
  if (!first || first->status != store::SegmentFrame::whole) throw Error("block 0 is damaged");
  const Hash ledger = block_hash(first->block);
  for (const Bytes& bytes : rows) {
    DroppedRow row = encoding::decode_fields<DroppedRow>(bytes);
    const TransactionId id = parse_transaction(ledger, row.transaction).id;
    dropped.push_back({id, std::move(row.reason), row.time, std::move(row.transaction)});
  }
  return dropped;
}

}  // namespace carechain::ledger
