#include <map>
#include <unordered_set>

#include "libcore/base/parallel.hpp"
#include "libcore/care/drug/custody.hpp"
#include "libcore/care/drug/read_event.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/parcels.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "capture-events",
    .summary = "put the events of EPCIS documents on the ledger",
    .description =
        R"(Reads EPCIS 2.0 documents as JSON or JSON-LD, EPCIS 1.2 and 2.0 as XML, query documents and single events, in any number, and
signs what they say happened to which things, in the order of its instants. The documents stay where they are; their digests and
the events' hashes go on the chain.

A document with a malformed event is refused whole, with the reason; the others are captured. One whose very bytes were captured
before is left out. An event that breaks a rule of custody is
recorded and flagged, since the ledger must see what happened; see trace-drug(1).

Who acts in an event is told by where it happened. If that is not the signer, the event counts as reported, not as verified. With --keys
FILE documents of several parties are signed by the keys of those who act: each line has the beginning of a GLN, a blank, and a key file.)",
    .examples = R"($ capture-events shipment.json -k acme -L demo
$ capture-events *.xml --keys parties.txt -k acme --summary -L demo
$ curl -s https://acme.example/epcis/today | capture-events - -k acme -L demo | mine - -L demo)",
    .exit_status = "1: a document was refused, or the ledger's rules refuse an event.",
    .see_also = "move-drug(1), trace-drug(1), mine(1)"};

constexpr std::size_t largest_document = std::size_t{2} << 30;
constexpr std::size_t transaction_bytes = 900'000;  // of operations, below the limit of 1 MiB

struct Options {
  std::string ledger, keys;
  std::vector<std::string> files;
  cli::KeyChoice key;
  bool offline = false, summary = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("files", options.files, "EPCIS documents; - is stdin").type_name("FILE|-").required();
  set.add("--keys", options.keys, "keys of other parties: lines of GLN prefix and key").type_name("FILE");
  set.add_flag("--summary", options.summary, "print a line for each document instead of the transactions");
  set.add_flag("--offline", options.offline, "sign and print only");
}

// Which key signs for whom.
class Signers {
 public:
  Signers(const Options& options) {
    keys_.push_back(cli::own_keys(options.key));
    if (options.keys.empty()) return;
    auto lines = cli::LineReader::open(options.keys);
    while (const auto line = lines.next()) {
      if (line->empty() || line->front() == '#') continue;
      const std::size_t blank = line->find(' ');
      const std::string prefix(line->substr(0, blank));
      if (blank == std::string_view::npos || prefix.find_first_not_of("0123456789") != std::string::npos)
        throw misuse(options.keys + ", line " + std::to_string(lines.line_number()) + ": a GLN prefix, a blank, a key");
      by_prefix_[prefix] = keys_.size();
      keys_.push_back(cli::own_keys({std::string(line->substr(blank + 1)), {}, -1}));
    }
  }
  // The index of the key for who acts.
  std::size_t of(const drug::RecordEvent& event) const {
    if (by_prefix_.empty()) return 0;
    const std::string gln = drug::actor_of(event);
    for (std::size_t size = gln.size(); size > 0; --size)
      if (const auto found = by_prefix_.find(gln.substr(0, size)); found != by_prefix_.end()) return found->second;
    return 0;
  }
  crypto::Signer signer(std::size_t index) const { return keys_[index].signer(); }

 private:
  std::vector<cli::OwnKeys> keys_;
  std::map<std::string, std::size_t> by_prefix_;
};

// An event on its way into a transaction.
struct Ready {
  std::uint64_t time = 0;
  std::size_t signer = 0;
  ledger::NewOperation operation;
};

struct Captured {
  std::string name, fault;
  Hash digest;
  std::string created;
  std::vector<Ready> events;  // by instant
  std::size_t count = 0;
  bool known = false;  // these very bytes were captured before
  bool taken() const { return fault.empty() && !known; }
};

std::string first_fault(const std::vector<drug::ReadEvent>& events) {
  for (const auto& event : events)
    if (!event.fault.empty()) return "event " + std::to_string(event.number + 1) + ": " + event.fault;
  return events.empty() ? "it holds no events" : "";
}

std::vector<Ready> made_ready(const std::vector<drug::ReadEvent>& events, const Signers& signers) {
  std::vector<Ready> ready(events.size());
  constexpr std::size_t each = 256;
  parallel_for((events.size() + each - 1) / each, hardware_threads(), [&](std::size_t part) {
    for (std::size_t i = part * each; i < std::min(events.size(), (part + 1) * each); ++i) {
      const drug::RecordEvent& event = events[i].event;
      ready[i] = {event.time, signers.of(event), ledger::operation(event)};
    }
  });
  return ready;
}

Captured read(const std::string& name, const Signers& signers) {
  Captured captured;
  captured.name = name == "-" ? "stdin" : name;
  const std::string bytes = cli::read_all(name, largest_document);
  captured.digest = crypto::sha256(view_of(bytes));
  try {
    const drug::ReadDocument document = drug::read_document_events(bytes, hardware_threads());
    captured.created = document.created;
    captured.count = document.events.size();
    captured.fault = first_fault(document.events);
    if (captured.fault.empty()) captured.events = made_ready(document.events, signers);
  } catch (const drug::EpcisFault& fault) {
    captured.fault = fault.what();
  }
  return captured;
}

// All events by instant, packed into transactions of one signer and one document.
class Packer {
 public:
  Packer(const Signers& signers, const Hash& ledger, cli::Output& out)
      : signers_(signers), ledger_(ledger), out_(out) {}

