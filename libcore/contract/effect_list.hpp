#pragma once
// Effects as a script reads them: each once, in the order of the chain.

#include "libcore/contract/effects.hpp"
#include "libcore/ledger/ledger.hpp"

namespace carechain::contract {

inline constexpr std::string_view effect_notes = "eff/";

using EffectVisit = std::function<bool(const EffectId&, const Effect&)>;  // false: enough

// Sealed effects of blocks from `height` on (inclusive).
void effects_since(const ledger::Ledger&, std::uint64_t height, const EffectVisit&);
std::optional<Effect> find_effect(const ledger::State&, const EffectId&);

}  // namespace carechain::contract
