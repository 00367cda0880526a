#pragma once
// Are the objects that the chain says this organisation keeps in its vault, and are they what the chain names?

#include <vector>

#include "libcore/care/access_tables.hpp"
#include "libcore/ledger/verify.hpp"

namespace carechain::care {

class VaultAudit {
 public:
  // Throws Error: there is no vault in this ledger directory.
  explicit VaultAudit(const store::Layout&);

  void see(const ledger::BlockView&, const std::vector<ledger::Transaction>&);  // every good block, in order
  // Reads every object (on `threads` threads), adds a fault for each that is missing or altered, and the count.
  void conclude(ledger::VerifyReport&, unsigned threads) const;

 private:
  struct Kept {
    ObjectRef record;
    Hash root;
    std::uint64_t size, height;
  };
  store::Layout layout_;
  PublicKey owner_;
  std::vector<PublicKey> owner_keys_;  // that have signed for the owner so far
  std::vector<Kept> kept_;
};

}  // namespace carechain::care
