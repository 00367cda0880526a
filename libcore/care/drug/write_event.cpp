#include "libcore/care/drug/write_event.hpp"

#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/gs1/digital_link.hpp"

namespace carechain::care::drug {
namespace {

using encoding::JsonWriter;
using std::string;
using std::string_view;
using Strings = std::optional<std::vector<string>>;

// A path as its Digital Link; a URI as it stands.
string uri_of(const string& key) {
  const std::size_t slash = key.find('/');
  const bool path = slash >= 2 && slash <= 4 && key.find_first_not_of("0123456789") == slash;
  return path ? string(gs1::canonical_stem) + "/" + key : key;
}

string_view type_of(EventKind kind) {
  switch (kind) {
    case EventKind::object:
      return "ObjectEvent";
    case EventKind::aggregation:
      return "AggregationEvent";
    case EventKind::transaction:
      return "TransactionEvent";
    case EventKind::transformation:
      return "TransformationEvent";
    case EventKind::association:
      return "AssociationEvent";
  }
  return "";
}

string zone_text(std::int64_t minutes) {
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::int64_t size = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

void member(JsonWriter& json, string_view name, const std::optional<string>& value) {
  if (value) json.key(name).value(*value);
}
void uris(JsonWriter& json, string_view name, const Strings& list) {
  if (!list) return;
  json.key(name).begin_array();
  for (const string& key : *list) json.value(uri_of(key));
  json.end_array();
}
void words(JsonWriter& json, string_view name, const Strings& list) {
  if (!list) return;
  json.key(name).begin_array();
  for (const string& word : *list) json.value(word);
  json.end_array();
}
void amounts(JsonWriter& json, string_view name, const std::optional<std::vector<Amount>>& list) {
  if (!list) return;
  json.key(name).begin_array();
  for (const Amount& amount : *list) {
    json.begin_object().key("epcClass").value(uri_of(amount.of));
    if (amount.quantity) json.key("quantity").raw(*amount.quantity);
    member(json, "uom", amount.unit);
    json.end_object();
  }
  json.end_array();
}
void typed(JsonWriter& json, string_view name, string_view value, const std::optional<std::vector<Typed>>& list) {
  if (!list) return;
  json.key(name).begin_array();
  for (const Typed& entry : *list) {
    json.begin_object();
    if (!entry.type.empty()) json.key("type").value(entry.type);
    json.key(value).value(uri_of(entry.id)).end_object();
  }
  json.end_array();
}
void place(JsonWriter& json, string_view name, const std::optional<string>& key) {
  if (key) json.key(name).begin_object().key("id").value(uri_of(*key)).end_object();
}

void master_data(JsonWriter& json, const RecordEvent& event) {
  if (!event.lot && !event.expiry && !event.made) return;
  json.key("ilmd").begin_object();
  member(json, "cbvmda:lotNumber", event.lot);
  member(json, "cbvmda:itemExpirationDate", event.expiry);
  member(json, "cbvmda:productionDate", event.made);
  json.end_object();
}

void write(JsonWriter& json, const RecordEvent& event, bool recorded) {
  const bool transforms = event.kind == EventKind::transformation;
  const bool groups = event.kind == EventKind::aggregation || event.kind == EventKind::association;
  json.begin_object().key("type").value(type_of(event.kind));
  if (recorded) json.key("eventID").value(ni_uri(event.hash));
  json.key("eventTime").value(instant_of(static_cast<std::int64_t>(event.time)));
  json.key("eventTimeZoneOffset").value(zone_text(event.zone));
  if (event.error) {
    json.key("errorDeclaration")
        .begin_object()
        .key("declarationTime")
        .value(instant_of(static_cast<std::int64_t>(event.time)));
    json.key("reason").value(*event.error);
    words(json, "correctiveEventIDs", event.corrections);
    json.end_object();
  }
  if (event.parent) json.key("parentID").value(uri_of(*event.parent));
  uris(json, transforms ? "inputEPCList" : groups ? "childEPCs" : "epcList", event.items);
  amounts(json, transforms ? "inputQuantityList" : groups ? "childQuantityList" : "quantityList", event.amounts);
  uris(json, "outputEPCList", event.outputs);
  amounts(json, "outputQuantityList", event.output_amounts);
  member(json, "transformationID", event.transformation);
  if (event.action)
    json.key("action").value(*event.action == Action::add       ? "ADD"
                             : *event.action == Action::observe ? "OBSERVE"
                                                                : "DELETE");
  member(json, "bizStep", event.step);
  member(json, "disposition", event.disposition);
  if (event.set || event.unset) {
    json.key("persistentDisposition").begin_object();
    words(json, "set", event.set);
    words(json, "unset", event.unset);
    json.end_object();
  }
  place(json, "readPoint", event.place);
  place(json, "bizLocation", event.location);
  typed(json, "bizTransactionList", "bizTransaction", event.papers);
  typed(json, "sourceList", "source", event.from);
  typed(json, "destinationList", "destination", event.to);
  master_data(json, event);
  json.end_object();
}

}  // namespace

std::string epcis_json(const RecordEvent& event, bool recorded) {
  JsonWriter json;
  write(json, event, recorded);
  return json.take();
}

std::string epcis_query_document(const std::vector<RecordEvent>& events, const std::string& created) {
  JsonWriter json;
  json.begin_object().key("@context").begin_array();
  json.value("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld").end_array();
  json.key("type").value("EPCISQueryDocument").key("schemaVersion").value("2.0").key("creationDate").value(created);
  json.key("epcisBody").begin_object().key("queryResults").begin_object().key("queryName").value("SimpleEventQuery");
  json.key("resultsBody").begin_object().key("eventList").begin_array();
  for (const RecordEvent& event : events) write(json, event, true);
  json.end_array().end_object().end_object().end_object().end_object();
  return json.take();
}

Hash hash_as_json(const RecordEvent& event) {
  return event_hash(read_json_document(epcis_json(event, false)).events.at(0));
}

}  // namespace carechain::care::drug
