#pragma once
// The one exception of the library: something could not be done. Caught once, in the frame of the program.

#include <stdexcept>
#include <string>
#include <utility>

namespace carechain {

// What a program's exit status says when the error ends it.
enum class Exit : int {
  ok = 0,       // done, or the answer is yes
  no = 1,       // the answer is no: refused, broken, denied, dropped, the named thing does not exist
  usage = 2,    // the command line makes no sense
  trouble = 3,  // could not find out: I/O, damage that prevents an answer, a missing key, a lock, not yet sealed
};

class Error : public std::runtime_error {
 public:
  // `what` is one sentence without capital and period, in a user's words, naming the file, line or object.
  // `hint`, when not empty, is what to do next, if possible a command that can be pasted.
  explicit Error(const std::string& what, std::string hint = {}, Exit exit = Exit::trouble)
      : std::runtime_error(what), hint_(std::move(hint)), exit_(exit) {}

  const std::string& hint() const { return hint_; }
  Exit exit() const { return exit_; }

 private:
  std::string hint_;
  Exit exit_;
};

// The named thing does not exist, or input was understood and is refused: exit 1.
inline Error refusal(const std::string& what, std::string hint = {}) { return Error(what, std::move(hint), Exit::no); }
// The command line makes no sense: exit 2.
inline Error misuse(const std::string& what, std::string hint = {}) {
  return Error(what, std::move(hint), Exit::usage);
}

}  // namespace carechain
