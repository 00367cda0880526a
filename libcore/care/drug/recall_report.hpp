#pragma once
// Where everything of a lot, or of a recall, is now.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libcore/care/drug/trace.hpp"

namespace carechain::care::drug {

struct UnitStanding {
  std::string path;
  Status status = Status::here;
  std::string holder;                // GLN; empty: unknown
  std::string to;                    // GLN, on the way
  std::vector<std::string> outputs;  // what it was made into, when it was decommissioned by that
};

// Units of a lot by where they are; counts add up to those commissioned, or `unaccounted` says by how much not.
struct LotReport {
  std::uint64_t commissioned = 0;
  std::map<std::string, std::uint64_t> held;        // GLN -> units
  std::map<std::string, std::uint64_t> in_transit;  // "from to" GLNs
  std::uint64_t dispensed = 0, destroyed = 0, decommissioned = 0;
  std::int64_t unaccounted = 0;  // commissioned, less all of these
  std::vector<UnitStanding> units;

  std::uint64_t sum_held() const;
  std::uint64_t sum_in_transit() const;
};

// Adds a lot to a report; only serials that the recall covers, if one is given.
void add_lot(LotReport&, const ledger::Pool&, const std::string& lot_path, const Recall* recall);
LotReport report_recall(const ledger::Pool&, const Recall&);
// Lots of a product.
std::vector<std::string> lots_of(const ledger::Pool&, const std::string& gtin);

}  // namespace carechain::care::drug
