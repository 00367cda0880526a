#pragma once
// Many operations of several signers on their way into transactions, which are signed on all cores.

#include <array>
#include <functional>
#include <vector>

#include "libcore/base/random.hpp"
#include "libcore/crypto/ed25519.hpp"
#include "libcore/ledger/transaction.hpp"

namespace carechain::cli {

class Parcels {
 public:
  // The next transaction: what is added from now on goes into it. `signer` is called when it is signed, in any thread.
  void begin(std::function<crypto::Signer()> signer, const Random&);
  void add(ledger::NewOperation);  // requires begin()
  std::size_t operations() const { return parcels_.empty() ? 0 : parcels_.back().operations.size(); }  // of the last
  bool empty() const { return parcels_.empty(); }
  std::size_t size() const { return parcels_.size(); }

  // The transactions in the order in which they were begun. The same for the same calls, however many cores there are.
  std::vector<Bytes> sign(const Hash& ledger, Time now) const;

 private:
  struct Parcel {
    std::function<crypto::Signer()> signer;
    std::array<std::uint8_t, 16> nonce;
    std::vector<ledger::NewOperation> operations;
  };
  std::vector<Parcel> parcels_;
};

}  // namespace carechain::cli
