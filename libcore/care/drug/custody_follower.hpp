#pragma once
// How custody.cpp follows an event, in parts: the rules (custody_rules.cpp), what a step does to a thing
// (custody_moves.cpp), what is in what (custody_contents.cpp), and events that are declared in error
// (custody_withdrawal.cpp).

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libcore/care/drug/aggregation.hpp"
#include "libcore/care/drug/custody.hpp"
#include "libcore/care/drug/quantities.hpp"
#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {

// Who a GLN is, and whose.
struct Partner {
  std::string gln;
  std::optional<PublicKey> account;
};
// Whether two are the same; nullopt: nobody can say, since neither is registered.
std::optional<bool> same(const Partner&, const Partner&);
bool differs(const Partner&, const Partner&);
bool is_step(const RecordEvent&, std::initializer_list<std::string_view> steps);

// What a commissioning event commissions that its signer should not.
struct Commissioning {
  std::set<std::string, std::less<>> unknown_gtins;
  bool foreign = false;
};
inline bool commissions(const RecordEvent& event) {
  return event.kind == EventKind::object && event.action == Action::add;
}
// Serials of somebody else's prefix are refused from anybody who has a prefix; others' are recorded and flagged.
ledger::Outcome judge_commissioning(const RecordEvent&, ledger::Context&, Commissioning&);

// Follows one event through the things it names.
class Follower {
 public:
  Follower(const RecordEvent& event, const ledger::Identity& signer, ledger::Context& context);
  ledger::Outcome follow();

 private:
  Partner partner(const std::string& gln);
  Partner partner(const std::optional<std::string>& gln);
  void flag(const std::string& path, Item& item, Rule rule, std::vector<EventPlace> evidence = {});
  bool repeats(const Item& item) const;
  // Around what an event does to a thing: the one keeps what it was before, the other says that this was its last
  // event.
  void begin(Item& item);
  void finish(Item& item);
  void note_way(const std::string& path);
  void note_event();
  static std::optional<std::string> nonempty(std::string text);

  // What is wrong with the event whatever it names.
  void judge_event();
  bool is_partner(const Partner& who);
  bool judge_meeting(const std::string& path, Item& item, bool alone);
  bool moves() const;
  bool clears(std::string_view mark) const;
  void judge_lot(const std::string& path, Item& item);
  // Whoever acts must hold the thing, or be the one it was sent to. False: hearsay against a registered holder.
  bool judge_custody(const std::string& path, Item& item);
  // A holder that lost the thing without shipping it acts again: it is in two places. True: that was flagged.
  bool branch(const std::string& path, Item& item);
  bool judge_receipt(const std::string& path, Item& item, const Partner& holder);
  void judge_return(const std::string& path, Item& item, const std::string& to);
  // Expired, recalled or suspicious things must not leave; also those inside.
  void judge_leaving(const std::string& path, Item& item);
  // A recall counts once its block is older than the event's own time says.
  bool recalled(const std::string& path, const Item& item) const;
  bool recalled_inside(const std::string& path, const std::string& lot);
  // A recall of some serials of a lot: looks at each thing inside.
  bool serials_recalled(const std::string& path, const std::string& lot);
  bool any_recalled(const std::string& path, unsigned depth);

  // The item as the event finds it; false: the event changes nothing about it (a repetition, too late, hearsay).
  bool meet(const std::string& path, bool alone);
  void introduce(const std::string& path, Item& item);
  void observe_all();
  void commission(const std::string& path, Item& item);
  void be_born(const std::string& path, Item& item);
  // Counted once per event, written once.
  void count_lot(const std::string& gtin, const std::string& path);
  void hold(const std::string& path, const Item& item);
  // What the step does to a thing that stands alone or is the outermost.
  void move(const std::string& path, Item& item);
  void ship(const std::string& path, Item& item);
  void receive(const std::string& path, Item& item);
  // Marks that dispositions set and end; the other way round of an event that did not happen.
  void persist(const std::string& path, Item& item, bool happened);

  void aggregate();
  bool moves_parent() const;
  void pack(const std::string& child, const std::string& parent, bool effective);
  void unpack(const std::string& child, const std::string& parent, bool effective);
  void transform();

  // The event repeats an earlier one and says that it was wrong: what that one did last to each thing is undone.
  void withdraw();
  void withdraw_from(const std::string& path, Item& item);
  void withdraw_birth(const std::string& path, Item& item);
  bool may_withdraw() const;

  const RecordEvent& event_;
  const ledger::Identity& signer_;
  ledger::Context& context_;
  Shelf shelf_;
  EventPlace place_;
  std::vector<Partner> partners_;
  Partner actor_;
  std::uint64_t fingerprint_;  // by which a repetition is known
  bool verified_ = false, born_ = false, making_ = false, ships_ = false, receives_ = false;
  bool future_ = false, unauthorised_ = false, sold_ = false, papers_missing_ = false;
  Commissioning commissioning_;
};

}  // namespace carechain::care::drug
