#pragma once
// Inside verification: blocks on their way through it. Reading, signatures and state digests run ahead and behind on
// all threads (verify.cpp); blocks are judged one after the other (verify_judgement.cpp).

#include <deque>
#include <memory>

#include "libcore/base/large_memory.hpp"
#include "libcore/base/prefetch.hpp"
#include "libcore/base/task_pool.hpp"
#include "libcore/ledger/fork_choice.hpp"
#include "libcore/ledger/index_audit.hpp"
#include "libcore/ledger/verify.hpp"

namespace carechain::ledger {

// What a worker found out about one transaction, besides what is in it.
struct Finding {
  Hash leaf;
  bool signature_holds = false;
  std::string malformed;  // empty: well formed
};

inline constexpr std::size_t transactions_a_task = 64;

// A block on its way. Once read it does not move.
struct Job {
  store::Position position;
  LargeVector<std::uint8_t> bytes;
  std::optional<BlockView> view;
  std::string malformed;
  std::optional<LayerFault> seal_fault;
  LargeVector<Transaction> transactions;
  LargeVector<Finding> findings;  // one for each of them
  TaskGroup seal_check;
  std::deque<TaskGroup> checks;                                  // of transactions_a_task transactions each
  std::optional<LayerFault> header_fault;                        // this and what follows is set by who judges
  std::unique_ptr<Changes> changes;                              // as far as it was replayed
  std::uint64_t operations = 0;                                  // in them
  std::unique_ptr<Changes> spare_changes;                        // none in them, but room
  std::optional<std::pair<std::uint32_t, std::string>> refused;  // the transaction at which the replay ended, and why
  std::vector<StateDigest> partial;
  TaskGroup digests;

  // For the next block; what takes most memory is used again, also that of each transaction.
  void clear() {
    view.reset();
    malformed.clear();
    seal_fault.reset();
    checks.clear();
    header_fault.reset();
    refused.reset();
    operations = 0;
    if (changes) {
      changes->start_over();
      spare_changes = std::move(changes);
    }
    partial.clear();
  }
};

class Verifier : public Ancestry {
 public:
  Verifier(const OperationTable& table, const VerifyOptions& options, const OnBlock& on_block)
      : table_(table), options_(options), on_block_(on_block), pool_(options.threads > 1 ? options.threads - 1 : 0) {}
  ~Verifier() override { drain(); }
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  VerifyReport run(ChainReader reader, const std::function<void(std::uint64_t)>& progress);
  std::optional<Hash> block_hash(std::uint64_t height) const override {
    return height < hashes_.size() ? std::optional(hashes_[height]) : std::nullopt;
  }
  std::optional<Time> block_time(std::uint64_t height) const override {
    return height < times_.size() ? std::optional(times_[height]) : std::nullopt;
  }
  IndexAudit* index = nullptr;  // compared at its own tip, when there is one
  bool is_stream = false;       // where branches can't be told apart

 private:
  bool stopped() const { return !report_.faults.empty() && !options_.all; }
  void drain();
  std::unique_ptr<Job> free_job();
  std::unique_ptr<Job> read(const store::SegmentFrame&);
  void start_checks(Job&);
  void take_in(std::unique_ptr<Job>);
  void take_oldest();
  void wait_for_checks(Job&);
  void judge(Job&);
  void found_chain(Job&);
  bool judge_block(Job&);
  void replay(Job&);
  void replay_transactions(Job&);
  bool go_on(Job&);
  void prefetch(const Job&, std::size_t number) const;
  void start_digest(Job&);
  void finish_oldest_digest();
  void finish_digest(Job&);
  void not_whole(const store::SegmentFrame&);
  void name_altered(Fault&, ByteView block) const;
  void check_pins();
  void fault(const Job&, Layer, std::string why, std::optional<std::uint32_t> transaction = {});
  void lose_track(const Job&);
  void show_index(const Job&, const Changes*);
  bool goes_back(const Job&) const;
  bool signatures_wanted(std::uint64_t height) const { return !options_.from || height > options_.from->height; }

  const OperationTable& table_;
  const VerifyOptions& options_;
  const OnBlock& on_block_;
  std::deque<std::unique_ptr<Job>> checking_, digesting_;
  std::vector<std::unique_ptr<Job>> spare_;
  std::size_t in_flight_ = 0;          // bytes of the blocks in checking_
  std::size_t digests_in_flight_ = 0;  // entries of the blocks in digesting_
  std::size_t rows_last_ = 0;          // that the block replayed last has changed
  VerifyReport report_;
  MemoryState state_;
  std::vector<Hash> hashes_;
  std::vector<Time> times_;  // of the headers of the same blocks
  WorkRules work_;
  Tip tip_;
  StateDigest digest_;
  Hash ledger_;
  bool founded_ = false;
  bool replaying_ = true;     // false after a fault: the state is not known any more
  bool state_wrong_ = false;  // a state digest was not the replayed one
  bool links_known_ = true;   // false after a gap: history and target are not known any more
  std::array<std::uint64_t, 14> counts_{};
  TaskPool pool_;  // last: its threads end before what they work on
};

// Parses and hashes transactions, and checks their signatures where that is wanted. All three are lists of the same
// length; a transaction is set where it is well formed.
void check_transactions(const Hash& ledger, std::span<const ByteView> all, bool signatures,
                        std::span<Transaction> transactions, std::span<Finding> findings);

}  // namespace carechain::ledger
