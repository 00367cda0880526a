#include "libcore/ledger/ledger.hpp"

#include <chrono>
#include <thread>

#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "libcore/ledger/fork_choice.hpp"
#include "libcore/ledger/rows.hpp"

namespace carechain::ledger {

struct Ledger::Inside {
  store::Layout layout;
  const OperationTable* operations;
  std::unique_ptr<Rows> rows;
  Tip tip;
  Constitution constitution;
  std::optional<RowsState> state;
};

namespace {

// Replays the blocks in memory. Signatures are not checked: verify-chain does that.
std::unique_ptr<MemoryRows> replay(const store::Layout& layout, const OperationTable& table) {
  auto rows = std::make_unique<MemoryRows>();
  Tip tip;
  bool founded = false;
  ChainReader reader(layout);
  while (const auto frame = reader.next()) {
    if (frame->status != store::SegmentFrame::whole) {
      if (frame->nothing_valid_behind && founded) break;  // a torn tail: what is before it stands
      throw Error("the blocks are damaged: " + frame->why, "carechain verify-chain -L " + layout.root);
    }
    if (founded) require_known_rules(RowsState(*rows), tip.height + 1);
    const BlockView block = parse_block(frame->block);
    const PlacedBlock placed{block, frame->block, frame->position, frame->next};
    const TakeRow take = [&](std::string_view key, std::optional<std::string_view> value) { rows->take(key, value); };
    if (founded)
      rows_of_block(table, tip, *rows, placed, false, take);
    else
      rows_of_founding(placed, tip, take);
    founded = true;
  }
  return founded ? std::move(rows) : nullptr;
}

// Whether the block at that place follows this tip. If not, a writer is about to turn to another branch.
bool follows(const store::Layout& layout, store::Position place, const Hash& tip) {
  store::SegmentReader reader(layout, place);
  const auto frame = reader.next();
  const auto header = frame && frame->status == store::SegmentFrame::whole ? decode_header(frame->block) : std::nullopt;
  return !header || header->previous == tip;
}

// The index's rows, when there is an index with a tip. A writer is at most one block ahead of its index: where there
// are more, and the index doesn't move, it belongs to an older copy of the blocks, and its answers would be old ones.
// While a writer turns to another branch, what the index says of this one stands.
std::unique_ptr<Rows> indexed(const store::Layout& layout) {
  constexpr int patience = 20;
  std::string seen;
  for (int look = 0;; ++look) {
    auto index = store::Index::open_reader(layout.index());
    if (!index) return nullptr;
    const auto end = index->get("E");
    if (!end) return nullptr;
    if (store::frames_behind(layout, decode_position(*end), 2) < 2 ||
        !follows(layout, decode_position(*end), Tip::load(view_of(index->get("M").value())).hash))
      return std::make_unique<IndexRows>(std::move(*index));
    if (*end == seen && look >= patience)
      throw Error("the index is behind the blocks: it was made from an older copy of them",
                  "carechain rebuild-index -L " + layout.root);
    if (*end == seen) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    seen = *end;
  }
}

}  // namespace

Ledger Ledger::open(const store::Layout& layout, const OperationTable& table) {
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  auto inside = std::make_unique<Inside>();
  inside->layout = layout;
  inside->operations = &table;
  inside->rows = indexed(layout);
  if (!inside->rows) inside->rows = replay(layout, table);
  if (!inside->rows) throw Error("there are no blocks in '" + layout.root + "'");
  inside->tip = Tip::load(view_of(*inside->rows->get("M")));
  inside->state.emplace(*inside->rows);
  inside->constitution = *constitutions.get(*inside->state);
  return Ledger(std::move(inside));
}

Ledger::Ledger(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

const store::Layout& Ledger::layout() const { return inside_->layout; }
const OperationTable& Ledger::operations() const { return *inside_->operations; }
const Constitution& Ledger::constitution() const { return inside_->constitution; }
const Tip& Ledger::tip() const { return inside_->tip; }
const State& Ledger::state() const { return *inside_->state; }

std::optional<Hash> Ledger::block_hash(std::uint64_t height) const {
  return RowsAncestry(*inside_->rows).block_hash(height);
}

std::optional<Time> Ledger::block_time(std::uint64_t height) const {
  return RowsAncestry(*inside_->rows).block_time(height);
}

Bytes Ledger::block(std::uint64_t height) const {
  const auto row = inside_->rows->get(height_row(height));
  if (!row) throw refusal("there is no block " + std::to_string(height));
  return store::read_block(inside_->layout, decode_block(*row).position);
}

std::optional<SealedPlace> Ledger::find_transaction(const TransactionId& id) const {
  const auto row = inside_->rows->get('x' + std::string(text_of(id.view())));
  return row ? std::optional(decode_place(*row)) : std::nullopt;
}

Bytes Ledger::transaction_bytes(const SealedPlace& place) const {
  const Bytes whole = block(place.height);
  if (place.offset > whole.size() || place.size > whole.size() - place.offset)
    throw Error("the index is damaged: a transaction lies outside its block", "carechain rebuild-index");
  return copy_of(ByteView(whole).subspan(place.offset, place.size));
}

std::vector<TransactionId> Ledger::transactions_like(const std::string& hex_digits, std::size_t limit) const {
  std::vector<TransactionId> found;
  const auto bytes = encoding::parse_hex(std::string_view(hex_digits).substr(0, hex_digits.size() & ~std::size_t{1}));
  if (!bytes) return found;
  inside_->rows->scan(
      'x' + std::string(text_of(*bytes)),
      [&](std::string_view key, std::string_view) {
        const TransactionId id(view_of(key.substr(1)));
        if (encoding::hex(id.view()).starts_with(hex_digits)) found.push_back(id);
        return found.size() < limit;
      },
      false);
  return found;
}

void Ledger::scan_notes(std::string_view prefix, const Visit& visit, bool backwards) const {
  inside_->rows->scan(
      'n' + std::string(prefix),
      [&](std::string_view key, std::string_view value) { return visit(key.substr(1), value); }, backwards);
}

void Ledger::scan_state(std::string_view prefix, const Visit& visit) const {
  inside_->rows->scan(
      's' + std::string(prefix),
      [&](std::string_view key, std::string_view value) { return visit(key.substr(1), value); }, false);
}

}  // namespace carechain::ledger
