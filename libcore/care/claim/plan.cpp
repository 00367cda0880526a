#include "libcore/care/claim/plan.hpp"

namespace carechain::care::claim {

using contract::Value;

std::int64_t Plan::number(PlanParameter which, std::int64_t absent) const {
  return contract().number(static_cast<std::size_t>(which)).value_or(absent);
}
bool Plan::has(PlanParameter which) const { return contract().parameter(static_cast<std::size_t>(which)) != nullptr; }
bool Plan::flag(PlanParameter which) const {
  const Value* const value = contract().parameter(static_cast<std::size_t>(which));
  return value != nullptr && value->is(contract::Kind::boolean) && value->boolean();
}
std::string Plan::text(PlanParameter which) const {
  const Value* const value = contract().parameter(static_cast<std::size_t>(which));
  return value != nullptr && value->is(contract::Kind::text) ? std::string(value->text()) : std::string();
}
std::string Plan::title() const { return contract().document().title + '/' + std::to_string(in_force_.version); }

namespace {

Value whole(std::uint64_t number) { return Value::of(static_cast<std::int64_t>(number)); }
Value day(Time time) { return Value::timestamp(time.seconds); }

}  // namespace

PlanInputs::PlanInputs(const Plan& plan, const SubmitClaim& claim, const Coverage& coverage,
                       const provider::Standing& standing, bool in_network, bool other_coverage, Time now,
                       contract::Scratch& scratch)
    : scratch_(scratch) {
  claim_[at(ClaimField::use)] = Value::of(std::string_view(claim.use));
  claim_[at(ClaimField::type)] = Value::of(std::string_view(claim.type));
  claim_[at(ClaimField::total)] = Value::of(claim.total);
  claim_[at(ClaimField::currency)] = Value::of(std::string_view(claim.currency));
  claim_[at(ClaimField::from)] = day(claim.from);
  claim_[at(ClaimField::to)] = day(claim.to);
  claim_[at(ClaimField::received)] = day(now);
  claim_[at(ClaimField::accident)] = Value::of(claim.accident);
  claim_[at(ClaimField::emergency)] = Value::of(claim.emergency);
  claim_[at(ClaimField::frequency)] = whole(claim.frequency);
  claim_[at(ClaimField::lines)] = whole(claim.lines.size());
  claim_[at(ClaimField::prior_payers)] = whole(claim.prior.size());
  member_[at(MemberField::relationship)] = Value::of(std::string_view(coverage.relationship));
  member_[at(MemberField::order)] = whole(coverage.order);
  member_[at(MemberField::covered_from)] = day(coverage.from);
  member_[at(MemberField::other_coverage)] = Value::of(other_coverage);
  provider_[at(ProviderField::known)] = Value::of(standing.known);
  provider_[at(ProviderField::active)] = Value::of(standing.active);
  provider_[at(ProviderField::npi)] = Value::of(std::string_view(claim.provider));
  provider_[at(ProviderField::taxonomies)] = texts(standing.taxonomies);
  provider_[at(ProviderField::networks)] = texts(standing.networks);
  provider_[at(ProviderField::in_network)] = Value::of(in_network);
  provider_[at(ProviderField::stale)] = Value::of(standing.stale);
  provider_[at(ProviderField::disputed)] = Value::of(standing.disputed);
  const std::array<const Value*, 4> fields{claim_.data(), line_.data(), member_.data(), provider_.data()};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    objects_[i] = {plan.contract().kind().inputs[i].type.shape.get(), fields[i]};
    inputs_[i] = Value::of(&objects_[i]);
  }
}

Value PlanInputs::texts(const std::vector<std::string>& all) {
  const auto items = scratch_.array<Value>(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) new (&items[i]) Value(Value::of(std::string_view(all[i])));
  return Value::of_list(items);
}

void PlanInputs::set_line(const Line& line, bool authorised, const Left& left) {
  line_[at(LineField::number)] = whole(line.number);
  line_[at(LineField::code)] = Value::of(std::string_view(line.code));
  line_[at(LineField::modifiers)] = texts(line.modifiers);
  line_[at(LineField::place)] = Value::of(std::string_view(line.place));
  line_[at(LineField::units)] = whole(line.units);
  line_[at(LineField::charge)] = Value::of(line.charge);
  line_[at(LineField::from)] = day(line.from);
  line_[at(LineField::to)] = day(line.to);
  line_[at(LineField::authorised)] = Value::of(authorised);
  member_[at(MemberField::deductible_left)] = Value::of(left.deductible);
  member_[at(MemberField::out_of_pocket_left)] = Value::of(left.out_of_pocket);
}

}  // namespace carechain::care::claim
