#include "libcore/ledger/rows.hpp"

#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"

namespace carechain::ledger {

std::optional<std::string> MemoryRows::get(const std::string& key) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

void MemoryRows::scan(std::string_view prefix, const Ledger::Visit& visit, bool backwards) const {
  const auto first = rows_.lower_bound(std::string(prefix));
  auto last = first;
  while (last != rows_.end() && last->first.starts_with(prefix)) ++last;
  if (!backwards) {
    for (auto row = first; row != last && visit(row->first, row->second); ++row) continue;
    return;
  }
  while (last != first) {
    --last;
    if (!visit(last->first, last->second)) return;
  }
}

std::optional<Hash> RowsAncestry::block_hash(std::uint64_t height) const {
  const auto row = rows_.get(height_row(height));
  return row ? std::optional(decode_block(*row).hash) : std::nullopt;
}

std::optional<Time> RowsAncestry::block_time(std::uint64_t height) const {
  const auto row = rows_.get(height_row(height));
  return row ? std::optional(decode_block(*row).time) : std::nullopt;
}

std::string height_row(std::uint64_t height) {
  std::string key(9, 'b');
  store_be(reinterpret_cast<std::uint8_t*>(key.data()) + 1, height);
  return key;
}

std::string encode(const store::Position& position) {
  std::array<std::uint8_t, 12> bytes;
  store_le(bytes.data(), position.segment);
  store_le(bytes.data() + 4, position.offset);
  return std::string(text_of(bytes));
}

store::Position decode_position(std::string_view row) {
  if (row.size() != 12) throw Error("the index is damaged: a position is malformed", "carechain rebuild-index");
  const ByteView bytes = view_of(row);
  return {load_le<std::uint32_t>(bytes.data()), load_le<std::uint64_t>(bytes.data() + 4)};
}

std::string encode(const BlockRow& block) {
  std::array<std::uint8_t, 8> time;
  store_le(time.data(), static_cast<std::uint64_t>(block.time.seconds));
  return std::string(text_of(block.hash.view())) + encode(block.position) + std::string(text_of(time));
}

BlockRow decode_block(std::string_view row) {
  constexpr std::size_t position_bytes = 12;
  if (row.size() != Hash::size + position_bytes + 8)
    throw Error("the index is damaged: a block's row is malformed", "carechain rebuild-index");
  const auto seconds = load_le<std::uint64_t>(view_of(row).data() + Hash::size + position_bytes);
  return {Hash(view_of(row).first(Hash::size)),
          decode_position(row.substr(Hash::size, position_bytes)),
          {static_cast<std::int64_t>(seconds)}};
}

std::string encode(const SealedPlace& place) {
  std::array<std::uint8_t, 20> bytes;
  store_le(bytes.data(), place.height);
  store_le(bytes.data() + 8, place.position);
  store_le(bytes.data() + 12, place.offset);
  store_le(bytes.data() + 16, place.size);
  return std::string(text_of(bytes));
}

namespace {

[[noreturn]] void refuse(const Header& header, const LayerFault& fault) {
  throw refusal("block " + std::to_string(header.height) + ", " + std::string(to_text(fault.layer)) + ": " + fault.why);
}

// Rows of one kind: keys that begin with the same letter.
class RowsUnder {
 public:
  RowsUnder(char letter, const TakeRow& take) : key_(1, letter), take_(take) {}
  void row(std::string_view rest, std::optional<std::string_view> value) {
    key_.resize(1);
    key_ += rest;
    take_(key_, value);
  }

 private:
  std::string key_;
  const TakeRow& take_;
};

// Applies the transactions in order; tells their ids.
std::optional<LayerFault> apply_all(const OperationTable& table, const BlockView& block, BlockPlace place,
                                    bool check_signatures, Changes& changes, std::vector<TransactionId>& ids) {
  begin_block(table, place, changes);
  for (std::uint32_t i = 0; i < block.transactions.size(); ++i) {
    const ByteView bytes = block.transactions[i];
    place.position = i;
    const auto transaction = check_signatures ? parse_verified_transaction(place.ledger, bytes)
                                              : std::optional(parse_transaction(place.ledger, bytes));
    if (!transaction)
      return LayerFault{Layer::signature, "transaction " + std::to_string(i) + ": its signature does not hold"};
    if (const auto refused = apply_transaction(table, *transaction, place, changes))
      return LayerFault{Layer::permission,
                        "transaction " + encoding::hex(transaction->id.view()) + ": " + refused->why};
    ids.push_back(transaction->id);
  }
  return std::nullopt;
}

}  // namespace

SealedPlace decode_place(std::string_view row) {
  if (row.size() != 20) throw Error("the index is damaged: a place is malformed", "carechain rebuild-index");
  const std::uint8_t* at = view_of(row).data();
  return {load_le<std::uint64_t>(at), load_le<std::uint32_t>(at + 8), load_le<std::uint32_t>(at + 12),
          load_le<std::uint32_t>(at + 16)};
}

void rows_of_founding(const PlacedBlock& placed, Tip& tip, const TakeRow& take) {
  const BlockView& block = placed.block;
  const MemoryState nothing;
  Changes changes(nothing);
  found(read_founding_block(block), changes);
  StateDigest digest;
  digest_changes(changes, digest);
  tip = founding_tip(block, digest);
  rows_of_changes(tip, placed, {}, changes, take);
}

void rows_of_changes(const Tip& tip, const PlacedBlock& placed, const std::vector<TransactionId>& ids,
                     const Changes& changes, const TakeRow& take) {
  RowsUnder transactions('x', take), state('s', take), notes('n', take);
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    const ByteView bytes = placed.block.transactions[i];
    const SealedPlace sealed{tip.height, i, static_cast<std::uint32_t>(bytes.data() - placed.bytes.data()),
                             static_cast<std::uint32_t>(bytes.size())};
    transactions.row(text_of(ids[i].view()), encode(sealed));
  }
  for (const auto& [key, entry] : changes.entries())
    if (entry.before != entry.after) state.row(key, entry.after);
  for (const auto& [key, value] : changes.notes()) notes.row(key, value);
  take(height_row(tip.height), encode(BlockRow{tip.hash, placed.place, tip.time()}));
  take("M", text_of(tip.save()));
  take("E", encode(placed.next));
}

void rows_of_block(const OperationTable& table, Tip& tip, const RowLookup& below, const PlacedBlock& placed,
                   bool check_signatures, const TakeRow& take) {
  const RowsState state(below);
  const RowsAncestry ancestry(below);
  const BlockView& block = placed.block;
  const Header& header = block.header;
  const WorkRules rules = constitutions.get(state)->work();
  if (const auto fault = judge_header(tip, rules, header, block.hash, state)) refuse(header, *fault);
  if (const auto fault = judge_seal(header, block.hash, block.signature)) refuse(header, *fault);
  if (transactions_root(block.transactions) != header.transactions)
    refuse(header, {Layer::merkle, "its transactions root is not that of its transactions"});

  std::vector<TransactionId> ids;
  Changes changes(state);
  const BlockPlace where{ancestry, tip.ledger, header.height, header.time};
  if (const auto fault = apply_all(table, block, where, check_signatures, changes, ids)) refuse(header, *fault);
  StateDigest digest = tip.state;
  digest_changes(changes, digest);
  if (digest.digest() != header.state)
    refuse(header, {Layer::state, "its state digest is not that of the state after it"});

  advance(tip, header, block.hash);
  tip.state = digest;
  rows_of_changes(tip, placed, ids, changes, take);
}

}  // namespace carechain::ledger
