#pragma once
// What an event does to the things it names, and which rules it breaks. Pure: the state and the event in, changes out.

#include "libcore/care/drug/operations.hpp"
#include "libcore/care/drug/tables.hpp"

namespace carechain::care::drug {

// The GLN (13 digits) of the one who did it: who is where it happened, else who sends or receives; empty: unknown.
std::string actor_of(const RecordEvent&);
// GLN of the first party with one of these roles, in this order; empty: none.
std::string gln_in(const std::optional<std::vector<Typed>>&, std::initializer_list<std::string_view> roles);

// Whether the signer may say what the event says: the one verdict on it that the ledger has a part in.
ledger::Outcome may_commission(const RecordEvent&, ledger::Context&);

// Follows the event. The signer was found to be an organisation in good standing.
ledger::Outcome follow(const RecordEvent&, const ledger::Identity& signer, ledger::Context&);

// Notes a flag, sets it in the item, and puts the item under suspicion where the rule does so.
void raise(ledger::Context&, std::string_view path, Item&, Rule, std::vector<EventPlace> evidence);

}  // namespace carechain::care::drug
