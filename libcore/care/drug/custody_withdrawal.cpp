#include "libcore/care/drug/custody_follower.hpp"

namespace carechain::care::drug {

using std::string;
using std::string_view;

// Only who acted takes it back; what a stranger to the ledger is said to have done, anybody who may say such things.
bool Follower::may_withdraw() const { return verified_ || !actor_.account; }

void Follower::withdraw() {
  const std::vector<string> none;
  std::vector<string> paths;
  if (event_.parent) paths.push_back(*event_.parent);
  for (const auto* list : {&event_.items, &event_.outputs})
    for (const string& path : *list ? **list : none) paths.push_back(path);
  for (const string& path : paths) {
    note_way(path);
    Item* item = shelf_.find(path);
    const bool last = item != nullptr && item->last == event_.time && item->last_hash == fingerprint_;
    // What came after it stands, and says itself where the thing is.
    if (last && item->withdrawn != fingerprint_ && may_withdraw()) withdraw_from(path, *item);
  }
}

void Follower::withdraw_from(const string& path, Item& item) {
  const bool child = event_.kind == EventKind::aggregation && event_.parent && path != *event_.parent;
  if (child && event_.action == Action::add && item.parent == event_.parent) take_out(shelf_, path);
  if (ships_ || receives_) uncount(event_, context_, units_inside(item), ships_);
  if (item.prior && item.lost == item.prior) item.lost.reset();
  const auto buyer = item.prior_owner ? item.owner : std::nullopt;
  if (item.was) item.status = *item.was;
  if (item.prior) item.holder = item.prior;
  if (item.prior_owner) item.owner = item.prior_owner;
  item.to = item.buyer = std::nullopt;
  if (item.status == Status::transit && receives_) {  // on its way again, to where it was received
    item.to = nonempty(actor_.gln);
    item.buyer = buyer;
  }
  item.disposition.reset();
  persist(path, item, false);
  item.was.reset();
  item.prior = item.prior_owner = std::nullopt;
  item.withdrawn = fingerprint_;
  item.last_at = place_;
  // What stands instead may have happened a little earlier.
  const std::uint64_t earlier = event_.time - std::min(event_.time, static_cast<std::uint64_t>(late_tolerance_ms));
  item.last = std::max(item.born.value_or(0), earlier);
  hold(path, item);
  if (child && event_.action == Action::remove && !item.parent) put_into(shelf_, path, *event_.parent);
  const bool made_it = born_ || event_.kind == EventKind::transformation;
  if (made_it && item.born == event_.time) withdraw_birth(path, item);
}

// It was never commissioned; a thing under suspicion stays known.
void Follower::withdraw_birth(const string& path, Item& item) {
  item.born.reset();
  item.born_at = EventPlace{};
  if (item.lot) {
    Lot lot = lots.get(context_.state, *item.lot).value_or(Lot{});
    lot.units -= std::min<std::uint64_t>(lot.units, 1);
    lots.put(context_.state, lot, *item.lot);
  }
  item.lot = item.expiry = item.holder = item.owner = std::nullopt;
  if (!item.marks && !item.flags && !item.parent && !item.inside) shelf_.forget(path);
}

}  // namespace carechain::care::drug
