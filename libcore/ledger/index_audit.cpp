#include "libcore/ledger/index_audit.hpp"

#include "libcore/ledger/rows.hpp"

namespace carechain::ledger {

struct IndexAudit::Inside {
  std::optional<store::Index> index;
  std::optional<Tip> tip;
  std::string wrong;  // what is wrong; empty: nothing so far
  bool reached = false;
  std::uint64_t rows = 0;
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
    if (tip) inside->tip = Tip::load(view_of(*tip));
    else inside->wrong = "the index has no tip";
  } catch (const Error& error) {
    inside->wrong = error.what();
  }
  return IndexAudit(std::move(inside));
}

void IndexAudit::compare_at(std::uint64_t height, const Hash& hash, const MemoryState& state) {
  Inside& in = *inside_;
  if (!in.tip || in.reached || height != in.tip->height) return;
  in.reached = true;
  try {
    if (in.tip->hash != hash) {
      in.wrong = "its tip, block " + std::to_string(height) + ", is not the chain's";
      return;
    }
    in.index->scan("s", {}, [&](std::string_view key, std::string_view value) {
      ++in.rows;
      const auto right = state.get(std::string(key.substr(1)));
      if (!right || *right != value) in.wrong = "an entry of the state differs from the chain's";
      return in.wrong.empty();
    });
    if (in.wrong.empty() && in.rows != state.size())
      in.wrong = "it holds " + std::to_string(in.rows) + " entries of the state, the chain " +
                 std::to_string(state.size());
  } catch (const Error& error) {
    in.wrong = error.what();
  }
}

std::optional<Fault> IndexAudit::verdict(std::uint64_t chain_height) const {
  const Inside& in = *inside_;
  const std::uint64_t height = in.tip ? in.tip->height : chain_height;
  if (!in.wrong.empty()) return Fault{Layer::index, {}, height, {}, {}, in.wrong};
  if (!in.reached)
    return Fault{Layer::index, {}, chain_height + 1, {}, {},
                 "the index knows blocks up to " + std::to_string(height) + ", the segments end at block " +
                     std::to_string(chain_height)};
  return std::nullopt;
}

std::uint64_t IndexAudit::compared() const { return inside_->rows; }

}  // namespace carechain::ledger
