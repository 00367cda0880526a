#include "libcore/cli/input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace carechain::cli {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10;

store::File open_input(const std::string& name) {
  if (name != "-") return store::File::open_read(name);
  const int descriptor = ::fcntl(0, F_DUPFD_CLOEXEC, 3);  // a copy, so that closing it leaves stdin alone
  if (descriptor < 0) throw Error(std::string("cannot read standard input: ") + std::strerror(errno));
  return store::File(descriptor, "standard input");
}

// One read, so that lines from a pipe are handled as they come.
std::size_t read_some(const store::File& file, char* to, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(file.descriptor(), to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw Error("cannot read " + file.path() + ": " + std::strerror(errno));
  }
}

}  // namespace

LineReader::LineReader(store::File file, std::size_t limit) : file_(std::move(file)), limit_(limit) {}

LineReader LineReader::open(const std::string& file_or_dash, std::size_t limit) {
  return LineReader(open_input(file_or_dash), limit);
}

bool LineReader::fill() {
  if (ended_) return false;
  buffer_.erase(0, std::exchange(begin_, 0));
  const std::size_t held = buffer_.size();
  buffer_.resize(held + piece);
  const std::size_t got = read_some(file_, buffer_.data() + held, piece);
  buffer_.resize(held + got);
  ended_ = got == 0;
  return !ended_;
}

std::optional<std::string_view> LineReader::next() {
  std::size_t looked = 0;  // bytes after begin_ known to hold no newline
  std::size_t end = 0;
  while ((end = buffer_.find('\n', begin_ + looked)) == std::string::npos) {
    looked = buffer_.size() - begin_;
    if (looked > limit_) break;
    if (!fill()) break;
  }
  const bool whole = end != std::string::npos;
  std::string_view line = std::string_view(buffer_).substr(begin_, whole ? end - begin_ : std::string::npos);
  if (!whole && line.empty()) return std::nullopt;
  ++number_;
  if (line.size() > limit_) {
    throw refusal(name() + ", line " + std::to_string(number_) + ": longer than " + std::to_string(limit_) + " bytes");
  }
  begin_ += line.size() + (whole ? 1 : 0);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t LineReader::read(std::span<std::uint8_t> buffer) {
  if (begin_ == buffer_.size())
    return ended_ ? 0 : read_some(file_, reinterpret_cast<char*>(buffer.data()), buffer.size());
  const std::size_t size = std::min(buffer.size(), buffer_.size() - begin_);
  std::memcpy(buffer.data(), buffer_.data() + begin_, size);
  begin_ += size;
  return size;
}

std::string read_all(const std::string& file_or_dash, std::size_t limit) {
  const store::File file = open_input(file_or_dash);
  std::string all;
  std::array<char, piece> part;
  for (std::size_t got = 0; (got = read_some(file, part.data(), part.size())) > 0;) {
    if (all.size() + got > limit) throw refusal(file.path() + " is larger than " + std::to_string(limit) + " bytes");
    all.append(part.data(), got);
  }
  return all;
}

}  // namespace carechain::cli
