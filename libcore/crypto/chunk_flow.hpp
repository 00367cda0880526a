#pragma once
// Work on a long stream, batch by batch, on several threads, with the results in order. Memory: a batch for each
// thread and one more.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libcore/crypto/chunked.hpp"

namespace carechain::crypto {

// Memory wiped when it goes. Its address is 1 modulo 64: the hash of a leaf has one byte in front of the data, and
// Crypto++'s SHA-256 is a tenth faster when the blocks behind it then lie on a word's boundary.
class ChunkBuffer {
 public:
  ~ChunkBuffer();
  // At least `size` bytes, uninitialised; the same memory at every call with no greater size.
  std::uint8_t* room(std::size_t size);
  std::uint8_t* data() { return start_; }

 private:
  std::unique_ptr<std::uint8_t[]> memory_;
  std::uint8_t* start_ = nullptr;
  std::size_t size_ = 0;
};

// Few enough that what one step of the work leaves in a core's cache is still there for the next.
inline constexpr std::uint64_t batch_chunks = 8;
// Beside one for each thread: what waits for its turn because a thread was held up doesn't hold up the others. More
// would leave the cache.
inline constexpr std::size_t spare_batches = 1;

struct Batch {
  ChunkBuffer in, out;
  std::size_t in_size = 0;
  std::size_t out_size = 0;
  std::uint64_t number = 0;  // from 0, in the order of the source
  bool last = false;         // the stream ends with it
  std::vector<Hash> plain_leaves, sealed_leaves;
  std::string fault;  // what is wrong with the stream here; empty: nothing
  std::exception_ptr failure;

  std::uint64_t first_chunk() const { return number * batch_chunks; }
  ByteView input() { return {in.data(), in_size}; }
  ByteView output() { return {out.data(), out_size}; }
};

using Work = std::function<void(Batch&)>;    // used by one thread
using MakeWork = std::function<Work()>;      // called once a thread, by the calling one
using Finish = std::function<void(Batch&)>;  // in the order of the source

// Cuts the source into batches of batch_chunks pieces of piece_size bytes; at least one batch, empty when the source
// is. Source and finish are called by any of the threads, the calling one among them, but no two calls of source run at
// once, nor two of finish; a call of source may run beside one of finish. What source, work or finish throw, the first
// in the order of the stream, reaches the caller, after all threads have ended; nothing after it is finished.
void flow(const Source&, std::size_t piece_size, const MakeWork&, const Finish&, unsigned threads);

}  // namespace carechain::crypto
