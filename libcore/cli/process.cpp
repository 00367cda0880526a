#include "libcore/cli/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>

#include "libcore/base/error.hpp"
#include "libcore/store/file.hpp"

namespace carechain::cli {
namespace {

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error("cannot make a pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
};

class Child {
 public:
  Child(const std::string& command, const std::string& input) : command_(command) {
    Pipe in, out;
    process_ = ::fork();
    if (process_ < 0) throw Error("cannot start '" + command + "'");
    if (process_ == 0) {
      ::dup2(in.read_end, 0);
      ::dup2(out.write_end, 1);
      std::signal(SIGPIPE, SIG_DFL);
      ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(in.read_end);
    ::close(out.write_end);
    output_ = std::make_unique<store::File>(out.read_end, "the output of '" + command + "'");
    store::File stdin_of_child(in.write_end, "the input of '" + command + "'");
    try {
      stdin_of_child.write(view_of(input));
    } catch (const Error&) {
      // A command may do without its input; its exit status tells.
    }
  }
  ~Child() {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  std::size_t read(std::span<std::uint8_t> buffer) {
    const std::size_t got = process_ > 0 ? output_->read(buffer) : 0;
    if (got < buffer.size()) finish();
    return got;
  }

 private:
  void finish() {
    if (process_ <= 0) return;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
      throw Error("'" + command_ + "' failed" +
                  (WIFEXITED(status) ? " with status " + std::to_string(WEXITSTATUS(status)) : ""));
  }

  std::string command_;
  pid_t process_ = -1;
  std::unique_ptr<store::File> output_;
};

}  // namespace

crypto::Source output_of(const std::string& command, const std::string& input) {
  return
      [child = std::make_shared<Child>(command, input)](std::span<std::uint8_t> buffer) { return child->read(buffer); };
}

}  // namespace carechain::cli
