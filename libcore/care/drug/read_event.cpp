#include "libcore/care/drug/read_event.hpp"

#include <algorithm>
#include <unordered_set>

#include "libcore/base/parallel.hpp"
#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/drug/json_document.hpp"
#include "libcore/care/drug/vocabulary.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/lint.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;
using Strings = std::vector<string>;

constexpr string_view master_data = "{urn:epcglobal:cbv:mda:}";

std::optional<string> present(string_view text) { return text.empty() ? std::nullopt : std::optional<string>(text); }

string key_of(string_view identifier) {
  auto path = gs1::path_of(identifier);
  return path ? std::move(*path) : string(identifier);
}

EventKind kind_of(string_view type) {
  if (type == "ObjectEvent") return EventKind::object;
  if (type == "AggregationEvent") return EventKind::aggregation;
  if (type == "TransactionEvent") return EventKind::transaction;
  if (type == "TransformationEvent") return EventKind::transformation;
  if (type == "AssociationEvent") return EventKind::association;
  throw EpcisFault("type: there is no '" + string(type) + "'");
}

std::optional<Action> action_of(string_view text) {
  if (text.empty()) return std::nullopt;
  if (text == "ADD") return Action::add;
  if (text == "OBSERVE") return Action::observe;
  if (text == "DELETE") return Action::remove;
  throw EpcisFault("action: '" + string(text) + "' is none of ADD, OBSERVE and DELETE");
}

// "+01:00" in minutes.
std::int64_t zone_of(string_view text) {
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                      gs1::is_digits(text.substr(1, 2)) && gs1::is_digits(text.substr(4));
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  if (!shaped || two(4) > 59 || two(1) * 60 + two(4) > 840)
    throw EpcisFault(text.empty() ? "eventTimeZoneOffset is missing"
                                  : "eventTimeZoneOffset: '" + string(text) + "' is none");
  const std::int64_t minutes = two(1) * 60 + two(4);
  return text[0] == '-' ? -minutes : minutes;
}

std::optional<string> word_of(Vocabulary vocabulary, const Tree& event, string_view member) {
  const string_view text = event.text_of(member);
  if (text.empty()) return std::nullopt;
  auto word = term(vocabulary, text);
  if (!word) throw EpcisFault(string(member) + ": '" + string(text) + "' is not in the Core Business Vocabulary");
  return word;
}

std::optional<Strings> identifiers(const Tree& event, string_view member) {
  const Tree* list = event.find(member);
  if (list == nullptr || list->parts.empty()) return std::nullopt;
  Strings all;
  std::unordered_set<string> seen;
  for (const Tree& item : list->parts) {
    if (item.kind != Tree::Kind::text || item.text.find(':') == string::npos)
      throw EpcisFault(string(member) + ": '" + item.text + "' is no URI");
    string key = key_of(item.text);
    if (seen.insert(key).second) all.push_back(std::move(key));
  }
  return all;
}

std::optional<std::vector<Amount>> amounts(const Tree& event, string_view member) {
  const Tree* list = event.find(member);
  if (list == nullptr || list->parts.empty()) return std::nullopt;
  std::vector<Amount> all;
  for (const Tree& item : list->parts) {
    const string_view of = item.text_of("epcClass");
    if (of.empty()) throw EpcisFault(string(member) + ": epcClass is missing");
    all.push_back({key_of(of), present(item.text_of("quantity")), present(item.text_of("uom"))});
  }
  return all;
}

std::optional<std::vector<Typed>> typed(const Tree& event, string_view member, string_view value,
                                        Vocabulary vocabulary) {
  const Tree* list = event.find(member);
  if (list == nullptr || list->parts.empty()) return std::nullopt;
  std::vector<Typed> all;
  for (const Tree& item : list->parts) {
    const string_view id = item.text_of(value), type = item.text_of("type");
    if (id.empty()) throw EpcisFault(string(member) + ": " + string(value) + " is missing");
    const auto word = type.empty() ? std::optional<string>("") : term(vocabulary, type);
    if (!word) throw EpcisFault(string(member) + ": '" + string(type) + "' is not in the Core Business Vocabulary");
    all.push_back({*word, key_of(id)});
  }
  return all;
}

std::optional<Strings> dispositions(const Tree& event, string_view which) {
  const Tree* persistent = event.find("persistentDisposition");
  const Tree* list = persistent == nullptr ? nullptr : persistent->find(which);
  if (list == nullptr || list->parts.empty()) return std::nullopt;
  Strings all;
  for (const Tree& item : list->parts) {
    auto word = term(Vocabulary::disposition, item.text);
    if (!word) throw EpcisFault("persistentDisposition: '" + item.text + "' is not in the Core Business Vocabulary");
    all.push_back(std::move(*word));
  }
  return all;
}

std::optional<string> place(const Tree& event, string_view member) {
  const Tree* found = event.find(member);
  if (found == nullptr) return std::nullopt;
  const string_view id = found->text_of("id");
  if (id.empty()) throw EpcisFault(string(member) + ": id is missing");
  return key_of(id);
}

// A member of the master data; a date with a time of day is cut to its day.
std::optional<string> master(const Tree& event, string_view member) {
  const Tree* ilmd = event.find("ilmd");
  return ilmd == nullptr ? std::nullopt : present(ilmd->text_of(string(master_data) + string(member)));
}
std::optional<string> master_date(const Tree& event, string_view member) {
  auto date = master(event, member);
  if (date && date->size() > 10 && (*date)[10] == 'T') date->resize(10);
  return date;
}

