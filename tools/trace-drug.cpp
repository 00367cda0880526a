#include "libcore/base/whole.hpp"
#include "libcore/care/drug/write_event.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/drug_report.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

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

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("thing", options.thing, "a scan, an element string, a Digital Link or an EPC URN").type_name("TEXT");
  set.add("--as-of", options.as_of, "only what happened up to this time, or was sealed up to this height")
      .type_name("TEXT");
  set.add("--recall", options.recall, "where all that this recall covers is now").type_name("ID");
  set.add_flag("--graph", options.graph, "as a graph, in the language of Graphviz");
  set.add_flag("--flags", options.flags, "every flag there is, of all things");
  set.add_flag("--epcis", options.epcis, "as an EPCIS 2.0 query document");
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

Exit run(const Options& options, cli::Output& out) {
  if (int{!options.thing.empty()} + int{!options.recall.empty()} + int{options.flags} != 1)
    throw misuse("either a thing, or --recall ID, or --flags");
  const drug::Limit limit = limit_of(options.as_of);
  const auto pool = ledger::Pool::look({options.ledger}, all_operations(), out.world().now());
  const cli::DrugTeller teller(out, pool);
  if (options.flags) return cli::tell_flags(teller);
  if (!options.recall.empty()) {
    const auto ref = ledger::ref_of(find_object(pool, options.recall));
    const auto recall = drug::recalls.get(pool.pending_state(), ref);
    if (!recall) throw refusal("there is no recall '" + options.recall + "'");
    return cli::tell_report(teller, drug::report_recall(pool, *recall), "drug.recalled", ledger::json_text(ref));
  }
  const int year = std::stoi(to_text(out.world().now()).substr(0, 4));
  const std::string path = drug::read_name(options.thing, year).path;
  if (!gs1::is_item(path) && drug::lots.has(pool.pending_state(), path) && options.as_of.empty()) {
    drug::LotReport report;
    drug::add_lot(report, pool, path, nullptr);
    if (report.commissioned > 0) return cli::tell_report(teller, report, "drug.lot", path);
  }
  cli::DrugWay way{path, nullptr, drug::hops_of(pool, path, limit), {}};
  const auto standing = drug::standing_of(pool.pending_state(), path);
  if (way.hops.empty() && !standing)
    throw refusal("the ledger knows no " + path, "list the lot: trace-drug '(01)GTIN(10)LOT'");
  if (options.graph) {
    cli::tell_graph(teller, way);
    return Exit::ok;
  }
  if (options.epcis) {
    std::vector<drug::RecordEvent> events;
    for (const auto& hop : way.hops) events.push_back(drug::event_at(pool, hop));
    out.line(drug::epcis_query_document(events, to_text(out.world().now())));
    return Exit::ok;
  }
  // Its own row says whether there are any, which spares looking.
  if (!standing || standing->item.flags) way.flags = drug::flags_of(pool, path, limit);
  if (standing && options.as_of.empty()) way.standing = &*standing;
  out.json() ? cli::tell_json(teller, way) : cli::tell_text(teller, way);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(trace_drug, about, declare, run);
