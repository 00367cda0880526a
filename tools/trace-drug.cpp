#include "libcore/base/whole.hpp"
#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/drug/recall_report.hpp"
#include "libcore/care/drug/trace.hpp"
#include "libcore/care/drug/write_event.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;
using encoding::JsonWriter;

constexpr cli::About about{
    .name = "trace-drug",
    .summary = "show where a unit, case, pallet or lot has been, and what is wrong",
    .description =
        R"(Shows all that happened to a thing from its commissioning on, also while it was in a case or on a pallet, and through repackaging
back to what it was made of and forward to what became of it: when, which step, where, by whom, with which papers. Then where it is
now, and which rules were broken, with the events that show it. Events that were only reported, not signed by who acted, are marked with
a question mark.

A thing is named by what a scanner sends, an element string as (01)…(21)…, a Digital Link or an EPC URN. A lot, (01)…(10)…, is shown as
the list of its units; with --recall a recall: who holds how much, what is on the way, dispensed, destroyed, unaccounted for.)",
    .examples = R"($ trace-drug '(01)00300010123455(21)11' -L demo
$ trace-drug urn:epc:id:sscc:030001.41234567890 --as-of 2023-04-01 -L demo
$ trace-drug '(01)00300010123455(21)11' --graph -L demo | dot -Tsvg > way.svg
$ trace-drug --recall 3f0c2d3e -L demo)",
    .exit_status = "1: the ledger knows no such thing or recall, or the units of a recall don't add up.",
    .see_also = "capture-events(1), verify-drug(1), recall-drug(1)"};

struct Options {
  std::string ledger, thing, as_of, recall;
  bool graph = false, epcis = false, flags = false;
};

void declare(CLI::App& app, Options& options) {
  cli::add_ledger(app, options.ledger);
  app.add_option("thing", options.thing, "a scan, an element string, a Digital Link or an EPC URN")->type_name("TEXT");
  app.add_option("--as-of", options.as_of, "only what happened up to this time, or was sealed up to this height")
      ->type_name("TEXT");
  app.add_option("--recall", options.recall, "where all that this recall covers is now")->type_name("ID");
  app.add_flag("--graph", options.graph, "as a graph, in the language of Graphviz");
  app.add_flag("--flags", options.flags, "every flag there is, of all things");
  app.add_flag("--epcis", options.epcis, "as an EPCIS 2.0 query document");
}

drug::Limit limit_of(const std::string& text) {
  drug::Limit limit;
  if (text.empty()) return limit;
  if (const auto height = parse_whole<std::uint64_t>(text, 0, 1u << 31)) {
    limit.height = *height;
    return limit;
  }
  const auto time = parse_time(text, true);
  if (!time) throw misuse("--as-of: '" + text + "' is neither a time nor a height");
  limit.milliseconds = time->seconds * 1000 + 999;
  return limit;
}

void optional(JsonWriter& json, const char* key, const std::optional<std::string>& value) {
  json.key(key);
  value ? json.value(*value) : json.null();
}

class Teller {
 public:
  Teller(cli::Output& out, const ledger::Pool& pool) : out_(out), pool_(pool), state_(pool.pending_state()) {}

  std::string party(std::string_view gln) const {
    if (gln.empty()) return "?";
    const std::string name = drug::name_of_gln(state_, gln);
    return name.empty() ? std::string(gln) : cli::clean(name) + " " + std::string(gln);
  }
  std::string place(const drug::EventRow& row) const {
    if (!row.place) return "-";
    const auto gln = gs1::gln_of(*row.place);
    return gln.empty() ? cli::clean(*row.place) : party(gln);
  }
  std::string remarks(const drug::Hop& hop, const std::string& path) const {
    std::string text;
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
    if (hop.row.to && hop.row.step != "receiving") add("to " + party(*hop.row.to));
    if (hop.row.parent && hop.row.parent != path)
      add((hop.row.action == drug::Action::remove ? "out of " : "into ") + *hop.row.parent);
    if (hop.of != path) add("as " + hop.of);
    if (hop.row.papers)
      for (const auto& paper : *hop.row.papers) add(paper.type + " " + cli::clean(paper.id));
    if (hop.row.error) add("declared in error: " + *hop.row.error);
    if (!hop.sealed) add("pending");
    return text;
  }

