#pragma once
// The pool: transactions accepted and not yet sealed (pending.log), and those dropped, with the reason (dropped.log).
// Acknowledged means pending, sealed, or dropped with a reason: exactly one. Where files disagree after a crash, sealed
// comes before dropped and dropped before pending.

#include <optional>
#include <string>
#include <vector>

#include "libcore/ledger/ledger.hpp"

namespace carechain::ledger {

struct PendingTransaction {
  TransactionId id;
  Bytes bytes;
};
struct DroppedTransaction {
  TransactionId id;
  std::string reason;
  Time time;
  Bytes bytes;
};

// What is pending, in order, and the sealed state it waits for. Looks only, under pool_lock for a moment (none is
// needed on read-only media). Of a long pool it holds at least what fills a block.
struct Queue {
  Ledger ledger;
  std::vector<PendingTransaction> pending;
  bool whole = true;  // there is nothing behind them
};
Queue read_queue(const store::Layout&, const OperationTable&);

// What one process sees of the pool: the pool is read first, then the index, both under pool_lock.
class Pool {
 public:
  // Keeps pool_lock for its life: make it short, and never read stdin or write stdout meanwhile. Who only offers does
  // not see pending_state(), which is worked out as far as the verdicts need it.
  enum class Use { all, offers };
  static Pool lock(const store::Layout&, const OperationTable&, Time now, Use = Use::all);
  // The same for looking only: the lock is released before it returns (and not needed on read-only media).
  static Pool look(const store::Layout&, const OperationTable&, Time now);
  Pool(Pool&&) noexcept;
  ~Pool();

  const Ledger& ledger() const;          // the sealed state it was opened with
  const Changes& pending_state() const;  // sealed and everything pending after it; its notes are those of the pending
  const std::vector<PendingTransaction>& pending() const;

  enum class Status { accepted, known, refused };  // known: it is pending or sealed already, which is fine
  struct Verdict {
    Status status;
    TransactionId id;
    std::string reason, hint;  // of a refusal
  };
  // Checks transactions whose signatures hold against everything before them, in order; accepted ones count for those
  // after them. Nothing is on disk before commit().
  Verdict offer(ByteView transaction);
  // One after the other, parsed on all cores. With Until::refused nothing is offered behind one that is refused.
  enum class Until { end, refused };
  std::vector<Verdict> offer(const std::vector<Bytes>& transactions, Until);
  void commit();  // appends what was accepted, durably

  // For many batches in a row: lets go of the lock, and takes it again. Retaking reads pool and index anew unless the
  // pool is as this process left it.
  void pause();
  void resume(Time now);

 private:
  struct Inside;
  Verdict offer(ByteView bytes, const Transaction&);
  static std::unique_ptr<Inside> read(const store::Layout&, const OperationTable&, Time now, Use);
  explicit Pool(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

// Lock, offer each, commit. When one is refused the others are accepted all the same.
std::vector<Pool::Verdict> submit(const store::Layout&, const OperationTable&, Time now, const std::vector<Bytes>&);

// Queues batch after batch without reading the pool anew each time. Holds pool_lock only inside submit().
class PoolSession {
 public:
  PoolSession(const store::Layout&, const OperationTable&);
  const Hash& ledger_id() const { return ledger_id_; }
  // Offers those for which signature_holds(i) says yes, in order, and commits; the verdict of each.
  std::vector<Pool::Verdict> submit(Time now, const std::vector<Bytes>& transactions,
                                    const std::function<bool(std::size_t)>& signature_holds);
  // Offers all, whose signatures hold, and commits; or, when one is refused, commits none and gives its verdict.
  std::optional<Pool::Verdict> submit_whole(Time now, const std::vector<Bytes>& transactions);

 private:
  Pool& opened(Time now);  // locked
  store::Layout layout_;
  const OperationTable& operations_;
  Hash ledger_id_;
  std::optional<Pool> pool_;
};

// After a block: removes from pending.log what the chain has sealed, moves `dropped` to dropped.log first.
void settle_pool(const store::Layout&, const OperationTable&, const std::vector<DroppedTransaction>& dropped);

// Puts transactions of blocks that are about to be left behind in front of what is pending, durably. Those that are
// sealed are not pending all the same, until the chain no longer holds them.
void return_to_pool(const store::Layout&, const Hash& ledger, const std::vector<Bytes>& transactions);

std::vector<DroppedTransaction> read_dropped(const store::Layout&);

}  // namespace carechain::ledger
