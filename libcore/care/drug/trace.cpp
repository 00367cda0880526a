#include "libcore/care/drug/trace.hpp"

#include <algorithm>
#include <set>

#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/scan.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

constexpr std::uint64_t for_ever = ~std::uint64_t{0};

EventSource source_of(const ledger::Pool& pool, const EventPlace& place) {
  const auto row = find_note(pool, note_of_source(place));
  return row ? encoding::decode_fields<EventSource>(view_of(*row)) : EventSource{};
}

// Collects hops of one thing and of all it was in or made of.
class Collector {
 public:
  Collector(const ledger::Pool& pool, const Limit& limit) : pool_(pool), limit_(limit) {}

  void collect(const string& path, std::uint64_t from, std::uint64_t to, Relation relation, unsigned depth) {
    if (depth > max_nesting) return;
    std::optional<string> inside;
    std::uint64_t since = 0;
    const auto leave = [&](std::uint64_t until) {
      if (inside) collect(*inside, since, until, relation == Relation::own ? Relation::container : relation, depth + 1);
      inside.reset();
    };
    const auto own = events_of(path, from, to);
    for (const Hop& found : own) {
      Hop hop = found;
      hop.of = path;
      hop.relation = relation;
      const bool is_parent = hop.row.parent == path;
      // What goes into or out of a case says nothing about the others in it.
      const bool others = is_parent && relation != Relation::own && hop.row.kind == EventKind::aggregation;
      if (!others) add(hop);
      if (hop.row.transforms) follow_transformation(hop, path, relation, depth);
      if (is_parent || !hop.row.parent || hop.row.kind != EventKind::aggregation) continue;
      if (hop.row.error) {  // it was never put in, or stayed in
        inside.reset();
        if (hop.row.action == Action::remove) inside = hop.row.parent;
        since = hop.row.time;
      } else if (hop.row.action == Action::add) {
        leave(hop.row.time);
        inside = hop.row.parent;
        since = hop.row.time;
      } else if (hop.row.action == Action::remove && inside == hop.row.parent) {
        leave(hop.row.time);
      }
    }
    leave(to);
  }

  std::vector<Hop> take() {
    std::ranges::stable_sort(hops_, [](const Hop& a, const Hop& b) {
      return a.row.time != b.row.time ? a.row.time < b.row.time : a.place < b.place;
    });
    return std::move(hops_);
  }

 private:
  std::vector<Hop> events_of(const string& path, std::uint64_t from, std::uint64_t to) {
    std::vector<Hop> found;
    const string prefix = way_prefix(path);
    scan_notes(pool_, prefix, [&](string_view key, string_view, bool sealed) {
      const string_view rest = key.substr(prefix.size());
      if (rest.size() != 8 + EventPlace::size) return true;
      const auto time = load_be<std::uint64_t>(view_of(rest).data());
      if (time < from || time > to) return true;
      auto hop = hop_at(pool_, EventPlace(view_of(rest.substr(8))));
      if (!hop) return true;
      hop->sealed = sealed;
      if (limit_.admits(*hop)) found.push_back(std::move(*hop));
      return true;
    });
    std::ranges::stable_sort(found, {}, [](const Hop& hop) { return hop.row.time; });
    return found;
  }

  // An event is told once, as that of the nearest thing it names.
  void add(const Hop& hop) {
    if (seen_.insert(string(text_of(hop.place.view()))).second) hops_.push_back(hop);
  }

  void follow_transformation(const Hop& hop, const string& path, Relation relation, unsigned depth) {
    const RecordEvent event = event_at(pool_, hop);
    const auto among = [&](const auto& list) { return list && std::ranges::find(*list, path) != list->end(); };
    if (among(event.outputs) && relation != Relation::output && event.items)
      for (const string& input : *event.items)
        if (input != path) collect(input, 0, hop.row.time, Relation::input, depth + 1);
    if (among(event.items) && relation != Relation::input && event.outputs)
      for (const string& output : *event.outputs)
        if (output != path) collect(output, hop.row.time, for_ever, Relation::output, depth + 1);
  }

  const ledger::Pool& pool_;
  const Limit& limit_;
  std::vector<Hop> hops_;
  std::set<string> seen_;
};

}  // namespace

Named read_name(std::string_view text, int year) {
  if (text.starts_with("urn:")) {
    auto path = gs1::path_of_urn(text);
    if (!path) throw gs1::Gs1Fault("'" + string(text) + "' is no EPC URN of a GS1 key");
    return {std::move(*path), {}, {}};
  }
  if (const std::size_t slash = text.find('/');
      slash >= 2 && slash <= 4 && text.find(':') == string_view::npos && text.find_first_not_of("0123456789") == slash)
    return read_name("https://id.gs1.org/" + string(text), year);
  const gs1::Elements elements = gs1::read_any(text);
  if (const auto fault = gs1::repeat_fault(elements)) throw gs1::Gs1Fault(*fault);
  const auto *sscc = gs1::find(elements, "00"), *gtin = gs1::find(elements, "01"), *serial = gs1::find(elements, "21");
  const auto *lot = gs1::find(elements, "10"), *expiry = gs1::find(elements, "17");
  Named named;
  if (lot != nullptr) named.lot = *lot;
  if (expiry != nullptr) named.expiry = gs1::date_of_yymmdd(*expiry, year);
  if (gtin != nullptr && serial != nullptr)
    named.path = gs1::unit_path(*gtin, *serial);
  else if (gtin != nullptr && lot != nullptr)
    named.path = gs1::lot_path(*gtin, *lot);
  else if (gtin != nullptr)
    named.path = "01/" + *gtin;
  else if (sscc != nullptr)
    named.path = "00/" + *sscc;
  else
    named.path = gs1::path_of_link(gs1::digital_link(elements)).value_or("");
  return named;
}

