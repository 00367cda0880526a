#include "libcore/ledger/undo.hpp"

#include "libcore/encoding/cbor.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/governance.hpp"

namespace carechain::ledger {

std::string undo_row(std::uint64_t height) {
  std::string key = height_row(height);
  key.front() = 'u';
  return key;
}

bool wants_undo(const State& state) {
  const auto roll = sealer_roll.get(state);
  return (roll ? roll->keys.size() : constitutions.get(state)->sealers.size()) > 1;
}

std::optional<std::string> OverlayRows::get(const std::string& key) const {
  const auto found = changed_.find(key);
  return found == changed_.end() ? below_.get(key) : found->second;
}

void OverlayRows::take(std::string_view key, std::optional<std::string_view> value) {
  changed_.insert_or_assign(std::string(key), value ? std::optional(std::string(*value)) : std::nullopt);
}

void OverlayRows::write_to(store::IndexBatch& batch) const {
  for (const auto& [key, value] : changed_) value ? batch.put(key, *value) : batch.erase(key);
}

TakeRow UndoRecord::recording(const RowLookup& before, TakeRow pass_on) {
  return [this, &before, pass_on = std::move(pass_on)](std::string_view key, std::optional<std::string_view> value) {
    std::string row(key);
    // Blocks and transactions are there for the first time.
    const bool is_new = row.front() == 'x' || row.front() == 'b';
    if (!before_.contains(row)) before_.emplace(row, is_new ? std::nullopt : before.get(row));
    pass_on(key, value);
  };
}

void UndoRecord::put(std::uint64_t height, const TakeRow& take) const {
  Bytes record;
  encoding::CborWriter writer(record);
  writer.array(before_.size());
  for (const auto& [key, value] : before_) {
    writer.array(2);
    writer.bytes(view_of(key));
    value ? writer.bytes(view_of(*value)) : writer.null();
  }
  take(undo_row(height), text_of(record));
  if (height >= undo_depth) take(undo_row(height - undo_depth), std::nullopt);
}

bool undo_down_to(std::uint64_t height, std::uint64_t tip, OverlayRows& rows) {
  for (std::uint64_t at = height + 1; at <= tip; ++at)
    if (!rows.get(undo_row(at))) return false;
  for (std::uint64_t at = tip; at > height; --at) {
    const std::string record = rows.get(undo_row(at)).value();
    encoding::CborReader reader(view_of(record));
    for (std::size_t left = reader.array(); left > 0; --left) {
      if (reader.array() != 2)
        throw Error("the index is damaged: an undo record is malformed", "carechain rebuild-index");
      const std::string_view key = text_of(reader.bytes());
      if (reader.peek() == encoding::CborReader::Type::null) {
        reader.null();
        rows.take(key, std::nullopt);
      } else {
        rows.take(key, text_of(reader.bytes()));
      }
    }
    reader.expect_end();
    rows.take(undo_row(at), std::nullopt);
  }
  return true;
}

}  // namespace carechain::ledger
