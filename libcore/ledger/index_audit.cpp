#include "libcore/ledger/index_audit.hpp"

#include <array>

#include "libcore/crypto/hash.hpp"
#include "libcore/ledger/rows.hpp"
#include "libcore/store/frames.hpp"

namespace carechain::ledger {

namespace {

// A sum over rows in any order: each row's SHA-256 (key length u32 LE || key || value), added as four lanes of 64 bits.
// The index is derived and trusted by nobody but its owner, so the sum need not stand against crafted rows.
struct RowSum {
  std::array<std::uint64_t, 4> lanes{};
  std::uint64_t rows = 0;

  void add(std::string_view key, std::string_view value) {
    std::array<std::uint8_t, 4> length;
    store_le(length.data(), static_cast<std::uint32_t>(key.size()));
    const Hash hash = crypto::sha256({length, view_of(key), view_of(value)});
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] += load_le<std::uint64_t>(hash.data() + 8 * i);
    ++rows;
  }
  friend bool operator==(const RowSum&, const RowSum&) = default;
};

struct RowKind {
  std::string_view prefix, name;
};
constexpr std::array<RowKind, 3> beside_the_state{
    {{"b", "places of blocks"}, {"x", "places of transactions"}, {"n", "entries of the query indexes"}}};

}  // namespace

struct IndexAudit::Inside {
  std::optional<store::Index> index;
  std::optional<Tip> tip;
  std::string wrong;  // what is wrong; empty: nothing so far
  bool reached = false;
  std::uint64_t rows = 0;
  std::array<RowSum, beside_the_state.size()> due;  // what the chain says they are
  std::vector<LeftBehind> left_behind;

  void add_due(const Block&);
  void compare(const Block&, const Tip&, const MemoryState&);
  void compare_state(const MemoryState&);
  void compare_beside();
};

IndexAudit::IndexAudit(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
IndexAudit::IndexAudit(IndexAudit&&) noexcept = default;
IndexAudit::~IndexAudit() = default;

std::optional<IndexAudit> IndexAudit::open(const store::Layout& layout) {
  auto inside = std::make_unique<Inside>();
  try {
    auto index = store::Index::open_reader(layout.index());
    if (!index) return std::nullopt;
    inside->index.emplace(std::move(*index));
    const auto tip = inside->index->get("M");
    if (tip)
      inside->tip = Tip::load(view_of(*tip));
    else
      inside->wrong = "the index has no tip";
  } catch (const Error& error) {
    inside->wrong = error.what();
  }
  return IndexAudit(std::move(inside));
}

void IndexAudit::allow_behind_tip(std::vector<LeftBehind> frames) { inside_->left_behind = std::move(frames); }

bool IndexAudit::is_left_behind() const {
  return inside_->tip &&
         std::ranges::find(inside_->left_behind, inside_->tip->hash, &LeftBehind::block) != inside_->left_behind.end();
}

void IndexAudit::Inside::add_due(const Block& block) {
  const std::uint64_t height = block.view.header.height;
  due[0].add(height_row(height), encode(BlockRow{block.view.hash, block.position, block.view.header.time}));
  for (std::uint32_t i = 0; i < block.transactions.size(); ++i) {
    const ByteView bytes = block.view.transactions[i];
    const SealedPlace place{height, i, static_cast<std::uint32_t>(bytes.data() - block.bytes.data()),
                            static_cast<std::uint32_t>(bytes.size())};
    due[1].add('x' + std::string(text_of(block.transactions[i].view())), encode(place));
  }
  if (block.changes == nullptr) return;
  for (const auto& [key, value] : block.changes->notes()) due[2].add(std::string(1, 'n').append(key), value);
}

void IndexAudit::Inside::compare_state(const MemoryState& state) {
  index->scan("s", {}, [&](std::string_view key, std::string_view value) {
    ++rows;
    const auto right = state.get(std::string(key.substr(1)));
    if (!right || *right != value) wrong = "an entry of the state differs from the chain's";
    return wrong.empty();
  });
  if (wrong.empty() && rows != state.size())
    wrong = "it holds " + std::to_string(rows) + " entries of the state, the chain " + std::to_string(state.size());
}

void IndexAudit::Inside::compare_beside() {
  for (std::size_t kind = 0; kind < beside_the_state.size() && wrong.empty(); ++kind) {
    RowSum held;
    index->scan(beside_the_state[kind].prefix, {}, [&](std::string_view key, std::string_view value) {
      held.add(key, value);
      return true;
    });
    if (held != due[kind]) wrong = "its " + std::string(beside_the_state[kind].name) + " differ from the chain's";
  }
}

void IndexAudit::Inside::compare(const Block& block, const Tip& chain, const MemoryState& state) {
  if (tip->hash != chain.hash) {
    wrong = "its tip, block " + std::to_string(chain.height) + ", is not the chain's";
    return;
  }
  Tip due_tip = chain;
  due_tip.state = tip->state;  // known by its digest only
  if (due_tip.save() != tip->save() || tip->state.digest() != block.view.header.state)
    wrong = "what it says of its tip differs from the chain's";
  const store::Position next{block.position.segment, block.position.offset + store::frame_head + block.bytes.size()};
  const auto end = index->get("E");
  if (wrong.empty() && (!end || !only_left_behind(left_behind, next, decode_position(*end))))
    wrong = "it does not know where the next block goes";
  if (wrong.empty()) compare_state(state);
  if (wrong.empty()) compare_beside();
}

void IndexAudit::see(const Block& block, const Tip& tip, const MemoryState& state) {
  Inside& in = *inside_;
  if (!in.tip || in.reached) return;
  in.add_due(block);
  if (tip.height != in.tip->height) return;
  in.reached = true;
  try {
    in.compare(block, tip, state);
  } catch (const Error& error) {
    in.wrong = error.what();
  }
}

std::optional<Fault> IndexAudit::verdict(std::uint64_t chain_height) const {
  const Inside& in = *inside_;
  const std::uint64_t height = in.tip ? in.tip->height : chain_height;
  if (!in.wrong.empty()) return Fault{Layer::index, {}, height, {}, {}, in.wrong};
  if (!in.reached)
    return Fault{Layer::index,
                 {},
                 chain_height + 1,
                 {},
                 {},
                 "the index knows blocks up to " + std::to_string(height) + ", the segments end at block " +
                     std::to_string(chain_height)};
  return std::nullopt;
}

std::uint64_t IndexAudit::compared() const { return inside_->rows; }

}  // namespace carechain::ledger