void read_error(const Tree& event, RecordEvent& to) {
  const Tree* error = event.find("errorDeclaration");
  if (error == nullptr) return;
  if (error->text_of("declarationTime").empty()) throw EpcisFault("errorDeclaration: declarationTime is missing");
  to.error = word_of(Vocabulary::reason, *error, "reason").value_or("incorrect_data");
  if (const Tree* list = error->find("correctiveEventIDs"); list != nullptr && !list->parts.empty()) {
    to.corrections.emplace();
    for (const Tree& id : list->parts) to.corrections->push_back(id.text);
  }
}

// gs1ushc:dscsaTransactionStatement {affirmTransactionStatement}, wherever it stands.
std::optional<bool> statement(const Tree& tree) {
  for (const Tree& part : tree.parts) {
    if (part.name.ends_with("}affirmTransactionStatement") || part.name == "affirmTransactionStatement")
      return part.text == "true";
    if (const auto found = statement(part)) return found;
  }
  return std::nullopt;
}

void check_certification(const Tree& tree) {
  for (const Tree& part : tree.parts) {
    if (part.name.ends_with("Date") && part.kind == Tree::Kind::text) {
      string digits = part.text.substr(0, 10);
      std::erase(digits, '-');
      if (gs1::lint("yyyymmdd", digits)) throw EpcisFault("certificationInfo: '" + part.text + "' is no date");
    }
    check_certification(part);
  }
}

}  // namespace

RecordEvent read_event(const Tree& event) {
  if (event.kind != Tree::Kind::object) throw EpcisFault("an event is an object");
  RecordEvent made;
  made.kind = kind_of(event.text_of("type"));
  if (event.text_of("eventTime").empty()) throw EpcisFault("eventTime is missing");
  made.time = static_cast<std::uint64_t>(milliseconds_of(event.text_of("eventTime")));
  made.zone = zone_of(event.text_of("eventTimeZoneOffset"));
  made.action = action_of(event.text_of("action"));
  made.step = word_of(Vocabulary::step, event, "bizStep");
  made.disposition = word_of(Vocabulary::disposition, event, "disposition");
  const bool transforms = made.kind == EventKind::transformation;
  const bool groups = made.kind == EventKind::aggregation || made.kind == EventKind::association;
  made.items = identifiers(event, transforms ? "inputEPCList" : groups ? "childEPCs" : "epcList");
  made.outputs = identifiers(event, "outputEPCList");
  if (const auto parent = event.text_of("parentID"); !parent.empty()) made.parent = key_of(parent);
  made.amounts = amounts(event, transforms ? "inputQuantityList" : groups ? "childQuantityList" : "quantityList");
  made.output_amounts = amounts(event, "outputQuantityList");
  made.set = dispositions(event, "set");
  made.unset = dispositions(event, "unset");
  made.place = place(event, "readPoint");
  made.location = place(event, "bizLocation");
  const bool dispenses = made.step == "dispensing";
  auto papers = typed(event, "bizTransactionList", "bizTransaction", Vocabulary::paper);
  if (!dispenses || made.kind == EventKind::transaction) made.papers = std::move(papers);
  made.from = typed(event, "sourceList", "source", Vocabulary::party);
  made.to = typed(event, "destinationList", "destination", Vocabulary::party);
  if (dispenses) made.to.reset();
  made.lot = master(event, "lotNumber");
  made.expiry = master_date(event, "itemExpirationDate");
  made.made = master_date(event, "productionDate");
  read_error(event, made);
  made.transformation = present(event.text_of("transformationID"));
  made.statement = statement(event);
  if (const Tree* certification = event.find("certificationInfo")) check_certification(*certification);
  made.hash = event_hash(event);
  if (auto why = malformed(made)) throw EpcisFault(*why);
  return made;
}

namespace {

// Reads `count` events, tree_of(i) being the tree of one.
template <class TreeOf>
std::vector<ReadEvent> read_all(std::size_t count, unsigned threads, const TreeOf& tree_of) {
  std::vector<ReadEvent> all(count);
  constexpr std::size_t each = 256;
  parallel_for((count + each - 1) / each, threads, [&](std::size_t part) {
    for (std::size_t i = part * each; i < std::min(count, (part + 1) * each); ++i) {
      all[i].number = i;
      const Tree& tree = tree_of(i);
      try {
        all[i].event = read_event(tree);
      } catch (const EpcisFault& fault) {
        all[i].fault = fault.what();
      }
    }
  });
  const auto instant = [](const ReadEvent& read) { return read.event.time; };
  if (!std::ranges::is_sorted(all, {}, instant))
    std::ranges::stable_sort(all, {}, instant);  // events are large to move
  return all;
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes;
}

}  // namespace

std::vector<ReadEvent> read_events(const Document& document, unsigned threads) {
  return read_all(document.events.size(), threads, [&](std::size_t i) -> const Tree& { return document.events[i]; });
}

ReadDocument read_document_events(std::string_view bytes, unsigned threads) {
  if (const auto split = split_json_document(without_mark(bytes))) {
    try {
      return {read_all(split->events.size(), threads, [&](std::size_t i) { return read_json_event(*split, i); }),
              split->created};
    } catch (const EpcisFault&) {
      // One of them is no JSON: read as a whole, the document says where.
    }
  }
  const Document document = read_document(bytes);
  return {read_events(document, threads), document.created};
}

}  // namespace carechain::care::drug
