#include "libcore/cli/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace carechain::cli {
namespace {

constexpr std::size_t buffer_size = std::size_t{64} << 10;

// All of it; the errno of what went wrong, or 0.
int write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    } else if (errno == EAGAIN) {
      pollfd wait{descriptor, POLLOUT, 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

Output::Output(Setup setup, World world, CommandLine line)
    : setup_(std::move(setup)),
      world_(std::move(world)),
      line_(std::move(line)),
      json_(setup_.format == Format::json || (setup_.format == Format::automatic && ::isatty(setup_.out) == 0)) {}

void Output::line(std::string_view text) {
  buffer_.append(text) += '\n';
  if (buffer_.size() >= buffer_size) flush();
}

std::string Output::shown(const Envelope& envelope) const { return json_ ? to_json(envelope) : to_text(envelope); }

void Output::envelope(const Envelope& envelope) { line(shown(envelope)); }

void Output::raw(ByteView bytes) {
  if (bytes.size() < buffer_size) {
    buffer_ += text_of(bytes);
    if (buffer_.size() >= buffer_size) flush();
  } else {
    flush();
    write_out(bytes);
  }
}

void Output::flush() {
  const std::string out = std::exchange(buffer_, {});  // a failed write is not repeated
  write_out(view_of(out));
}

void Output::write_out(ByteView bytes) const {
  if (const int problem = write_all(setup_.out, bytes); problem != 0) {
    throw Error(std::string("cannot write to standard output: ") + std::strerror(problem));
  }
}

Progress Output::progress(std::string label, std::uint64_t total) const {
  const bool shown = !setup_.quiet && ::isatty(setup_.err) != 0;
  return Progress(std::move(label), total, shown ? setup_.err : -1);
}

void Output::say(const std::string& text) const { write_all(setup_.err, view_of(setup_.program + ": " + text + '\n')); }

void Output::error(const std::string& what, const std::string& hint) const {
  say_error(setup_.err, setup_.program, what, hint);
}

void say_error(int descriptor, const std::string& program, const std::string& what, const std::string& hint) {
  std::string text = program + ": error: " + clean(what) + '\n';
  if (!hint.empty()) text += program + ": hint: " + clean(hint) + '\n';
  write_all(descriptor, view_of(text));
}

}  // namespace carechain::cli
