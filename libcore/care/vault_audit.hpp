#pragma once
// Are the objects that the chain says this organisation keeps in its vault, and are they what the chain names? What was
// erased must not be there, and its certificate must.

#include <map>
#include <span>
#include <vector>

#include "libcore/care/access_tables.hpp"
#include "libcore/care/privacy_watch.hpp"
#include "libcore/ledger/verify.hpp"

namespace carechain::care {

class VaultAudit {
 public:
  // Throws Error: there is no vault in this ledger directory.
  explicit VaultAudit(const store::Layout&);

  void see(const ledger::BlockView&, std::span<const ledger::Transaction>);  // every good block, in order

  struct Erased {
    std::vector<ObjectRef> in_order;  // orders carried out, whose certificate is in the vault and on the chain
    std::vector<ObjectRef> waiting;   // orders not certified yet
  };
  // Reads every object (on `threads` threads), adds a fault for each that is missing or altered, and for each erasure
  // that is not as the chain says; and the count.
  Erased conclude(ledger::VerifyReport&, unsigned threads) const;

 private:
  struct Kept {
    ObjectRef record;
    PublicKey patient;
    Hash root;
    std::uint64_t size, height;
  };
  struct Orders {  // of erasure, to this organisation
    std::map<PublicKey, ObjectRef> patients;
    std::map<ObjectRef, ObjectRef> records;
    const ObjectRef* about(const Kept&) const;  // nullptr: none
  };
  Orders orders() const;
  std::optional<std::string> erased_fault(const Kept&, const ObjectRef& order) const;
  void conclude_erasures(ledger::VerifyReport&, Erased&) const;

  store::Layout layout_;
  PublicKey owner_;
  std::vector<PublicKey> owner_keys_;  // that have signed for the owner so far
  std::vector<Kept> kept_;
  PrivacyWatch watch_;
};

}  // namespace carechain::care
