#include "libcore/care/drug/quantities.hpp"

#include "libcore/base/whole.hpp"
#include "libcore/care/drug/custody.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/crypto/hash.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

// Which paper says how much: the delivery note, else the order, the invoice, the bill of lading.
const Typed* paper_of(const RecordEvent& event) {
  if (!event.papers) return nullptr;
  for (const string_view type : {"desadv", "po", "inv", "bol"})
    for (const Typed& paper : *event.papers)
      if (paper.type == type) return &paper;
  return nullptr;
}

Hash key_of(const Typed& paper) {
  constexpr std::array<std::uint8_t, 1> zero{};
  return crypto::sha256({view_of(paper.type), zero, view_of(paper.id)});
}

enum class Direction { none, in, out };

Direction direction_of(const RecordEvent& event) {
  const string_view step = event.step ? string_view(*event.step) : string_view();
  if (step == "receiving" || step == "accepting") return Direction::in;
  if (step == "shipping" || step == "dispensing" || step == "destroying" || step == "retail_selling")
    return Direction::out;
  if (event.kind == EventKind::object && event.action == Action::add) return Direction::in;
  if (event.kind == EventKind::object && event.action == Action::remove) return Direction::out;
  return Direction::none;
}

void change(const Amount& amount, Direction direction, ledger::Context& context, const string& gln) {
  const auto quantity = amount.quantity ? thousandths_of(*amount.quantity) : std::nullopt;
  if (!quantity || gln.empty() || direction == Direction::none) return;
  Balance balance = balances.get(context.state, gln, amount.of).value_or(Balance{});
  const auto sum = checked_add(balance.thousandths, direction == Direction::in ? *quantity : -*quantity);
  if (!sum) return;
  balance.thousandths = *sum;
  balances.put(context.state, balance, gln, amount.of);
  if (*sum >= 0 || direction == Direction::in) return;
  Item lot = items.get(context.state, amount.of).value_or(Item{});
  raise(context, amount.of, lot, Rule::quantity_mismatch, {lot.last_at});
  items.put(context.state, lot, amount.of);
}

}  // namespace

std::optional<std::int64_t> thousandths_of(std::string_view decimal) {
  const std::size_t dot = decimal.find('.');
  const auto whole = parse_whole<std::int64_t>(decimal.substr(0, dot), 0, 1'000'000'000'000);
  if (!whole) return std::nullopt;
  std::int64_t value = *whole * 1000, weight = 100;
  if (dot == string_view::npos) return value;
  for (const char c : decimal.substr(dot + 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    value += (c - '0') * weight;
    weight /= 10;
  }
  return value;
}

void follow_amounts(const RecordEvent& event, ledger::Context& context, const std::string& gln,
                    const EventPlace& place) {
  if (event.error) return;
  const bool transforms = event.kind == EventKind::transformation;
  const Direction direction = transforms ? Direction::out : direction_of(event);
  string way(8, '\0');
  store_be(reinterpret_cast<std::uint8_t*>(way.data()), event.time);
  way += text_of(place.view());
  for (const auto& [amounts, side] : {std::pair{&event.amounts, direction}, {&event.output_amounts, Direction::in}}) {
    if (!*amounts) continue;
    for (const Amount& amount : **amounts) {
      context.state.note(way_prefix(amount.of) + way, {});
      change(amount, side, context, gln);
    }
  }
}

void count_shipped(const RecordEvent& event, ledger::Context& context, std::uint64_t units, const EventPlace& place) {
  const Typed* paper = paper_of(event);
  if (paper == nullptr) return;
  const Hash key = key_of(*paper);
  Consignment consignment = consignments.get(context.state, key).value_or(Consignment{});
  consignment.shipped += units;
  consignment.shipped_at = place;
  consignments.put(context.state, consignment, key);
}

void uncount(const RecordEvent& event, ledger::Context& context, std::uint64_t units, bool shipped) {
  const Typed* paper = paper_of(event);
  auto consignment = paper == nullptr ? std::nullopt : consignments.get(context.state, key_of(*paper));
  if (!consignment) return;
  std::uint64_t& count = shipped ? consignment->shipped : consignment->received;
  count -= std::min(count, units);
  consignments.put(context.state, *consignment, key_of(*paper));
}

bool count_received(const RecordEvent& event, ledger::Context& context, std::uint64_t units) {
  const Typed* paper = paper_of(event);
  if (paper == nullptr) return false;
  const Hash key = key_of(*paper);
  auto consignment = consignments.get(context.state, key);
  if (!consignment || consignment->shipped == 0) return false;
  consignment->received += units;
  consignments.put(context.state, *consignment, key);
  return consignment->received > consignment->shipped;
}

}  // namespace carechain::care::drug
