#include "libcore/care/drug/recall_report.hpp"

#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {
namespace {

using std::string;

bool covered(const Recall* recall, const string& path) {
  if (recall == nullptr || (!recall->first_serial && !recall->last_serial)) return true;
  const string serial = gs1::serial_of(path);
  return (!recall->first_serial || *recall->first_serial <= serial) &&
         (!recall->last_serial || serial <= *recall->last_serial);
}

// The outermost things, each read once.
class Roots {
 public:
  explicit Roots(const ledger::State& state) : state_(state) {}
  const Item& of(const Item& item) {
    if (!item.parent) return item;
    const auto known = roots_.find(*item.parent);
    if (known != roots_.end()) return known->second;
    const auto standing = standing_of(state_, *item.parent);
    return roots_.emplace(*item.parent, standing ? standing->root : item).first->second;
  }

 private:
  const ledger::State& state_;
  std::map<string, Item> roots_;
};

void count(LotReport& report, const UnitStanding& unit) {
  switch (unit.status) {
    case Status::dispensed:
      ++report.dispensed;
      break;
    case Status::destroyed:
      ++report.destroyed;
      break;
    case Status::decommissioned:
      ++report.decommissioned;
      break;
    case Status::transit:
      ++report.in_transit[unit.holder + " " + unit.to];
      break;
    case Status::here:
    case Status::partly:
      if (!unit.holder.empty()) ++report.held[unit.holder];
      break;
  }
}

}  // namespace

std::uint64_t LotReport::sum_held() const {
  std::uint64_t sum = 0;
  for (const auto& [gln, number] : held) sum += number;
  return sum;
}
std::uint64_t LotReport::sum_in_transit() const {
  std::uint64_t sum = 0;
  for (const auto& [way, number] : in_transit) sum += number;
  return sum;
}

void add_lot(LotReport& report, const ledger::Pool& pool, const std::string& lot_path, const Recall* recall) {
  const ledger::State& state = pool.pending_state();
  Roots roots(state);
  const string prefix = lot_units_prefix(lot_path);
  std::uint64_t seen = 0;
  scan_notes(pool, prefix, [&](std::string_view key, std::string_view, bool) {
    const string path(key.substr(prefix.size()));
    const auto item = items.get(state, path);
    if (!item || item->lot != lot_path) return true;  // its commissioning was declared in error
    ++seen;
    if (!covered(recall, path)) return true;
    ++report.commissioned;
    const Item& root = roots.of(*item);
    UnitStanding unit{
        path, is_end(item->status) ? item->status : root.status, root.holder.value_or(""), root.to.value_or(""), {}};
    count(report, unit);
    report.units.push_back(std::move(unit));
    return true;
  });
  // Commissioned by the lot's own count, which no row could have been lost from.
  const auto lot = lots.get(state, lot_path);
  const bool whole = recall == nullptr || (!recall->first_serial && !recall->last_serial);
  if (lot && whole) report.commissioned += lot->units - seen;
  report.unaccounted = static_cast<std::int64_t>(report.commissioned) -
                       static_cast<std::int64_t>(report.sum_held() + report.sum_in_transit() + report.dispensed +
                                                 report.destroyed + report.decommissioned);
}

std::vector<std::string> lots_of(const ledger::Pool& pool, const std::string& gtin) {
  std::vector<string> paths;
  const string prefix = lots_of_gtin_prefix(gtin);
  scan_notes(pool, prefix, [&](std::string_view key, std::string_view, bool) {
    paths.emplace_back(key.substr(prefix.size()));
    return true;
  });
  return paths;
}

LotReport report_recall(const ledger::Pool& pool, const Recall& recall) {
  LotReport report;
  if (recall.lot)
    add_lot(report, pool, gs1::lot_path(recall.gtin, *recall.lot), &recall);
  else
    for (const string& lot : lots_of(pool, recall.gtin)) add_lot(report, pool, lot, &recall);
  return report;
}

}  // namespace carechain::care::drug
