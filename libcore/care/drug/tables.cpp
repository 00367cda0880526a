#include "libcore/care/drug/tables.hpp"

#include <algorithm>

#include "libcore/care/gs1/epc.hpp"

namespace carechain::care::drug {
namespace {

std::string note(std::string_view table, std::string_view path) {
  std::string key(table);
  key += path;
  key += '\0';
  return key;
}

// Whom digits belong to, by the longest prefix of them that is registered; `row` fetches from a table.
template <class Fetch>
std::optional<PublicKey> holder_of(const Fetch& row, std::string_view digits) {
  const auto lengths = row(prefix_lengths, digits.substr(0, 4));
  if (!lengths) return std::nullopt;
  for (std::size_t size = digits.size(); size >= 4; --size) {
    if ((lengths->lengths >> size & 1) == 0) continue;
    if (const auto site = row(prefixes, digits.substr(0, size))) return site->account;
  }
  return std::nullopt;
}
auto fetching(const ledger::State& state) {
  return [&state](const auto& table, std::string_view key) { return table.get(state, key); };
}

bool covers(const Recall& recall, std::string_view path) {
  if (recall.ended) return false;
  if (!recall.first_serial && !recall.last_serial) return true;
  const std::string serial = gs1::serial_of(path);
  return (!recall.first_serial || *recall.first_serial <= serial) &&
         (!recall.last_serial || serial <= *recall.last_serial);
}

}  // namespace

EventPlace place_of(const ledger::Context& context) {
  EventPlace place;
  store_be(place.bytes.data(), static_cast<std::uint32_t>(context.height));
  store_be(place.bytes.data() + 4, context.position);
  store_be(place.bytes.data() + 8, static_cast<std::uint16_t>(context.id.operation));
  return place;
}
std::uint64_t height_of(const EventPlace& place) { return load_be<std::uint32_t>(place.bytes.data()); }

std::string note_of_event(const EventPlace& place) { return "ev/" + std::string(text_of(place.view())); }
std::string note_of_source(const EventPlace& place) { return "src/" + std::string(text_of(place.view().first(8))); }
std::string document_prefix(const Hash& digest) { return "doc/" + std::string(text_of(digest.view())); }
std::string way_prefix(std::string_view path) { return note("way/", path); }
std::string flag_prefix(std::string_view path) { return note("flag/", path); }
std::string lot_units_prefix(std::string_view lot_path) { return note("lotu/", lot_path); }
std::string held_prefix(std::string_view gln) { return note("at/", gln); }
std::string lots_of_gtin_prefix(std::string_view gtin) { return note("gtin/", gtin); }

std::optional<PublicKey> account_of_gln(const ledger::State& state, std::string_view gln) {
  return gln.size() == 13 ? holder_of(fetching(state), gln) : std::nullopt;
}
std::optional<PublicKey> account_of_gln(ledger::Changes& state, std::string_view gln) {
  const auto fetch = [&state](const auto& table, std::string_view key) { return kept(state, table, key); };
  return gln.size() == 13 ? holder_of(fetch, gln) : std::nullopt;
}
std::optional<PublicKey> owner_of_gtin(const ledger::State& state, std::string_view gtin) {
  return gtin.size() == 14 ? holder_of(fetching(state), gtin.substr(1, 12)) : std::nullopt;
}

std::optional<ObjectRef> recall_of(const ledger::State& state, std::string_view path, const Item& item) {
  const auto among = [&](const std::optional<std::vector<ObjectRef>>& refs) -> std::optional<ObjectRef> {
    if (refs)
      for (const ObjectRef& ref : *refs)
        if (const auto recall = recalls.get(state, ref); recall && covers(*recall, path)) return ref;
    return std::nullopt;
  };
  if (item.lot)
    if (const auto lot = lots.get(state, *item.lot))
      if (const auto found = among(lot->recalls)) return found;
  const auto gtin = gs1::gtin_of(path);
  const auto product = gtin.empty() ? std::nullopt : products.get(state, gtin);
  return product ? among(product->recalls) : std::nullopt;
}

std::string root_of(const ledger::State& state, std::string_view path) {
  std::string at(path);
  for (unsigned depth = 0; depth < max_nesting; ++depth) {
    const auto item = items.get(state, at);
    if (!item || !item->parent) break;
    at = *item->parent;
  }
  return at;
}

bool has_mark(const Item& item, std::string_view mark) {
  return item.marks && std::ranges::find(*item.marks, mark) != item.marks->end();
}

std::uint64_t units_inside(const Item& item) {
  if (!item.inside) return 1;
  std::uint64_t sum = 0;
  if (item.lots)
    for (const LotCount& lot : *item.lots) sum += lot.count;
  return sum;
}

}  // namespace carechain::care::drug
