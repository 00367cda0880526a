#pragma once
// A little chain with a maker, a wholesaler, a pharmacy and a second pharmacy, one product, and somebody nobody knows.
// Events are made by steps; each is sealed by whom it names, at a clock that goes an hour further each time.

#include <set>

#include "libcore/care/drug/recall_report.hpp"
#include "libcore/care/drug/trace.hpp"
#include "libcore/care/drug/write_event.hpp"
#include "libcore/care/gs1/check_digit.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "unit/ledger/little_chain.hpp"

namespace carechain::testing {

inline std::string gln(const std::string& digits) { return digits + care::gs1::check_digit(digits); }

inline const std::string maker_gln = gln("030001111111"), wholesale_gln = gln("039999999999"),
                         pharmacy_gln = gln("061414100001"), second_gln = gln("071414100001"),
                         stranger_gln = gln("099999900001");
inline const std::string gtin = "00300010123455";
inline std::string unit(const std::string& serial) { return care::gs1::unit_path(gtin, serial); }
inline std::string pallet(int number) {
  const std::string digits = "403000112345" + std::to_string(10000 + number);
  return "00/" + digits + care::gs1::check_digit(digits);
}

class Custody {
 public:
  using Event = care::drug::RecordEvent;
  LittleChain chain;

  Custody() {
    for (const auto& [name, role] : {std::pair{"maker", "manufacturer"},
                                     {"wholesaler", "distributor"},
                                     {"pharmacy", "pharmacy"},
                                     {"second", "pharmacy"},
                                     {"agency", "regulator"}})
      chain.act("north", chain.enrolment(name, ledger::Kind::organisation, role));
    for (const auto& [name, prefix] :
         {std::pair{"maker", "030001"}, {"wholesaler", "039999"}, {"pharmacy", "0614141"}, {"second", "0714141"}})
      chain.act("north", care::drug::RegisterPrefix{prefix, chain.account(name)});
    chain.act("maker", care::drug::RegisterProduct{gtin, "Epcistra", "0001-0123-45", "100 mg", "tablet", {}});
    chain.mine();
    time_ = static_cast<std::uint64_t>(chain.now().seconds) * 1000;
  }

  // An observation an hour after the last event.
  Event event(const std::string& step, const std::string& at, std::vector<std::string> things) {
    Event made;
    made.action = care::drug::Action::observe;
    made.time = time_ += 3600'000;
    made.step = step;
    if (!things.empty()) made.items = std::move(things);
    made.place = "414/" + at;
    return made;
  }
  Event commissioning(std::vector<std::string> things, const std::string& lot = "A1",
                      const std::string& expiry = "2030-12-31") {
    Event made = event("commissioning", maker_gln, std::move(things));
    made.action = care::drug::Action::add;
    made.lot = lot;
    made.expiry = expiry;
    return made;
  }
  Event packing(const std::string& parent, std::vector<std::string> things, const std::string& at = maker_gln) {
    Event made = event("packing", at, std::move(things));
    made.kind = care::drug::EventKind::aggregation;
    made.action = care::drug::Action::add;
    made.parent = parent;
    return made;
  }
  Event unpacking(const std::string& parent, std::vector<std::string> things, const std::string& at) {
    Event made = packing(parent, std::move(things), at);
    made.step = "unpacking";
    made.action = care::drug::Action::remove;
    return made;
  }
  Event shipping(const std::string& from, const std::string& to, std::vector<std::string> things,
                 const std::string& paper = "po-1") {
    Event made = event("shipping", from, std::move(things));
    made.from = {{"owning_party", "414/" + from}};
    made.to = {{"owning_party", "414/" + to}};
    if (!paper.empty()) made.papers = {{"po", paper}};
    return made;
  }
  Event receiving(const std::string& at, std::vector<std::string> things, const std::string& paper = "po-1") {
    Event made = event("receiving", at, std::move(things));
    if (!paper.empty()) made.papers = {{"po", paper}};
    return made;
  }

  std::string offer(const std::string& who, Event made) {
    made.hash = care::drug::hash_as_json(made);
    catch_up(made);
    return chain.offer(who, made);
  }
  void seal(const std::string& who, Event made) {
    const std::string refused = offer(who, std::move(made));
    if (!refused.empty()) throw std::runtime_error(refused);
    chain.mine();
  }
  // From the maker to the wholesaler.
  void deliver(const std::string& from, const std::string& to, const std::string& who_sends,
               const std::string& who_receives, const std::vector<std::string>& things,
               const std::string& paper = "po-1") {
    seal(who_sends, shipping(from, to, things, paper));
    seal(who_receives, receiving(to, things, paper));
  }

  // Codes of all flags of a thing, sorted, each once: "R04 R14".
  std::string flags(const std::string& path) {
    std::set<std::string> codes;
    const auto pool = chain.look();
    for (const auto& flag : care::drug::flags_of(pool, path)) codes.emplace(care::drug::row_of(flag.rule).code);
    std::string all;
    for (const auto& code : codes) all += (all.empty() ? "" : " ") + code;
    return all;
  }
  care::drug::Standing standing(const std::string& path) {
    return *care::drug::standing_of(chain.look().pending_state(), path);
  }
  std::string way(const std::string& path) {
    std::string steps;
    for (const auto& hop : care::drug::hops_of(chain.look(), path))
      steps += (steps.empty() ? "" : " ") + hop.row.step.value_or("-");
    return steps;
  }
  std::uint64_t time() const { return time_; }
  void set_time(std::uint64_t milliseconds) { time_ = milliseconds; }

 private:
  // The ledger's clock is never behind what is recorded.
  void catch_up(const Event& made) {
    const auto seconds = static_cast<std::int64_t>(std::min(made.time, time_) / 1000);
    if (chain.now().seconds < seconds) chain.tick(seconds - chain.now().seconds);
  }
  std::uint64_t time_ = 0;
};

}  // namespace carechain::testing
