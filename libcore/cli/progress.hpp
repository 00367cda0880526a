#pragma once
// How far long work is, on a terminal.

#include <chrono>
#include <cstdint>
#include <string>

namespace carechain::cli {

// Nothing is shown in the first second; the line is wiped when the object goes. One thread at a time.
class Progress {
 public:
  Progress(std::string label, std::uint64_t total, int descriptor);  // total 0: unknown; descriptor -1: never shown
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t steps = 1) { reach(done_ + steps); }
  void reach(std::uint64_t done);  // cheap enough for every step of a hot loop

 private:
  void show();
  using Clock = std::chrono::steady_clock;
  std::string label_;
  std::uint64_t total_, done_ = 0, calls_ = 0;
  int descriptor_;
  Clock::time_point next_;  // when to show again
  bool shown_ = false;
};

}  // namespace carechain::cli
