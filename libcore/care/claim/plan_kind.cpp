#include "libcore/care/claim/plan_kind.hpp"

namespace carechain::care::claim {
namespace {

using Base = contract::Type::Base;
using contract::ContractKind;
using contract::ObjectShape;
using contract::Type;
using contract::Unit;

Type shape(const char* name, std::vector<ObjectShape::Field> fields) {
  return Type::object_of(std::make_shared<const ObjectShape>(ObjectShape{name, std::move(fields)}));
}

Type claim_shape() {
  return shape("claim", {{"use", Base::text, "claim, preauthorization or predetermination"},
                         {"type", Base::text, "institutional, professional, pharmacy, oral or vision"},
                         {"total", Base::integer, "charges of all lines, in cents"},
                         {"currency", Base::text, "ISO 4217"},
                         {"from", Base::timestamp, "first day of service"},
                         {"to", Base::timestamp, "last day of service"},
                         {"received", Base::timestamp, "time of the block"},
                         {"accident", Base::boolean, "somebody else may be liable"},
                         {"emergency", Base::boolean, "an emergency"},
                         {"frequency", Base::integer, "1 original, 7 replacement, 8 void"},
                         {"lines", Base::integer, "how many lines"},
                         {"prior_payers", Base::integer, "how many payers decided before"}});
}

Type line_shape() {
  return shape("line", {{"number", Base::integer, "its number"},
                        {"code", Base::text, "procedure, revenue or drug code"},
                        {"modifiers", Type::list_of(Base::text), "modifiers"},
                        {"place", Base::text, "place of service"},
                        {"units", Base::integer, "units"},
                        {"charge", Base::integer, "charge in cents"},
                        {"from", Base::timestamp, "first day of service"},
                        {"to", Base::timestamp, "last day of service"},
                        {"authorised", Base::boolean, "an approved authorisation covers it"}});
}

Type member_shape() {
  return shape("member", {{"relationship", Base::text, "self, spouse, child or other"},
                          {"order", Base::integer, "1: this plan pays first"},
                          {"covered_from", Base::timestamp, "first day of coverage"},
                          {"other_coverage", Base::boolean, "another coverage is in force"},
                          {"deductible_left", Base::integer, "cents"},
                          {"out_of_pocket_left", Base::integer, "cents"}});
}

Type provider_shape() {
  return shape("provider", {{"known", Base::boolean, "in the directory"},
                            {"active", Base::boolean, "active on the day of service"},
                            {"npi", Base::text, "national provider identifier"},
                            {"taxonomies", Type::list_of(Base::text), "NUCC taxonomy codes"},
                            {"networks", Type::list_of(Base::text), "networks"},
                            {"in_network", Base::boolean, "in this plan's network"},
                            {"stale", Base::boolean, "not attested for too long"},
                            {"disputed", Base::boolean, "an entry of it is disputed"}});
}

std::vector<ContractKind::Parameter> plan_parameters() {
  return {{"currency", Unit::text, true, "ISO 4217 code of all amounts"},
          {"network", Unit::text, true, "the network's name in the directory"},
          {"filing_days", Unit::days, true, "days after service within which a claim must come; 0: one calendar year"},
          {"deductible", Unit::cents, true, "what a member pays first in a year"},
          {"deductible_family", Unit::cents, false, "the same for the family; absent: no such bound"},
          {"out_of_pocket", Unit::cents, true, "the most a member pays in a year"},
          {"out_of_pocket_family", Unit::cents, false, "the same for the family; absent: no such bound"},
          {"coinsurance", Unit::basis_points, true, "the member's share after the deductible"},
          {"auto_limit", Unit::cents, true, "claims charged above it are looked at by a person"},
          {"review_days", Unit::days, true, "days within which a pended claim is decided"},
          {"stale_days", Unit::days, true, "days after which a directory entry counts as stale"},
          {"copay_first", Unit::flag, false, "the copay comes before the deductible"},
          {"coinsurance_on_deducted", Unit::flag, false,
           "the share is of what is left after the deductible, copay included"},
          {"aggregate_family", Unit::flag, false, "only the family's deductible counts"},
          {"non_duplication", Unit::flag, false, "as a later payer: never more than the first would have left"},
          {"network_only", Unit::flag, false, "nothing is paid outside the network but emergencies"}};
}

std::vector<ContractKind::Formula> plan_formulas() {
  return {{"allowed", Base::integer, true, "the allowed amount of a line in cents, before the charge bounds it"},
          {"copay", Base::integer, false, "cents; absent: none"},
          {"coinsurance", Base::integer, false, "basis points; absent: the parameter"},
          {"deductible_applies", Base::boolean, false, "absent: it does"},
          {"category", Base::text, false, "the benefit that a limit is counted under"},
          {"limit", Base::integer, false, "cents a year for that benefit; negative: no limit"}};
}

}  // namespace

ContractKind plan_kind() {
  ContractKind kind;
  kind.name = plan_kind_name;
  kind.summary = "decides a claim line by line: pay, deny or have a person look at it";
  kind.inputs = {
      {"claim", claim_shape()}, {"line", line_shape()}, {"member", member_shape()}, {"provider", provider_shape()}};
  kind.outcomes = {"pay", "deny", "pend"};
  kind.parameters = plan_parameters();
  kind.formulas = plan_formulas();
  kind.effects = {"notify"};
  return kind;
}

}  // namespace carechain::care::claim
