#include "libcore/ledger/pool.hpp"

#include <stdexcept>

#include "libcore/base/parallel.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/cached_state.hpp"
#include "libcore/ledger/pool_logs.hpp"

namespace carechain::ledger {
namespace {

std::vector<Bytes> read_pending_log(const store::Layout& layout) {
  return store::read_log(layout.pending(), pending_magic, max_message_bytes);
}

// What of the log is still pending.
std::vector<PendingTransaction> still_pending(std::vector<Bytes> log, const Ledger& ledger) {
  std::vector<PendingTransaction> pending;
  if (log.empty()) return pending;
  TransactionIds gone = dropped_ids(ledger.layout(), ledger.id());
  for (Bytes& bytes : log) {
    const TransactionId id = id_of_accepted(ledger.id(), bytes);
    if (sealed_transactions.has(ledger.state(), id) || !gone.insert(id).second) continue;
    pending.push_back({id, std::move(bytes)});
  }
  return pending;
}

Changes::Notes notes_for(Pool::Use use) {
  return use == Pool::Use::all ? Changes::Notes::kept : Changes::Notes::dropped;
}

}  // namespace

struct Pool::Inside {
  Inside(Ledger opened, Time time, Use for_what)
      : ledger(std::move(opened)),
        known(std::make_unique<CachedState>(ledger.state())),
        changes(*known, notes_for(for_what)),
        use(for_what),
        now(time) {}

  std::optional<store::Lock> lock;
  Ledger ledger;
  std::unique_ptr<CachedState> known;  // of it
  Changes changes;
  Use use;
  Time now;
  bool admits = use == Use::offers;  // where that is possible
  bool owes = false;                 // what follows from some of the pending is not among the changes
  std::vector<PendingTransaction> pending;
  TransactionIds pending_ids, dropped;
  std::vector<Bytes> accepted;
  std::optional<store::FileIdentity> left;  // the log as this process left it
  std::optional<std::uint64_t> end;         // its length after this process wrote to it

  BlockPlace place() const {  // as if the next block came now; behind all that is pending
    return {ledger, ledger.id(), ledger.tip().height + 1, std::max(now, earliest_time(ledger.tip())),
            static_cast<std::uint32_t>(pending_ids.size())};
  }

