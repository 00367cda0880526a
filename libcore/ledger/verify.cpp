#include "libcore/ledger/verify.hpp"

#include <algorithm>

#include "libcore/crypto/ed25519.hpp"
#include "libcore/crypto/merkle.hpp"
#include "libcore/ledger/verifier.hpp"

namespace carechain::ledger {
namespace {

// How much may be on its way through the pipeline: enough to keep all cores busy, and little beside the state.
constexpr std::size_t window_bytes = 2u << 20;  // of blocks whose signatures are being checked
constexpr std::size_t window_blocks = 512;
constexpr std::size_t least_blocks = 2;        // however large: while one is judged, others are checked
constexpr std::size_t most_spare = 8;          // whose memory is kept for the next ones
constexpr std::size_t window_entries = 16384;  // of the state whose digests are being computed
constexpr std::size_t window_digests = 64;     // blocks they belong to
constexpr std::size_t entries_a_task = 512;

}  // namespace

void Verifier::drain() {
  for (const auto& job : checking_) wait_for_checks(*job);
  for (const auto& job : digesting_) pool_.wait(job->digests);
  checking_.clear();
  digesting_.clear();
}

std::unique_ptr<Job> Verifier::free_job() {
  if (spare_.empty()) return std::make_unique<Job>();
  std::unique_ptr<Job> job = std::move(spare_.back());
  spare_.pop_back();
  return job;
}

std::unique_ptr<Job> Verifier::read(const store::SegmentFrame& frame) {
  std::unique_ptr<Job> job = free_job();
  job->position = frame.position;
  job->bytes.clear();  // so that growing moves nothing
  job->bytes.resize(frame.block.size());
  std::copy_n(frame.block.data(), frame.block.size(), job->bytes.data());
  try {
    job->view = parse_block(job->bytes);
  } catch (const encoding::CborFault& fault) {
    job->malformed = fault.what();
  }
  return job;
}

// Parses as many as have a few bytes to sign, then checks the signatures of those: either kind of work has the nearest
// caches to itself for a while.
void check_transactions(const Hash& ledger, std::span<const ByteView> all, bool signatures,
                        std::span<Transaction> transactions, std::span<Finding> findings) {
  constexpr std::size_t few = 32u << 10;
  Bytes signed_bytes;
  signed_bytes.reserve(few + 1024);
  std::array<std::size_t, transactions_a_task> ends;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    signed_bytes.clear();
    for (; end < all.size() && end - begin < ends.size() && signed_bytes.size() < few; ++end) {
      if (end + 1 < all.size()) prefetch_bytes(all[end + 1]);
      Finding& finding = findings[end];
      finding = {crypto::merkle_leaf(all[end]), false, {}};
      try {
        parse_transaction_into(transactions[end], ledger, all[end], signed_bytes);
      } catch (const Error& error) {
        finding.malformed = error.what();
      }
      ends[end - begin] = signed_bytes.size();
    }
    if (!signatures) continue;
    for (std::size_t i = begin, from = 0; i < end; from = ends[i - begin], ++i) {
      const ByteView message(signed_bytes.data() + from, ends[i - begin] - from);
      const SignedMessage& parsed = transactions[i].message;
      if (findings[i].malformed.empty())
        findings[i].signature_holds = crypto::verify(parsed.signer, message, parsed.signature);
    }
  }
}

void Verifier::start_checks(Job& job) {
  const std::size_t count = job.view ? job.view->transactions.size() : 0;  // block 0 has none either
  job.transactions.resize(count);
  job.findings.resize(count);
  if (!job.view || job.view->header.height == 0) return;
  const bool signatures = signatures_wanted(job.view->header.height);
  if (signatures)
    pool_.add(job.seal_check,
              [&job] { job.seal_fault = judge_seal(job.view->header, job.view->hash, job.view->signature); });
  for (std::size_t first = 0; first < count; first += transactions_a_task)
    pool_.add(job.checks.emplace_back(),
              [this, &job, first, signatures, part = std::min(transactions_a_task, count - first)] {
                check_transactions(ledger_, std::span(job.view->transactions).subspan(first, part), signatures,
                                   std::span(job.transactions).subspan(first, part),
                                   std::span(job.findings).subspan(first, part));
              });
}

