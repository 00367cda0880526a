#include "libcore/care/drug/aggregation.hpp"

#include <algorithm>

namespace carechain::care::drug {
namespace {

// What an item adds to the counts of those around it.
std::vector<LotCount> contribution(const Item& item) {
  if (item.inside) return item.lots.value_or(std::vector<LotCount>{});
  return {{item.lot.value_or(std::string()), 1}};
}
std::uint32_t blocked_in(const Item& item) {
  return item.blocked.value_or(0) + (item.marks && !item.marks->empty() ? 1u : 0u);
}

void add_counts(Item& item, const std::vector<LotCount>& counts) {
  if (!item.lots) item.lots.emplace();
  for (const LotCount& more : counts) {
    const auto at = std::ranges::lower_bound(*item.lots, more.lot, {}, &LotCount::lot);
    if (at != item.lots->end() && at->lot == more.lot)
      at->count += more.count;
    else
      item.lots->insert(at, more);
  }
}
void take_counts(Item& item, const std::vector<LotCount>& counts) {
  if (!item.lots) return;
  for (const LotCount& less : counts) {
    const auto at = std::ranges::find(*item.lots, less.lot, &LotCount::lot);
    if (at == item.lots->end()) continue;
    at->count -= std::min(at->count, less.count);
    if (at->count == 0) item.lots->erase(at);
  }
}

void change_blocked(Item& item, std::uint32_t less, std::uint32_t more) {
  const std::uint32_t now = item.blocked.value_or(0);
  const std::uint32_t left = now - std::min(now, less) + more;
  item.blocked = left == 0 ? std::nullopt : std::optional(left);
}

std::optional<std::string> parent_of(Shelf& shelf, const std::string& path) {
  const Item* item = shelf.find(path);
  return item == nullptr ? std::nullopt : item->parent;
}

std::uint32_t add_to_page(ledger::Changes& state, const std::string& parent, Item& item, const std::string& child) {
  const std::uint32_t slot = item.slots.value_or(0);
  Page page = contents.get(state, slot / page_slots, parent).value_or(Page{});
  page.items.push_back(child);
  contents.put(state, page, slot / page_slots, parent);
  item.slots = slot + 1;
  item.inside = item.inside.value_or(0) + 1;
  return slot;
}

void remove_from_page(ledger::Changes& state, const std::string& parent, Item& item, std::uint32_t slot) {
  const std::uint32_t number = slot / page_slots;
  auto page = contents.get(state, number, parent);
  if (page && slot % page_slots < page->items.size()) {
    page->items[slot % page_slots].clear();
    const bool empty = std::ranges::all_of(page->items, [](const std::string& text) { return text.empty(); });
    // The last page stays while it may still be added to.
    if (empty && number + 1 < (item.slots.value_or(0) + page_slots - 1) / page_slots)
      contents.erase(state, number, parent);
    else
      contents.put(state, *page, number, parent);
  }
  const std::uint32_t left = item.inside.value_or(1) - 1;
  item.inside = left == 0 ? std::nullopt : std::optional(left);
  if (left == 0) {
    for (std::uint32_t other = 0; other * page_slots < item.slots.value_or(0); ++other)
      if (contents.has(state, other, parent)) contents.erase(state, other, parent);
    item.slots.reset();
  }
}

}  // namespace

Shelf::Kept& Shelf::fetch(const std::string& path) {
  auto found = kept_.find(path);
  if (found != kept_.end()) return found->second;
  auto item = items.get(state_, path);
  const bool known = item.has_value();
  return kept_.emplace(path, Kept{known ? std::move(*item) : Item{}, known, false}).first->second;
}
Item* Shelf::find(const std::string& path) {
  Kept& kept = fetch(path);
  return kept.known ? &kept.item : nullptr;
}
Item& Shelf::make(const std::string& path) {
  Kept& kept = fetch(path);
  kept.known = true;
  return kept.item;
}
void Shelf::forget(const std::string& path) {
  Kept& kept = fetch(path);
  kept = {Item{}, false, kept.known || kept.forgotten};
}
void Shelf::write_all() {
  for (const auto& [path, kept] : kept_) {
    if (kept.known)
      items.put(state_, kept.item, path);
    else if (kept.forgotten)
      items.erase(state_, path);
  }
}

bool put_into(Shelf& shelf, const std::string& child, const std::string& parent) {
  unsigned depth = 0;
  for (std::optional<std::string> at = parent; at; at = parent_of(shelf, *at))
    if (*at == child || ++depth >= max_nesting) return false;
  Item& inner = shelf.make(child);
  Item& outer = shelf.make(parent);
  const auto had = contribution(outer);
  inner.slot = add_to_page(shelf.state(), parent, outer, child);
  inner.parent = parent;
  const auto adds = contribution(inner);
  const std::uint32_t blocks = blocked_in(inner);
  if (outer.inside == 1u) outer.lots.reset();
  add_counts(outer, adds);
  change_blocked(outer, 0, blocks);
  // A case counted as one unit while it was empty.
  const bool was_leaf = outer.inside == 1u;
  for (auto at = outer.parent; at; at = parent_of(shelf, *at)) {
    Item& around = shelf.make(*at);
    if (was_leaf) take_counts(around, had);
    add_counts(around, adds);
    change_blocked(around, 0, blocks);
  }
  return true;
}

void take_out(Shelf& shelf, const std::string& child) {
  Item& inner = shelf.make(child);
  if (!inner.parent) return;
  const std::string parent = *inner.parent;
  Item& outer = shelf.make(parent);
  const auto takes = contribution(inner);
  const std::uint32_t blocks = blocked_in(inner);
  remove_from_page(shelf.state(), parent, outer, inner.slot.value_or(0));
  take_counts(outer, takes);
  if (!outer.inside) outer.lots.reset();
  change_blocked(outer, blocks, 0);
  const bool now_leaf = !outer.inside;
  Item* root = &outer;
  for (auto at = outer.parent; at; at = parent_of(shelf, *at)) {
    Item& around = shelf.make(*at);
    take_counts(around, takes);
    if (now_leaf) add_counts(around, contribution(outer));
    change_blocked(around, blocks, 0);
    root = &around;
  }
  inner.parent.reset();
  inner.slot.reset();
  if (!is_end(inner.status)) inner.status = root->status;
  inner.holder = root->holder;
  inner.owner = root->owner;
  inner.before = root->before;
  inner.to = root->to;
  inner.buyer = root->buyer;
  inner.reported = inner.reported || root->reported;
  inner.last = std::max(inner.last, root->last);
}

std::vector<std::string> inside_of(const ledger::State& state, const std::string& parent, const Item& item) {
  std::vector<std::string> all;
  const std::uint32_t pages = (item.slots.value_or(0) + page_slots - 1) / page_slots;
  for (std::uint32_t number = 0; number < pages; ++number)
    if (const auto page = contents.get(state, number, parent))
      for (const std::string& child : page->items)
        if (!child.empty()) all.push_back(child);
  return all;
}

void count_blocked(Shelf& shelf, const std::string& child, bool more) {
  for (auto at = parent_of(shelf, child); at; at = parent_of(shelf, *at))
    change_blocked(shelf.make(*at), more ? 0 : 1, more ? 1 : 0);
}

}  // namespace carechain::care::drug
