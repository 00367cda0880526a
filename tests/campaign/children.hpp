#pragma once
// Processes that are made to fail: a deed runs in a child in which one operation on files, the n-th, ends it or goes
// wrong, and tells through a pipe what it acknowledged.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "libcore/store/fault.hpp"

namespace carechain::campaign {

struct Plan {
  enum What {
    count,          // nothing goes wrong; every operation is told
    kill,           // the process dies before the operation
    tear_and_kill,  // half of the bytes are written, then the process dies
    fail,           // EIO, once
    tear,           // half of the bytes are written, then ENOSPC, once
    full,           // from here on every write and creation fails with ENOSPC
  } what = count;
  std::size_t at = 0;  // which operation, from 0
};
inline const char* to_text(Plan::What what) {
  constexpr const char* words[] = {"count", "kill", "tear and kill", "fail", "tear", "full"};
  return words[what];
}
inline const char* to_text(store::FaultKind kind) {
  constexpr const char* words[] = {"write", "sync", "rename", "truncate", "remove", "create"};
  return words[static_cast<int>(kind)];
}

// A line through the pipe: short, so it comes whole.
class Told {
 public:
  explicit Told(int descriptor) : descriptor_(descriptor) {}
  void operator()(const std::string& line) const {
    const std::string whole = line + '\n';
    if (::write(descriptor_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) ::_exit(99);
  }

 private:
  int descriptor_;
};

inline store::FaultHook hook_of(const Plan& plan, const Told& told) {
  struct Counter {
    std::mutex mutex;  // LevelDB works in the background too
    std::size_t next = 0;
  };
  return [plan, told, counter = std::make_shared<Counter>()](store::FaultKind kind, const store::Path& path,
                                                             std::size_t bytes) -> store::FaultAction {
    using store::FaultAction;
    const std::lock_guard guard(counter->mutex);
    const std::size_t number = counter->next++;
    const std::string point = std::string(to_text(kind)) + ' ' + std::to_string(bytes) + ' ' + path;
    const bool write = kind == store::FaultKind::write;
    if (plan.what == Plan::count) told("point " + point);
    if (plan.what == Plan::full && number >= plan.at && (write || kind == store::FaultKind::create))
      return {FaultAction::fail, ENOSPC, 0};
    if (plan.what == Plan::count || number != plan.at) return {};
    told("fault " + point);
    switch (plan.what) {
      case Plan::tear_and_kill:
        if (write) return {FaultAction::torn_killed, 0, bytes / 2};
        [[fallthrough]];
      case Plan::kill:
        ::raise(SIGKILL);
        return {};
      case Plan::tear:
        if (write) return {FaultAction::torn_write, ENOSPC, bytes / 2};
        [[fallthrough]];
      default:
        return {FaultAction::fail, plan.what == Plan::full ? ENOSPC : EIO, 0};
    }
  };
}

struct Outcome {
  bool killed = false;
  std::string end;                  // how the deed ended: "done", "error …"; empty when it was killed
  std::string fault;                // the operation that went wrong
  std::vector<std::string> points;  // of a count: every operation
  std::vector<std::string> acknowledged;
};

inline Outcome read_outcome(int descriptor) {
  std::string text;
  char part[4096];
  for (ssize_t got = 0; (got = ::read(descriptor, part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(got));
  Outcome outcome;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string word = line.substr(0, line.find(' '));
    const std::string rest = line.size() > word.size() ? line.substr(word.size() + 1) : "";
    if (word == "point")
      outcome.points.push_back(rest);
    else if (word == "fault")
      outcome.fault = rest;
    else if (word == "ack")
      outcome.acknowledged.push_back(rest);
    else
      outcome.end = line;
  }
  return outcome;
}

// Runs the deed in a child by this plan. The deed tells "ack …" for whatever it has promised.
inline Outcome run_in_child(const Plan& plan, const std::function<void(const Told&)>& deed) {
  int ends[2];
  if (::pipe(ends) != 0) throw Error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    const Told told(ends[1]);
    store::set_fault_hook(hook_of(plan, told));
    try {
      deed(told);
      told("done");
    } catch (const Error& error) {
      told(std::string("error ") + error.what());
    } catch (const std::exception& error) {
      told(std::string("exception ") + error.what());
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  Outcome outcome = read_outcome(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  if (!outcome.killed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
    outcome.end = "the process ended with status " + std::to_string(status);
  return outcome;
}

// Runs work(i) for each i < count in `processes` children, and gathers the lines they return.
inline std::vector<std::string> spread(std::size_t count, std::size_t processes,
                                       const std::function<std::vector<std::string>(std::size_t)>& work) {
  std::vector<int> pipes;
  for (std::size_t process = 0; process < processes; ++process) {
    int ends[2];
    if (::pipe(ends) != 0) throw Error("no pipe");
    if (::fork() == 0) {
      ::close(ends[0]);
      const Told told(ends[1]);
      for (std::size_t i = process; i < count; i += processes)
        for (const std::string& line : work(i)) told(line);
      told("finished");
      ::_exit(0);
    }
    ::close(ends[1]);
    pipes.push_back(ends[0]);
  }
  std::vector<std::string> lines;
  for (const int descriptor : pipes) {
    std::string text;
    char part[4096];
    for (ssize_t got = 0; (got = ::read(descriptor, part, sizeof part)) > 0;)
      text.append(part, static_cast<std::size_t>(got));
    ::close(descriptor);
    std::istringstream stream(text);
    bool finished = false;
    for (std::string line; std::getline(stream, line);)
      if (line == "finished")
        finished = true;
      else
        lines.push_back(line);
    if (!finished) lines.push_back("a worker ended early");
  }
  while (::waitpid(-1, nullptr, 0) > 0) continue;
  return lines;
}

}  // namespace carechain::campaign
