#include <map>

#include "libcore/care/drug/stock.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "reconcile-stock",
    .summary = "compare scanned stock with the ledger",
    .description =
        R"(Reads what was scanned in a stock room, one label a line, and says what is not as it should be: product that the ledger knows
nothing of, things the ledger says are here and nobody scanned, things held by another, on the way and not received, gone, expired,
recalled, or marked as suspect, illegitimate or stolen. A scanned case stands for all that is in it.)",
    .examples = "$ reconcile-stock scans.txt --at 0399999999991 -L demo",
    .exit_status = "0: stock and ledger agree. 1: they don't.",
    .see_also = "verify-drug(1), trace-drug(1)"};

struct Options {
  std::string ledger, file, at;
  bool all = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("file", options.file, "labels, one a line; - is stdin").type_name("FILE|-").required();
  set.add("--at", options.at, "the stock room: a GLN").type_name("TEXT").required();
  set.add_flag("--all", options.all, "also what is fine");
}

Exit run(const Options& options, cli::Output& out) {
  if (!ledger::is_gln(options.at)) throw misuse("'" + options.at + "' is no GLN: 13 digits with their check digit");
  const Time now = out.world().now();
  const int year = std::stoi(to_text(now).substr(0, 4));
  std::vector<std::string> scanned;
  auto reader = cli::LineReader::open(options.file);
  while (const auto line = reader.next())
    if (!line->empty()) scanned.push_back(drug::read_name(*line, year).path);
  const auto pool = ledger::Pool::look({options.ledger}, all_operations(), now);
  std::vector<std::vector<std::string>> rows;
  bool fine = true;
  for (const auto& line : drug::reconcile(pool, scanned, options.at, now)) {
    if (line.finding == drug::StockFinding::fine && !options.all) continue;
    fine = fine && line.finding == drug::StockFinding::fine;
    rows.push_back({line.path, std::string(to_text(line.finding)), line.detail});
    if (!out.json()) continue;
    cli::Envelope envelope;
    envelope.type = "drug.stock";
    envelope.ledger = encoding::hex(pool.ledger().id().view());
    envelope.reason =
        line.finding == drug::StockFinding::fine ? std::nullopt : std::optional(std::string(to_text(line.finding)));
    encoding::JsonWriter json;
    json.begin_object().key("thing").value(line.path).key("finding").value(to_text(line.finding));
    envelope.data = json.key("detail").value(line.detail).end_object().take();
    out.envelope(envelope);
  }
  if (!out.json()) out.table({"thing", "finding", ""}, rows);
  return fine ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(reconcile_stock, about, declare, run);
