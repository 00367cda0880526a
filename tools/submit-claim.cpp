#include <future>

#include "libcore/care/claim/claim_intake.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/claim_names.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "submit-claim",
    .summary = "submit claims to a payer; the plan decides when they are sealed",
    .description =
        R"(Reads claims and makes the transactions that submit them: FHIR R4 Claims (a file each, JSON lines, or Bundles; with
use=preauthorization the answer is an authorisation) and X12 837 professional and institutional interchanges, read as a
stream. The chain gets what adjudication needs (provider, days, codes, charges) under the account that the patient shows to the
payer; names, diagnoses and the claim's own number stay here, behind a keyed digest.

The line that is printed says provisional: the member's plan decides when the claim is sealed, and show-claim(1) tells how.
Claims that cannot even be submitted are named on stderr with segment and element, or the JSON path; the others go.

--map names a YAML file with what identifiers mean on this ledger: payers, members (a did:key or key file each) and
providers (their NPI). Members that are not listed get a keyed pseudonym, which matches no coverage.)",
    .examples = R"($ submit-claim claim.json --payer acme-health --map names.yaml -k mercy -L demo
$ submit-claim claims.ndjson --map names.yaml -k mercy -L demo | mine - -k mercy
$ submit-claim march.837 --map names.yaml -k mercy -L demo)",
    .exit_status = "1: at least one claim was rejected, or a file is neither FHIR nor X12.",
    .see_also = "show-claim(1), enroll-coverage(1), export-remittance(1), mine(1)"};

struct Options {
  std::string ledger, payer, map;
  cli::KeyChoice key;
  std::vector<std::string> files;
  bool offline = false, accounts = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("file", options.files, "claims; - is stdin").type_name("FILE").required();
  set.add("--payer", options.payer, "who is asked, where the claim or the map does not say").type_name("WHO");
  set.add("--map", options.map, "what identifiers mean on this ledger (YAML)").type_name("FILE");
  set.add_flag("--accounts", options.accounts, "tell on stderr which claim has which number of the provider");
  set.add_flag("--offline", options.offline, "sign and print, without queueing");
}

// Packs claims into transactions and queues them a heap at a time, so that a stream of any length passes. While one
// heap is queued, the next is read.
class Submitting {
 public:
  Submitting(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        layout_{options.ledger},
        keys_(cli::own_keys(options.key)),
        ledger_(ledger::Ledger::open(layout_, care::all_operations())),
        names_(ledger_, keys_, options.map, options.payer) {}

  void file(const std::string& name) {
    const auto take = [&](care::claim::SourceResult&& result) { one(name, std::move(result)); };
    cli::LineReader lines = cli::LineReader::open(name, std::size_t{16} << 20);
    const auto read = [&](std::span<std::uint8_t> buffer) { return lines.read(buffer); };
    care::claim::read_claims(read, names_.names(), take);
  }
  bool finish() {
    pack();
    send();
    await();
    if (rejected_ > 0) out_.words("{} submitted, {} rejected", submitted_, rejected_);
    return rejected_ == 0;
  }

 private:
  static constexpr std::size_t most_bytes = 700u << 10;  // of operations in a transaction
  static constexpr std::size_t heap_size = 32;           // transactions queued at once

  void one(const std::string& name, care::claim::SourceResult&& result) {
    if (!result.problem.empty()) {
      ++rejected_;
      out_.error(name + ": " + cli::clean(result.where) + ": " + cli::clean(result.problem), {});
      return;
    }
    auto operation = ledger::operation(result.claim->claim);
    if (bytes_ + operation.fields.size() > most_bytes || operations_.size() == ledger::max_operations) pack();
    if (options_.accounts) accounts_.push_back(result.claim->account);
    bytes_ += operation.fields.size() + 32;
    operations_.push_back(std::move(operation));
    ++submitted_;
  }

  void pack() {
    if (operations_.empty()) return;
    transactions_.push_back(
        ledger::sign_transaction(ledger_.id(), keys_.signer(), operations_, out_.world().now(), out_.world().random));
    if (options_.accounts) say_accounts();
    operations_.clear();
    bytes_ = 0;
    if (transactions_.size() >= heap_size) send();
  }
  void say_accounts() {
    const auto id = ledger::parse_transaction(ledger_.id(), transactions_.back()).id;
    for (std::uint32_t i = 0; i < accounts_.size(); ++i)
      out_.words("{} is {}", cli::clean(accounts_[i]), ledger::to_text({id, i}));
    accounts_.clear();
  }
  // What became of a heap, in the order of its transactions.
  struct Queued {
    std::vector<cli::Envelope> lines;
    std::optional<Error> refused;  // behind the lines
  };

  void send() {
    await();
    if (transactions_.empty()) return;
    const auto queue = [this, now = out_.world().now(), heap = std::exchange(transactions_, {})] {
      return queued(heap, now);
    };
    on_its_way_ = std::async(std::launch::async, queue);
  }
  void await() {
    if (!on_its_way_.valid()) return;
    const Queued queued = on_its_way_.get();
    for (const cli::Envelope& line : queued.lines) out_.envelope(line);
    if (queued.refused) throw *queued.refused;
  }
  // In a thread of its own.
  Queued queued(const std::vector<Bytes>& heap, Time now) {
    Queued result;
    std::vector<ledger::Pool::Verdict> verdicts;
    if (!options_.offline) {
      if (!session_) session_.emplace(layout_, care::all_operations());
      verdicts = session_->submit(now, heap, [](std::size_t) { return true; });
    }
    for (std::size_t i = 0; i < heap.size(); ++i) {
      if (i < verdicts.size() && verdicts[i].status == ledger::Pool::Status::refused) {
        if (!result.refused) result.refused = refusal(verdicts[i].reason, verdicts[i].hint);
      } else {
        result.lines.push_back(cli::envelope_of(care::all_operations(), ledger_id_, heap[i]));
      }
    }
    return result;
  }

  const Options& options_;
  cli::Output& out_;
  store::Layout layout_;
  cli::OwnKeys keys_;
  ledger::Ledger ledger_;
  const Hash ledger_id_ = ledger_.id();
  cli::ClaimNames names_;
  std::vector<ledger::NewOperation> operations_;
  std::vector<std::string> accounts_;
  std::vector<Bytes> transactions_;
  std::size_t bytes_ = 0;
  std::uint64_t submitted_ = 0, rejected_ = 0;
  std::optional<ledger::PoolSession> session_;
  std::future<Queued> on_its_way_;  // last: it ends before what it works on
};

Exit run(const Options& options, cli::Output& out) {
  Submitting submitting(options, out);
  for (const std::string& file : options.files) submitting.file(file);
  return submitting.finish() ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(submit_claim, about, declare, run);
