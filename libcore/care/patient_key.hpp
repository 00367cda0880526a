#pragma once
// Which of a patient's keys speaks for her towards which custodian.

#include <optional>
#include <vector>

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

struct PatientKey {
  SecretKey seed;
  PublicKey account;    // at the custodian
  PublicKey custodian;  // account
};

// nullopt: the record is somebody else's.
std::optional<PatientKey> key_for_record(const ledger::State&, const Hash& ledger, const std::vector<SecretKey>& seeds,
                                         const Record&);

// Her keys at every organisation that keeps records of hers; or at `only`, records or not.
std::vector<PatientKey> keys_at_custodians(const ledger::Pool&, const std::vector<SecretKey>& seeds,
                                           const std::optional<PublicKey>& only);

// Every organisation enrolled, sealed and pending.
std::vector<PublicKey> organisations(const ledger::Pool&);

}  // namespace carechain::care
