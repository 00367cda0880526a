#include "libcore/care/drug/event_hash.hpp"
#include "libcore/care/drug/trace.hpp"
#include "libcore/care/drug/write_event.hpp"
#include "libcore/care/gs1/element_string.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "move-drug",
    .summary = "say what happens to units, cases and pallets",
    .description =
        R"(For those who have no EPCIS documents: signs that things were commissioned, packed, shipped, received, unpacked, dispensed,
returned, decommissioned or destroyed. Things are named by what a scanner sends, an element string as (01)…(21)…, a Digital Link or an
EPC URN. Places are GLNs of 13 digits; --at is where it happens, by default the GLN that the signer was enrolled with.

A transfer takes two steps: who sends ships --to somebody, and that one receives. A case that is shipped takes along all that is in it.
What is recalled, or under suspicion, is shipped or dispensed only with --anyway, which the ledger flags; returning it is fine.

With --mark a thing is put under suspicion, called stolen or illegitimate, or cleared.)",
    .examples =
        R"($ move-drug --step commissioning '(01)00300010123455(21)11' --lot A123 --expiry 2027-03-31 -k acme -L demo
$ move-drug --step packing '(01)00300010123455(21)11' --into '(00)403000112345678901' -k acme -L demo
$ move-drug --step shipping '(00)403000112345678901' --to 0399999999991 --paper po=4711 -k acme -L demo
$ move-drug --step receiving '(00)403000112345678901' --paper po=4711 -k wholesaler -L demo)",
    .exit_status = "1: the ledger's rules refuse it, or the thing is recalled or under suspicion.",
    .see_also = "capture-events(1), trace-drug(1), verify-drug(1)"};

struct Options {
  std::string ledger, batch, step, mark, into, at, from, to, buyer, seller, lot, expiry, made, disposition;
  std::vector<std::string> things, papers;
  std::optional<Time> time;
  cli::KeyChoice key;
  bool offline = false, anyway = false;
};

const std::vector<std::string> steps{"commissioning",   "packing",    "shipping",     "receiving",
                                     "unpacking",       "dispensing", "returning",    "holding",
                                     "decommissioning", "destroying", "void_shipping"};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("things", options.things, "scans, element strings, Digital Links or EPC URNs").type_name("TEXT");
  set.add("--step", options.step, "what happens").check(cli::one_of(steps));
  set.add("--mark", options.mark, "what is said of the things instead")
      .check(cli::one_of({"suspect", "illegitimate", "stolen", "cleared"}));
  set.add("--into", options.into, "the case or pallet packed into, or unpacked").type_name("TEXT");
  set.add("--at", options.at, "where it happens: a GLN").type_name("TEXT");
  set.add("--to", options.to, "where it is sent: a GLN").type_name("TEXT");
  set.add("--from", options.from, "where it comes from: a GLN").type_name("TEXT");
  set.add("--buyer", options.buyer, "who will own it; default: --to").type_name("TEXT");
  set.add("--seller", options.seller, "who owned it; default: --at").type_name("TEXT");
  set.add("--lot", options.lot, "lot; default: what the label says").type_name("TEXT");
  set.add("--expiry", options.expiry, "last day of use, YYYY-MM-DD; default: what the label says").type_name("TEXT");
  set.add("--made", options.made, "day of production, YYYY-MM-DD").type_name("TEXT");
  set.add("--disposition", options.disposition, "condition afterwards (CBV)").type_name("WORD");
  set.add("--paper", options.papers, "business transaction, as po=4711").type_name("TEXT");
  set.add("--time", options.time, "when it happened; default: now").type_name("TIME").check(cli::time_value());
  set.add_flag("--anyway", options.anyway, "also what is recalled or under suspicion");
  set.add_flag("--offline", options.offline, "sign and print only");
}

std::string path_of_gln(const std::string& gln) {
  if (!ledger::is_gln(gln)) throw misuse("'" + gln + "' is no GLN: 13 digits with their check digit");
  return "414/" + gln;
}

std::string_view default_disposition(const std::string& step) {
  if (step == "commissioning") return "active";
  if (step == "shipping") return "in_transit";
  if (step == "returning") return "returned";
  if (step == "dispensing") return "dispensed";
  if (step == "destroying") return "destroyed";
  if (step == "decommissioning") return "inactive";
  return "in_progress";
}

class Mover {
 public:
  Mover(const Options& options, cli::Output& out)
      : out_(out),
        pool_(ledger::Pool::look({options.ledger}, all_operations(), out.world().now())),
        keys_(cli::own_keys(options.key)) {}

  std::vector<ledger::NewOperation> operations_of(const Options& options) {
    if (options.things.empty() && !(options.step == "unpacking" && !options.into.empty()))
      throw misuse("no thing is named");
    if (options.step.empty() == options.mark.empty())
      throw misuse("either --step or --mark", "move-drug --step shipping …");
    if (!options.mark.empty()) return marks(options);
    return {ledger::operation(event_of(options))};
  }
  const ledger::Pool& pool() const { return pool_; }
  crypto::Signer signer() const { return keys_.signer(); }

 private:
  int year() const { return std::stoi(to_text(out_.world().now()).substr(0, 4)); }

