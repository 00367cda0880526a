#include "libcore/cli/dispatch.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "libcore/base/error.hpp"
#include "libcore/base/nearest.hpp"
#include "libcore/cli/catalog.hpp"

namespace carechain::cli {
namespace {

std::string own_directory() {
  std::array<char, 4096> path{};
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  const std::string whole(path.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
  return whole.substr(0, whole.rfind('/') + 1);
}

Error no_such_program(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& row : catalog()) names.emplace_back(row.name);
  const auto meant = nearest(name, names);
  return misuse("there is no program '" + name + "'", meant ? "did you mean " + *meant + "?" : "carechain lists them");
}

}  // namespace

int run_linked_program(int argc, char** argv) {
  std::string_view name = argc > 0 ? argv[0] : "";
  name.remove_prefix(name.rfind('/') + 1);  // npos + 1 is 0
  if (name.starts_with(program_prefix())) name.remove_prefix(program_prefix().size());
  if (const ProgramMain main = linked_program(name)) return main(argc, argv);
  return linked_program("carechain")(argc, argv);
}

int dispatch(int argc, char** argv) {
  const std::string name = argv[0];
  if (find_program(name) == nullptr) throw no_such_program(name);
  if (const ProgramMain main = linked_program(name)) return main(argc, argv);
  std::string file = std::string(program_prefix()) + name;
  std::vector<char*> words(argv, argv + argc);
  words[0] = file.data();
  words.push_back(nullptr);
  ::execv((own_directory() + file).c_str(), words.data());
  if (errno == ENOENT) ::execvp(file.c_str(), words.data());
  throw Error("cannot run " + file + ": " + std::strerror(errno));
}

}  // namespace carechain::cli
