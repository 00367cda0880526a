#include "libcore/crypto/chunk_flow.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace carechain::crypto {
namespace {

// Batches are counted from 0: those below finished_ are through, those below claimed_ are or were in some thread's
// hands, those below submitted_ may be taken, those below read_ have their input. The newest one read is held back
// until it is known whether it is the last.
class Flow {
 public:
  Flow(std::size_t batch_size, const MakeWork& make_work, unsigned threads)
      : batch_size_(batch_size), make_work_(make_work), threads_(threads), ring_(2 * threads + 1) {}
  ~Flow();
  void run(const Source& source, const Finish& finish);

 private:
  Batch& at(std::uint64_t number) { return ring_[number % ring_.size()]; }
  void read(const Source& source);
  void submit(std::uint64_t below);
  void start_workers();
  void help(Work work);
  bool take_one(std::unique_lock<std::mutex>& lock, Work& work);
  void next_done(Work& work);

  const std::size_t batch_size_;
  const MakeWork& make_work_;
  const unsigned threads_;
  std::vector<Batch> ring_;
  std::uint64_t read_ = 0, finished_ = 0;
  bool ended_ = false;

  std::mutex mutex_;  // over what follows, and Batch::done
  std::condition_variable more_, done_;
  std::uint64_t submitted_ = 0, claimed_ = 0;
  bool stop_ = false;
  std::vector<std::jthread> workers_;
};

Flow::~Flow() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  more_.notify_all();
}

void Flow::run(const Source& source, const Finish& finish) {
  Work work = make_work_();
  while (!ended_ || finished_ < read_) {
    while (!ended_ && read_ - finished_ < ring_.size()) read(source);
    next_done(work);
    Batch& batch = at(finished_);
    if (batch.failure) std::rethrow_exception(batch.failure);
    finish(batch);
    ++finished_;
  }
}

void Flow::read(const Source& source) {
  Batch& batch = at(read_);
  batch.in_size = source({batch.in.room(batch_size_), batch_size_});
  ended_ = batch.in_size < batch_size_;
  if (batch.in_size == 0 && read_ > 0) {
    at(read_ - 1).last = true;
  } else {
    batch.first_chunk = read_++ * batch_chunks;
    batch.last = ended_;
    batch.done = false;
  }
  submit(ended_ ? read_ : read_ - 1);
}

void Flow::submit(std::uint64_t below) {
  {
    std::lock_guard lock(mutex_);
    submitted_ = below;
  }
  more_.notify_one();
  if (workers_.empty() && below > 0 && read_ > 1) start_workers();
}

void Flow::start_workers() {
  for (unsigned i = 1; i < threads_; ++i)
    workers_.emplace_back([this, work = make_work_()]() mutable { help(std::move(work)); });
}

void Flow::help(Work work) {
  std::unique_lock lock(mutex_);
  while (!stop_)
    if (!take_one(lock, work)) more_.wait(lock, [this] { return stop_ || claimed_ < submitted_; });
}

// Works on the next batch, if there is one, with the lock open meanwhile.
bool Flow::take_one(std::unique_lock<std::mutex>& lock, Work& work) {
  if (claimed_ == submitted_) return false;
  Batch& batch = at(claimed_++);
  lock.unlock();
  try {
    work(batch);
  } catch (...) {
    batch.failure = std::current_exception();
  }
  lock.lock();
  batch.done = true;
  done_.notify_one();
  return true;
}

void Flow::next_done(Work& work) {
  std::unique_lock lock(mutex_);
  Batch& oldest = at(finished_);
  while (!oldest.done)
    if (!take_one(lock, work)) done_.wait(lock, [&oldest] { return oldest.done; });
}

}  // namespace

ChunkBuffer::~ChunkBuffer() {
  if (start_ != nullptr) wipe(start_, size_);
}

std::uint8_t* ChunkBuffer::room(std::size_t size) {
  if (size <= size_) return start_;
  if (start_ != nullptr) wipe(start_, size_);
  memory_ = std::make_unique_for_overwrite<std::uint8_t[]>(size + 64);
  const std::size_t past = reinterpret_cast<std::uintptr_t>(memory_.get()) % 64;
  start_ = memory_.get() + (64 + 1 - past) % 64;
  size_ = size;
  return start_;
}

void flow(const Source& source, std::size_t piece_size, const MakeWork& make_work, const Finish& finish,
          unsigned threads) {
  Flow(batch_chunks * piece_size, make_work, std::max(threads, 1U)).run(source, finish);
}

}  // namespace carechain::crypto
