#include "libcore/care/drug/custody.hpp"

#include <algorithm>
#include <set>

#include "libcore/care/drug/aggregation.hpp"
#include "libcore/care/drug/quantities.hpp"
#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {

using ledger::Context;
using ledger::Outcome;
using ledger::Refused;
using std::string;
using std::string_view;

namespace {

// Who a GLN is, and whether that is a partner in good standing.
struct Partner {
  string gln;
  std::optional<PublicKey> account;
};

// Whether two are the same; nullopt: nobody can say, since neither is registered.
std::optional<bool> same(const Partner& a, const Partner& b) {
  if (a.gln == b.gln) return true;
  if (!a.account && !b.account) return std::nullopt;
  return a.account && b.account && *a.account == *b.account;
}
bool differs(const Partner& a, const Partner& b) { return same(a, b) == false; }

bool is_step(const RecordEvent& event, std::initializer_list<string_view> steps) {
  return event.step && std::ranges::find(steps, string_view(*event.step)) != steps.end();
}
bool is_trade_item(string_view path) { return path.starts_with("01/") && gs1::is_item(path); }

// Follows one event through the things it names.
class Follower {
 public:
  Follower(const RecordEvent& event, const ledger::Identity& signer, Context& context)
      : event_(event),
        signer_(signer),
        context_(context),
        shelf_(context.state),
        place_(place_of(context)),
        actor_(partner(actor_of(event))) {
    verified_ = actor_.account && *actor_.account == context.signer;
    born_ = event.kind == EventKind::object && event.action == Action::add;
    ships_ = is_step(event, {"shipping", "departing", "consigning"}) && event.action != Action::remove;
    receives_ = is_step(event, {"receiving", "accepting", "arriving"});
  }

  Outcome follow() {
    if (auto refused = may_commission()) return refused;
    judge_event();
    switch (event_.kind) {
      case EventKind::aggregation:
      case EventKind::association:
        aggregate();
        break;
      case EventKind::transformation:
        transform();
        break;
      case EventKind::object:
      case EventKind::transaction:
        observe_all();
        break;
    }
    follow_amounts(event_, context_, actor_.gln, place_);
    shelf_.write_all();
    note_event();
    return std::nullopt;
  }

 private:
  Partner partner(const string& gln) {
    if (gln.empty()) return {};
    for (const Partner& known : partners_)
      if (known.gln == gln) return known;
    partners_.push_back({gln, account_of_gln(context_.state, gln)});
    return partners_.back();
  }
  Partner partner(const std::optional<string>& gln) { return gln ? partner(*gln) : Partner{}; }

  // Serials of somebody else's prefix are refused from anybody who has a prefix; others' are recorded and flagged.
  Outcome may_commission() {
    if (!born_) return std::nullopt;
    std::set<string_view> seen;
    for (const string& path : event_.items.value_or(std::vector<string>{})) {
      const string_view gtin = gs1::gtin_of(path);
      if (gtin.empty() || !seen.insert(gtin).second) continue;
      const auto product = kept(context_.state, products, gtin);
      if (!product) unknown_gtins_.emplace(gtin);
      const auto owner = product ? std::optional(product->owner) : owner_of_gtin(context_.state, gtin);
      if (!owner || *owner == context_.signer) continue;
      if (prefix_holders.has(context_.state, context_.signer))
        return Refused{"the GTIN " + string(gtin) + " belongs to another company's prefix",
                       "only its owner may commission it"};
      foreign_ = true;
    }
    return std::nullopt;
  }

  // What is wrong with the event whatever it names.
  void judge_event() {
    future_ = static_cast<std::int64_t>(event_.time / 1000) > context_.time.seconds + clock_tolerance_seconds;
    unauthorised_ = !is_partner(actor_);
    const string seller = gln_in(event_.from, {"owning_party"}), buyer = gln_in(event_.to, {"owning_party"});
    sold_ = ships_ && !buyer.empty() && differs(partner(seller.empty() ? actor_.gln : seller), partner(buyer));
    const bool papers = event_.papers && !event_.papers->empty();
    papers_missing_ = (sold_ && !papers) || (ships_ && event_.statement == false);
  }

  bool is_partner(const Partner& who) {
    if (!who.account) return false;
    const Time at{static_cast<std::int64_t>(event_.time / 1000)};
    // That the signer is not suspended was looked at.
    if (*who.account == context_.signer) return !signer_.until || at <= *signer_.until;
    const auto identity = kept(context_.state, ledger::identities, *who.account);
    return identity && identity->kind == ledger::Kind::organisation &&
           ledger::in_good_standing(context_.state, *who.account, context_.height, at);
  }

