#pragma once
// Quantities without serials, and whether what was shipped under a paper is what was received.

#include "libcore/care/drug/operations.hpp"
#include "libcore/care/drug/tables.hpp"

namespace carechain::care::drug {

// A decimal number in thousandths; nullopt: not one, or beyond 10^15. Further decimals are cut.
std::optional<std::int64_t> thousandths_of(std::string_view decimal);

// Moves the event's amounts in and out of the balance at `gln`; more leaving than was there is flagged (R19) for the
// lot.
void follow_amounts(const RecordEvent&, ledger::Context&, const std::string& gln, const EventPlace&);

// Units shipped and received under the event's first delivery note, order or invoice.
void count_shipped(const RecordEvent&, ledger::Context&, std::uint64_t units, const EventPlace&);
// True: more has now been received than was shipped, or the receipt closes the paper with less.
bool count_received(const RecordEvent&, ledger::Context&, std::uint64_t units);
// Takes either back.
void uncount(const RecordEvent&, ledger::Context&, std::uint64_t units, bool shipped);

}  // namespace carechain::care::drug
