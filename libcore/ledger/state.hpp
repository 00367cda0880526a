#pragma once
// The state: a map of typed keys to CBOR values. Only operations change it, through Changes, which remembers what was
// there before; undo records and the state digest follow from that.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libcore/base/arena.hpp"
#include "libcore/base/steady_list.hpp"
#include "libcore/encoding/fields.hpp"
#include "libcore/ledger/state_key.hpp"

namespace carechain::ledger {

// A value as a state gives it: bytes inside that state, good until it changes, or bytes fetched from elsewhere.
class StateValue {
 public:
  StateValue(std::string_view inside) : inside_(inside) {}
  StateValue(std::string fetched) : fetched_(std::move(fetched)) {}
  operator std::string_view() const { return fetched_ ? std::string_view(*fetched_) : inside_; }
  friend bool operator==(const StateValue& a, std::string_view b) { return std::string_view(a) == b; }

 private:
  std::string_view inside_;
  std::optional<std::string> fetched_;
};

class State {
 public:
  virtual ~State() = default;
  virtual std::optional<StateValue> get(const StateKey& key) const = 0;
  virtual void prefetch(const StateKey&) const {}  // a hint that it will be asked for soon
};

class Changes;

// The whole state in memory: about 40 bytes for each entry besides its key and value.
class MemoryState : public State {
 public:
  std::optional<StateValue> get(const StateKey& key) const override;
  void put(const StateKey& key, std::string_view value);
  void erase(const StateKey& key) { erase(key.text(), key.hash()); }
  void take(const Changes&);  // makes all of them; of many the bytes are not copied but shared
  void prefetch(const StateKey& key) const override { index_.prefetch(key.hash()); }
  std::size_t size() const { return live_; }

 private:
  struct Entry {
    const char* key;
    const char* value;  // nullptr: erased
    std::uint32_t key_size, value_size;
    std::string_view key_text() const { return {key, key_size}; }
    std::string_view value_text() const { return {value, value_size}; }
  };
  enum class Copy : bool { no, yes };  // no: the bytes are in the arena already
  std::uint32_t find(std::string_view key, std::uint32_t hash) const;
  Entry& add(std::string_view key, std::uint32_t hash, Copy);
  void set(Entry&, std::string_view value, Copy);
  void erase(std::string_view key, std::uint32_t hash);
  std::string_view keep(std::string_view bytes, Copy);
  Copy share(const Changes&);
  void compact_if_idle();

  KeyIndex index_;
  SteadyList<Entry> entries_;
  Arena bytes_;
  std::size_t live_ = 0;
  std::size_t kept_bytes_ = 0, idle_bytes_ = 0;  // in the arena: all, and those of values that are gone
};

// Changes on top of a state that stays as it is. One writer, no threads.
class Changes : public State {
 public:
  enum class Notes { kept, dropped };
  explicit Changes(const State& below, Notes notes = Notes::kept)
      : below_(&below), keeps_notes_(notes == Notes::kept) {}
  Changes(Changes&&) = default;
  Changes& operator=(Changes&&) = default;
  void reserve(std::size_t rows);  // room for about so many of them at once
  void start_over();               // none are left; what shares their bytes keeps them

  std::optional<StateValue> get(const StateKey& key) const override;
  void prefetch(const StateKey& key) const override { below_->prefetch(key); }
  void put(const StateKey& key, std::string_view value) { put(touch(key), value); }
  void erase(const StateKey& key) { set(touch(key), std::nullopt); }

  // For what is read and then written: the key is looked for once. Good until start_over().
  enum class Place : std::uint32_t {};
  Place touch(const StateKey& key);
  std::optional<std::string_view> get(Place place) const { return entries_.rows_[index_of(place)].second.after; }
  void put(Place place, std::string_view value) { set(place, bytes_.keep(value)); }

  // For queries only: beside the state, not part of its digest. Keys are unique to the operation that writes them.
  void note(std::string_view key, std::string_view value) {
    if (keeps_notes_) notes_.emplace_back(bytes_.keep(key), bytes_.keep(value));
  }
  bool keeps_notes() const { return keeps_notes_; }  // no: there is no need to work any out

  // Everything since the mark can be taken back: an operation that is refused leaves nothing.
  struct Mark {
    std::size_t journal, notes;
  };
  Mark mark() const { return {journal_.size(), notes_.size()}; }
  void roll_back(Mark);