  void table(const std::vector<drug::Hop>& hops, const std::string& path) {
    std::vector<std::vector<std::string>> rows;
    for (const drug::Hop& hop : hops)
      rows.push_back({drug::instant_of(static_cast<std::int64_t>(hop.row.time)).substr(0, 19) + "Z",
                      hop.row.step.value_or(std::string(to_text(hop.row.kind))) + (hop.row.reported ? " ?" : ""),
                      hop.row.disposition.value_or("-"), place(hop.row), remarks(hop, path)});
    out_.table({"when", "step", "disposition", "where", ""}, rows);
  }

  std::string hop_json(const drug::Hop& hop, const std::string& path) const {
    JsonWriter json;
    json.begin_object().key("thing").value(path).key("when").value(
        drug::instant_of(static_cast<std::int64_t>(hop.row.time)));
    json.key("kind").value(to_text(hop.row.kind));
    optional(json, "action", hop.row.action ? std::optional(std::string(to_text(*hop.row.action))) : std::nullopt);
    optional(json, "step", hop.row.step);
    optional(json, "disposition", hop.row.disposition);
    optional(json, "where", hop.row.place);
    const std::string gln = hop.row.place ? std::string(gs1::gln_of(*hop.row.place)) : std::string();
    const std::string name = drug::name_of_gln(state_, gln);
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
  static const char* relation(drug::Relation relation) {
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

  void hop_line(const drug::Hop& hop, const std::string& path) {
    cli::Envelope envelope;
    envelope.type = "drug.hop";
    envelope.id = drug::event_id(hop);
    envelope.ids = {*envelope.id};
    envelope.tx = encoding::hex(hop.source.tx.view());
    envelope.status = hop.sealed ? "sealed" : "pending";
    if (hop.sealed) envelope.height = drug::height_of(hop.place);
    envelope.time = Time{static_cast<std::int64_t>(hop.row.time / 1000)};
    envelope.signer = encoding::did_key(hop.source.signer);
    envelope.ledger = encoding::hex(pool_.ledger().id().view());
    envelope.data = hop_json(hop, path);
    out_.envelope(envelope);
  }

  std::string evidence(const drug::EventPlace& place) const {
    const auto hop = drug::hop_at(pool_, place);
    return hop ? drug::event_id(*hop) : std::string();
  }

  cli::Output& out_;
  const ledger::Pool& pool_;
  const ledger::State& state_;
};

std::string status_words(const Teller& teller, const drug::Standing& standing) {
  const drug::Item& root = standing.root;
  switch (drug::status_of(standing)) {
    case drug::Status::transit:
      return "in transit from " + teller.party(root.holder.value_or("")) + " to " + teller.party(root.to.value_or(""));
    case drug::Status::here:
      return "held by " + teller.party(root.holder.value_or(""));
    case drug::Status::partly:
      return "partly dispensed by " + teller.party(root.holder.value_or(""));
    case drug::Status::dispensed:
      return "dispensed by " + teller.party(standing.item.holder.value_or(""));
    case drug::Status::destroyed:
      return "destroyed by " + teller.party(standing.item.holder.value_or(""));
    case drug::Status::decommissioned:
      return "decommissioned by " + teller.party(standing.item.holder.value_or(""));
  }
  return "";
}

void tell_text(Teller& teller, const std::string& path, const drug::Standing* standing,
               const std::vector<drug::Hop>& hops, const std::vector<drug::FoundFlag>& flags) {
  cli::Output& out = teller.out_;
  const auto gtin = gs1::gtin_of(path);
  const auto product = gtin.empty() ? std::nullopt : drug::products.get(teller.state_, gtin);
  out.line(path + (product ? "  " + cli::clean(product->title) : ""));
  if (standing != nullptr) {
    const drug::Item& item = standing->item;
    if (item.lot) out.line("lot " + gs1::lot_of(*item.lot) + (item.expiry ? ", expires " + *item.expiry : ""));
    std::string now = status_words(teller, *standing);
    if (standing->root_path != path && !drug::is_end(item.status)) now += ", in " + standing->root_path;
    if (item.owner && standing->root.owner) now += ", owned by " + teller.party(*standing->root.owner);
    out.line(now);
    if (standing->recall) out.line("RECALLED by " + ledger::json_text(*standing->recall));
    if (item.marks)
      for (const auto& mark : *item.marks) out.line("marked " + mark);
  }
  teller.table(hops, path);
  for (const auto& flag : flags) {
    const auto& row = drug::row_of(flag.rule);
    std::string line = std::string(row.code) + " " + std::string(to_text(row.severity)) + ": " +
                       std::string(row.title) + " (" + teller.evidence(flag.place).substr(0, 16);
    for (const auto& place : flag.evidence) line += ", " + teller.evidence(place).substr(0, 16);
    out.line(line + ")");
  }
}

void tell_json(Teller& teller, const std::string& path, const drug::Standing* standing,
               const std::vector<drug::Hop>& hops, const std::vector<drug::FoundFlag>& flags) {
  for (const drug::Hop& hop : hops) teller.hop_line(hop, path);
  cli::Envelope envelope;
  envelope.type = "drug.standing";
  envelope.ledger = encoding::hex(teller.pool_.ledger().id().view());
  JsonWriter json;
  json.begin_object().key("thing").value(path);
  if (standing != nullptr) {
    const drug::Item& item = standing->item;
    json.key("status").value(to_text(drug::status_of(*standing)));
    optional(json, "disposition", standing->item.disposition);
    optional(json, "lot", item.lot ? std::optional(gs1::lot_of(*item.lot)) : std::nullopt);
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
  teller.out_.envelope(envelope);
}

std::string quoted(const std::string& text) {
  std::string safe = cli::clean(text);
  std::string made = "\"";
  for (const char c : safe) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

// Places are nodes, what leads from one to the next an arrow.
void tell_graph(Teller& teller, const std::string& path, const std::vector<drug::Hop>& hops) {
  teller.out_.line("digraph way {");
  teller.out_.line("  label=" + quoted(path) + "; rankdir=LR; node [shape=box];");
  std::string last;
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const std::string node = "n" + std::to_string(i);
    const auto when = drug::instant_of(static_cast<std::int64_t>(hops[i].row.time)).substr(0, 10);
    teller.out_.line("  " + node + " [label=" +
                     quoted(hops[i].row.step.value_or("?") + " " + when + " " + teller.place(hops[i].row)) +
                     (hops[i].row.reported ? ", style=dashed" : "") + "];");
    if (!last.empty())
      teller.out_.line("  " + last + " -> " + node + (hops[i].of == path ? "" : " [label=" + quoted(hops[i].of) + "]") +
                       ";");
    last = node;
  }
  teller.out_.line("}");
}

void report_json(cli::Output& out, const drug::LotReport& report, const std::string& type, const std::string& id) {
  cli::Envelope envelope;
  envelope.type = type;
  envelope.id = id;
  JsonWriter json;
  json.begin_object().key("commissioned").value(report.commissioned).key("held").begin_array();
  for (const auto& [gln, units] : report.held)
    json.begin_object().key("holder").value(gln).key("units").value(units).end_object();
  json.end_array().key("in_transit").begin_array();
  for (const auto& [way, units] : report.in_transit)
    json.begin_object()
        .key("from")
        .value(way.substr(0, way.find(' ')))
        .key("to")
        .value(way.substr(way.find(' ') + 1))
        .key("units")
        .value(units)
        .end_object();
  json.end_array().key("dispensed").value(report.dispensed).key("destroyed").value(report.destroyed);
  json.key("decommissioned").value(report.decommissioned).key("unaccounted").value(report.unaccounted);
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

Exit tell_report(Teller& teller, const drug::LotReport& report, const std::string& type, const std::string& id) {
  cli::Output& out = teller.out_;
  if (out.json()) {
    report_json(out, report, type, id);
  } else {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [gln, units] : report.held)
      rows.push_back({"held by " + teller.party(gln), std::to_string(units)});
    for (const auto& [way, units] : report.in_transit)
      rows.push_back({"on the way from " + teller.party(way.substr(0, way.find(' '))) + " to " +
                          teller.party(way.substr(way.find(' ') + 1)),
                      std::to_string(units)});
    rows.push_back({"dispensed", std::to_string(report.dispensed)});
    rows.push_back({"destroyed", std::to_string(report.destroyed)});
    rows.push_back({"decommissioned", std::to_string(report.decommissioned)});
    rows.push_back({"unaccounted for", std::to_string(report.unaccounted)});
    rows.push_back({"commissioned", std::to_string(report.commissioned)});
    out.table({"", "units"}, rows);
  }
  return report.unaccounted == 0 ? Exit::ok : Exit::no;
}

// For an auditor: all of them, by thing.
Exit tell_flags(Teller& teller) {
  std::vector<std::vector<std::string>> rows;
  drug::all_flags(teller.pool_, [&](const drug::FoundFlag& flag) {
    const auto& row = drug::row_of(flag.rule);
    rows.push_back({flag.of, std::string(row.code), std::string(to_text(row.severity)), std::string(row.title)});
    if (!teller.out_.json()) return;
    cli::Envelope envelope;
    envelope.type = "drug.flag";
    envelope.id = teller.evidence(flag.place);
    envelope.ids = {*envelope.id};
    envelope.status = flag.sealed ? "sealed" : "pending";
    envelope.ledger = encoding::hex(teller.pool_.ledger().id().view());
    JsonWriter json;
    json.begin_object()
        .key("thing")
        .value(flag.of)
        .key("code")
        .value(row.code)
        .key("severity")
        .value(to_text(row.severity));
    envelope.data = json.key("title").value(row.title).end_object().take();
    teller.out_.envelope(envelope);
  });
  if (!teller.out_.json()) teller.out_.table({"thing", "rule", "severity", ""}, rows);
  return Exit::ok;
}

Exit run(const Options& options, cli::Output& out) {
  if (int{!options.thing.empty()} + int{!options.recall.empty()} + int{options.flags} != 1)
    throw misuse("either a thing, or --recall ID, or --flags");
  const drug::Limit limit = limit_of(options.as_of);
  const auto pool = ledger::Pool::look({options.ledger}, all_operations(), out.world().now());
  Teller teller(out, pool);
  if (options.flags) return tell_flags(teller);
  if (!options.recall.empty()) {
    const auto ref = ledger::ref_of(find_object(pool, options.recall));
    const auto recall = drug::recalls.get(pool.pending_state(), ref);
    if (!recall) throw refusal("there is no recall '" + options.recall + "'");
    return tell_report(teller, drug::report_recall(pool, *recall), "drug.recalled", ledger::json_text(ref));
  }
  const int year = std::stoi(to_text(out.world().now()).substr(0, 4));
  const std::string path = drug::read_name(options.thing, year).path;
  if (!gs1::is_item(path) && drug::lots.has(pool.pending_state(), path) && options.as_of.empty()) {
    drug::LotReport report;
    drug::add_lot(report, pool, path, nullptr);
    if (report.commissioned > 0) return tell_report(teller, report, "drug.lot", path);
  }
  const auto hops = drug::hops_of(pool, path, limit);
  const auto standing = drug::standing_of(pool.pending_state(), path);
  if (hops.empty() && !standing)
    throw refusal("the ledger knows no " + path, "list the lot: trace-drug '(01)GTIN(10)LOT'");
  if (options.graph) {
    tell_graph(teller, path, hops);
    return Exit::ok;
  }
  if (options.epcis) {
    std::vector<drug::RecordEvent> events;
    for (const auto& hop : hops) events.push_back(drug::event_at(pool, hop));
    out.line(drug::epcis_query_document(events, to_text(out.world().now())));
    return Exit::ok;
  }
  const auto flags = drug::flags_of(pool, path, limit);
  const drug::Standing* now = standing && options.as_of.empty() ? &*standing : nullptr;
  out.json() ? tell_json(teller, path, now, hops, flags) : tell_text(teller, path, now, hops, flags);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trace_drug, about, declare, run);
