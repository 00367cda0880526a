#pragma once
// Scanned stock beside what the ledger says is there.

#include <string>
#include <vector>

#include "libcore/care/drug/trace.hpp"

namespace carechain::care::drug {

enum class StockFinding {
  fine,
  no_data,       // scanned, but the ledger knows nothing of it
  no_product,    // the ledger says it is here, but nobody scanned it
  wrong_holder,  // the ledger says that somebody else has it
  not_received,  // on the way here, its receipt was not recorded
  gone,          // dispensed, destroyed or decommissioned
  expired,
  recalled,
  marked  // suspect, illegitimate or stolen
};
std::string_view to_text(StockFinding);

struct StockLine {
  std::string path;
  StockFinding finding = StockFinding::fine;
  std::string detail;  // a GLN, a date, a recall, a mark
};

// Everything scanned once, in its order, then what is missing by path. A scanned case stands for all that is in it.
std::vector<StockLine> reconcile(const ledger::Pool&, const std::vector<std::string>& scanned, const std::string& gln,
                                 Time now);

}  // namespace carechain::care::drug
