#include "libcore/contract/instruction.hpp"

#include "libcore/contract/effect_list.hpp"

namespace carechain::contract {

using ledger::Refused;

namespace {

ledger::Outcome apply_instruct(const InstructPayment& instruct, ledger::Context& context) {
  const auto effect = find_effect(context.state, instruct.effect);
  if (!effect) return Refused{"there is no such effect", "list effects shows those that are sealed"};
  const auto due = instruction_of(instruct.effect, *effect);
  if (!due) return Refused{"the effect asks for no payment: it is of the kind " + effect->kind};
  if (effect->from != context.signer) return Refused{"only who owes the payment instructs it"};
  if (instruct.to != due->to || instruct.amount != due->amount || instruct.currency != due->currency)
    return Refused{"it says another amount or receiver than the effect"};
  if (const auto before = instructions.get(context.state, instruct.effect))
    return Refused{"it was instructed already, at block " + std::to_string(before->height)};
  instructions.put(context.state, {ledger::ref_of(context.id), context.height}, instruct.effect);
  return std::nullopt;
}

}  // namespace

std::optional<InstructPayment> instruction_of(const EffectId& id, const Effect& effect) {
  if (!effect.from || !effect.to || !effect.amount || !effect.currency) return std::nullopt;
  return InstructPayment{id, *effect.to, *effect.amount, *effect.currency};
}

void add_instruction_operations(ledger::OperationTable& table) {
  table.add<InstructPayment>("who owes a payment has it paid", apply_instruct, false);
}

}  // namespace carechain::contract
