#include "libcore/store/frozen_files.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "libcore/store/system.hpp"

namespace carechain::store {
namespace {

// One process may need more tables open than it is allowed at first.
void allow_more_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::shared_ptr<const File> open_table(const Path& path) {
  std::optional<File> file;
  try {
    file = File::try_open_read(path);
  } catch (const Error&) {
    allow_more_descriptors();
    file = File::try_open_read(path);
  }
  return file ? std::make_shared<const File>(std::move(*file)) : nullptr;
}

// nullptr: it is gone.
std::shared_ptr<std::string> content_of(const std::optional<File>& file) {
  if (!file) return nullptr;
  constexpr std::size_t piece = 1u << 16;
  auto content = std::make_shared<std::string>();
  std::size_t wanted = static_cast<std::size_t>(file->size()) + 1;
  for (;;) {
    const std::size_t before = content->size();
    content->resize(before + wanted);
    const std::span room(reinterpret_cast<std::uint8_t*>(content->data()) + before, wanted);
    const std::size_t got = file->read_at(before, room);
    content->resize(before + got);
    if (got < wanted) return content;
    wanted = piece;
  }
}

bool is_log(std::string_view name) { return name.ends_with(".log"); }
bool is_table(std::string_view name) { return name.ends_with(".ldb") || name.ends_with(".sst"); }

class Freezer {
 public:
  explicit Freezer(const Path& directory) : directory_(directory) {}

  enum class Outcome { frozen, absent, changed };
  Outcome attempt();
  FrozenFiles& files() { return files_; }

 private:
  std::shared_ptr<std::string> read(const std::string& name) const {
    return content_of(File::try_open_read(directory_ + "/" + name));
  }
  void open_manifest(const std::string& name);
  void collect();
  bool unchanged(const std::string& current, const std::string& name) const;

  Path directory_;
  FrozenFiles files_;
  std::optional<File> manifest_;  // of the last attempt; kept open, so that its inode is not used anew
};

bool same_file(const File& open, const Path& path, std::uint64_t size) {
  struct stat mine {
  }, theirs{};
  if (::fstat(open.descriptor(), &mine) != 0 || ::stat(path.c_str(), &theirs) != 0) return false;
  return mine.st_ino == theirs.st_ino && mine.st_dev == theirs.st_dev &&
         static_cast<std::uint64_t>(theirs.st_size) == size;
}

// Tables opened by earlier attempts stay good as long as the MANIFEST is the same file.
void Freezer::open_manifest(const std::string& name) {
  if (manifest_ && same_file(*manifest_, directory_ + "/" + name, manifest_->size())) return;
  manifest_ = File::try_open_read(directory_ + "/" + name);
  files_.tables.clear();
}

void Freezer::collect() {
  std::map<std::string, std::shared_ptr<const File>> tables;
  for (const std::string& name : list_directory(directory_)) {
    if (is_log(name)) {
      if (auto content = read(name)) files_.contents[name] = std::move(content);
    } else if (is_table(name)) {
      const auto known = files_.tables.find(name);
      auto table = known != files_.tables.end() ? known->second : open_table(directory_ + "/" + name);
      if (table) tables[name] = std::move(table);
    }
  }
  files_.tables = std::move(tables);
}

bool Freezer::unchanged(const std::string& current, const std::string& name) const {
  const auto now = read("CURRENT");
  return now && *now == current && same_file(*manifest_, directory_ + "/" + name, files_.contents.at(name)->size());
}

Freezer::Outcome Freezer::attempt() {
  const auto current = read("CURRENT");
  if (!current) return Outcome::absent;
  const std::string name = current->substr(0, current->find('\n'));
  if (!name.starts_with("MANIFEST-") || name.find('/') != std::string::npos) {
    throw damaged_index(directory_, "CURRENT names no MANIFEST");
  }
  open_manifest(name);
  if (!manifest_) {  // removed only after CURRENT names another
    const auto now = read("CURRENT");
    if (now && *now == *current) throw damaged_index(directory_, name + " is missing");
    return Outcome::changed;
  }
  files_.contents = {{"CURRENT", current}, {name, content_of(manifest_)}};
  collect();
  return unchanged(*current, name) ? Outcome::frozen : Outcome::changed;
}

}  // namespace

Error damaged_index(const Path& directory, const std::string& why) {
  return Error("the index " + directory + " is damaged: " + why,
               "it can be made anew from the blocks: rebuild-index -L " + parent_of(directory));
}

std::optional<FrozenFiles> freeze_index(const Path& directory) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::seconds(20);
  Freezer freezer(directory);
  for (int tries = 0;; ++tries) {
    const auto outcome = freezer.attempt();
    if (outcome == Freezer::Outcome::absent) return std::nullopt;
    if (outcome == Freezer::Outcome::frozen) return std::move(freezer.files());
    if (Clock::now() > deadline) throw Error("cannot read " + directory + ": a writer keeps changing it");
    if (tries > 10) std::this_thread::sleep_for(std::chrono::microseconds(500 * (tries % 7)));
  }
}

}  // namespace carechain::store
