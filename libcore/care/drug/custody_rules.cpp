#include "libcore/care/drug/custody_follower.hpp"

namespace carechain::care::drug {

using ledger::Outcome;
using ledger::Refused;
using std::string;
using std::string_view;

Outcome judge_commissioning(const RecordEvent& event, ledger::Context& context, Commissioning& found) {
  if (!commissions(event) || !event.items) return std::nullopt;
  std::set<string_view> seen;
  for (const string& path : *event.items) {
    const string_view gtin = gs1::gtin_of(path);
    if (gtin.empty() || !seen.insert(gtin).second) continue;
    const auto product = kept(context.state, products, gtin);
    if (!product) found.unknown_gtins.emplace(gtin);
    const auto owner = product ? std::optional(product->owner) : owner_of_gtin(context.state, gtin);
    if (!owner || *owner == context.signer) continue;
    if (prefix_holders.has(context.state, context.signer))
      return Refused{"the GTIN " + string(gtin) + " belongs to another company's prefix",
                     "only its owner may commission it"};
    found.foreign = true;
  }
  return std::nullopt;
}

Outcome may_commission(const RecordEvent& event, ledger::Context& context) {
  Commissioning found;
  return judge_commissioning(event, context, found);
}

void Follower::judge_event() {
  future_ = static_cast<std::int64_t>(event_.time / 1000) > context_.time.seconds + clock_tolerance_seconds;
  unauthorised_ = !is_partner(actor_);
  const string seller = gln_in(event_.from, {"owning_party"}), buyer = gln_in(event_.to, {"owning_party"});
  sold_ = ships_ && !buyer.empty() && differs(partner(seller.empty() ? actor_.gln : seller), partner(buyer));
  const bool papers = event_.papers && !event_.papers->empty();
  papers_missing_ = (sold_ && !papers) || (ships_ && event_.statement == false);
}

bool Follower::is_partner(const Partner& who) {
  if (!who.account) return false;
  const Time at{static_cast<std::int64_t>(event_.time / 1000)};
  // That the signer is not suspended was looked at.
  if (*who.account == context_.signer) return !signer_.until || at <= *signer_.until;
  const auto identity = kept(context_.state, ledger::identities, *who.account);
  return identity && identity->kind == ledger::Kind::organisation &&
         ledger::in_good_standing(*identity, context_.height, at);
}

bool Follower::judge_meeting(const string& path, Item& item, bool alone) {
  const bool late = event_.time < item.last;
  if (item.born && event_.time < *item.born) {
    flag(path, item, Rule::impossible_time, {item.born_at});
  } else if (late && static_cast<std::int64_t>(item.last - event_.time) > late_tolerance_ms) {
    flag(path, item, Rule::impossible_time, {item.last_at});
  }
  if (late) return born_ && !item.born;
  if (is_end(item.status)) flag(path, item, Rule::after_the_end, {item.last_at});
  if (has_mark(item, "stolen") && !clears("stolen")) flag(path, item, Rule::stolen, {item.last_at});
  if (!born_ && !making_) judge_lot(path, item);
  if (!alone) return true;
  if (item.parent && moves()) {
    flag(path, item, Rule::aggregation_conflict, {item.last_at});
    take_out(shelf_, path);
  }
  return judge_custody(path, item);
}

bool Follower::moves() const {
  return ships_ || receives_ ||
         is_step(event_, {"dispensing", "packing", "destroying", "decommissioning", "retail_selling"});
}

bool Follower::clears(string_view mark) const {
  return event_.unset && std::ranges::find(*event_.unset, mark) != event_.unset->end();
}

void Follower::judge_lot(const string& path, Item& item) {
  const bool lot = event_.lot && item.lot && *item.lot != gs1::lot_path(gs1::gtin_of(path), *event_.lot);
  const bool expiry = event_.expiry && item.expiry && *item.expiry != *event_.expiry;
  if (lot || expiry) flag(path, item, Rule::lot_mismatch, {item.born_at});
}

bool Follower::judge_custody(const string& path, Item& item) {
  if (born_ || making_) return true;
  const Partner holder = partner(item.holder);
  if (receives_) return judge_receipt(path, item, holder);
  if (item.status == Status::transit || !item.holder || !differs(holder, actor_) || actor_.gln.empty()) {
    branch(path, item);
    return true;
  }
  if (!branch(path, item)) {
    const bool watches = !moves() && event_.action == Action::observe;
    flag(path, item, watches ? Rule::two_branches : Rule::custody_gap, {item.last_at});
    if (!verified_ && holder.account && *holder.account != context_.signer) return false;
    item.lost = item.holder;
  }
  return true;
}

bool Follower::branch(const string& path, Item& item) {
  if (!item.lost || differs(partner(item.lost), actor_)) return false;
  flag(path, item, Rule::two_branches, {item.last_at});
  item.lost = item.holder;
  return true;
}

bool Follower::judge_receipt(const string& path, Item& item, const Partner& holder) {
  if (item.status != Status::transit) {
    const bool elsewhere = item.holder && differs(holder, actor_);
    if (elsewhere) flag(path, item, Rule::unexpected_receipt, {item.last_at});
    if (elsewhere && !verified_ && holder.account && *holder.account != context_.signer) return false;
    if (elsewhere) item.lost = item.holder;
    return true;
  }
  if (item.to && differs(partner(item.to), actor_)) flag(path, item, Rule::unexpected_receipt, {item.last_at});
  return true;
}

void Follower::judge_return(const string& path, Item& item, const string& to) {
  if (item.before && !to.empty() && !differs(partner(item.before), partner(to))) return;
  flag(path, item, Rule::wrong_return, {item.last_at});
}

void Follower::judge_leaving(const string& path, Item& item) {
  const string day = to_text(Time{static_cast<std::int64_t>(event_.time / 1000)}).substr(0, 10);
  if (item.expiry && *item.expiry < day) flag(path, item, Rule::expired, {item.born_at});
  const bool back = event_.disposition == "returned";
  const bool marked = item.marks && !item.marks->empty();
  if (!back && (marked || item.blocked || recalled(path, item)))
    flag(path, item, Rule::blocked_product, {item.last_at});
  if (!item.lots) return;
  for (const LotCount& inside : *item.lots) {
    const auto lot = inside.lot.empty() ? std::nullopt : lots.get(context_.state, inside.lot);
    if (!lot) continue;
    if (lot->expiry && *lot->expiry < day) flag(path, item, Rule::expired);
    if (!back && recalled_inside(path, inside.lot)) flag(path, item, Rule::blocked_product);
  }
}

bool Follower::recalled(const string& path, const Item& item) const {
  return recall_of(context_.state, path, item).has_value();
}

bool Follower::recalled_inside(const string& path, const string& lot) {
  Item of_lot;
  of_lot.lot = lot;
  const string unit = lot.substr(0, lot.find("/10/"));
  const auto found = recall_of(context_.state, unit, of_lot);
  if (found) return true;
  return serials_recalled(path, lot);
}

bool Follower::serials_recalled(const string& path, const string& lot) {
  const auto row = lots.get(context_.state, lot);
  const auto product = products.get(context_.state, gs1::gtin_of(lot));
  const bool any =
      (row && row->recalls && !row->recalls->empty()) || (product && product->recalls && !product->recalls->empty());
  return any && any_recalled(path, 0);
}

bool Follower::any_recalled(const string& path, unsigned depth) {
  const Item* item = shelf_.find(path);
  if (item == nullptr || depth > max_nesting) return false;
  if (recalled(path, *item)) return true;
  const Item copy = *item;
  return std::ranges::any_of(inside_of(context_.state, path, copy),
                             [&](const string& child) { return any_recalled(child, depth + 1); });
}

}  // namespace carechain::care::drug
