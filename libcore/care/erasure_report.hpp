#pragma once
// What a certificate says, gathered from the chain.

#include "libcore/care/erasure_certificate.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

ErasureCertificate report_erasure(const ledger::Pool&, const Vault&, const ObjectRef& order, const Erasure&,
                                  const ErasureNote&, Time now);

// Everyone but the patient whom this custodian permitted to read what the order is about, by account and purpose. What
// was decided later than `height` is left out; pending decisions count as the next height.
std::vector<Recipient> recipients_of(const ledger::Pool&, const Erasure&, std::uint64_t height);

}  // namespace carechain::care
