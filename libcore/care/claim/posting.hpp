#pragma once
// What a decision does to the state besides the claim itself: accumulators, lines that count as done, payment.

#include "libcore/care/claim/adjudicate.hpp"

namespace carechain::care::claim {

// Denies all lines with GROUP-CODE, or a code of group CO.
Ruling denial_of(const Claim&, const std::string& reason);

// Takes a ruling over into a claim, and posts it: accumulators, line uses, the payment as an effect, the timer of a
// pended claim. The claim's row is written.
void post(ledger::Changes&, contract::Moment&, const ObjectRef&, Claim&, Ruling);

// Takes back what post() did: accumulators get exactly what they had lost, claims that drew on them later are flagged,
// a payment is asked back. `state`: voided or replaced. The claim's row is written.
void unpost(ledger::Changes&, contract::Moment&, const ObjectRef&, Claim&, std::string_view state);

}  // namespace carechain::care::claim