void scan_notes(const ledger::Pool& pool, const std::string& prefix,
                const std::function<bool(std::string_view, std::string_view, bool)>& visit) {
  bool more = true;
  pool.ledger().scan_notes(prefix, [&](string_view key, string_view value) { return more = visit(key, value, true); });
  for (const auto& [key, value] : pool.pending_state().notes()) {
    if (!more) return;
    if (key.starts_with(prefix)) more = visit(key, value, false);
  }
}

std::optional<std::string> find_note(const ledger::Pool& pool, const std::string& wanted) {
  std::optional<string> found;
  scan_notes(pool, wanted, [&](string_view key, string_view value, bool) {
    if (key == wanted) found = string(value);
    return key != wanted;
  });
  return found;
}

std::string event_id(const Hop& hop) {
  return ledger::to_text(ledger::ObjectId{hop.source.tx, load_be<std::uint16_t>(hop.place.bytes.data() + 8)});
}

bool Limit::admits(const Hop& hop) const {
  if (height && height_of(hop.place) > *height) return false;
  return !milliseconds || static_cast<std::int64_t>(hop.row.time) <= *milliseconds;
}

std::vector<Hop> hops_of(const ledger::Pool& pool, const std::string& path, const Limit& limit) {
  Collector collector(pool, limit);
  collector.collect(path, 0, for_ever, Relation::own, 0);
  return collector.take();
}

std::vector<FoundFlag> flags_of(const ledger::Pool& pool, const std::string& path, const Limit& limit) {
  std::vector<FoundFlag> flags;
  const string prefix = flag_prefix(path);
  scan_notes(pool, prefix, [&](string_view key, string_view value, bool sealed) {
    const string_view rest = key.substr(prefix.size());
    if (rest.size() != EventPlace::size + 1) return true;
    FoundFlag flag{static_cast<Rule>(rest.back()), path, EventPlace(view_of(rest.substr(0, EventPlace::size))),
                   encoding::decode_fields<Flag>(view_of(value)).evidence, sealed};
    const auto hop = hop_at(pool, flag.place);
    if (!hop || limit.admits(*hop)) flags.push_back(std::move(flag));
    return true;
  });
  return flags;
}

void all_flags(const ledger::Pool& pool, const std::function<void(const FoundFlag&)>& visit) {
  const string prefix = "flag/";
  scan_notes(pool, prefix, [&](string_view key, string_view value, bool sealed) {
    const string_view rest = key.substr(prefix.size());
    const std::size_t zero = rest.find('\0');
    if (zero == string_view::npos || rest.size() != zero + 1 + EventPlace::size + 1) return true;
    visit({static_cast<Rule>(rest.back()), string(rest.substr(0, zero)),
           EventPlace(view_of(rest.substr(zero + 1, EventPlace::size))),
           encoding::decode_fields<Flag>(view_of(value)).evidence, sealed});
    return true;
  });
}

std::optional<Hop> hop_at(const ledger::Pool& pool, const EventPlace& place) {
  const auto row = find_note(pool, note_of_event(place));
  if (!row) return std::nullopt;
  Hop hop;
  hop.row = encoding::decode_fields<EventRow>(view_of(*row));
  hop.place = place;
  hop.source = source_of(pool, place);
  return hop;
}

const std::string& Standing::holder() const {
  static const string nobody;
  return root.holder ? *root.holder : nobody;
}

std::optional<Standing> standing_of(const ledger::State& state, const std::string& path) {
  auto item = items.get(state, path);
  if (!item) return std::nullopt;
  Standing standing{*item, *item, path, recall_of(state, path, *item)};
  for (unsigned depth = 0; standing.root.parent && depth < max_nesting; ++depth) {
    standing.root_path = *standing.root.parent;
    auto outer = items.get(state, standing.root_path);
    if (!outer) break;
    standing.root = std::move(*outer);
  }
  return standing;
}

Status status_of(const Standing& standing) {
  return is_end(standing.item.status) || standing.item.status == Status::partly ? standing.item.status
                                                                                : standing.root.status;
}

RecordEvent event_at(const ledger::Pool& pool, const Hop& hop) {
  Bytes bytes;
  if (const auto place = pool.ledger().find_transaction(hop.source.tx)) bytes = pool.ledger().transaction_bytes(*place);
  for (const auto& pending : pool.pending())
    if (bytes.empty() && pending.id == hop.source.tx) bytes = pending.bytes;
  const auto transaction = ledger::parse_transaction(pool.ledger().id(), bytes);
  return encoding::decode_fields<RecordEvent>(
      transaction.operations.at(load_be<std::uint16_t>(hop.place.bytes.data() + 8)).fields);
}

std::string name_of_gln(const ledger::State& state, std::string_view gln) {
  const auto account = account_of_gln(state, gln);
  const auto identity = account ? ledger::identities.get(state, *account) : std::nullopt;
  return identity && identity->name ? *identity->name : string();
}

}  // namespace carechain::care::drug
