#pragma once
// Storing a record: encrypted into the vault, its keys sealed to the patient and to those whom she lets read; where
// there is no list of them (an organisation, a role, anyone, an emergency) to the custodian, who seals them anew to
// each whom a decision permits.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libcore/care/access_operations.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/vault.hpp"

namespace carechain::care {

// What a custodian needs for it.
struct Desk {
  const ledger::Pool& pool;
  Vault& vault;
  PublicKey custodian;  // account
  Time now;
  const Random& random;
  unsigned threads = 1;
};

struct NewRecord {
  PublicKey patient;               // her account with the custodian
  std::vector<std::string> types;  // sorted, distinct
  std::string media;
  RecordFacts facts = {};
  std::optional<std::string> uri;  // external: the data is read once for its digest and not kept
  crypto::Source data;
  std::optional<std::string> jurisdiction = {}, retention = {};  // PutRecord
  std::optional<Time> keep_until = {};
};

// Encrypts, stores and seals; the operation that puts it on the chain. When it returns, object and capsules are
// durable; when it throws, nothing that reads as a record is left. Throws refusal(), before anything is written, where
// the ledger does not let this custodian keep it.
PutRecord store_record(const Desk&, const NewRecord&);

}  // namespace carechain::care
