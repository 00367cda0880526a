#pragma once
// All that a program says. stdout carries answers: JSON lines, or text for people; stderr carries words.
//
// Words and errors start with the program's name; no capital at the beginning, no period at the end. Text that comes
// from a ledger or a file passes clean() before a terminal sees it.

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/bytes.hpp"
#include "libcore/base/error.hpp"
#include "libcore/cli/command_line.hpp"
#include "libcore/cli/envelope.hpp"
#include "libcore/cli/progress.hpp"
#include "libcore/cli/world.hpp"

namespace carechain::cli {

enum class Format { automatic, text, json };  // automatic: text on a terminal, else JSON lines

class Output {
 public:
  struct Setup {
    std::string program = {};
    Format format = Format::automatic;
    bool quiet = false;
    int out = 1, err = 2;  // file descriptors
  };
  Output(Setup, World, CommandLine = {});
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool json() const { return json_; }
  bool quiet() const { return setup_.quiet; }
  const World& world() const { return world_; }
  const CommandLine& command_line() const { return line_; }

  // stdout, buffered. Each throws Error when it can't be written, which is exit 3.
  void line(std::string_view text);          // and a newline
  void envelope(const Envelope&);            // a JSON line, or its readable form
  std::string shown(const Envelope&) const;  // what envelope() writes, without the newline; for many made at once
  void raw(ByteView);
  // For people: columns as wide as they need, those of numbers only to the right.
  void table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
  void flush();

  // stderr, unless --quiet.
  template <class... Args>
  void words(fmt::format_string<Args...> format, Args&&... args) {
    if (!setup_.quiet) say(fmt::format(format, std::forward<Args>(args)...));
  }
  // A bar on stderr for work of `total` steps; silent for the first second, off a terminal, and with --quiet.
  Progress progress(std::string label, std::uint64_t total) const;
  void error(const std::string& what, const std::string& hint) const;  // also with --quiet

 private:
  void say(const std::string& text) const;
  void write_out(ByteView) const;

  Setup setup_;
  World world_;
  CommandLine line_;
  bool json_;
  std::string buffer_;
};

void say_error(int descriptor, const std::string& program, const std::string& what, const std::string& hint);
// Control characters as \x1b, invalid UTF-8 as U+FFFD: what is shown can't drive a terminal. Newlines go too.
std::string clean(std::string_view text);

}  // namespace carechain::cli
