#include "libcore/care/drug/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace carechain::care::drug {
namespace {

using enum Severity;

constexpr RuleRow table[] = {
    {Rule::unknown_product, "R01", warning, "no such product in the master data"},
    {Rule::wrong_check_digit, "R02", warning, "a check digit is wrong"},
    {Rule::never_commissioned, "R03", warning, "the serial was never commissioned"},
    {Rule::commissioned_twice, "R04", critical, "the serial was commissioned twice", true},
    {Rule::lot_mismatch, "R05", critical, "lot or expiry differ from those it was commissioned with", true},
    {Rule::foreign_commissioning, "R06", critical, "not commissioned by the product's owner", true},
    {Rule::custody_gap, "R07", warning, "handled by somebody who did not hold it"},
    {Rule::unexpected_receipt, "R08", warning, "received without having been shipped to there"},
    {Rule::two_branches, "R09", critical, "in two places at once: a copy is in circulation", true},
    {Rule::after_the_end, "R11", critical, "an event after it was dispensed, destroyed or decommissioned", true},
    {Rule::expired, "R12", critical, "shipped or dispensed after its expiry"},
    {Rule::blocked_product, "R13", critical, "shipped or dispensed although recalled or under suspicion"},
    {Rule::unauthorised_partner, "R14", warning, "no trading partner in good standing"},
    {Rule::stolen, "R15", critical, "an event of an item that was reported stolen"},
    {Rule::aggregation_conflict, "R16", warning, "moved apart from the case it is in"},
    {Rule::impossible_time, "R17", warning,
     "the event's time is before its commissioning, in the future or out of order"},
    {Rule::quantity_mismatch, "R19", warning, "quantities shipped and received differ, or more left than was there"},
    {Rule::wrong_return, "R21", warning, "returned to somebody who did not sell it"},
    {Rule::papers_missing, "R22", notice, "ownership changes without transaction information or statement"},
};

}  // namespace

std::span<const RuleRow> rules() { return table; }

const RuleRow& row_of(Rule rule) {
  const auto* row = std::ranges::find(table, rule, &RuleRow::rule);
  if (row == std::end(table)) throw std::logic_error("a rule without a row");
  return *row;
}

std::optional<Rule> rule_of_code(std::string_view code) {
  const auto* row = std::ranges::find(table, code, &RuleRow::code);
  return row == std::end(table) ? std::nullopt : std::optional(row->rule);
}

std::string_view to_text(Severity severity) {
  switch (severity) {
    case notice:
      return "notice";
    case warning:
      return "warning";
    case critical:
      return "critical";
  }
  return "";
}

}  // namespace carechain::care::drug
