#include "libcore/crypto/chunk_flow.hpp"

#include <thread>

#include "libcore/base/error.hpp"
#include "unit/crypto/vectors.hpp"

using namespace carechain;
using namespace carechain::crypto;

namespace {

constexpr std::size_t piece = 8;
constexpr std::size_t batch_size = batch_chunks * piece;

Source source_of(ByteView bytes) {
  return [bytes](std::span<std::uint8_t> buffer) mutable {
    const std::size_t count = std::min(buffer.size(), bytes.size());
    std::copy_n(bytes.begin(), count, buffer.begin());
    bytes = bytes.subspan(count);
    return count;
  };
}

// Work for which every third batch takes much longer than those after it.
void dawdle(const Batch& batch) {
  if (batch.number % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
}

}  // namespace

TEST_CASE("batches are finished in the order of the source, however long each takes") {
  for (const std::size_t size : {std::size_t{0}, batch_size - 1, batch_size, batch_size + 1, 100 * batch_size + 5})
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
      CAPTURE(size);
      CAPTURE(threads);
      Bytes bytes(size);
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i / batch_size + i);
      Bytes out;
      std::uint64_t next = 0;
      std::size_t lasts = 0;
      flow(
          source_of(bytes), piece, [] { return dawdle; },
          [&](Batch& batch) {
            CHECK(batch.number == next++);
            append(out, batch.input());
            lasts += batch.last ? 1 : 0;
          },
          threads);
      CHECK(out == bytes);
      CHECK(lasts == 1);
      CHECK(next == std::max<std::size_t>(1, (size + batch_size - 1) / batch_size));
    }
}

TEST_CASE("the first failure in the order of the source is the one that is told, and ends it") {
  const Bytes bytes(100 * batch_size);
  for (const unsigned threads : {1U, 2U, 8U}) {
    CAPTURE(threads);
    std::uint64_t finished = 0;
    const auto work = [](Batch& batch) {
      dawdle(batch);
      if (batch.number >= 40 && batch.number <= 44) throw Error("batch " + std::to_string(batch.number));
    };
    CHECK_THROWS_WITH_AS(flow(
                             source_of(bytes), piece, [&work] { return work; }, [&](Batch&) { ++finished; }, threads),
                         "batch 40", Error);
    CHECK(finished == 40);
  }
}
