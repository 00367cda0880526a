#pragma once
// Checking a certificate of erasure against the chain and against a vault. Each says only what it looked at.

#include "libcore/care/erasure_certificate.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

struct ErasureFindings {
  std::vector<std::string> faults;     // the erasure is not what the certificate says
  std::vector<std::string> remarks;    // what is left without opening anything, and the like
  std::optional<std::string> unclear;  // why nothing definite can be said
};

// Custodian's key, order, its certificate's digest, records, and that every permit on the chain is in the certificate.
ErasureFindings check_on_chain(const ledger::Pool&, const SignedCertificate&);

// Tries to open what was erased with every key there is: each patient key in the vault under each epoch's master key in
// the keys' directory, each capsule of the erased records with each of those. The vault may be an old copy of the one
// that the certificate is about. The chain says which records to look for.
ErasureFindings check_in_vault(const ledger::Pool&, const SignedCertificate&, const store::Layout& vault,
                               const store::Path& keys_directory);

}  // namespace carechain::care
