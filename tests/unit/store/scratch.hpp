#pragma once
// A directory of a test's own, removed at its end.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "libcore/store/file.hpp"

namespace carechain::store {

class Scratch {
 public:
  Scratch() {
    std::string pattern = std::filesystem::temp_directory_path() / "carechain-store-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
  }
  ~Scratch() { std::filesystem::remove_all(root_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const Path& root() const { return root_; }
  Path operator/(const std::string& name) const { return root_ + "/" + name; }

 private:
  Path root_;
};

// The file's bytes become these, with no ceremony.
inline void put(const Path& path, std::string_view content) {
  std::filesystem::remove(path);
  File file = File::create_new(path, 0644);
  file.write(view_of(content));
}

}  // namespace carechain::store
