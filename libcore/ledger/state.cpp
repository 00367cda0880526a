#include "libcore/ledger/state.hpp"

#include <stdexcept>

#include "libcore/base/prefetch.hpp"

namespace carechain::ledger {

std::uint32_t MemoryState::find(std::string_view key, std::uint32_t hash) const {
  return index_.find(hash, [&](std::uint32_t place) { return entries_[place].key_text() == key; });
}

std::optional<StateValue> MemoryState::get(const StateKey& key) const {
  const std::uint32_t place = find(key.text(), key.hash());
  if (place == KeyIndex::none || entries_[place].value == nullptr) return std::nullopt;
  return StateValue(entries_[place].value_text());
}

void MemoryState::put(std::string_view key, std::uint32_t hash, std::string_view value) {
  const std::uint32_t place = find(key, hash);
  if (place != KeyIndex::none) {
    set(entries_[place], value);
    if (2 * idle_bytes_ > kept_bytes_) compact();
    return;
  }
  index_.add(hash, entries_.size());
  entries_.push_back({bytes_.keep(key).data(), nullptr, static_cast<std::uint32_t>(key.size()), 0});
  kept_bytes_ += key.size();
  set(entries_.back(), value);
}

void MemoryState::set(Entry& entry, std::string_view value) {
  if (entry.value == nullptr) ++live_;
  idle_bytes_ += entry.value_size;
  entry.value = bytes_.keep(value).data();
  entry.value_size = static_cast<std::uint32_t>(value.size());
  kept_bytes_ += value.size();
}

void MemoryState::erase(std::string_view key, std::uint32_t hash) {
  const std::uint32_t place = find(key, hash);
  if (place == KeyIndex::none || entries_[place].value == nullptr) return;
  entries_[place].value = nullptr;
  idle_bytes_ += std::exchange(entries_[place].value_size, 0);
  --live_;
}

void MemoryState::take(const Changes& changes) {
  constexpr std::size_t ahead = 8;
  const auto rows = changes.entries().rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + ahead < rows.size()) {
      const auto& [later, change] = rows[i + ahead];
      index_.prefetch_to_add(change.hash);
      prefetch_bytes(view_of(later));
      if (change.after) prefetch_bytes(view_of(*change.after));
    }
    const auto& [key, entry] = rows[i];
    entry.after ? put(key, entry.hash, *entry.after) : erase(key, entry.hash);
  }
}

// Moves what lives to memory of its own; keys of erased entries stay, since their places do.
void MemoryState::compact() {
  Arena fresh;
  for (Entry& entry : entries_) {
    entry.key = fresh.keep(entry.key_text()).data();
    if (entry.value != nullptr) entry.value = fresh.keep(entry.value_text()).data();
  }
  bytes_ = std::move(fresh);
  kept_bytes_ -= std::exchange(idle_bytes_, 0);
}

const Changes::Entry* Changes::Entries::find(const StateKey& key) const {
  const std::uint32_t row =
      index_.find(key.hash(), [&](std::uint32_t place) { return rows_[place].first == key.text(); });
  return row == KeyIndex::none ? nullptr : &rows_[row].second;
}

const Changes::Entry& Changes::Entries::at(const StateKey& key) const {
  if (const Entry* entry = find(key)) return *entry;
  throw std::out_of_range("the key was not touched");
}

std::optional<StateValue> Changes::get(const StateKey& key) const {
  const Entry* entry = entries_.find(key);
  if (entry == nullptr) return below_->get(key);
  return entry->after ? std::optional(StateValue(*entry->after)) : std::nullopt;
}

void Changes::reserve(std::size_t rows) {
  entries_.rows_.reserve(rows);
  entries_.index_.reserve(rows);
  journal_.reserve(rows);
}

// The row of a key, a new one where there is none.
std::uint32_t Changes::touch(const StateKey& key) {
  KeyIndex& index = entries_.index_;
  std::vector<Entries::Row>& rows = entries_.rows_;
  const std::uint32_t found =
      index.find(key.hash(), [&rows, &key](std::uint32_t place) { return rows[place].first == key.text(); });
  if (found != KeyIndex::none) return found;
  const auto below = below_->get(key);
  const auto before = below ? std::optional(bytes_.keep(*below)) : std::nullopt;
  index.add(key.hash(), rows.size());
  rows.emplace_back(bytes_.keep(key.text()), Entry{before, before, key.hash()});
  return static_cast<std::uint32_t>(rows.size() - 1);
}

void Changes::set(const StateKey& key, std::optional<std::string_view> value) {
  const std::uint32_t row = touch(key);
  Entry& entry = entries_.rows_[row].second;
  journal_.push_back({row, std::exchange(entry.after, value)});
}

void Changes::roll_back(Mark mark) {
  while (journal_.size() > mark.journal) {
    entries_.rows_[journal_.back().row].second.after = journal_.back().after_before;
    journal_.pop_back();
  }
  notes_.resize(mark.notes);
}

}  // namespace carechain::ledger