  std::vector<ledger::NewOperation> marks(const Options& options) const {
    std::vector<ledger::NewOperation> operations;
    for (const std::string& thing : options.things) {
      drug::MarkItem mark;
      mark.item = drug::read_name(thing, year()).path;
      drug::parse(options.mark, mark.mark);
      operations.push_back(ledger::operation(mark));
    }
    return operations;
  }

  drug::RecordEvent event_of(const Options& options) {
    drug::RecordEvent event;
    const bool packs = options.step == "packing" || options.step == "unpacking";
    if (packs && options.into.empty()) throw misuse("--into is missing: the case or pallet");
    event.kind = packs ? drug::EventKind::aggregation : drug::EventKind::object;
    event.action = options.step == "commissioning" || options.step == "packing"       ? drug::Action::add
                   : options.step == "unpacking" || options.step == "decommissioning" ? drug::Action::remove
                                                                                      : drug::Action::observe;
    event.time = static_cast<std::uint64_t>(options.time.value_or(out_.world().now()).seconds) * 1000;
    event.step = options.step == "returning" ? "shipping" : options.step;
    event.disposition =
        options.disposition.empty() ? std::string(default_disposition(options.step)) : options.disposition;
    if (packs) event.parent = drug::read_name(options.into, year()).path;
    add_things(options, event);
    add_places(options, event);
    for (const std::string& paper : options.papers) {
      const std::size_t equals = paper.find('=');
      if (equals == std::string::npos || equals == 0) throw misuse("'" + paper + "' is no paper", "--paper po=4711");
      if (!event.papers) event.papers.emplace();
      event.papers->push_back({paper.substr(0, equals), paper.substr(equals + 1)});
    }
    event.hash = drug::hash_as_json(event);
    if (auto why = drug::malformed(event)) throw refusal(*why);
    return event;
  }

  // Lot and expiry of a label are said of the event, so they must be the same for all it names.
  void add_things(const Options& options, drug::RecordEvent& event) {
    std::vector<std::string> paths;
    if (!options.lot.empty()) event.lot = options.lot;
    if (!options.expiry.empty()) event.expiry = options.expiry;
    if (!options.made.empty()) event.made = options.made;
    for (const std::string& thing : options.things) {
      const drug::Named named = drug::read_name(thing, year());
      if (!gs1::is_item(named.path))
        throw refusal("'" + cli::clean(thing) + "' names no single thing: a serial is missing");
      if (event.kind == drug::EventKind::object) {
        if (options.lot.empty()) agree(event.lot, named.lot, "lots");
        if (options.expiry.empty()) agree(event.expiry, named.expiry, "expiry dates");
      }
      if (!options.anyway) require_free(options, named.path);
      paths.push_back(named.path);
    }
    if (!paths.empty()) event.items = std::move(paths);
  }
  static void agree(std::optional<std::string>& of, const std::optional<std::string>& label, const char* what) {
    if (!label) return;
    if (of && *of != *label)
      throw misuse(std::string("the labels have different ") + what, "one call, or one line of a batch, for each");
    of = label;
  }

  void require_free(const Options& options, const std::string& path) const {
    if (options.step != "shipping" && options.step != "dispensing") return;
    const auto standing = drug::standing_of(pool_.pending_state(), path);
    if (!standing) return;
    const char* hint = "move-drug --step returning sends it back; --anyway ships it, and is flagged";
    if (standing->recall)
      throw refusal(path + " is recalled (" + ledger::json_text(*standing->recall).substr(0, 16) + ")", hint);
    if (standing->item.marks) throw refusal(path + " is " + standing->item.marks->front(), hint);
    if (standing->item.blocked) throw refusal(path + " holds things that are recalled or under suspicion", hint);
  }

  void add_places(const Options& options, drug::RecordEvent& event) {
    std::string at = options.at;
    if (at.empty()) {
      const auto account = ledger::account_of(pool_.pending_state(), keys_.key());
      const auto identity = account ? ledger::identities.get(pool_.pending_state(), *account) : std::nullopt;
      if (!identity || !identity->gln) throw misuse("the place is missing", "--at GLN, or enrol the signer with --gln");
      at = *identity->gln;
    }
    event.place = event.location = path_of_gln(at);
    const bool sends = event.step == "shipping";
    if (sends && options.to.empty()) throw misuse("--to is missing: the GLN it is sent to");
    if (sends) event.location.reset();
    const std::string buyer = options.buyer.empty() ? options.to : options.buyer;
    const std::string seller = options.seller.empty() ? (sends ? at : options.from) : options.seller;
    if (!options.to.empty()) event.to = {{"owning_party", path_of_gln(buyer)}, {"location", path_of_gln(options.to)}};
    if (!seller.empty()) event.from = {{"owning_party", path_of_gln(seller)}};
    if (sends) event.from->push_back({"location", path_of_gln(at)});
  }

  cli::Output& out_;
  ledger::Pool pool_;
  cli::OwnKeys keys_;
};

Exit run(const Options& options, cli::Output& out) {
  Mover mover(options, out);
  std::vector<ledger::NewOperation> operations;
  const auto add = [&](const Options& line) {
    for (auto& operation : mover.operations_of(line)) operations.push_back(std::move(operation));
  };
  if (options.batch.empty())
    add(options);
  else
    for (const Options& line : cli::read_batch(options.batch, out, declare)) add(line);
  cli::sign_and_send(out, {options.ledger}, mover.pool().ledger().id(), mover.signer(), operations,
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(move_drug, about, declare, run);
