#include "libcore/cli/progress.hpp"

#include <unistd.h>

namespace carechain::cli {
namespace {

constexpr std::uint64_t calls_between_looks = 16;  // at the clock

void put(int descriptor, const std::string& text) {
  // A bar that can't be written is no reason to stop.
  [[maybe_unused]] const auto wrote = ::write(descriptor, text.data(), text.size());
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total, int descriptor)
    : label_(std::move(label)), total_(total), descriptor_(descriptor), next_(Clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() {
  if (shown_) put(descriptor_, "\r\x1b[K");
}

void Progress::reach(std::uint64_t done) {
  done_ = done;
  if (descriptor_ >= 0 && calls_++ % calls_between_looks == 0) show();
}

void Progress::show() {
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  std::string text = "\r" + label_ + ' ' + std::to_string(done_);
  if (total_ > 0) {
    text += " of " + std::to_string(total_) + " (" + std::to_string(done_ * 100 / total_) + " %)";
  }
  put(descriptor_, text + "\x1b[K");
}

}  // namespace carechain::cli
