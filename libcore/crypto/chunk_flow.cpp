#include "libcore/crypto/chunk_flow.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace carechain::crypto {
namespace {

// Every thread reads a batch, works on it and finishes it: what it read is still in its core's cache when it works.
// Two threads never read at once, nor finish at once; batches are finished in the order in which they were read.
class Flow {
 public:
  Flow(const Source& source, std::size_t batch_size, const MakeWork& make_work, const Finish& finish, unsigned threads)
      : source_(source), batch_size_(batch_size), make_work_(make_work), finish_(finish), threads_(threads) {}
  void run();

 private:
  bool read(Batch& batch);
  void fill(Batch& batch);
  void start_helpers();
  void treat(Batch& batch, const Work& work);
  void finish_in_turn(Batch& batch);

  const Source& source_;
  const std::size_t batch_size_;
  const MakeWork& make_work_;
  const Finish& finish_;
  const unsigned threads_;

  std::mutex reading_;  // over what follows
  std::uint64_t read_ = 0;
  std::optional<std::uint8_t> ahead_;  // the byte after the newest batch: it shows that this was not the last
  std::atomic<bool> ended_ = false;    // nothing more is to be read

  std::mutex finishing_;  // over what follows
  std::condition_variable turn_;
  std::uint64_t finished_ = 0;
  std::exception_ptr failure_;

  std::vector<std::jthread> helpers_;
};

void Flow::run() {
  const Work work = make_work_();
  Batch batch;
  while (read(batch)) {
    if (batch.number == 0 && !batch.last && !batch.failure) {
      try {
        start_helpers();
      } catch (...) {
        batch.failure = std::current_exception();
      }
    }
    treat(batch, work);
  }
  helpers_.clear();  // waits for them
  if (failure_) std::rethrow_exception(failure_);
}

void Flow::start_helpers() {
  for (unsigned i = 1; i < threads_; ++i)
    helpers_.emplace_back([this, work = make_work_()] {
      Batch batch;
      while (read(batch)) treat(batch, work);
    });
}

bool Flow::read(Batch& batch) {
  std::lock_guard lock(reading_);
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
  std::uint8_t* to = batch.in.room(batch_size_);
  batch.in_size = 0;
  if (ahead_) to[batch.in_size++] = *ahead_;
  ahead_.reset();
  batch.in_size += source_({to + batch.in_size, batch_size_ - batch.in_size});
  std::uint8_t next = 0;
  if (batch.in_size == batch_size_ && source_({&next, 1}) == 1) ahead_ = next;
  batch.last = !ahead_;
  if (batch.last) ended_ = true;
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
  std::unique_lock lock(finishing_);
  turn_.wait(lock, [this, &batch] { return finished_ == batch.number; });
  if (!failure_) {
    try {
      if (batch.failure) std::rethrow_exception(batch.failure);
      finish_(batch);
    } catch (...) {
      failure_ = std::current_exception();
      ended_ = true;
    }
  }
  ++finished_;
  turn_.notify_all();
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
