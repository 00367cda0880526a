#pragma once
// effect.instruct: who owes a payment that a contract caused signs the instruction to pay it. The signed transaction is
// the instruction: it says by itself which effect, to whom, how much. One for each effect, never a second.

#include "libcore/contract/effects.hpp"

namespace carechain::contract {

struct InstructPayment {
  static constexpr std::string_view name = "effect.instruct";
  EffectId effect;
  PublicKey to;  // account
  std::int64_t amount = 0;
  std::string currency;
  template <class V>
  void fields(V& v) {
    v("effect", effect, "what caused it: an effect's id");
    v("to", to, "who is paid");
    v("amount", amount, "in cents");
    v("currency", currency, "ISO 4217");
  }
};

struct Instruction {
  ObjectRef operation;
  std::uint64_t height = 0;
  template <class V>
  void fields(V& v) {
    v("operation", operation, "the instruction");
    v("height", height, "height of its block");
  }
};

inline constexpr ledger::Table<Instruction> instructions{"instruction"};  // id of the effect

// The instruction that an effect asks for; nullopt: it asks for no payment.
std::optional<InstructPayment> instruction_of(const EffectId&, const Effect&);

void add_instruction_operations(ledger::OperationTable&);

}  // namespace carechain::contract