  std::vector<Bytes> pack(std::vector<Captured>& documents) {
    struct Place {
      std::uint64_t time;
      std::size_t document, event;
    };
    std::vector<Place> order;
    for (std::size_t d = 0; d < documents.size(); ++d)
      for (std::size_t e = 0; documents[d].taken() && e < documents[d].events.size(); ++e)
        order.push_back({documents[d].events[e].time, d, e});
    std::ranges::stable_sort(order, {}, &Place::time);
    for (const Place& at : order) add(documents[at.document], at.document, documents[at.document].events[at.event]);
    return parcels_.sign(ledger_, out_.world().now());
  }
  // Which document each of the transactions is of.
  const std::vector<std::size_t>& documents() const { return documents_; }

 private:
  void add(const Captured& document, std::size_t number, Ready& event) {
    const bool full =
        parcels_.operations() == ledger::max_operations || bytes_ + event.operation.fields.size() > transaction_bytes;
    if (parcels_.empty() || full || event.signer != signer_ || number != document_) {
      parcels_.begin([this, signer = event.signer] { return signers_.signer(signer); }, out_.world().random);
      signer_ = event.signer;
      document_ = number;
      documents_.push_back(number);
      bytes_ = 0;
      const auto created = document.created.empty() ? std::nullopt : std::optional(document.created.substr(0, 64));
      parcels_.add(ledger::operation(drug::CiteDocument{document.digest, created}));
    }
    bytes_ += event.operation.fields.size() + 16;
    parcels_.add(std::move(event.operation));
  }

  const Signers& signers_;
  Hash ledger_;
  cli::Output& out_;
  cli::Parcels parcels_;
  std::size_t signer_ = 0, document_ = 0, bytes_ = 0;  // of the last one
  std::vector<std::size_t> documents_;
};

using Digests = std::unordered_set<Hash, FixedBytesHash>;

// Of the documents that transactions cite.
Digests cited_by(const std::vector<ledger::PendingTransaction>& pending, const Hash& ledger) {
  std::vector<std::optional<Hash>> found(pending.size());
  parallel_for(pending.size(), hardware_threads(), [&](std::size_t i) {
    const auto transaction = ledger::parse_transaction(ledger, pending[i].bytes);
    const auto& first = transaction.operations.front();  // where Packer puts it
    if (first.name == drug::CiteDocument::name)
      found[i] = encoding::decode_fields<drug::CiteDocument>(first.fields).digest;
  });
  Digests cited;
  for (const auto& digest : found)
    if (digest) cited.insert(*digest);
  return cited;
}

// What was captured before, or is named twice, changes nothing a second time.
void recognise(std::vector<Captured>& documents, const ledger::Ledger& ledger) {
  Digests seen;
  for (Captured& document : documents) {
    document.known = !seen.insert(document.digest).second;
    ledger.scan_notes(drug::document_prefix(document.digest),
                      [&](std::string_view, std::string_view) { return !(document.known = true); });
  }
}

// All of them or none; returns those that are queued: not those of documents that are pending already.
std::vector<Bytes> queue(const store::Layout& layout, std::vector<Captured>& documents, const Packer& packer,
                         std::vector<Bytes> transactions, Time now) {
  auto pool = ledger::Pool::lock(layout, all_operations(), now, ledger::Pool::Use::offers);
  const Digests cited = cited_by(pool.pending(), pool.ledger().id());
  std::vector<Bytes> fresh;
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    Captured& document = documents[packer.documents()[i]];
    document.known = document.known || cited.contains(document.digest);
    if (!document.known) fresh.push_back(std::move(transactions[i]));
  }
  for (const auto& verdict : pool.offer(fresh, ledger::Pool::Until::refused))
    if (verdict.status == ledger::Pool::Status::refused) throw refusal(verdict.reason, verdict.hint);
  pool.commit();
  return fresh;
}

void print_document(cli::Output& out, const Captured& document, const Hash& ledger, bool offline) {
  cli::Envelope envelope;
  envelope.type = "drug.document";
  envelope.status = !document.fault.empty() ? "refused" : document.known ? "known" : offline ? "signed" : "pending";
  envelope.ledger = encoding::hex(ledger.view());
  if (!document.fault.empty()) envelope.reason = document.fault;
  encoding::JsonWriter json;
  json.begin_object().key("file").value(document.name).key("digest").value(encoding::hex(document.digest.view()));
  json.key("events").value(std::uint64_t{document.taken() ? document.count : 0}).end_object();
  envelope.data = json.take();
  if (out.json()) return out.envelope(envelope);
  out.line(document.name + ": " +
           (!document.fault.empty() ? "refused: " + cli::clean(document.fault)
            : document.known        ? "captured before"
                                    : std::to_string(document.count) + " events"));
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto ledger = ledger::Ledger::open(layout, all_operations());
  const Signers signers(options);
  std::vector<Captured> documents(options.files.size());
  // Each is read by all threads already; two at a time, since much of a document is read by one.
  parallel_for(documents.size(), 2, [&](std::size_t i) { documents[i] = read(options.files[i], signers); });
  if (!options.offline) recognise(documents, ledger);
  Packer packer(signers, ledger.id(), out);
  std::vector<Bytes> transactions = packer.pack(documents);
  if (!options.offline && !transactions.empty())
    transactions = queue(layout, documents, packer, std::move(transactions), out.world().now());
  if (options.summary) {
    for (const Captured& document : documents) print_document(out, document, ledger.id(), options.offline);
  } else {
    for (const Captured& document : documents)
      if (!document.fault.empty())
        out.words("{}: refused: {}", document.name, document.fault);
      else if (document.known)
        out.words("{}: captured before", document.name);
    cli::print_all(out, ledger.id(), transactions);
  }
  const bool refused = std::ranges::any_of(documents, [](const Captured& document) { return !document.fault.empty(); });
  return refused ? Exit::no : Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(capture_events, about, declare, run);