  void flag(const string& path, Item& item, Rule rule, std::vector<EventPlace> evidence = {}) {
    const bool was_marked = item.marks && !item.marks->empty();
    raise(context_, path, item, rule, std::move(evidence));
    if (!was_marked && item.marks && !item.marks->empty()) count_blocked(shelf_, path, true);
  }

  // The item as the event finds it; false: the event changes nothing about it (a repetition, too late, hearsay).
  bool meet(const string& path, bool alone) {
    Item* known = shelf_.find(path);
    Item& item = shelf_.make(path);
    context_.state.note(way_prefix(path) + way_suffix(), {});
    if (known == nullptr) {
      introduce(path, item);
    } else if (repeats(item)) {
      return false;
    } else if (!judge_meeting(path, item, alone)) {
      return false;
    }
    if (unauthorised_) flag(path, item, Rule::unauthorised_partner);
    if (papers_missing_) flag(path, item, Rule::papers_missing);
    if (future_) flag(path, item, Rule::impossible_time);
    if (!verified_) item.reported = true;
    return true;
  }

  bool repeats(const Item& item) const {
    return item.last == event_.time && item.last_hash == hash_start() && !event_.error;
  }
  std::uint64_t hash_start() const { return load_be<std::uint64_t>(event_.hash.bytes.data()); }

  void introduce(const string& path, Item& item) {
    if (gs1::wrong_check_digit(path)) flag(path, item, Rule::wrong_check_digit);
    if (born_ || making_) return;
    item.holder = nonempty(actor_.gln);
    item.owner = nonempty(gln_in(event_.from, {"owning_party"}));
    if (!item.owner) item.owner = item.holder;
    if (is_trade_item(path)) flag(path, item, Rule::never_commissioned);
  }

  bool judge_meeting(const string& path, Item& item, bool alone) {
    const bool late = event_.time < item.last;
    if (item.born && event_.time < *item.born) {
      flag(path, item, Rule::impossible_time, {item.born_at});
    } else if (late && static_cast<std::int64_t>(item.last - event_.time) > late_tolerance_ms) {
      flag(path, item, Rule::impossible_time, {item.last_at});
    }
    if (late) return born_ && !item.born;
    if (is_end(item.status) && !event_.error) flag(path, item, Rule::after_the_end, {item.last_at});
    if (has_mark(item, "stolen") && !clears("stolen")) flag(path, item, Rule::stolen, {item.last_at});
    if (!born_ && !making_) judge_lot(path, item);
    if (!alone) return true;
    if (item.parent && moves()) {
      flag(path, item, Rule::aggregation_conflict, {item.last_at});
      take_out(shelf_, path);
    }
    return judge_custody(path, item);
  }

  bool moves() const {
    return ships_ || receives_ ||
           is_step(event_, {"dispensing", "packing", "destroying", "decommissioning", "retail_selling"});
  }
  bool clears(string_view mark) const {
    return event_.unset && std::ranges::find(*event_.unset, mark) != event_.unset->end();
  }

  void judge_lot(const string& path, Item& item) {
    const bool lot = event_.lot && item.lot && *item.lot != gs1::lot_path(gs1::gtin_of(path), *event_.lot);
    const bool expiry = event_.expiry && item.expiry && *item.expiry != *event_.expiry;
    if (lot || expiry) flag(path, item, Rule::lot_mismatch, {item.born_at});
  }

