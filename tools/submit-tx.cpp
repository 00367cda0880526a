#include <future>

#include "libcore/base/parallel.hpp"
#include "libcore/care/grant_capsules.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "submit-tx",
    .summary = "queue signed transactions from stdin",
    .description =
        R"(Reads transactions as JSON lines, as our programs print them with --offline, checks each against the chain and what is
pending before it, and queues it durably: when its line is printed, no crash can lose it. Only "cose" is read back; the rest
of a line is for people. One that is pending or sealed already counts once. A refused one is printed with the status
dropped and the reason, and the others go on. A line that is no transaction at all ends it: those that were
printed are queued, no others are. Mend the line and give all of them again.

Lines of the type access.capsule are keys which a patient sealed to a grantee. They are locked and stored in this
directory's vault before the transaction that follows them is queued; that needs the vault's key in $CARECHAIN_KEYS.)",
    .examples = R"($ grant --to dr-bob --record 1f0c2d3e -k alice -L copy --offline | submit-tx -L demo
$ submit-tx -L demo < transactions.jsonl)",
    .exit_status = "1: stdin was empty, or at least one transaction was refused.",
    .see_also = "mine(1), show-tx(1), grant(1), carechain-transaction(5)"};

struct Options {
  std::string ledger;
  unsigned threads = 0;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("--threads", options.threads, "threads to work with; default: one for each processor")
      .type_name("NUMBER")
      .check(cli::whole(1, 1024));
}

constexpr std::size_t batch_size = 4096;  // transactions queued with one sync
constexpr std::size_t batch_bytes = 4u << 20;

struct Waiting {
  std::string line;
  std::string where;
  Bytes bytes;
  bool signature_holds = false;
};

struct Batch {
  std::vector<Waiting> waiting;
  std::vector<Bytes> transactions;  // of each of them
  std::vector<ledger::Pool::Verdict> verdicts;
};

// While a batch is queued and synced, the one before it is printed and the one after it is read and its signatures are
// checked.
class Submitter {
 public:
  Submitter(const Options& options, cli::Output& out)
      : layout_{options.ledger},
        out_(out),
        threads_(options.threads == 0 ? hardware_threads() : options.threads),
        session_(layout_, care::all_operations()) {}

  void take(std::string_view line, std::uint64_t number) {
    waiting_.push_back({std::string(line), "line " + std::to_string(number), {}, false});
    bytes_ += line.size();
    if (waiting_.size() >= batch_size || bytes_ >= batch_bytes) queue();
  }

  // A capsule is stored at its place among the transactions.
  void capsule(std::string_view line, std::uint64_t number) {
    finish();
    const Bytes message = cli::cose_of_line(line, "line " + std::to_string(number));
    const auto pool = ledger::Pool::look(layout_, care::all_operations(), out_.world().now());
    auto vault = care::Vault::open(layout_, cli::keys_directory());
    const auto use = vault.use();
    care::accept_delivery(pool, vault, message, out_.world().random);
  }

  // Everything that was taken is queued and printed when it returns.
  void finish() {
    queue();
    if (queueing_.valid()) print(queueing_.get());
  }

  std::size_t taken() const { return taken_; }
  bool all_accepted() const { return all_accepted_; }

 private:
  void queue() {
    if (waiting_.empty()) return;
    Batch batch{std::exchange(waiting_, {}), {}, {}};
    bytes_ = 0;
    try {
      parallel_for(batch.waiting.size(), threads_, [&](std::size_t i) { read(batch.waiting[i]); });
    } catch (...) {  // a line that is none: those of the batch before it are queued all the same
      finish();
      throw;
    }
    std::optional<Batch> before;
    if (queueing_.valid()) before = queueing_.get();
    taken_ += batch.waiting.size();
    const auto when = threads_ > 1 ? std::launch::async : std::launch::deferred;
    queueing_ = std::async(when, [this, now = out_.world().now(), batch = std::move(batch)]() mutable {
      submit(now, batch);
      return std::move(batch);
    });
    if (before) print(*before);
  }

  void read(Waiting& one) const {
    one.bytes = cli::cose_of_line(std::exchange(one.line, {}), one.where);
    try {
      one.signature_holds = ledger::parse_verified_transaction(session_.ledger_id(), one.bytes).has_value();
    } catch (const encoding::CborFault& fault) {
      throw refusal(one.where + ": " + fault.what());
    }
  }

  void submit(Time now, Batch& batch) {
    for (Waiting& one : batch.waiting) batch.transactions.push_back(std::move(one.bytes));
    batch.verdicts =
        session_.submit(now, batch.transactions, [&](std::size_t i) { return batch.waiting[i].signature_holds; });
  }

  void print(const Batch& batch) {
    using Status = ledger::Pool::Status;
    const auto is = [](Status status) { return [status](const auto& verdict) { return verdict.status == status; }; };
    std::optional<ledger::Ledger> ledger;  // only when there are some that were here already
    if (std::ranges::any_of(batch.verdicts, is(Status::known)))
      ledger.emplace(ledger::Ledger::open(layout_, care::all_operations()));
    std::vector<std::string> lines(batch.transactions.size());
    parallel_for(lines.size(), threads_, [&](std::size_t i) {
      lines[i] = out_.shown(envelope_of(batch.transactions[i], batch.verdicts[i], ledger));
    });
    for (const std::string& line : lines) out_.line(line);
    all_accepted_ = all_accepted_ && std::ranges::none_of(batch.verdicts, is(Status::refused));
    out_.flush();
  }

  cli::Envelope envelope_of(const Bytes& bytes, const ledger::Pool::Verdict& verdict,
                            const std::optional<ledger::Ledger>& ledger) const {
    if (verdict.status == ledger::Pool::Status::known)
      if (const auto place = ledger->find_transaction(verdict.id)) return cli::envelope_of_sealed(*ledger, *place);
    const bool refused = verdict.status == ledger::Pool::Status::refused;
    return cli::envelope_of(
        care::all_operations(), session_.ledger_id(), bytes,
        {refused ? "dropped" : "pending", {}, {}, refused ? std::optional(verdict.reason) : std::nullopt});
  }

  store::Layout layout_;
  cli::Output& out_;
  unsigned threads_;
  ledger::PoolSession session_;
  std::vector<Waiting> waiting_;
  std::size_t bytes_ = 0, taken_ = 0;
  bool all_accepted_ = true;
  std::future<Batch> queueing_;  // last: it ends before what it works on
};

bool is_capsule(std::string_view line) {
  return line.find("\"access.capsule\"") != std::string_view::npos &&
         encoding::find_top_level_string(line, "type") == "access.capsule";
}

Exit run(const Options& options, cli::Output& out) {
  Submitter submitter(options, out);
  auto reader = cli::LineReader::open("-");
  std::size_t capsules = 0;
  while (const auto line = reader.next()) {
    if (line->empty()) continue;
    if (is_capsule(*line)) {
      submitter.capsule(*line, reader.line_number());
      ++capsules;
    } else {
      submitter.take(*line, reader.line_number());
    }
  }
  submitter.finish();
  if (submitter.taken() + capsules == 0)
    throw refusal("there is nothing on stdin", "grant … --offline | submit-tx -L DIR");
  if (capsules > 0) out.words("stored {} capsule{}", capsules, capsules == 1 ? "" : "s");
  return submitter.all_accepted() ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(submit_tx, about, declare, run);
