#include "libcore/store/index.hpp"

#include <fmt/format.h>
#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "libcore/store/frozen_env.hpp"
#include "libcore/store/log_tail.hpp"
#include "libcore/store/writer_env.hpp"

namespace carechain::store {
namespace {

using leveldb::Slice;
using leveldb::Status;

constexpr std::uint64_t short_log = 128u << 10;      // what a writer may leave for each reader to replay
constexpr std::uint64_t short_manifest = 64u << 10;  // a longer one is written anew

class Silence final : public leveldb::Logger {
  void Logv(const char*, std::va_list) override {}
};

Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view text(const Slice& bytes) { return {bytes.data(), bytes.size()}; }

void require(const Status& status, const Path& directory) {
  if (status.ok()) return;
  const bool broken = status.IsCorruption() || status.IsInvalidArgument() || status.IsNotFound();
  if (broken) throw damaged_index(directory, status.ToString());
  throw Error("cannot use the index " + directory + ": " + status.ToString());
}

leveldb::ReadOptions read_options() {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

// The first key above all that start with prefix; empty: there is none.
std::string end_of(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

// Whether LevelDB may append to the log and MANIFEST that are there, instead of starting new ones, which costs several
// syncs at each open.
bool may_continue(const Path& directory) {
  const auto files = is_directory(directory) ? freeze_index(directory) : std::nullopt;
  if (!files) return false;
  return std::ranges::all_of(files->contents, [](const auto& file) {
    const auto& [name, content] = file;
    if (name == "CURRENT") return true;
    if (name.starts_with("MANIFEST") && content->size() > short_manifest) return false;
    return ends_with_whole_record(view_of(*content));
  });
}

std::uint64_t log_bytes(const Path& directory) {
  std::uint64_t sum = 0;
  for (const std::string& name : list_directory(directory)) {
    const auto log = name.ends_with(".log") ? File::try_open_read(directory + "/" + name) : std::nullopt;
    if (log) sum += log->size();
  }
  return sum;
}

}  // namespace

namespace {

// Rows of the query indexes, whose keys begin with 'n', are many and small, and are only ever scanned: a filter would
// be a tenth of their tables, read and summed whenever one is opened, and never asked.
class FilterOfFetched : public leveldb::FilterPolicy {
 public:
  const char* Name() const override { return "carechain.fetched"; }
  void CreateFilter(const Slice* keys, int count, std::string* filter) const override {
    std::vector<Slice> fetched;
    std::copy_if(keys, keys + count, std::back_inserter(fetched), [](const Slice& key) { return !is_scanned(key); });
    bloom_->CreateFilter(fetched.data(), static_cast<int>(fetched.size()), filter);
  }
  bool KeyMayMatch(const Slice& key, const Slice& filter) const override {
    return is_scanned(key) || bloom_->KeyMayMatch(key, filter);
  }

 private:
  static bool is_scanned(const Slice& key) { return key.starts_with("n"); }
  std::unique_ptr<const leveldb::FilterPolicy> bloom_{leveldb::NewBloomFilterPolicy(10)};
};

}  // namespace

struct IndexBatch::State {
  leveldb::WriteBatch batch;
};
IndexBatch::IndexBatch() : state_(std::make_unique<State>()) {}
IndexBatch::~IndexBatch() = default;
IndexBatch::IndexBatch(IndexBatch&&) noexcept = default;
void IndexBatch::put(std::string_view key, std::string_view value) { state_->batch.Put(slice(key), slice(value)); }
void IndexBatch::erase(std::string_view key) { state_->batch.Delete(slice(key)); }

struct Index::State {
  Path directory;
  Silence silence;
  FilterOfFetched filter;
  // Who applies many transactions asks for rows all over the index; a query fills little of it.
  std::unique_ptr<leveldb::Cache> blocks{leveldb::NewLRUCache(64u << 20)};
  std::unique_ptr<FrozenEnv> frozen;  // a reader's
  std::unique_ptr<leveldb::DB> db;
  bool failed = false;

  leveldb::Options options();
  void open(const leveldb::Options&);
  void shorten_log() const;
  ~State();
};

leveldb::Options Index::State::options() {
  leveldb::Options options;
  options.paranoid_checks = true;
  options.info_log = &silence;
  options.filter_policy = &filter;
  options.block_cache = blocks.get();
  options.reuse_logs = true;
  return options;
}

void Index::State::open(const leveldb::Options& options) {
  leveldb::DB* opened = nullptr;
  const Status status = leveldb::DB::Open(options, directory, &opened);
  db.reset(opened);
  require(status, directory);
}

// LevelDB has no other flush: compacting a range that holds nothing begins with the memtable.
void Index::State::shorten_log() const try {
  if (log_bytes(directory) <= short_log) return;
  const Slice nowhere("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  db->CompactRange(&nowhere, &nowhere);
} catch (const Error&) {  // only a convenience for readers
}

Index::State::~State() {
  if (frozen) {
    frozen->end([this] { db.reset(); });
  } else if (db && !failed) {
    shorten_log();
  }
}

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::Index(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::open_writer(const Path& directory, std::size_t write_buffer) {
  make_directory(directory);
  auto state = std::make_unique<State>();
  state->directory = directory;
  leveldb::Options options = state->options();
  options.env = writer_env();
  options.create_if_missing = true;
  options.reuse_logs = may_continue(directory);
  options.write_buffer_size = write_buffer;
  // A query reads the directory and the filter of each table it touches, and a reader opens every table: this is
  // between.
  options.max_file_size = 4u << 20;
  options.block_size = 16u << 10;
  state->open(options);
  return Index(std::move(state));
}

std::optional<Index> Index::open_reader(const Path& directory) {
  auto files = freeze_index(directory);
  if (!files) return std::nullopt;
  auto state = std::make_unique<State>();
  state->directory = directory;
  state->frozen = std::make_unique<FrozenEnv>(std::move(*files));
  leveldb::Options options = state->options();
  options.env = state->frozen.get();
  options.write_buffer_size = 1u << 30;  // logs of any length stay a memtable: nothing is written, even to memory
  options.max_file_size = 1u << 30;      // likewise the MANIFEST
  state->open(options);
  return Index(std::move(state));
}

std::optional<std::string> Index::get(std::string_view key) const {
  std::string value;
  const Status status = state_->db->Get(read_options(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  require(status, state_->directory);
  return value;
}

void Index::scan(std::string_view prefix, std::string_view from, const Visit& visit, bool backwards) const {
  const std::unique_ptr<leveldb::Iterator> at(state_->db->NewIterator(read_options()));
  if (backwards) {
    const std::string end = from.empty() ? end_of(prefix) : std::string(from);
    if (!end.empty()) at->Seek(end);
    if (!end.empty() && at->Valid()) {
      at->Prev();
    } else if (at->status().ok()) {
      at->SeekToLast();
    }
  } else {
    at->Seek(slice(from.empty() ? prefix : from));
  }
  while (at->Valid() && text(at->key()).starts_with(prefix) && visit(text(at->key()), text(at->value()))) {
    backwards ? at->Prev() : at->Next();
  }
  require(at->status(), state_->directory);
}

void Index::write(const IndexBatch& batch, bool sync) {
  if (state_->failed) throw Error("cannot write the index " + state_->directory + ": an earlier attempt failed");
  leveldb::WriteOptions options;
  options.sync = sync;
  state_->failed = true;
  require(state_->db->Write(options, &batch.state().batch), state_->directory);
  state_->failed = false;
}

}  // namespace carechain::store
