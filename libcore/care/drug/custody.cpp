#include "libcore/care/drug/custody_follower.hpp"

#include <array>

#include "libcore/crypto/hash.hpp"

namespace carechain::care::drug {

using ledger::Outcome;
using ledger::Refused;
using std::string;
using std::string_view;

std::optional<bool> same(const Partner& a, const Partner& b) {
  if (a.gln == b.gln) return true;
  if (!a.account && !b.account) return std::nullopt;
  return a.account && b.account && *a.account == *b.account;
}
bool differs(const Partner& a, const Partner& b) { return same(a, b) == false; }

bool is_step(const RecordEvent& event, std::initializer_list<string_view> steps) {
  return event.step && std::ranges::find(steps, string_view(*event.step)) != steps.end();
}

namespace {

// 64 bits by which an event is known again: of its hash, which is what the signer says it is, and of who did what,
// which is not.
std::uint64_t fingerprint_of(const RecordEvent& event, string_view actor) {
  constexpr std::array<std::uint8_t, 1> zero{};
  const string_view action = event.action ? to_text(*event.action) : string_view();
  const string_view step = event.step ? string_view(*event.step) : string_view();
  const string_view parent = event.parent ? string_view(*event.parent) : string_view();
  const Hash digest = crypto::sha256({event.hash.view(), view_of(actor), zero, view_of(to_text(event.kind)), zero,
                                      view_of(action), zero, view_of(step), zero, view_of(parent)});
  return load_be<std::uint64_t>(digest.bytes.data());
}

}  // namespace

Follower::Follower(const RecordEvent& event, const ledger::Identity& signer, ledger::Context& context)
    : event_(event),
      signer_(signer),
      context_(context),
      shelf_(context.state),
      place_(place_of(context)),
      actor_(partner(actor_of(event))),
      fingerprint_(fingerprint_of(event, actor_.gln)) {
  verified_ = actor_.account && *actor_.account == context.signer;
  born_ = commissions(event);
  ships_ = is_step(event, {"shipping", "departing", "consigning"}) && event.action != Action::remove;
  receives_ = is_step(event, {"receiving", "accepting", "arriving"});
}

Outcome Follower::follow() {
  if (event_.error) {
    withdraw();
    shelf_.write_all();
    note_event();
    return std::nullopt;
  }
  if (auto refused = judge_commissioning(event_, context_, commissioning_)) return refused;
  judge_event();
  switch (event_.kind) {
    case EventKind::aggregation:
    case EventKind::association:
      aggregate();
      break;
    case EventKind::transformation:
      transform();
      break;
    case EventKind::object:
    case EventKind::transaction:
      observe_all();
      break;
  }
  follow_amounts(event_, context_, actor_.gln, place_);
  shelf_.write_all();
  note_event();
  return std::nullopt;
}

Partner Follower::partner(const string& gln) {
  if (gln.empty()) return {};
  for (const Partner& known : partners_)
    if (known.gln == gln) return known;
  partners_.push_back({gln, account_of_gln(context_.state, gln)});
  return partners_.back();
}

Partner Follower::partner(const std::optional<string>& gln) { return gln ? partner(*gln) : Partner{}; }

void Follower::flag(const string& path, Item& item, Rule rule, std::vector<EventPlace> evidence) {
  const bool was_marked = item.marks && !item.marks->empty();
  raise(context_, path, item, rule, std::move(evidence));
  if (!was_marked && item.marks && !item.marks->empty()) count_blocked(shelf_, path, true);
}

bool Follower::repeats(const Item& item) const {
  return (item.last == event_.time && item.last_hash == fingerprint_) || item.withdrawn == fingerprint_;
}

void Follower::begin(Item& item) {
  item.was = item.status;
  item.prior = item.holder;
  item.prior_owner = item.owner;
}

void Follower::finish(Item& item) {
  if (item.was == item.status) item.was.reset();
  if (item.prior == item.holder) item.prior.reset();
  if (item.prior_owner == item.owner) item.prior_owner.reset();
  item.last = event_.time;
  item.last_at = place_;
  item.last_hash = fingerprint_;
}

void Follower::note_way(const string& path) {
  string key = way_prefix(path);
  key.resize(key.size() + 8);
  store_be(reinterpret_cast<std::uint8_t*>(key.data() + key.size() - 8), event_.time);
  context_.state.note(key.append(text_of(place_.view())), {});
}

void Follower::note_event() {
  EventRow row;
  row.kind = event_.kind;
  row.action = event_.action;
  row.time = event_.time;
  row.zone = event_.zone;
  row.step = event_.step;
  row.disposition = event_.disposition;
  row.parent = event_.parent;
  row.place = event_.place;
  if (event_.location != event_.place) row.location = event_.location;
  row.error = event_.error;
  row.from = nonempty(gln_in(event_.from, {"possessing_party", "location", "owning_party"}));
  row.to = nonempty(gln_in(event_.to, {"location", "possessing_party", "owning_party"}));
  row.papers = event_.papers;
  row.things = (event_.items ? event_.items->size() : 0) + (event_.outputs ? event_.outputs->size() : 0) +
               (event_.amounts ? event_.amounts->size() : 0) + (event_.parent ? 1 : 0);
  row.reported = !verified_;
  row.transforms = event_.kind == EventKind::transformation;
  const Bytes bytes = encoding::encode_fields(row);
  context_.state.note(note_of_event(place_), text_of(bytes));
}

std::optional<string> Follower::nonempty(string text) {
  return text.empty() ? std::nullopt : std::optional<string>(std::move(text));
}

std::string gln_in(const std::optional<std::vector<Typed>>& parties, std::initializer_list<std::string_view> roles) {
  if (parties)
    for (const string_view role : roles)
      for (const Typed& party : *parties)
        if (party.type == role && !gs1::gln_of(party.id).empty()) return string(gs1::gln_of(party.id));
  return {};
}

std::string actor_of(const RecordEvent& event) {
  for (const auto& place : {event.place, event.location})
    if (place && !gs1::gln_of(*place).empty()) return string(gs1::gln_of(*place));
  const bool receives = event.step && (*event.step == "receiving" || *event.step == "accepting");
  return gln_in(receives ? event.to : event.from, {"location", "possessing_party", "owning_party"});
}

void raise(ledger::Context& context, std::string_view path, Item& item, Rule rule, std::vector<EventPlace> evidence) {
  item.flags = item.flags.value_or(0) | bit_of(rule);
  std::erase_if(evidence, [](const EventPlace& place) { return place.is_zero(); });
  const Bytes bytes = encoding::encode_fields(Flag{std::move(evidence)});
  context.state.note(flag_prefix(path) + string(text_of(place_of(context).view())) + static_cast<char>(rule),
                     text_of(bytes));
  if (!row_of(rule).suspect || has_mark(item, "suspect")) return;
  auto& marks = item.marks ? *item.marks : item.marks.emplace();
  marks.emplace_back("suspect");
  std::ranges::sort(marks);
}

ledger::Outcome follow(const RecordEvent& event, const ledger::Identity& signer, ledger::Context& context) {
  return Follower(event, signer, context).follow();
}

}  // namespace carechain::care::drug
