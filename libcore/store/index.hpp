#pragma once
// The index: an ordered map of byte strings on disk (LevelDB), derived from the blocks and rebuilt when it is gone.
// LevelDB's types stay inside the .cpp.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libcore/store/file.hpp"

namespace carechain::store {

// Changes that become visible and durable together.
class IndexBatch {
 public:
  IndexBatch();
  ~IndexBatch();
  IndexBatch(IndexBatch&&) noexcept;
  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);
  struct State;
  State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

class Index {
 public:
  // Opens for writing, creating it when absent. The caller holds the ledger's write lock. `write_buffer`: bytes kept in
  // memory (and in the log) before they become a table. Throws Error: it is damaged (hint: rebuild-index).
  static Index open_writer(const Path& directory, std::size_t write_buffer = 4u << 20);

  // A frozen view of the index as it was at one instant during this call, although a writer may be running, on
  // read-only media, by any number of processes; never writes and takes no lock. LevelDB runs over an Env that holds
  // CURRENT, the MANIFEST and the logs in memory and the live tables open (so that a writer may remove them), and sends
  // its own writes to memory. Retried until CURRENT and the MANIFEST's length stayed the same meanwhile.
  // nullopt: there is no index. Throws Error: it is damaged (hint: rebuild-index).
  static std::optional<Index> open_reader(const Path& directory);

  Index(Index&&) noexcept;
  ~Index();  // a writer leaves a short log behind (compacts its memtable), since each reader replays it

  std::optional<std::string> get(std::string_view key) const;  // throws Error when damaged
  // Every entry whose key starts with `prefix`, from `from` (a whole key >= prefix; empty: the first) upwards, or with
  // `backwards` from the last one below `from` (empty: the last) downwards, until visit returns false.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  void scan(std::string_view prefix, std::string_view from, const Visit&, bool backwards = false) const;

  void write(const IndexBatch&, bool sync);  // throws Error; the caller must stop writing then

 private:
  struct State;
  explicit Index(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace carechain::store
