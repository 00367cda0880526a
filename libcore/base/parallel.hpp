#pragma once
// Work spread over threads. The first exception of any thread is thrown once all have stopped.

#include <cstddef>
#include <functional>

namespace carechain {

// How many threads this machine runs at once, at least 1.
unsigned hardware_threads();

// Calls work(i) for every 0 <= i < count, on up to `threads` threads, this one among them; in no particular order.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace carechain
