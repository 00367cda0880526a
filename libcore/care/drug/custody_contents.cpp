#include "libcore/care/drug/custody_follower.hpp"

namespace carechain::care::drug {

using ledger::Outcome;
using ledger::Refused;
using std::string;
using std::string_view;

void Follower::aggregate() {
  const string parent = event_.parent.value_or(string());
  if (parent.empty()) return observe_all();
  const bool alone = !(shelf_.find(parent) != nullptr && shelf_.find(parent)->parent && !moves_parent());
  const bool effective = meet(parent, alone && event_.action == Action::observe);
  if (effective) begin(shelf_.make(parent));
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

bool Follower::moves_parent() const { return ships_ || receives_; }

void Follower::pack(const string& child, const string& parent, bool effective) {
  const bool fresh = meet(child, false);
  if (!fresh || !effective) return;
  Item& inner = shelf_.make(child);
  begin(inner);
  if (inner.parent == parent) return finish(inner);
  if (inner.parent) {
    flag(child, inner, Rule::aggregation_conflict, {inner.last_at});
    take_out(shelf_, child);
  }
  judge_custody(child, inner);
  Item& outer = shelf_.make(parent);
  if (!outer.holder) {
    outer.holder = nonempty(actor_.gln);
    hold(parent, outer);
  }
  if (!outer.owner) outer.owner = inner.owner;
  if (!put_into(shelf_, child, parent)) flag(child, inner, Rule::aggregation_conflict);
  finish(inner);
}

void Follower::unpack(const string& child, const string& parent, bool effective) {
  if (!meet(child, false)) return;
  Item& inner = shelf_.make(child);
  begin(inner);
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

void Follower::transform() {
  for (const string& input : event_.items.value_or(std::vector<string>{})) {
    if (!meet(input, true)) continue;
    Item& item = shelf_.make(input);
    begin(item);
    // Repaired or relabelled things come out under their own name.
    const bool stays = event_.outputs && std::ranges::find(*event_.outputs, input) != event_.outputs->end();
    if (!stays) item.status = Status::decommissioned;
    finish(item);
  }
  making_ = true;
  for (const string& output : event_.outputs.value_or(std::vector<string>{})) {
    if (!meet(output, true)) continue;
    Item& item = shelf_.make(output);
    begin(item);
    if (!item.born) be_born(output, item);
    if (event_.disposition) item.disposition = event_.disposition;
    finish(item);
  }
}

}  // namespace carechain::care::drug