void Verifier::wait_for_checks(Job& job) {
  pool_.wait(job.seal_check);
  for (TaskGroup& checks : job.checks) pool_.wait(checks);
}

void Verifier::take_in(std::unique_ptr<Job> job) {
  if (!founded_) {  // everything else needs the ledger's id
    judge(*job);
    return;
  }
  start_checks(*job);
  in_flight_ += job->bytes.size();
  checking_.push_back(std::move(job));
  while ((in_flight_ > window_bytes && checking_.size() > least_blocks) || checking_.size() > window_blocks)
    take_oldest();
}

void Verifier::take_oldest() {
  // Other blocks are being checked while this one is replayed; of the last one what is checked already is. It stays
  // where it is until its checks have ended, also when this throws.
  if (checking_.size() > 1) wait_for_checks(*checking_.front());
  replay(*checking_.front());
  wait_for_checks(*checking_.front());
  std::unique_ptr<Job> job = std::move(checking_.front());
  checking_.pop_front();
  in_flight_ -= job->bytes.size();
  if (stopped()) return;
  judge(*job);
  if (!job->changes) return;
  digests_in_flight_ += job->changes->entries().size();
  digesting_.push_back(std::move(job));
  while (digesting_.size() > 1 && (digests_in_flight_ > window_entries || digesting_.size() > window_digests))
    finish_oldest_digest();
}

void Verifier::show_index(const Job& job, const Changes* changes) {
  if (index == nullptr) return;
  std::vector<TransactionId> ids;
  ids.reserve(job.transactions.size());
  for (const Transaction& transaction : job.transactions) ids.push_back(transaction.id);
  index->see({*job.view, job.bytes, job.position, ids, changes}, tip_, state_);
}

// Ahead of the signatures of later blocks: waiting for those, this thread would check them all and then have the replay
// of many blocks left to do alone.
void Verifier::start_digest(Job& job) {
  job.partial.resize((job.changes->entries().size() + entries_a_task - 1) / entries_a_task);
  for (std::size_t part = 0; part < job.partial.size(); ++part)
    pool_.add(
        job.digests,
        [&job, part] { digest_changes(*job.changes, job.partial[part], part * entries_a_task, entries_a_task); },
        TaskPool::Hurry::yes);
}

void Verifier::finish_oldest_digest() {
  std::unique_ptr<Job> job = std::move(digesting_.front());
  digesting_.pop_front();
  digests_in_flight_ -= job->changes->entries().size();
  pool_.wait(job->digests);
  // Also when a fault was found further on: what comes first is told first.
  if (!state_wrong_ || options_.all) finish_digest(*job);
  job->clear();
  if (spare_.size() < most_spare && job->bytes.capacity() <= window_bytes) spare_.push_back(std::move(job));
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
  if (on_block_) on_block_(*job.view, job.transactions);
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

VerifyReport Verifier::run(ChainReader reader, const std::function<void(std::uint64_t)>& progress) {
  report_.left_behind = reader.left_behind().size();
  if (index != nullptr) {
    index->allow_behind_tip(reader.left_behind());
    if (index->is_left_behind()) index = nullptr;
  }
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
  if (!founded_ && report_.faults.empty() && !report_.unclear && !options_.expect) throw Error("there are no blocks");
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

VerifyReport verify(const store::Layout& layout, const OperationTable& table, const VerifyOptions& options,
                    const std::function<void(std::uint64_t)>& progress, const OnBlock& on_block) {
  // The index first: what it knows is in the blocks already.
  auto audit = options.check_index ? IndexAudit::open(layout) : std::nullopt;
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  Verifier verifier(table, options, on_block);
  if (audit) verifier.index = &*audit;
  VerifyReport report = verifier.run(ChainReader(layout), progress);
  if (audit && !audit->is_left_behind() && (report.faults.empty() || options.all)) {
    report.index_checked = true;
    if (auto fault = audit->verdict(report.head.height)) report.faults.push_back(std::move(*fault));
    report.layers.push_back({Layer::index, audit->compared()});
  }
  return report;
}

VerifyReport verify(store::File stream, const OperationTable& table, const VerifyOptions& options,
                    const std::function<void(std::uint64_t)>& progress, const OnBlock& on_block) {
  Verifier verifier(table, options, on_block);
  verifier.is_stream = true;
  return verifier.run(ChainReader(std::move(stream)), progress);
}

}  // namespace carechain::ledger
