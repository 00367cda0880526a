#pragma once
// What can be wrong with a drug's way, as a table. An event that breaks a rule is recorded all the same: the ledger
// must see what happened. Each breach is a flag of the item, with its evidence.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace carechain::care::drug {

enum class Rule : std::uint8_t {
  unknown_product = 1,
  wrong_check_digit = 2,
  never_commissioned = 3,
  commissioned_twice = 4,
  lot_mismatch = 5,
  foreign_commissioning = 6,
  custody_gap = 7,
  unexpected_receipt = 8,
  two_branches = 9,
  after_the_end = 11,
  expired = 12,
  blocked_product = 13,
  unauthorised_partner = 14,
  stolen = 15,
  aggregation_conflict = 16,
  impossible_time = 17,
  quantity_mismatch = 19,
  wrong_return = 21,
  papers_missing = 22
};

enum class Severity { notice, warning, critical };

struct RuleRow {
  Rule rule;
  std::string_view code;  // "R09"
  Severity severity;
  std::string_view title;  // for people
  bool suspect = false;    // the item is under suspicion until somebody clears it
};
std::span<const RuleRow> rules();
const RuleRow& row_of(Rule);
std::optional<Rule> rule_of_code(std::string_view code);
std::string_view to_text(Severity);

inline std::uint64_t bit_of(Rule rule) { return std::uint64_t{1} << static_cast<unsigned>(rule); }

// An event more than this older than one already recorded for the item is out of order (R17).
inline constexpr std::int64_t late_tolerance_ms = 24ll * 3600 * 1000;

// And one more than this ahead of the block is in the future.
inline constexpr std::int64_t clock_tolerance_seconds = 2 * 3600;

}  // namespace carechain::care::drug
