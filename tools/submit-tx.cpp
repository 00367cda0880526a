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
dropped and the reason, and the others go on.

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

void declare(CLI::App& app, Options& options) {
  cli::add_ledger(app, options.ledger);
  app.add_option("--threads", options.threads, "threads to work with; default: one for each processor")
      ->type_name("NUMBER")
      ->transform(cli::whole(1, 1024));
}

constexpr std::size_t batch_size = 4096;  // transactions queued with one sync
constexpr std::size_t batch_bytes = 32u << 20;

struct Waiting {
  std::string line;
  std::string where;
  Bytes bytes;
  bool signature_holds = false;
};

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

  // Checks signatures on all threads, queues, prints. A capsule is stored at its place among the transactions.
  void queue() {
    if (waiting_.empty()) return;
    parallel_for(waiting_.size(), threads_, [&](std::size_t i) { read(waiting_[i]); });
    std::vector<Bytes> transactions;
    for (Waiting& one : waiting_) transactions.push_back(std::move(one.bytes));
    const auto verdicts =
        session_.submit(out_.world().now(), transactions, [&](std::size_t i) { return waiting_[i].signature_holds; });
    print(transactions, verdicts);
    taken_ += waiting_.size();
    waiting_.clear();
    bytes_ = 0;
    out_.flush();
  }

  void capsule(std::string_view line, std::uint64_t number) {
    queue();
    const Bytes message = cli::cose_of_line(line, "line " + std::to_string(number));
    const auto pool = ledger::Pool::look(layout_, care::all_operations(), out_.world().now());
    auto vault = care::Vault::open(layout_, cli::keys_directory());
    const auto use = vault.use();
    care::accept_delivery(pool, vault, message, out_.world().random);
  }

  std::size_t taken() const { return taken_; }
  bool all_accepted() const { return all_accepted_; }

 private:
  void read(Waiting& one) const {
    one.bytes = cli::cose_of_line(one.line, one.where);
    try {
      one.signature_holds = ledger::parse_verified_transaction(session_.ledger_id(), one.bytes).has_value();
    } catch (const encoding::CborFault& fault) {
      throw refusal(one.where + ": " + fault.what());
    }
  }

  void print(const std::vector<Bytes>& transactions, const std::vector<ledger::Pool::Verdict>& verdicts) {
    using Status = ledger::Pool::Status;
    const auto is = [](Status status) { return [status](const auto& verdict) { return verdict.status == status; }; };
    std::optional<ledger::Ledger> ledger;  // only when there are some that were here already
    if (std::ranges::any_of(verdicts, is(Status::known)))
      ledger.emplace(ledger::Ledger::open(layout_, care::all_operations()));
    std::vector<std::string> lines(transactions.size());
    parallel_for(lines.size(), threads_,
                 [&](std::size_t i) { lines[i] = out_.shown(envelope_of(transactions[i], verdicts[i], ledger)); });
    for (const std::string& line : lines) out_.line(line);
    all_accepted_ = all_accepted_ && std::ranges::none_of(verdicts, is(Status::refused));
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
  submitter.queue();
  if (submitter.taken() + capsules == 0)
    throw refusal("there is nothing on stdin", "grant … --offline | submit-tx -L DIR");
  if (capsules > 0) out.words("stored {} capsule{}", capsules, capsules == 1 ? "" : "s");
  return submitter.all_accepted() ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(submit_tx, about, declare, run);