  // Whoever acts must hold the thing, or be the one it was sent to. False: hearsay against a registered holder.
  bool judge_custody(const string& path, Item& item) {
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

  // A holder that lost the thing without shipping it acts again: it is in two places. True: that was flagged.
  bool branch(const string& path, Item& item) {
    if (!item.lost || differs(partner(item.lost), actor_)) return false;
    flag(path, item, Rule::two_branches, {item.last_at});
    item.lost = item.holder;
    return true;
  }

  bool judge_receipt(const string& path, Item& item, const Partner& holder) {
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

  void observe_all() {
    const std::vector<string> none;
    for (const string& path : event_.items ? *event_.items : none) {
      if (!meet(path, true)) continue;
      Item& item = shelf_.make(path);
      if (born_) commission(path, item);
      move(path, item);
      finish(item);
    }
  }

  void commission(const string& path, Item& item) {
    if (item.born) {
      flag(path, item, Rule::commissioned_twice, {item.born_at});
      return;
    }
    be_born(path, item);
    if (unknown_gtins_.contains(string(gs1::gtin_of(path)))) flag(path, item, Rule::unknown_product);
    if (foreign_) flag(path, item, Rule::foreign_commissioning);
  }

  void be_born(const string& path, Item& item) {
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

  // Counted once per event, written once.
  void count_lot(const string& gtin, const string& path) {
    Lot lot = lots.get(context_.state, path).value_or(Lot{});
    if (lot.units == 0) {
      lot.expiry = event_.expiry;
      lot.made = event_.made;
      context_.state.note(lots_of_gtin_prefix(gtin) + path, {});
    }
    ++lot.units;
    lots.put(context_.state, lot, path);
  }

  void hold(const string& path, const Item& item) {
    if (item.holder) context_.state.note(held_prefix(*item.holder) + path, {});
  }

  // What the step does to a thing that stands alone or is the outermost.
  void move(const string& path, Item& item) {
    if (event_.disposition) item.disposition = event_.disposition;
    persist(path, item);
    if (event_.error) return;
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

  void ship(const string& path, Item& item) {
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

  void judge_return(const string& path, Item& item, const string& to) {
    if (item.before && !to.empty() && !differs(partner(item.before), partner(to))) return;
    flag(path, item, Rule::wrong_return, {item.last_at});
  }

  void receive(const string& path, Item& item) {
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

  // Expired, recalled or suspicious things must not leave; also those inside.
  void judge_leaving(const string& path, Item& item) {
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

  // A recall counts once its block is older than the event's own time says.
  bool recalled(const string& path, const Item& item) { return recall_of(context_.state, path, item).has_value(); }
  bool recalled_inside(const string& path, const string& lot) {
    Item of_lot;
    of_lot.lot = lot;
    const string unit = lot.substr(0, lot.find("/10/"));
    const auto found = recall_of(context_.state, unit, of_lot);
    if (found) return true;
    return serials_recalled(path, lot);
  }
  // A recall of some serials of a lot: looks at each thing inside.
  bool serials_recalled(const string& path, const string& lot) {
    const auto row = lots.get(context_.state, lot);
    const auto product = products.get(context_.state, gs1::gtin_of(lot));
    const bool any =
        (row && row->recalls && !row->recalls->empty()) || (product && product->recalls && !product->recalls->empty());
    return any && any_recalled(path, 0);
  }
  bool any_recalled(const string& path, unsigned depth) {
    const Item* item = shelf_.find(path);
    if (item == nullptr || depth > max_nesting) return false;
    if (recalled(path, *item)) return true;
    const Item copy = *item;
    return std::ranges::any_of(inside_of(context_.state, path, copy),
                               [&](const string& child) { return any_recalled(child, depth + 1); });
  }

  void persist(const string& path, Item& item) {
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
      for (const string& mark : *event_.set) change(mark, true);
    if (event_.unset)
      for (const string& mark : *event_.unset) change(mark, false);
    if (event_.disposition) change(*event_.disposition, true);
    if (item.marks && item.marks->empty()) item.marks.reset();
    const bool is = item.marks.has_value();
    if (is != was) count_blocked(shelf_, path, is);
  }

  void aggregate() {
    const string parent = event_.parent.value_or(string());
    if (parent.empty()) return observe_all();
    const bool alone = !(shelf_.find(parent) != nullptr && shelf_.find(parent)->parent && !moves_parent());
    const bool effective = meet(parent, alone && event_.action == Action::observe);
    const std::vector<string> listed = event_.items.value_or(std::vector<string>{});
    if (event_.action == Action::add) {
      for (const string& child : listed) pack(child, parent, effective);
    } else if (event_.action == Action::remove) {
      const Item copy = shelf_.make(parent);
      // None named: all that is inside.
      for (const string& child : listed.empty() ? inside_of(context_.state, parent, copy) : listed)
        unpack(child, parent, effective);
    } else {
      for (const string& child : listed) meet(child, false);
    }
    Item& outer = shelf_.make(parent);
    if (!effective) return;
    if (!outer.parent) move(parent, outer);
    finish(outer);
  }
  bool moves_parent() const { return ships_ || receives_; }

  void pack(const string& child, const string& parent, bool effective) {
    const bool fresh = meet(child, false);
    if (!fresh || !effective) return;
    Item& inner = shelf_.make(child);
    if (inner.parent == parent) return finish(inner);
    if (inner.parent) {
      flag(child, inner, Rule::aggregation_conflict, {inner.last_at});
      take_out(shelf_, child);
    }
    judge_custody(child, inner);
    Item& outer = shelf_.make(parent);
    if (!outer.holder) outer.holder = nonempty(actor_.gln);
    if (!outer.owner) outer.owner = inner.owner;
    if (!put_into(shelf_, child, parent)) flag(child, inner, Rule::aggregation_conflict);
    finish(inner);
  }

  void unpack(const string& child, const string& parent, bool effective) {
    if (!meet(child, false)) return;
    Item& inner = shelf_.make(child);
    if (inner.parent != parent) {
      flag(child, inner, Rule::aggregation_conflict, {inner.last_at});
    } else if (effective) {
      take_out(shelf_, child);
      judge_custody(child, inner);
      if (inner.status == Status::here && !actor_.gln.empty()) inner.holder = actor_.gln;
      hold(child, inner);
    }
    if (event_.disposition) inner.disposition = event_.disposition;
    finish(inner);
  }

  void transform() {
    for (const string& input : event_.items.value_or(std::vector<string>{})) {
      if (!meet(input, true)) continue;
      Item& item = shelf_.make(input);
      // Repaired or relabelled things come out under their own name.
      const bool stays = event_.outputs && std::ranges::find(*event_.outputs, input) != event_.outputs->end();
      if (!stays) item.status = Status::decommissioned;
      finish(item);
    }
    making_ = true;
    for (const string& output : event_.outputs.value_or(std::vector<string>{})) {
      if (!meet(output, true)) continue;
      Item& item = shelf_.make(output);
      if (!item.born) be_born(output, item);
      if (event_.disposition) item.disposition = event_.disposition;
      finish(item);
    }
  }

  void finish(Item& item) {
    item.last = event_.time;
    item.last_at = place_;
    item.last_hash = hash_start();
  }

  string way_suffix() const {
    string bytes(8, '\0');
    store_be(reinterpret_cast<std::uint8_t*>(bytes.data()), event_.time);
    return bytes + string(text_of(place_.view()));
  }

  void note_event() {
    EventRow row;
    row.kind = event_.kind;
    row.action = event_.action;
    row.time = event_.time;
    row.zone = event_.zone;
    row.step = event_.step;
    row.disposition = event_.disposition;
    row.parent = event_.parent;
    row.place = event_.place;
    if (event_.location != event_.place) row.location = event_.location;
    row.error = event_.error;
    row.from = nonempty(gln_in(event_.from, {"possessing_party", "location", "owning_party"}));
    row.to = nonempty(gln_in(event_.to, {"location", "possessing_party", "owning_party"}));
    row.papers = event_.papers;
    row.things = (event_.items ? event_.items->size() : 0) + (event_.outputs ? event_.outputs->size() : 0) +
                 (event_.amounts ? event_.amounts->size() : 0) + (event_.parent ? 1 : 0);
    row.reported = !verified_;
    row.transforms = event_.kind == EventKind::transformation;
    const Bytes bytes = encoding::encode_fields(row);
    context_.state.note(note_of_event(place_), string(text_of(bytes)));
  }

  static std::optional<string> nonempty(string text) {
    return text.empty() ? std::nullopt : std::optional<string>(std::move(text));
  }

  const RecordEvent& event_;
  const ledger::Identity& signer_;
  Context& context_;
  Shelf shelf_;
  EventPlace place_;
  std::vector<Partner> partners_;
  Partner actor_;
  bool verified_ = false, born_ = false, making_ = false, ships_ = false, receives_ = false;
  bool foreign_ = false, future_ = false, unauthorised_ = false, sold_ = false, papers_missing_ = false;
  std::set<string, std::less<>> unknown_gtins_;
};

}  // namespace

std::string gln_in(const std::optional<std::vector<Typed>>& parties, std::initializer_list<std::string_view> roles) {
  if (parties)
    for (const string_view role : roles)
      for (const Typed& party : *parties)
        if (party.type == role && !gs1::gln_of(party.id).empty()) return string(gs1::gln_of(party.id));
  return {};
}

std::string actor_of(const RecordEvent& event) {
  for (const auto& place : {event.place, event.location})
    if (place && !gs1::gln_of(*place).empty()) return string(gs1::gln_of(*place));
  const bool receives = event.step && (*event.step == "receiving" || *event.step == "accepting");
  return gln_in(receives ? event.to : event.from, {"location", "possessing_party", "owning_party"});
}

void raise(ledger::Context& context, std::string_view path, Item& item, Rule rule, std::vector<EventPlace> evidence) {
  item.flags = item.flags.value_or(0) | bit_of(rule);
  std::erase_if(evidence, [](const EventPlace& place) { return place.is_zero(); });
  const Bytes bytes = encoding::encode_fields(Flag{std::move(evidence)});
  context.state.note(flag_prefix(path) + string(text_of(place_of(context).view())) + static_cast<char>(rule),
                     string(text_of(bytes)));
  if (!row_of(rule).suspect || has_mark(item, "suspect")) return;
  auto& marks = item.marks ? *item.marks : item.marks.emplace();
  marks.emplace_back("suspect");
  std::ranges::sort(marks);
}

ledger::Outcome follow(const RecordEvent& event, const ledger::Identity& signer, ledger::Context& context) {
  return Follower(event, signer, context).follow();
}

}  // namespace carechain::care::drug
