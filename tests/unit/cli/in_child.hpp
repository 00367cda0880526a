#pragma once
// Runs a program's main in a child process with its own descriptors, as a shell would.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "libcore/store/file.hpp"

struct Ran {
  int status = -1;
  std::string out, err;
};

// `out`: where stdout goes, "" for a file that is read back.
inline Ran run_in_child(std::vector<std::string> words, const std::function<int(int, char**)>& main,
                        const std::string& out = "") {
  const std::string stem = "/tmp/carechain-unit-" + std::to_string(getpid());
  const std::string out_path = out.empty() ? stem + ".out" : out;
  const pid_t child = fork();
  if (child == 0) {
    dup2(open(out_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    dup2(open((stem + ".err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    _exit(main(static_cast<int>(words.size()), argv.data()));
  }
  int status = 0;
  waitpid(child, &status, 0);
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (out.empty()) ran.out = carechain::store::read_file(out_path);
  ran.err = carechain::store::read_file(stem + ".err");
  if (out.empty()) std::remove(out_path.c_str());
  std::remove((stem + ".err").c_str());
  return ran;
}
