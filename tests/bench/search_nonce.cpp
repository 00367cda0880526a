// How many nonces a second the search of `mine` tries: a target that is never met, given up after some seconds.
//
//   search_nonce THREADS SECONDS
//
// Prints {"done":…,"seconds":…,"cpu":…}.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "libcore/ledger/block.hpp"
#include "libcore/ledger/work.hpp"

int main(int argc, char** argv) {
  using namespace carechain;
  using Clock = std::chrono::steady_clock;
  if (argc != 3) return 2;
  const auto threads = static_cast<unsigned>(std::atoi(argv[1]));
  const auto begin = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  std::uint64_t tried = 0;
  const auto give_up = [&](std::uint64_t so_far) {
    tried = so_far;
    return passed() > std::atof(argv[2]);
  };
  ledger::find_nonce(ledger::encode(ledger::Header{}), U256{1}, threads, give_up);
  std::printf("{\"done\":%llu,\"seconds\":%.6f,\"cpu\":%.6f}\n", static_cast<unsigned long long>(tried), passed(),
              static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}
