// How long programs take from start to end: each command in turn, many times, so that a busy moment hits all of them.
//
//   spawn TIMES COMMAND…      a command is one word, its arguments separated by blanks; stdout and stderr go nowhere
//
// Prints a JSON array with the median and the least milliseconds of each.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

extern char** environ;

namespace {

struct Command {
  std::vector<std::string> words;
  std::vector<double> milliseconds;
};

Command command_of(const char* text) {
  Command command;
  std::istringstream from(text);
  for (std::string word; from >> word;) command.words.push_back(word);
  return command;
}

void run(Command& command, const posix_spawn_file_actions_t& files) {
  std::vector<char*> arguments;
  for (std::string& word : command.words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ) != 0) std::exit(3);
  ::waitpid(child, nullptr, 0);
  command.milliseconds.push_back(
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  for (const int descriptor : {1, 2}) ::posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_WRONLY, 0);
  std::vector<Command> commands;
  for (int i = 2; i < argc; ++i) commands.push_back(command_of(argv[i]));
  for (int times = std::atoi(argv[1]); times > 0; --times)
    for (Command& command : commands) run(command, files);
  for (Command& command : commands) {
    auto& times = command.milliseconds;
    std::ranges::sort(times);
    std::printf("%c{\"median\":%.4f,\"least\":%.4f}", &command == &commands.front() ? '[' : ',',
                times[times.size() / 2], times.front());
  }
  std::puts("]");
}
