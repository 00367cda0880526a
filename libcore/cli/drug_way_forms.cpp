#include "libcore/cli/drug_teller.hpp"

#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::cli {

namespace drug = care::drug;
using encoding::JsonWriter;

namespace {

void optional(JsonWriter& json, const char* key, const std::optional<std::string>& value) {
  json.key(key);
  value ? json.value(*value) : json.null();
}

const char* relation(drug::Relation relation) {
  switch (relation) {
    case drug::Relation::own:
      return "itself";
    case drug::Relation::container:
      return "inside";
    case drug::Relation::input:
      return "input";
    case drug::Relation::output:
      return "output";
  }
  return "";
}

std::string hop_json(const DrugTeller& teller, const drug::Hop& hop, const std::string& path) {
  JsonWriter json;
  json.begin_object().key("thing").value(path).key("when").value(
      drug::instant_of(static_cast<std::int64_t>(hop.row.time)));
  json.key("kind").value(to_text(hop.row.kind));
  optional(json, "action", hop.row.action ? std::optional(std::string(to_text(*hop.row.action))) : std::nullopt);
  optional(json, "step", hop.row.step);
  optional(json, "disposition", hop.row.disposition);
  optional(json, "where", hop.row.place);
  const std::string gln = hop.row.place ? std::string(care::gs1::gln_of(*hop.row.place)) : std::string();
  const std::string name = drug::name_of_gln(teller.state(), gln);
  optional(json, "who", name.empty() ? std::nullopt : std::optional(name));
  optional(json, "from", hop.row.from);
  optional(json, "to", hop.row.to);
  optional(json, "parent", hop.row.parent);
  json.key("of").value(hop.of).key("as").value(relation(hop.relation));
  json.key("papers").begin_array();
  if (hop.row.papers)
    for (const auto& paper : *hop.row.papers)
      json.begin_object().key("type").value(paper.type).key("id").value(paper.id).end_object();
  json.end_array();
  optional(json, "document",
           hop.source.document ? std::optional(encoding::hex(hop.source.document->view())) : std::nullopt);
  optional(json, "error", hop.row.error);
  json.key("verified").value(!hop.row.reported);
  return json.end_object().take();
}

void hop_line(const DrugTeller& teller, const drug::Hop& hop, const std::string& path) {
  Envelope envelope;
  envelope.type = "drug.hop";
  envelope.id = drug::event_id(hop);
  envelope.ids = {*envelope.id};
  envelope.tx = encoding::hex(hop.source.tx.view());
  envelope.status = hop.sealed ? "sealed" : "pending";
  if (hop.sealed) envelope.height = drug::height_of(hop.place);
  envelope.time = Time{static_cast<std::int64_t>(hop.row.time / 1000)};
  envelope.signer = encoding::did_key(hop.source.signer);
  envelope.ledger = encoding::hex(teller.pool().ledger().id().view());
  envelope.data = hop_json(teller, hop, path);
  teller.out().envelope(envelope);
}

}  // namespace

void tell_json(const DrugTeller& teller, const DrugWay& way) {
  const auto& [path, standing, hops, flags] = way;
  for (const drug::Hop& hop : hops) hop_line(teller, hop, path);
  Envelope envelope;
  envelope.type = "drug.standing";
  envelope.ledger = encoding::hex(teller.pool().ledger().id().view());
  JsonWriter json;
  json.begin_object().key("thing").value(path);
  if (standing != nullptr) {
    const drug::Item& item = standing->item;
    json.key("status").value(to_text(drug::status_of(*standing)));
    optional(json, "disposition", standing->item.disposition);
    optional(json, "lot", item.lot ? std::optional(care::gs1::lot_of(*item.lot)) : std::nullopt);
    optional(json, "expiry", item.expiry);
    optional(json, "holder", standing->root.holder);
    optional(json, "owner", standing->root.owner);
    optional(json, "to", standing->root.to);
    optional(json, "in", standing->root_path == path ? std::nullopt : std::optional(standing->root_path));
    optional(json, "recall", standing->recall ? std::optional(ledger::json_text(*standing->recall)) : std::nullopt);
    json.key("marks").begin_array();
    if (item.marks)
      for (const auto& mark : *item.marks) json.value(mark);
    json.end_array().key("verified").value(!item.reported && !standing->root.reported);
  }
  json.key("flags").begin_array();
  for (const auto& flag : flags) {
    const auto& row = drug::row_of(flag.rule);
    json.begin_object()
        .key("code")
        .value(row.code)
        .key("severity")
        .value(to_text(row.severity))
        .key("title")
        .value(row.title);
    json.key("event").value(teller.evidence(flag.place)).key("evidence").begin_array();
    for (const auto& place : flag.evidence) json.value(teller.evidence(place));
    json.end_array().end_object();
  }
  envelope.data = json.end_array().end_object().take();
  teller.out().envelope(envelope);
}

namespace {

std::string quoted(const std::string& text) {
  std::string safe = clean(text);
  std::string made = "\"";
  for (const char c : safe) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

}  // namespace

// Places are nodes, what leads from one to the next an arrow.
void tell_graph(const DrugTeller& teller, const DrugWay& way) {
  const auto& path = way.path;
  const auto& hops = way.hops;
  teller.out().line("digraph way {");
  teller.out().line("  label=" + quoted(path) + "; rankdir=LR; node [shape=box];");
  std::string last;
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const std::string node = "n" + std::to_string(i);
    const auto when = drug::instant_of(static_cast<std::int64_t>(hops[i].row.time)).substr(0, 10);
    teller.out().line("  " + node + " [label=" +
                      quoted(hops[i].row.step.value_or("?") + " " + when + " " + teller.place(hops[i].row)) +
                      (hops[i].row.reported ? ", style=dashed" : "") + "];");
    if (!last.empty())
      teller.out().line("  " + last + " -> " + node +
                        (hops[i].of == path ? "" : " [label=" + quoted(hops[i].of) + "]") + ";");
    last = node;
  }
  teller.out().line("}");
}

}  // namespace carechain::cli
