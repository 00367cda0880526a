#include "libcore/care/drug/custody_follower.hpp"

namespace carechain::care::drug {

using ledger::Outcome;
using ledger::Refused;
using std::string;
using std::string_view;

namespace {

bool is_trade_item(string_view path) { return path.starts_with("01/") && gs1::is_item(path); }

}  // namespace

bool Follower::meet(const string& path, bool alone) {
  note_way(path);
  Item* known = shelf_.find(path);
  if (known != nullptr && repeats(*known)) return false;
  Item& item = shelf_.make(path);
  if (unauthorised_) flag(path, item, Rule::unauthorised_partner);
  if (future_) flag(path, item, Rule::impossible_time);
  if (known == nullptr) {
    introduce(path, item);
  } else if (!judge_meeting(path, item, alone)) {
    return false;
  }
  if (papers_missing_) flag(path, item, Rule::papers_missing);
  if (!verified_) item.reported = true;
  return true;
}

void Follower::introduce(const string& path, Item& item) {
  if (gs1::wrong_check_digit(path)) flag(path, item, Rule::wrong_check_digit);
  if (born_ || making_) return;
  item.holder = nonempty(actor_.gln);
  item.owner = nonempty(gln_in(event_.from, {"owning_party"}));
  if (!item.owner) item.owner = item.holder;
  hold(path, item);
  if (is_trade_item(path)) flag(path, item, Rule::never_commissioned);
}

void Follower::observe_all() {
  const std::vector<string> none;
  for (const string& path : event_.items ? *event_.items : none) {
    if (!meet(path, true)) continue;
    Item& item = shelf_.make(path);
    begin(item);
    if (born_) commission(path, item);
    move(path, item);
    finish(item);
  }
}

void Follower::commission(const string& path, Item& item) {
  if (item.born) {
    flag(path, item, Rule::commissioned_twice, {item.born_at});
    return;
  }
  be_born(path, item);
  if (commissioning_.unknown_gtins.contains(gs1::gtin_of(path))) flag(path, item, Rule::unknown_product);
  if (commissioning_.foreign) flag(path, item, Rule::foreign_commissioning);
}

void Follower::be_born(const string& path, Item& item) {
  item.born = event_.time;
  item.born_at = place_;
  if (!item.holder) item.holder = nonempty(actor_.gln);
  if (!item.owner) item.owner = nonempty(gln_in(event_.from, {"owning_party"}));
  if (!item.owner) item.owner = item.holder;
  hold(path, item);
  const string_view gtin = gs1::gtin_of(path);
  if (gtin.empty() || !event_.lot) {
    item.expiry = event_.expiry;
    return;
  }
  item.expiry = event_.expiry;
  item.lot = gs1::lot_path(gtin, *event_.lot);
  count_lot(string(gtin), *item.lot);
  context_.state.note(lot_units_prefix(*item.lot) + path, {});
}

void Follower::count_lot(const string& gtin, const string& path) {
  Lot lot = lots.get(context_.state, path).value_or(Lot{});
  if (lot.units == 0) {
    lot.expiry = event_.expiry;
    lot.made = event_.made;
    context_.state.note(lots_of_gtin_prefix(gtin) + path, {});
  }
  ++lot.units;
  lots.put(context_.state, lot, path);
}

void Follower::hold(const string& path, const Item& item) {
  if (item.holder) context_.state.note(held_prefix(*item.holder) + path, {});
}

void Follower::move(const string& path, Item& item) {
  if (event_.disposition) item.disposition = event_.disposition;
  persist(path, item, true);
  if (ships_) return ship(path, item);
  if (receives_) return receive(path, item);
  if (is_step(event_, {"void_shipping"}) && item.status == Status::transit) {
    item.status = Status::here;
    item.to.reset();
    item.buyer.reset();
  }
  if (is_step(event_, {"dispensing", "retail_selling"})) {
    judge_leaving(path, item);
    item.status = event_.disposition == "partially_dispensed" ? Status::partly : Status::dispensed;
  }
  if (is_step(event_, {"destroying"})) item.status = Status::destroyed;
  if (is_step(event_, {"decommissioning"})) item.status = Status::decommissioned;
  const bool elsewhere = item.status == Status::here && !actor_.gln.empty() && item.holder != actor_.gln;
  if (elsewhere) {  // moved inside the company, or to a holder after a gap
    item.holder = actor_.gln;
    hold(path, item);
  }
}

void Follower::ship(const string& path, Item& item) {
  judge_leaving(path, item);
  const string to = gln_in(event_.to, {"location", "possessing_party", "owning_party"});
  const string buyer = gln_in(event_.to, {"owning_party"}), seller = gln_in(event_.from, {"owning_party"});
  if (!seller.empty()) item.owner = seller;
  if (event_.disposition == "returned") judge_return(path, item, buyer.empty() ? to : buyer);
  item.status = Status::transit;
  if (!actor_.gln.empty()) item.holder = actor_.gln;
  item.to = nonempty(to);
  item.buyer = nonempty(buyer);
  count_shipped(event_, context_, units_inside(item), place_);
}

void Follower::receive(const string& path, Item& item) {
  string buyer = gln_in(event_.to, {"owning_party"});
  if (buyer.empty()) buyer = item.buyer.value_or("");
  const bool new_owner = !buyer.empty() && item.owner != buyer;
  if (new_owner && same(partner(item.owner), partner(buyer)) != true) item.before = item.owner;
  if (new_owner) item.owner = buyer;
  item.status = Status::here;
  if (!actor_.gln.empty()) item.holder = actor_.gln;
  item.to.reset();
  item.buyer.reset();
  hold(path, item);
  const bool told = event_.disposition == "mismatch_quantity" ||
                    (event_.set && std::ranges::find(*event_.set, "mismatch_quantity") != event_.set->end());
  if (count_received(event_, context_, units_inside(item)) || told) flag(path, item, Rule::quantity_mismatch);
}

void Follower::persist(const string& path, Item& item, bool happened) {
  const bool was = item.marks && !item.marks->empty();
  const auto change = [&](string_view mark, bool on) {
    if (mark != "recalled" && mark != "stolen") return;
    auto& marks = item.marks ? *item.marks : item.marks.emplace();
    const auto at = std::ranges::find(marks, mark);
    if (on && at == marks.end()) marks.emplace_back(mark);
    if (!on && at != marks.end()) marks.erase(at);
    std::ranges::sort(marks);
  };
  if (event_.set)
    for (const string& mark : *event_.set) change(mark, happened);
  if (event_.unset)
    for (const string& mark : *event_.unset) change(mark, !happened);
  if (event_.disposition) change(*event_.disposition, happened);
  if (item.marks && item.marks->empty()) item.marks.reset();
  const bool is = item.marks.has_value();
  if (is != was) count_blocked(shelf_, path, is);
}

}  // namespace carechain::care::drug
