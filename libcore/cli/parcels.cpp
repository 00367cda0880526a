#include "libcore/cli/parcels.hpp"

#include <algorithm>
#include <stdexcept>

#include "libcore/base/parallel.hpp"

namespace carechain::cli {

void Parcels::begin(std::function<crypto::Signer()> signer, const Random& random) {
  parcels_.push_back({std::move(signer), draw<16>(random), {}});
}

void Parcels::add(ledger::NewOperation operation) { parcels_.back().operations.push_back(std::move(operation)); }

std::vector<Bytes> Parcels::sign(const Hash& ledger, Time now) const {
  std::vector<Bytes> transactions(parcels_.size());
  parallel_for(parcels_.size(), hardware_threads(), [&](std::size_t i) {
    const Parcel& parcel = parcels_[i];
    const Random drawn = [&](std::span<std::uint8_t> bytes) {
      if (bytes.size() != parcel.nonce.size()) throw std::logic_error("a transaction draws its nonce and nothing else");
      std::ranges::copy(parcel.nonce, bytes.begin());
    };
    transactions[i] = ledger::sign_transaction(ledger, parcel.signer(), parcel.operations, now, drawn);
  });
  return transactions;
}

}  // namespace carechain::cli