  // Behind all that is pending. Where the verdict can be had without what follows from a transaction, that is left out
  // until a transaction comes for which it may count.
  Outcome take(const Transaction& transaction) {
    const OperationTable& table = ledger.operations();
    if (admits && can_be_admitted(table, transaction)) {
      owes = true;
      return admit_transaction(table, transaction, place(), changes);
    }
    if (owes) work_out();
    return apply_transaction(table, transaction, place(), changes);
  }
  void work_out();
};

namespace {

void require_ledger(const store::Layout& layout) {
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
}

// The pool first, then the index.
Queue queue_under_lock(const store::Layout& layout, const OperationTable& table, std::vector<Bytes> log) {
  Ledger ledger = Ledger::open(layout, table);
  auto pending = still_pending(std::move(log), ledger);
  return {std::move(ledger), std::move(pending), true};
}

std::optional<store::Lock> lock_to_look(const store::Layout& layout) {
  require_ledger(layout);
  if (!store::exists(layout.pending()) || !store::exists(layout.pool_lock())) return std::nullopt;
  return store::Lock::acquire(layout.pool_lock(), store::Lock::Mode::shared);
}

}  // namespace

Queue read_queue(const store::Layout& layout, const OperationTable& table) {
  const auto lock = lock_to_look(layout);
  // A long pool is read as far as a block needs it.
  constexpr std::size_t enough = store::max_block_bytes + 2 * max_message_bytes;
  std::vector<Bytes> start = store::read_log_start(layout.pending(), pending_magic, max_message_bytes, enough);
  Queue queue = queue_under_lock(layout, table, std::move(start));
  std::size_t bytes = 0;
  for (const PendingTransaction& transaction : queue.pending) bytes += transaction.bytes.size();
  const auto file = store::identify(layout.pending());
  queue.whole = !file || file->size <= enough;
  if (queue.whole || bytes >= store::max_block_bytes) return queue;
  return queue_under_lock(layout, table, read_pending_log(layout));
}

// What follows from everything that is pending or accepted, after all. Those of the pool that are still to be taken in
// are among them: taking them changes nothing more.
void Pool::Inside::work_out() {
  const OperationTable& table = ledger.operations();
  changes = Changes(*known, notes_for(use));
  BlockPlace at = place();
  at.position = 0;
  begin_block(table, at, changes);
  const auto apply = [&](ByteView bytes) {
    const Transaction transaction = parse_transaction(ledger.id(), bytes);
    if (dropped.contains(transaction.id)) return;
    apply_transaction(table, transaction, at, changes);
    ++at.position;
  };
  for (const Bytes& bytes : read_pending_log(ledger.layout())) apply(bytes);
  for (const Bytes& bytes : accepted) apply(bytes);
  admits = owes = false;
}

std::unique_ptr<Pool::Inside> Pool::read(const store::Layout& layout, const OperationTable& table, Time now, Use use) {
  auto [ledger, pending, whole] = queue_under_lock(layout, table, read_pending_log(layout));
  auto inside = std::make_unique<Inside>(std::move(ledger), now, use);
  inside->dropped = dropped_ids(layout, inside->ledger.id());
  begin_block(table, inside->place(), inside->changes);
  // One that no longer fits is dropped by the next miner; meanwhile it changes nothing.
  inside->pending = std::move(pending);
  for (const PendingTransaction& transaction : inside->pending) {
    inside->take(parse_transaction(inside->ledger.id(), transaction.bytes));
    inside->pending_ids.insert(transaction.id);
  }
  return inside;
}

Pool Pool::lock(const store::Layout& layout, const OperationTable& table, Time now, Use use) {
  require_ledger(layout);
  store::Lock lock = store::Lock::acquire(layout.pool_lock());
  auto inside = read(layout, table, now, use);
  inside->lock.emplace(std::move(lock));
  return Pool(std::move(inside));
}

Pool Pool::look(const store::Layout& layout, const OperationTable& table, Time now) {
  const auto lock = lock_to_look(layout);
  return Pool(read(layout, table, now, Use::all));
}

Pool::Pool(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Pool::Pool(Pool&&) noexcept = default;
Pool::~Pool() = default;

const Ledger& Pool::ledger() const { return inside_->ledger; }
const Changes& Pool::pending_state() const {
  if (inside_->use == Use::offers) throw std::logic_error("the pool was opened for offers only");
  return inside_->changes;
}
const std::vector<PendingTransaction>& Pool::pending() const { return inside_->pending; }

Pool::Verdict Pool::offer(ByteView bytes) {
  Transaction transaction;
  try {
    transaction = parse_transaction(inside_->ledger.id(), bytes);
  } catch (const encoding::CborFault& fault) {
    return {Status::refused, {}, fault.what(), {}};
  }
  return offer(bytes, transaction);
}

std::vector<Pool::Verdict> Pool::offer(const std::vector<Bytes>& transactions, Until until) {
  constexpr std::size_t at_once = 4096;
  std::vector<Verdict> verdicts;
  verdicts.reserve(transactions.size());
  for (std::size_t first = 0; first < transactions.size(); first += at_once) {
    struct Parsed {
      Transaction transaction;
      std::string fault;
    };
    std::vector<Parsed> parsed(std::min(at_once, transactions.size() - first));
    parallel_for(parsed.size(), hardware_threads(), [&](std::size_t i) {
      try {
        parsed[i].transaction = parse_transaction(inside_->ledger.id(), transactions[first + i]);
      } catch (const encoding::CborFault& fault) {
        parsed[i].fault = fault.what();
      }
    });
    for (std::size_t i = 0; i < parsed.size(); ++i) {
      verdicts.push_back(parsed[i].fault.empty() ? offer(transactions[first + i], parsed[i].transaction)
                                                 : Verdict{Status::refused, {}, parsed[i].fault, {}});
      if (until == Until::refused && verdicts.back().status == Status::refused) return verdicts;
    }
  }
  return verdicts;
}

Pool::Verdict Pool::offer(ByteView bytes, const Transaction& transaction) {
  if (inside_->pending_ids.contains(transaction.id) || sealed_transactions.has(inside_->ledger.state(), transaction.id))
    return {Status::known, transaction.id, {}, {}};
  if (inside_->dropped.contains(transaction.id))
    return {Status::refused, transaction.id, "it was dropped before", "sign it anew"};
  if (const auto refused = inside_->take(transaction))
    return {Status::refused, transaction.id, refused->why, refused->hint};
  inside_->pending_ids.insert(transaction.id);
  inside_->accepted.push_back(copy_of(bytes));
  return {Status::accepted, transaction.id, {}, {}};
}

void Pool::commit() {
  if (!inside_->accepted.empty())
    inside_->end =
        store::append_log(inside_->ledger.layout().pending(), pending_magic, inside_->accepted, inside_->end);
  inside_->accepted.clear();
}

void Pool::pause() {
  inside_->left = store::identify(inside_->ledger.layout().pending());
  inside_->lock.reset();
}

void Pool::resume(Time now) {
  const store::Layout layout = inside_->ledger.layout();
  store::Lock lock = store::Lock::acquire(layout.pool_lock());
  if (!inside_->left || store::identify(layout.pending()) != inside_->left)
    inside_ = read(layout, inside_->ledger.operations(), now, inside_->use);
  inside_->now = now;
  inside_->lock.emplace(std::move(lock));
}

PoolSession::PoolSession(const store::Layout& layout, const OperationTable& table)
    : layout_(layout), operations_(table), ledger_id_(Ledger::open(layout, table).id()) {}

std::vector<Pool::Verdict> PoolSession::submit(Time now, const std::vector<Bytes>& transactions,
                                               const std::function<bool(std::size_t)>& signature_holds) {
  Pool& pool = opened(now);
  std::vector<Pool::Verdict> verdicts;
  verdicts.reserve(transactions.size());
  for (std::size_t i = 0; i < transactions.size(); ++i)
    verdicts.push_back(
        signature_holds(i)
            ? pool.offer(transactions[i])
            : Pool::Verdict{Pool::Status::refused, {}, "its signature does not hold on this ledger", {}});
  pool.commit();
  pool.pause();
  return verdicts;
}

std::optional<Pool::Verdict> PoolSession::submit_whole(Time now, const std::vector<Bytes>& transactions) {
  Pool& pool = opened(now);
  auto verdicts = pool.offer(transactions, Pool::Until::refused);
  if (!verdicts.empty() && verdicts.back().status == Pool::Status::refused) {
    pool_.reset();  // with those that were accepted before it
    return std::move(verdicts.back());
  }
  pool.commit();
  pool.pause();
  return std::nullopt;
}

Pool& PoolSession::opened(Time now) {
  if (pool_)
    pool_->resume(now);
  else
    pool_.emplace(Pool::lock(layout_, operations_, now, Pool::Use::offers));
  return *pool_;
}

std::vector<Pool::Verdict> submit(const store::Layout& layout, const OperationTable& table, Time now,
                                  const std::vector<Bytes>& transactions) {
  Pool pool = Pool::lock(layout, table, now, Pool::Use::offers);
  auto verdicts = pool.offer(transactions, Pool::Until::end);
  pool.commit();
  return verdicts;
}

}  // namespace carechain::ledger
