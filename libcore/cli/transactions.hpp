#pragma once
// From operations to the line that is printed: signing, queueing, and transactions as envelopes.

#include <string>
#include <vector>

#include "libcore/cli/output.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::cli {

struct TransactionStatus {
  std::string status = "pending";
  std::optional<std::uint64_t> height;
  std::optional<std::string> block;
  std::optional<std::string> reason;
};
// The decoded view of a transaction: `data` holds the fields of its one operation, or {"operations":[[name,{…}],…]}.
Envelope envelope_of(const ledger::OperationTable&, const Hash& ledger, ByteView transaction,
                     const TransactionStatus& = {});
// The same with the status the ledger gives it: sealed, pending or dropped.
Envelope envelope_of_sealed(const ledger::Ledger&, const ledger::SealedPlace&);

// Signs operations, at most 1,000 a transaction, in order. Queues them unless offline, and prints a line for each.
struct SendOptions {
  bool offline = false;
  std::optional<Time> until;
};
void sign_and_send(Output&, const store::Layout&, const Hash& ledger, const crypto::Signer&,
                   const std::vector<ledger::NewOperation>&, const SendOptions& = {});

// Queues signed transactions all together and prints them. Throws refusal() when one is refused; then none is queued.
void send_all(Output&, const store::Layout&, const Hash& ledger, const std::vector<Bytes>& transactions, bool offline);

// Prints transactions, a thousand operations or so at a time.
void print_all(Output&, const Hash& ledger, const std::vector<Bytes>& transactions);

// The transaction in a JSON line ("cose"). Throws refusal() naming what is missing.
Bytes cose_of_line(std::string_view line, std::string_view where);

}  // namespace carechain::cli
