#pragma once
// The state: a map of typed keys to CBOR values. Only operations change it, through Changes, which remembers what was
// there before; undo records and the state digest follow from that.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "libcore/encoding/fields.hpp"

namespace carechain::ledger {

class State {
 public:
  virtual ~State() = default;
  virtual std::optional<std::string> get(const std::string& key) const = 0;
};

// The whole state in memory.
class MemoryState : public State {
 public:
  std::optional<std::string> get(const std::string& key) const override;
  void put(const std::string& key, std::string value) { entries_[key] = std::move(value); }
  void erase(const std::string& key) { entries_.erase(key); }
  std::size_t size() const { return entries_.size(); }

 private:
  std::unordered_map<std::string, std::string> entries_;
};

// Changes on top of a state that stays as it is. One writer, no threads.
class Changes : public State {
 public:
  explicit Changes(const State& below) : below_(below) {}

  std::optional<std::string> get(const std::string& key) const override;
  void put(const std::string& key, std::string value) { set(key, std::move(value)); }
  void erase(const std::string& key) { set(key, std::nullopt); }
  // For queries only: beside the state, not part of its digest. Keys are unique to the operation that writes them.
  void note(std::string key, std::string value) { notes_.emplace_back(std::move(key), std::move(value)); }

  // Everything since the mark can be taken back: an operation that is refused leaves nothing.
  struct Mark {
    std::size_t journal, notes;
  };
  Mark mark() const { return {journal_.size(), notes_.size()}; }
  void roll_back(Mark);

  struct Entry {
    std::optional<std::string> before;  // below these changes
    std::optional<std::string> after;
  };
  // Each key that was touched; before and after may be equal.
  const std::unordered_map<std::string, Entry>& entries() const { return entries_; }
  const std::vector<std::pair<std::string, std::string>>& notes() const { return notes_; }

 private:
  struct Step {
    Entry* entry;
    std::optional<std::string> after_before;  // its `after` before the step
  };
  void set(const std::string& key, std::optional<std::string> value);
  const State& below_;
  std::unordered_map<std::string, Entry> entries_;
  std::vector<Step> journal_;
  std::vector<std::pair<std::string, std::string>> notes_;
};

// A table of the state: its name (a short word without '/'), and what kind of struct its values are. A key is the name,
// '/', and the parts one after the other; parts are of fixed length but for the last.
template <class Row>
class Table {
 public:
  constexpr explicit Table(std::string_view name) : name_(name) {}

  template <class... Parts>
  std::string key(const Parts&... parts) const {
    std::string whole(name_);
    whole += '/';
    (whole.append(part_of(parts)), ...);
    return whole;
  }
  template <class... Parts>
  std::optional<Row> get(const State& state, const Parts&... parts) const {
    const auto bytes = state.get(key(parts...));
    if (!bytes) return std::nullopt;
    return encoding::decode_fields<Row>(view_of(*bytes));
  }
  template <class... Parts>
  bool has(const State& state, const Parts&... parts) const {
    return state.get(key(parts...)).has_value();
  }
  template <class... Parts>
  void put(Changes& state, const Row& row, const Parts&... parts) const {
    const Bytes bytes = encoding::encode_fields(row);
    state.put(key(parts...), std::string(text_of(bytes)));
  }
  template <class... Parts>
  void erase(Changes& state, const Parts&... parts) const {
    state.erase(key(parts...));
  }

 private:
  static std::string part_of(std::uint64_t number) {  // big-endian, so that keys sort as numbers
    std::string bytes(8, '\0');
    store_be(reinterpret_cast<std::uint8_t*>(bytes.data()), number);
    return bytes;
  }
  static std::string part_of(std::uint32_t number) {
    std::string bytes(4, '\0');
    store_be(reinterpret_cast<std::uint8_t*>(bytes.data()), number);
    return bytes;
  }
  template <class Meaning, std::size_t N>
  static std::string_view part_of(const FixedBytes<Meaning, N>& fixed) {
    return text_of(fixed.view());
  }
  static std::string_view part_of(std::string_view text) { return text; }
  std::string_view name_;
};

}  // namespace carechain::ledger
