#pragma once
// Why a decision is as it is, and what would have to change for another one. Nothing is logged.

#include <string>
#include <vector>

#include "libcore/care/decision.hpp"
#include "libcore/ledger/ledger.hpp"

namespace carechain::care {

struct Explanation {
  Verdict verdict;
  std::uint64_t height = 0;
  Time time;
  std::vector<std::string> changes;  // in a user's words, commands where there are some; empty: it is a permit
};

// As of the state after the last block sealed at `time` or before it. Throws refusal(): before block 0.
std::uint64_t height_at(const ledger::Ledger&, Time);

// `state` may be later than the question's height, or hold what is pending.
Explanation explain(const ledger::State&, const Question&);

}  // namespace carechain::care
