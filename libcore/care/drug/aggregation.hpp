#pragma once
// What is in what. The caller holds the items it works on in memory; these functions read and write all others.

#include <map>

#include "libcore/care/drug/tables.hpp"

namespace carechain::care::drug {

// Items of one event: read once, written once.
class Shelf {
 public:
  explicit Shelf(ledger::Changes& state) : state_(state) {}
  Item* find(const std::string& path);   // nullptr: the ledger doesn't know it
  Item& make(const std::string& path);   // known or new
  void forget(const std::string& path);  // the ledger knows it no more
  void write_all();                      // to the state
  ledger::Changes& state() { return state_; }

 private:
  struct Kept {
    Item item;
    bool known = false;
    bool forgotten = false;  // was known, and has to be erased
  };
  Kept& fetch(const std::string& path);
  ledger::Changes& state_;
  std::map<std::string, Kept> kept_;
};

// Puts a child that is nowhere else into a parent. False: that would be a circle, or too deep.
bool put_into(Shelf&, const std::string& child, const std::string& parent);
// Takes a child out; it gets the custody of the outermost thing it was in.
void take_out(Shelf&, const std::string& child);
// What is directly inside, in order.
std::vector<std::string> inside_of(const ledger::State&, const std::string& parent, const Item&);
// Counts a mark, or the end of one, in everything the item is in.
void count_blocked(Shelf&, const std::string& child, bool more);

}  // namespace carechain::care::drug
