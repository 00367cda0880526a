#include "libcore/ledger/verify.hpp"

#include <deque>

#include "libcore/base/task_pool.hpp"
#include "libcore/crypto/merkle.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/index_audit.hpp"

namespace carechain::ledger {
namespace {

// How much may be on its way through the pipeline: enough to keep all cores busy, and little beside the state.
constexpr std::size_t window_bytes = 16u << 20;  // of blocks whose signatures are being checked
constexpr std::size_t window_blocks = 512;
constexpr std::size_t window_entries = 32768;  // of the state whose digests are being computed
constexpr std::size_t window_digests = 64;     // blocks they belong to
constexpr std::size_t transactions_a_task = 64;
constexpr std::size_t entries_a_task = 512;

// What a worker found out about one transaction.
struct CheckedTransaction {
  Transaction transaction;
  Hash leaf;
  bool signature_holds = false;
  std::string malformed;  // empty: well formed
};

// A block on its way. Once read it does not move.
struct Job {
  store::Position position;
  Bytes bytes;
  std::optional<BlockView> view;
  std::string malformed;
  std::optional<LayerFault> seal_fault;
  std::vector<CheckedTransaction> transactions;
  TaskGroup checks;
  std::unique_ptr<Changes> changes;
  std::vector<StateDigest> partial;
  TaskGroup digests;
};

class Verifier : public Ancestry {
 public:
  Verifier(const OperationTable& table, const VerifyOptions& options, const OnBlock& on_block)
      : table_(table), options_(options), on_block_(on_block), pool_(options.threads > 1 ? options.threads - 1 : 0) {}
  ~Verifier() override { drain(); }
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  VerifyReport run(store::SegmentReader reader, const std::function<void(std::uint64_t)>& progress);
  std::optional<Hash> block_hash(std::uint64_t height) const override {
    return height < hashes_.size() ? std::optional(hashes_[height]) : std::nullopt;
  }
  std::optional<Time> block_time(std::uint64_t height) const override {
    return height < times_.size() ? std::optional(times_[height]) : std::nullopt;
  }
  IndexAudit* index = nullptr;  // compared at its own tip, when there is one

 private:
  bool stopped() const { return !report_.faults.empty() && !options_.all; }
  void drain();
  std::unique_ptr<Job> read(const store::SegmentFrame&);
  void start_checks(Job&);
  void take_in(std::unique_ptr<Job>);
  void take_oldest();
  void judge(Job&);
  void found_chain(Job&);
  bool judge_block(Job&);
  bool replay(Job&);
  void start_digest(Job&);
  void finish_oldest_digest();
  void finish_digest(Job&);
  void not_whole(const store::SegmentFrame&);
  void name_altered(Fault&, ByteView block) const;
  void check_pins();
  void fault(const Job&, Layer, std::string why, std::optional<std::uint32_t> transaction = {});
  void lose_track(const Job&);
  void show_index(const Job&, const Changes*);
  bool signatures_wanted(std::uint64_t height) const { return !options_.from || height > options_.from->height; }