  struct Entry {
    std::optional<std::string_view> before;  // below these changes
    std::optional<std::string_view> after;
    std::uint32_t hash = 0;  // of the key
  };
  // Each key that was touched, in the order of the first touch; before and after may be equal.
  class Entries {
   public:
    using Row = std::pair<std::string_view, Entry>;
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }
    std::size_t size() const { return rows_.size(); }
    std::span<const Row> rows() const { return rows_; }
    const Entry& at(const StateKey& key) const;    // throws std::out_of_range
    const Entry* find(const StateKey& key) const;  // nullptr: untouched

   private:
    friend class Changes;
    KeyIndex index_;
    LargeVector<Row> rows_;
  };
  const Entries& entries() const { return entries_; }
  using Note = std::pair<std::string_view, std::string_view>;
  const std::vector<Note>& notes() const { return notes_; }

 private:
  struct Step {
    Place place;
    std::optional<std::string_view> after_before;  // its `after` before the step
  };
  static std::size_t index_of(Place place) { return static_cast<std::size_t>(place); }
  void set(Place, std::optional<std::string_view> value);

  template <class Row>
  friend class Table;
  friend class MemoryState;

  const State* below_;
  bool keeps_notes_;
  Bytes scratch_;  // of a value while it is encoded
  Arena bytes_;
  Entries entries_;
  LargeVector<Step> journal_;
  std::vector<Note> notes_;
};

// A table of the state: a short word without '/', the struct of its values. A key is the name, '/', the parts one after
// the other, all of fixed length but the last. '~' before the name: follows from other rows and blocks, is not in the
// digest.
template <class Row>
class Table {
 public:
  constexpr explicit Table(std::string_view name) : name_(name) {}

  template <class... Parts>
  std::string key(const Parts&... parts) const {
    return std::string(at(parts...).text());
  }
  // For a row that is asked for more than once: what stands for its parts below.
  template <class... Parts>
  StateKey at(const Parts&... parts) const {
    return StateKey({name_, std::string_view("/"), std::string_view(part_of(parts))...});
  }

  std::optional<Row> get(const State& state, const StateKey& key) const {
    const auto value = state.get(key);
    if (!value) return std::nullopt;
    return encoding::decode_fields<Row>(view_of(*value));
  }
  bool has(const State& state, const StateKey& key) const { return state.get(key).has_value(); }
  void put(Changes& state, const Row& row, const StateKey& key) const { put_as(state, row, key); }
  // Of another struct, whose encoding is that of a Row.
  template <class Like>
  void put_as(Changes& state, const Like& row, const StateKey& key) const {
    state.put(key, encoded(state, row));
  }

  // A row that is read and then written, found once.
  std::optional<Row> get(const Changes& state, Changes::Place place) const {
    const auto value = state.get(place);
    return value ? std::optional(encoding::decode_fields<Row>(view_of(*value))) : std::nullopt;
  }
  bool has(const Changes& state, Changes::Place place) const { return state.get(place).has_value(); }
  void put(Changes& state, const Row& row, Changes::Place place) const { state.put(place, encoded(state, row)); }

  template <class... Parts>
  std::optional<Row> get(const State& state, const Parts&... parts) const {
    return get(state, at(parts...));
  }
  template <class... Parts>
  bool has(const State& state, const Parts&... parts) const {
    return has(state, at(parts...));
  }
  template <class... Parts>
  void put(Changes& state, const Row& row, const Parts&... parts) const {
    put(state, row, at(parts...));
  }
  template <class... Parts>
  void prefetch(const State& state, const Parts&... parts) const {
    state.prefetch(at(parts...));
  }
  template <class... Parts>
  void erase(Changes& state, const Parts&... parts) const {
    state.erase(at(parts...));
  }

 private:
  struct Number {  // big-endian, so that keys sort as numbers
    std::array<char, 8> bytes;
    std::size_t size;
    operator std::string_view() const { return {bytes.data(), size}; }
  };
  template <std::unsigned_integral Int>
  static Number part_of(Int number) {
    Number part{{}, sizeof number};
    store_be(reinterpret_cast<std::uint8_t*>(part.bytes.data()), number);
    return part;
  }
  template <class Meaning, std::size_t N>
  static std::string_view part_of(const FixedBytes<Meaning, N>& fixed) {
    return text_of(fixed.view());
  }
  static std::string_view part_of(std::string_view text) { return text; }

  template <class Like>
  static std::string_view encoded(Changes& state, const Like& row) {
    Bytes& bytes = state.scratch_;
    bytes.clear();
    encoding::CborWriter writer(bytes);
    encoding::encode_fields(row, writer);
    return text_of(bytes);
  }

  std::string_view name_;
};

}  // namespace carechain::ledger
