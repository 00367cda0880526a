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

void MemoryState::put(const StateKey& key, std::string_view value) {
  const std::uint32_t place = find(key.text(), key.hash());
  set(place != KeyIndex::none ? entries_[place] : add(key.text(), key.hash(), Copy::yes), value, Copy::yes);
  compact_if_idle();
}

std::string_view MemoryState::keep(std::string_view bytes, Copy copy) {
  if (copy == Copy::no) return bytes;
  kept_bytes_ += bytes.size();
  return bytes_.keep(bytes);
}

MemoryState::Entry& MemoryState::add(std::string_view key, std::uint32_t hash, Copy copy) {
  index_.add(hash, entries_.size());
  return entries_.push_back({keep(key, copy).data(), nullptr, static_cast<std::uint32_t>(key.size()), 0});
}

void MemoryState::set(Entry& entry, std::string_view value, Copy copy) {
  if (entry.value == nullptr) ++live_;
  idle_bytes_ += entry.value_size;
  entry.value = keep(value, copy).data();
  entry.value_size = static_cast<std::uint32_t>(value.size());
}

void MemoryState::erase(std::string_view key, std::uint32_t hash) {
  const std::uint32_t place = find(key, hash);
  if (place == KeyIndex::none || entries_[place].value == nullptr) return;
  entries_[place].value = nullptr;
  idle_bytes_ += std::exchange(entries_[place].value_size, 0);
  --live_;
}

// Takes part in the ownership of the changes' bytes, where there are many and most of them are going to be the state's.
MemoryState::Copy MemoryState::share(const Changes& changes) {
  constexpr std::size_t few = 64u << 10;  // less than the chunks they lie in
  const std::size_t all = changes.bytes_.kept();
  if (all < few) return Copy::yes;
  std::size_t used = 0;
  for (const auto& [key, entry] : changes.entries().rows())
    if (entry.after) used += entry.after->size() + (entry.before ? 0 : key.size());
  if (2 * used < all) return Copy::yes;
  bytes_.share(changes.bytes_);
  kept_bytes_ += all;
  idle_bytes_ += all - used;
  return Copy::no;
}

void MemoryState::take(const Changes& changes) {
  constexpr std::size_t ahead = 8;
  const Copy copy = share(changes);
  const auto rows = changes.entries().rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + ahead < rows.size()) {
      const auto& [later, change] = rows[i + ahead];
      index_.prefetch_to_add(change.hash);
      if (copy == Copy::yes) {
        prefetch_bytes(view_of(later));
        if (change.after) prefetch_bytes(view_of(*change.after));
      }
    }
    const auto& [key, entry] = rows[i];
    if (!entry.after) {
      erase(key, entry.hash);
      continue;
    }
    const bool may_be_there = entry.before || live_ < entries_.size();  // an erased key keeps its place
    const std::uint32_t place = may_be_there ? find(key, entry.hash) : KeyIndex::none;
    set(place != KeyIndex::none ? entries_[place] : add(key, entry.hash, copy), *entry.after, copy);
  }
  compact_if_idle();
}

// Moves what lives to memory of its own; keys of erased entries stay, since their places do.
void MemoryState::compact_if_idle() {
  if (2 * idle_bytes_ <= kept_bytes_) return;
  Arena fresh;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    entry.key = fresh.keep(entry.key_text()).data();
    if (entry.value != nullptr) entry.value = fresh.keep(entry.value_text()).data();
  }
  bytes_ = std::move(fresh);
  kept_bytes_ = bytes_.kept();
  idle_bytes_ = 0;
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

void Changes::start_over() {
  bytes_ = Arena();
  entries_.index_.clear();
  entries_.rows_.clear();
  journal_.clear();
  notes_.clear();
}

Changes::Place Changes::touch(const StateKey& key) {
  KeyIndex& index = entries_.index_;
  LargeVector<Entries::Row>& rows = entries_.rows_;
  const std::uint32_t found =
      index.find(key.hash(), [&rows, &key](std::uint32_t place) { return rows[place].first == key.text(); });
  if (found != KeyIndex::none) return Place{found};
  const auto below = below_->get(key);
  const auto before = below ? std::optional(bytes_.keep(*below)) : std::nullopt;
  index.add(key.hash(), rows.size());
  rows.emplace_back(bytes_.keep(key.text()), Entry{before, before, key.hash()});
  return Place{static_cast<std::uint32_t>(rows.size() - 1)};
}

void Changes::set(Place place, std::optional<std::string_view> value) {
  Entry& entry = entries_.rows_[index_of(place)].second;
  journal_.push_back({place, std::exchange(entry.after, value)});
}

void Changes::roll_back(Mark mark) {
  while (journal_.size() > mark.journal) {
    entries_.rows_[index_of(journal_.back().place)].second.after = journal_.back().after_before;
    journal_.pop_back();
  }
  notes_.resize(mark.notes);
}

}  // namespace carechain::ledger