  const OperationTable& table_;
  const VerifyOptions& options_;
  const OnBlock& on_block_;
  std::deque<std::unique_ptr<Job>> checking_, digesting_;
  std::size_t in_flight_ = 0;          // bytes of the blocks in checking_
  std::size_t digests_in_flight_ = 0;  // entries of the blocks in digesting_
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

void Verifier::fault(const Job& job, Layer layer, std::string why, std::optional<std::uint32_t> transaction) {
  Fault fault{layer, job.position, founded_ ? tip_.height + 1 : 0, transaction, {}, std::move(why)};
  if (transaction && job.transactions[*transaction].malformed.empty())
    fault.transaction_id = job.transactions[*transaction].transaction.id;
  report_.faults.push_back(std::move(fault));
}

void Verifier::drain() {
  for (const auto& job : checking_) pool_.wait(job->checks);
  for (const auto& job : digesting_) pool_.wait(job->digests);
  checking_.clear();
  digesting_.clear();
}

std::unique_ptr<Job> Verifier::read(const store::SegmentFrame& frame) {
  auto job = std::make_unique<Job>();
  job->position = frame.position;
  job->bytes = copy_of(frame.block);
  try {
    job->view = parse_block(job->bytes);
  } catch (const encoding::CborFault& fault) {
    job->malformed = fault.what();
  }
  return job;
}

void check_transaction(const Hash& ledger, ByteView bytes, bool signature, CheckedTransaction& checked) {
  checked.leaf = crypto::merkle_leaf(bytes);
  try {
    checked.transaction = parse_transaction_checked(ledger, bytes, signature, checked.signature_holds);
  } catch (const Error& error) {
    checked.malformed = error.what();
  }
}

void Verifier::start_checks(Job& job) {
  if (!job.view || job.view->header.height == 0) return;
  const bool signatures = signatures_wanted(job.view->header.height);
  job.transactions.resize(job.view->transactions.size());
  if (signatures)
    pool_.add(job.checks,
              [&job] { job.seal_fault = judge_seal(job.view->header, job.view->hash, job.view->signature); });
  for (std::size_t first = 0; first < job.transactions.size(); first += transactions_a_task)
    pool_.add(job.checks, [this, &job, first, signatures] {
      const std::size_t last = std::min(first + transactions_a_task, job.transactions.size());
      for (std::size_t i = first; i < last; ++i)
        check_transaction(ledger_, job.view->transactions[i], signatures, job.transactions[i]);
    });
}

void Verifier::take_in(std::unique_ptr<Job> job) {
  if (!founded_) {  // everything else needs the ledger's id
    judge(*job);
    return;
  }
  start_checks(*job);
  in_flight_ += job->bytes.size();
  checking_.push_back(std::move(job));
  while ((in_flight_ > window_bytes && !checking_.empty()) || checking_.size() > window_blocks) take_oldest();
}

void Verifier::take_oldest() {
  std::unique_ptr<Job> job = std::move(checking_.front());
  checking_.pop_front();
  in_flight_ -= job->bytes.size();
  pool_.wait(job->checks);
  if (stopped()) return;
  judge(*job);
  if (!job->changes) return;
  digests_in_flight_ += job->changes->entries().size();
  digesting_.push_back(std::move(job));
  while (digesting_.size() > 1 && (digests_in_flight_ > window_entries || digesting_.size() > window_digests))
    finish_oldest_digest();
}

void Verifier::judge(Job& job) {
  if (founded_ && replaying_ && links_known_) require_known_rules(state_, tip_.height + 1);
  if (!job.view) {
    fault(job, Layer::encoding, job.malformed);
    lose_track(job);
    return;
  }
  if (!founded_) {
    found_chain(job);
    return;
  }
  if (!judge_block(job)) lose_track(job);
}

void Verifier::found_chain(Job& job) {
  try {
    if (job.view->header.height != 0) throw Error("the first block is not block 0");
    const Constitution constitution = read_founding_block(*job.view);
    Changes changes(state_);
    found(constitution, changes);
    digest_changes(changes, digest_);
    state_.take(changes);
    work_ = constitution.work();
    tip_ = founding_tip(*job.view, digest_);
    report_.name = constitution.name;
    report_.ledger = ledger_ = tip_.ledger;
    report_.head = {0, tip_.hash};
    report_.head_time = tip_.time();
    report_.blocks = 1;
    hashes_.push_back(tip_.hash);
    times_.push_back(tip_.time());
    founded_ = true;
    if (on_block_) on_block_(*job.view, {});
    show_index(job, nullptr);
  } catch (const Error& error) {
    fault(job, Layer::encoding, error.what());
  }
}

// Everything about one block in the order of the layers; false: it is not the rightful next one.
bool Verifier::judge_block(Job& job) {
  const std::size_t faults_before = report_.faults.size();
  const Header& header = job.view->header;
  if (replaying_ && links_known_) {
    if (const auto broken = judge_header(tip_, work_, header, job.view->hash, state_))
      fault(job, broken->layer, broken->why);
  } else if (links_known_ ? header.previous != tip_.hash : false) {
    fault(job, Layer::links, "its previous hash is not that of block " + std::to_string(tip_.height));
  }
  if (job.seal_fault && !stopped()) fault(job, job.seal_fault->layer, job.seal_fault->why);
  crypto::MerkleFrontier tree;
  for (const CheckedTransaction& checked : job.transactions) tree.append(checked.leaf);
  if (!stopped() && tree.root() != header.transactions)
    fault(job, Layer::merkle, "its transactions root is not that of its transactions");
  const bool signatures = signatures_wanted(header.height);
  for (std::uint32_t i = 0; i < job.transactions.size() && !stopped(); ++i) {
    const CheckedTransaction& checked = job.transactions[i];
    if (!checked.malformed.empty())
      fault(job, Layer::encoding, checked.malformed, i);
    else if (signatures && !checked.signature_holds)
      fault(job, Layer::signature, "its signature does not hold", i);
  }
  if (report_.faults.size() != faults_before) return false;
  counts_[static_cast<std::size_t>(Layer::seal)] += signatures ? 1 : 0;
  counts_[static_cast<std::size_t>(Layer::signature)] += signatures ? job.transactions.size() : 0;
  if (!replaying_) {
    tip_.height = header.height;
    tip_.hash = job.view->hash;
    return true;
  }
  return replay(job);
}

bool Verifier::replay(Job& job) {
  const Header& header = job.view->header;
  job.changes = std::make_unique<Changes>(state_, index != nullptr ? Changes::Notes::kept : Changes::Notes::dropped);
  BlockPlace place{*this, ledger_, header.height, header.time};
  begin_block(table_, place, *job.changes);
  std::uint64_t operations = 0;
  for (std::uint32_t i = 0; i < job.transactions.size(); ++i) {
    const Transaction& transaction = job.transactions[i].transaction;
    operations += transaction.operations.size();
    place.position = i;
    if (const auto refused = apply_transaction(table_, transaction, place, *job.changes)) {
      fault(job, Layer::permission, refused->why, i);
      job.changes.reset();
      return false;
    }
  }
  start_digest(job);
  state_.take(*job.changes);
  advance(tip_, header, job.view->hash);
  hashes_.push_back(job.view->hash);
  times_.push_back(header.time);
  report_.transactions += job.transactions.size();
  report_.operations += operations;
  show_index(job, job.changes.get());
  if (!on_block_) {  // nobody asks for them again
    job.transactions = {};
    job.bytes = {};
  }
  return true;
}

void Verifier::show_index(const Job& job, const Changes* changes) {
  if (index == nullptr) return;
  std::vector<TransactionId> ids;
  ids.reserve(job.transactions.size());
  for (const CheckedTransaction& checked : job.transactions) ids.push_back(checked.transaction.id);
  index->see({*job.view, job.bytes, job.position, ids, changes}, tip_, state_);
}

void Verifier::start_digest(Job& job) {
  job.partial.resize((job.changes->entries().size() + entries_a_task - 1) / entries_a_task);
  for (std::size_t part = 0; part < job.partial.size(); ++part)
    pool_.add(job.digests,
              [&job, part] { digest_changes(*job.changes, job.partial[part], part * entries_a_task, entries_a_task); });
}

void Verifier::finish_oldest_digest() {
  const std::unique_ptr<Job> job = std::move(digesting_.front());
  digesting_.pop_front();
  digests_in_flight_ -= job->changes->entries().size();
  pool_.wait(job->digests);
  // Also when a fault was found further on: what comes first is told first.
  if (!state_wrong_ || options_.all) finish_digest(*job);
}

void Verifier::finish_digest(Job& job) {
  const Header& header = job.view->header;
  for (const StateDigest& sum : job.partial) digest_.merge(sum);
  if (digest_.digest() != header.state) {
    // The blocks behind it were replayed meanwhile, and may have been found faulty before it.
    Fault wrong{Layer::state, job.position, header.height,
                {},           {},           "its state digest is not that of the state after it"};
    const auto behind =
        std::ranges::find_if(report_.faults, [&](const Fault& fault) { return fault.height > header.height; });
    report_.faults.insert(behind, std::move(wrong));
    state_wrong_ = true;
    replaying_ = false;
    return;
  }
  report_.head = {header.height, job.view->hash};
  report_.head_time = header.time;
  ++report_.blocks;
  if (!on_block_) return;
  std::vector<Transaction> transactions;
  transactions.reserve(job.transactions.size());
  for (CheckedTransaction& checked : job.transactions) transactions.push_back(std::move(checked.transaction));
  on_block_(*job.view, transactions);
}

// After a fault the state is unknown; what stands by itself is still checked when all faults are wanted.
void Verifier::lose_track(const Job& job) {
  replaying_ = false;
  if (!founded_) return;
  if (job.view) {
    tip_.height = job.view->header.height;
    tip_.hash = job.view->hash;
  } else {
    ++tip_.height;
    links_known_ = false;
  }
}

// The first transaction of a block with a wrong checksum that is not what its signer signed.
void Verifier::name_altered(Fault& fault, ByteView block) const {
  try {
    const BlockView view = parse_block(block);
    for (std::uint32_t i = 0; i < view.transactions.size(); ++i) {
      CheckedTransaction checked;
      check_transaction(ledger_, view.transactions[i], true, checked);
      if (checked.malformed.empty() && checked.signature_holds) continue;
      fault.transaction = i;
      fault.reason += checked.malformed.empty() ? ", and its signature does not hold" : ", and " + checked.malformed;
      if (checked.malformed.empty()) fault.transaction_id = checked.transaction.id;
      return;
    }
  } catch (const encoding::CborFault&) {  // nothing more can be said
  }
}

void Verifier::not_whole(const store::SegmentFrame& frame) {
  while (!checking_.empty()) take_oldest();
  while (!digesting_.empty()) finish_oldest_digest();
  if (stopped()) return;
  if (frame.status == store::SegmentFrame::unfinished && frame.nothing_valid_behind) {
    report_.unclear = "the last frame, at byte " + std::to_string(frame.position.offset) + " of segment " +
                      std::to_string(frame.position.segment) + ", is unfinished: " + frame.why;
    return;
  }
  report_.faults.push_back({Layer::frame, frame.position, founded_ ? tip_.height + 1 : 0, {}, {}, frame.why});
  if (founded_ && !frame.suspect.empty()) name_altered(report_.faults.back(), frame.suspect);
  replaying_ = links_known_ = false;
  if (founded_) ++tip_.height;
}

void Verifier::check_pins() {
  if (!founded_ || stopped()) return;
  for (const auto& pin : {options_.expect, options_.from}) {
    if (!pin) continue;
    if (pin->height >= hashes_.size()) {
      report_.faults.push_back({Layer::pin,
                                {},
                                report_.head.height + 1,
                                {},
                                {},
                                "the chain ends at block " + std::to_string(report_.head.height) +
                                    ", the pin names block " + std::to_string(pin->height)});
    } else if (hashes_[pin->height] != pin->hash) {
      report_.faults.push_back({Layer::pin,
                                {},
                                pin->height,
                                {},
                                {},
                                "block " + std::to_string(pin->height) + " is " +
                                    encoding::hex(hashes_[pin->height].view()) + ", not the pinned one"});
    }
    if (stopped()) return;
  }
}

VerifyReport Verifier::run(store::SegmentReader reader, const std::function<void(std::uint64_t)>& progress) {
  while (const auto frame = stopped() ? std::nullopt : reader.next()) {
    if (frame->status == store::SegmentFrame::whole)
      take_in(read(*frame));
    else
      not_whole(*frame);
    if (!founded_) break;
    if (progress) progress(report_.blocks);
  }
  while (!checking_.empty()) take_oldest();
  while (!digesting_.empty()) finish_oldest_digest();
  if (!founded_ && report_.faults.empty() && !report_.unclear) throw Error("there are no blocks");
  check_pins();
  if (report_.unclear && options_.expect && report_.faults.empty()) report_.unclear.reset();
  for (const Layer layer : {Layer::frame, Layer::encoding, Layer::links, Layer::work, Layer::time, Layer::sealer,
                            Layer::merkle, Layer::state})
    report_.layers.push_back({layer, report_.blocks});
  report_.layers.push_back({Layer::seal, counts_[static_cast<std::size_t>(Layer::seal)]});
  report_.layers.push_back({Layer::signature, counts_[static_cast<std::size_t>(Layer::signature)]});
  report_.layers.push_back({Layer::permission, report_.operations});
  std::ranges::sort(report_.layers, {}, &LayerCount::layer);
  if (!options_.all && report_.faults.size() > 1) report_.faults.resize(1);
  return std::move(report_);
}

}  // namespace

VerifyReport verify(const store::Layout& layout, const OperationTable& table, const VerifyOptions& options,
                    const std::function<void(std::uint64_t)>& progress, const OnBlock& on_block) {
  // The index first: what it knows is in the blocks already.
  auto audit = options.check_index ? IndexAudit::open(layout) : std::nullopt;
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  Verifier verifier(table, options, on_block);
  if (audit) verifier.index = &*audit;
  VerifyReport report = verifier.run(store::SegmentReader(layout), progress);
  if (audit && (report.faults.empty() || options.all)) {
    report.index_checked = true;
    if (auto fault = audit->verdict(report.head.height)) report.faults.push_back(std::move(*fault));
    report.layers.push_back({Layer::index, audit->compared()});
  }
  return report;
}

VerifyReport verify(store::File stream, const OperationTable& table, const VerifyOptions& options,
                    const std::function<void(std::uint64_t)>& progress, const OnBlock& on_block) {
  return Verifier(table, options, on_block).run(store::SegmentReader(std::move(stream)), progress);
}

}  // namespace carechain::ledger
