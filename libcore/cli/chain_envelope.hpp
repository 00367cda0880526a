#pragma once
// The line of a program that says something about a chain as a whole.

#include "libcore/cli/envelope.hpp"
#include "libcore/ledger/chain_rules.hpp"

namespace carechain::cli {

// height and block are those of the head; data is still to be filled in.
Envelope chain_envelope(const std::string& type, const Hash& ledger, const ledger::Pin& head, Time now);

}  // namespace carechain::cli
