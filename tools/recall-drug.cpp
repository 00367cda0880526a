#include "libcore/care/drug/trace.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/scan.hpp"
#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "recall-drug",
    .summary = "recall a lot, a range of serials or a product",
    .description =
        R"(The product's owner, or a regulator, recalls: everything of a GTIN, one lot of it, or the serials from --first to --last (compared byte
by byte). From then on the units may only be sent back; move-drug(1) refuses to ship or dispense them, and events that say it was done all the
same are flagged. trace-drug(1) --recall shows who has how many, and whether they add up.

The class is I (may kill), II (may harm) or III; the level says how far it reaches: wholesale, retail or consumer. --end ID ends a recall.)",
    .examples =
        R"($ recall-drug '(01)00300010123455(10)A123' --class I --level consumer --reason 'glass particles' -k acme -L demo
$ trace-drug --recall 3f0c2d3e -L demo
$ recall-drug --end 3f0c2d3e -k acme -L demo)",
    .exit_status = "1: the ledger's rules refuse it: not the owner's product, or no such recall.",
    .see_also = "trace-drug(1), move-drug(1), verify-drug(1)"};

struct Options {
  std::string ledger, product, lot, first, last, end, reason;
  drug::RecallClass severity = drug::RecallClass::II;
  drug::RecallLevel level = drug::RecallLevel::retail;
  cli::KeyChoice key;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("product", options.product, "a GTIN, or with its lot (01)…(10)…").type_name("TEXT");
  set.add("--lot", options.lot, "one lot of it").type_name("TEXT");
  set.add("--first", options.first, "from this serial").type_name("TEXT");
  set.add("--last", options.last, "to this serial, inclusive").type_name("TEXT");
  set.add("--class", options.severity, "how dangerous it is")
      .check(cli::choice<drug::RecallClass>(
          {{"I", drug::RecallClass::I}, {"II", drug::RecallClass::II}, {"III", drug::RecallClass::III}}));
  set.add("--level", options.level, "how far it reaches")
      .check(cli::choice<drug::RecallLevel>({{"consumer", drug::RecallLevel::consumer},
                                             {"retail", drug::RecallLevel::retail},
                                             {"wholesale", drug::RecallLevel::wholesale}}));
  set.add("--reason", options.reason, "why, in a few words").type_name("TEXT");
  set.add("--end", options.end, "end this recall").type_name("ID");
  set.add_flag("--offline", options.offline, "sign and print only");
}

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

drug::RecallDrug recall_of(const Options& options, const ledger::Pool& pool) {
  drug::RecallDrug recall;
  if (!options.end.empty()) {
    recall.ends = ledger::ref_of(find_object(pool, options.end));
    const auto begun = drug::recalls.get(pool.pending_state(), *recall.ends);
    recall.gtin = begun ? begun->gtin : "";
    return recall;
  }
  if (options.product.empty()) throw misuse("the product is missing", "recall-drug '(01)GTIN(10)LOT'");
  const auto elements = gs1::read_any(options.product);
  const auto *gtin = gs1::find(elements, "01"), *lot = gs1::find(elements, "10");
  if (gtin == nullptr) throw refusal("'" + cli::clean(options.product) + "' names no GTIN");
  recall.gtin = *gtin;
  recall.lot = options.lot.empty() && lot != nullptr ? std::optional(*lot) : given(options.lot);
  recall.first_serial = given(options.first);
  recall.last_serial = given(options.last);
  recall.severity = options.severity;
  recall.level = options.level;
  recall.reason = given(options.reason);
  return recall;
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, all_operations(), out.world().now());
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(),
                     {ledger::operation(recall_of(options, pool))}, {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(recall_drug, about, declare, run);
