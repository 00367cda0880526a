#pragma once
// Inside the pool: its two logs, pending.log and dropped.log.

#include <unordered_set>

#include "libcore/ledger/pool.hpp"
#include "libcore/store/pool_file.hpp"

namespace carechain::ledger {

inline constexpr std::string_view pending_magic = "CCP1";
inline constexpr std::string_view dropped_magic = "CCD1";

using TransactionIds = std::unordered_set<TransactionId, FixedBytesHash>;

// Of a transaction that was well formed when it was accepted: its payload is not looked at.
TransactionId id_of_accepted(const Hash& ledger, ByteView transaction);

TransactionIds dropped_ids(const store::Layout&, const Hash& ledger);

}  // namespace carechain::ledger
