#pragma once
// Carrying out orders of erasure: what has to be destroyed is destroyed, then certified.

#include "libcore/care/erasure_certificate.hpp"
#include "libcore/care/vault.hpp"
#include "libcore/ledger/pool.hpp"

namespace carechain::care {

struct ErasureDesk {
  store::Layout layout;
  store::Path keys_directory;
  const ledger::OperationTable& operations;
  PublicKey custodian;  // account; the vault is hers
  const crypto::Signer& signer;
  Time now;
  const Random& random;
};

// Orders to this custodian that are sealed and have no certificate, or only one of a partial erasure since whose
// signing a copy was destroyed, in the order of the chain.
std::vector<ObjectRef> open_orders(const ledger::Pool&, const PublicKey& custodian);
// The order that is about this patient, or with a record about that, whoever gave it; nullopt: none.
std::optional<ObjectRef> order_about(const ledger::State&, const PublicKey& custodian, const PublicKey& patient,
                                     const std::optional<ObjectRef>& record);

struct CarriedOut {
  SignedCertificate certificate;
  Bytes transaction;  // erase.done, queued
};
// Carries out sealed orders, all with one new epoch of the vault:
//   1 alone with the vault; a legal hold that came meanwhile stops it: throws refusal()
//   2 the next epoch without the keys; capsules of the patients' other records were locked anew before
//   3 the old epoch's master key and keystore are destroyed, then the ciphertexts and capsules
//   4 the certificate, durable in the vault; then erase.done is queued
// Interrupted at any point it is finished by calling it again; a certificate exists only when 3 has happened.
std::vector<CarriedOut> carry_out(const ErasureDesk&, const std::vector<ObjectRef>& orders);

// The certificate that was issued for an order; nullopt: none is in this vault.
std::optional<SignedCertificate> stored_certificate(const store::Layout&, const ObjectRef& order);

// The records an order is about, sealed and pending.
std::vector<std::pair<ObjectRef, Record>> records_of_erasure(const ledger::Pool&, const Erasure&);

}  // namespace carechain::care
