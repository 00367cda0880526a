#include "libcore/care/drug/commissioned.hpp"

#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {
namespace {

void add_lot(const ledger::State& state, const std::string& path, Commissioned& found) {
  const auto lot = lots.get(state, path);
  found.lot = gs1::lot_of(path);
  if (!lot) return;
  found.made = lot->made;
  if (!found.expires) found.expires = lot->expiry;
}

}  // namespace

std::optional<Commissioned> commissioned(const ledger::Pool& pool, const std::string& path) {
  const ledger::State& state = pool.pending_state();
  Commissioned found;
  if (!gs1::is_item(path)) {
    if (!lots.get(state, path)) return std::nullopt;
    add_lot(state, path, found);
    return found;
  }
  const auto item = items.get(state, path);
  if (!item || !item->born) return std::nullopt;
  found.status = item->status;
  found.expires = item->expiry;
  found.time = Time{static_cast<std::int64_t>(*item->born / 1000)};
  if (item->lot) add_lot(state, *item->lot, found);
  const auto birth = hop_at(pool, item->born_at);
  if (birth && birth->row.place) found.place = gs1::gln_of(*birth->row.place);
  return found;
}

}  // namespace carechain::care::drug
