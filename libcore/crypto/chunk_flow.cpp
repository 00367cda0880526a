#include "libcore/crypto/chunk_flow.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace carechain::crypto {
namespace {

// The lock of a mutex that others hold for less time than it takes to fall asleep and wake up again.
std::unique_lock<std::mutex> lock_soon(std::mutex& mutex) {
  std::unique_lock lock(mutex, std::defer_lock);
  for (int i = 0; i < 200; ++i) {
    if (lock.try_lock()) return lock;
    std::this_thread::yield();
  }
  lock.lock();
  return lock;
}

// Every thread reads a batch and works on it: what it read is still in its core's cache then. A batch whose turn has
// not come when it is ready is left to whoever finishes those before it, and nobody waits for another thread as long as
// there is a free batch.
class Flow {
 public:
  Flow(const Source& source, std::size_t batch_size, const MakeWork& make_work, const Finish& finish, unsigned threads)
      : source_(source),
        batch_size_(batch_size),
        make_work_(make_work),
        finish_(finish),
        threads_(threads),
        batches_(threads + spare_batches),
        ready_(batches_.size()) {
    for (Batch& batch : batches_) free_.push_back(&batch);
  }
  void run();

 private:
  Batch* next();
  bool read(Batch& batch);
  void fill(Batch& batch);
  void start_helpers();
  void treat(Batch& batch, const Work& work);
  Batch*& place_of(std::uint64_t number) { return ready_[number % ready_.size()]; }
  void finish_in_turn(Batch& batch);
  void finish(Batch& batch);

  const Source& source_;
  const std::size_t batch_size_;
  const MakeWork& make_work_;
  const Finish& finish_;
  const unsigned threads_;

  std::mutex reading_;  // over what follows
  std::uint64_t read_ = 0;
  std::optional<std::uint8_t> ahead_;  // the byte after the newest batch: it shows that this was not the last
  std::atomic<bool> ended_ = false;    // nothing more is to be read

  std::vector<Batch> batches_;
  std::mutex turns_;  // over what follows
  std::condition_variable freed_;
  std::vector<Batch*> free_;
  std::vector<Batch*> ready_;  // by number, modulo how many there are; null: not ready
  std::uint64_t finished_ = 0;
  bool finishing_ = false;      // some thread is at it
  std::exception_ptr failure_;  // of the one that finishes, and in the end of all

  std::vector<std::jthread> helpers_;
};

void Flow::run() {
  const Work work = make_work_();
  while (Batch* batch = next()) {
    if (batch->number == 0 && !batch->last && !batch->failure) {
      try {
        start_helpers();
      } catch (...) {
        batch->failure = std::current_exception();
      }
    }
    treat(*batch, work);
  }
  helpers_.clear();  // waits for them
  if (failure_) std::rethrow_exception(failure_);
}

void Flow::start_helpers() {
  for (unsigned i = 1; i < threads_; ++i)
    helpers_.emplace_back([this, work = make_work_()] {
      while (Batch* batch = next()) treat(*batch, work);
    });
}

// A batch read from the source; null when there is no more.
Batch* Flow::next() {
  Batch* batch = nullptr;
  {
    std::unique_lock lock(turns_);
    freed_.wait(lock, [this] { return !free_.empty(); });
    batch = free_.back();  // the one used last, most of it in the cache
    free_.pop_back();
  }
  if (read(*batch)) return batch;
  const std::lock_guard lock(turns_);
  free_.push_back(batch);
  freed_.notify_one();
  return nullptr;
}

bool Flow::read(Batch& batch) {
  const auto lock = lock_soon(reading_);
  if (ended_) return false;
  batch.number = read_++;
  batch.failure = nullptr;
  try {
    fill(batch);
  } catch (...) {
    batch.failure = std::current_exception();
    ended_ = true;
  }
  return true;
}

void Flow::fill(Batch& batch) {
  std::uint8_t* to = batch.in.room(batch_size_ + 1);
  std::size_t size = 0;
  if (ahead_) to[size++] = *ahead_;
  size += source_({to + size, batch_size_ + 1 - size});
  batch.in_size = std::min(size, batch_size_);
  batch.last = size <= batch_size_;
  ahead_.reset();
  if (batch.last)
    ended_ = true;
  else
    ahead_ = to[batch_size_];
}

void Flow::treat(Batch& batch, const Work& work) {
  try {
    if (!batch.failure) work(batch);
  } catch (...) {
    batch.failure = std::current_exception();
  }
  finish_in_turn(batch);
}

void Flow::finish_in_turn(Batch& batch) {
  std::unique_lock lock(turns_);
  place_of(batch.number) = &batch;
  if (finishing_) return;
  finishing_ = true;
  while (Batch* first = std::exchange(place_of(finished_), nullptr)) {
    lock.unlock();
    finish(*first);
    lock.lock();
    ++finished_;
    free_.push_back(first);
    freed_.notify_one();
  }
  finishing_ = false;
}

void Flow::finish(Batch& batch) {
  if (failure_) return;
  try {
    if (batch.failure) std::rethrow_exception(batch.failure);
    finish_(batch);
  } catch (...) {
    failure_ = std::current_exception();
    ended_ = true;
  }
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
  Flow(source, batch_chunks * piece_size, make_work, finish, std::max(threads, 1U)).run();
}

}  // namespace carechain::crypto
