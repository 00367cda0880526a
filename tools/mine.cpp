#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "libcore/base/parallel.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/governance.hpp"
#include "libcore/ledger/miner.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "mine",
    .summary = "seal what is pending into a block",
    .description =
        R"(Takes the pending transactions in the order in which they came, checks each against the chain and those before it,
and seals them into a block with a proof of work. What no longer fits is dropped, with the reason, and never lost
silently: show-tx tells. The block is printed, with its pin, HEIGHT:HASH, which an auditor can write down.

With - transactions are also read from stdin, as our programs print them; each line is passed through with its status,
height and block filled in. One that is pending already counts once.

Without -k the key is taken that is called like the ledger directory, as init-ledger --solo makes it.

With --watch it keeps sealing whatever comes, looking again every so many seconds, and at once after a block, until it is
interrupted.)",
    .examples = R"($ mine -L demo
$ grant --to dr-bob --record 1f0c2d3e -k alice -L demo | mine - -L demo | jq -r .height
$ mine -L demo --watch 10)",
    .exit_status = "1: nothing was pending, or everything was dropped.",
    .see_also = "submit-tx(1), show-tx(1), verify-chain(1), carechain-ledger(5)"};

struct Options {
  std::string ledger, input;
  cli::KeyChoice key;
  unsigned threads = 0;
  std::size_t max_transactions = 1'000'000;
  unsigned watch = 0;
  bool empty = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key).required(false);
  set.add("input", options.input, "- reads transactions from stdin first").type_name("{-}").check(cli::one_of({"-"}));
  set.add("--threads", options.threads, "threads to work with; default: one for each processor")
      .type_name("NUMBER")
      .check(cli::whole(1, 1024));
  set.add("--max-transactions", options.max_transactions, "transactions in a block, at most")
      .type_name("NUMBER")
      .check(cli::whole(1, 1'000'000));
  set.add("--watch", options.watch, "keep sealing, looking every so many seconds")
      .type_name("SECONDS")
      .check(cli::whole(1, 86400));
  set.add_flag("--empty", options.empty, "seal a block even when nothing is pending");
}

volatile std::sig_atomic_t interrupted = 0;

struct Line {
  TransactionId id;
  Bytes bytes;
};

// What comes on stdin goes into the pool, all or nothing refused silently: a refusal is told on its line.
std::vector<Line> take_in(const Options& options, cli::Output& out, std::vector<std::string>& refusals) {
  std::vector<Line> lines;
  if (options.input != "-") return lines;
  auto reader = cli::LineReader::open("-");
  std::vector<Bytes> transactions;
  while (const auto line = reader.next())
    if (!line->empty())
      transactions.push_back(cli::cose_of_line(*line, "line " + std::to_string(reader.line_number())));
  if (transactions.empty())
    throw refusal("there is nothing on stdin to seal", "leave out the - to seal what is pending");
  const store::Layout layout{options.ledger};
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  for (const Bytes& bytes : transactions)
    if (!ledger::parse_verified_transaction(ledger, bytes))
      throw refusal("a signature does not hold: the transaction was altered, or is for another ledger");
  const auto verdicts = ledger::submit(layout, care::all_operations(), out.world().now(), transactions);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    lines.push_back({verdicts[i].id, std::move(transactions[i])});
    refusals.push_back(verdicts[i].status == ledger::Pool::Status::refused ? verdicts[i].reason : std::string());
  }
  return lines;
}

void print_block(cli::Output& out, const ledger::MinedBlock& block, const Hash& ledger) {
  cli::Envelope envelope;
  envelope.type = "block";
  envelope.height = block.header.height;
  envelope.block = encoding::hex(block.hash.view());
  envelope.id = envelope.block;
  envelope.ids = {*envelope.id};
  envelope.status = "sealed";
  envelope.time = block.header.time;
  envelope.signer = encoding::did_key(block.header.sealer);
  envelope.ledger = encoding::hex(ledger.view());
  encoding::JsonWriter json;
  json.begin_object().key("pin").value(ledger::to_text({block.header.height, block.hash}));
  json.key("transactions").value(std::uint64_t{block.sealed.size()}).key("dropped").begin_array();
  for (const auto& dropped : block.dropped)
    json.begin_object()
        .key("tx")
        .value(encoding::hex(dropped.id.view()))
        .key("reason")
        .value(dropped.reason)
        .end_object();
  json.end_array()
      .key("bytes")
      .value(std::uint64_t{block.bytes})
      .key("nonce")
      .value(std::to_string(block.header.nonce));
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

// Every line of stdin again, with what became of it. False: one was refused or dropped.
bool pass_through(cli::Output& out, const store::Layout& layout, const std::vector<Line>& lines,
                  const std::vector<std::string>& refusals) {
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  const auto all_dropped = ledger::read_dropped(layout);
  bool fine = true;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto place = ledger.find_transaction(lines[i].id)) {
      out.envelope(cli::envelope_of_sealed(ledger, *place));
      continue;
    }
    const auto dropped = std::ranges::find(all_dropped, lines[i].id, &ledger::DroppedTransaction::id);
    const std::string reason = dropped != all_dropped.end() ? dropped->reason : refusals[i];
    fine = fine && reason.empty();
    out.envelope(cli::envelope_of(
        ledger.operations(), ledger.id(), lines[i].bytes,
        {reason.empty() ? "pending" : "dropped", {}, {}, reason.empty() ? std::nullopt : std::optional(reason)}));
  }
  return fine;
}

cli::OwnKeys sealing_keys(const Options& options) {
  if (!options.key.key.empty()) return cli::own_keys(options.key);
  std::string name = options.ledger;
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  name = name.substr(name.rfind('/') + 1);
  if (!store::exists(cli::keys_directory() + '/' + name + ".pem"))
    throw misuse("the sealer's key is missing", "mine -k NAME");
  return cli::own_keys({name, options.key.passphrase_file, options.key.passphrase_fd});
}

// Of several keys in the file the first that may seal: sealers are keys, so one that was replaced for signing goes on.
void sealer_first(cli::OwnKeys& keys, const store::Layout& layout) {
  if (keys.seeds.size() < 2) return;
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  const auto may = [&](const SecretKey& seed) {
    return ledger::may_seal(ledger.state(), crypto::public_key(seed), ledger.tip().height + 1);
  };
  const auto found = std::ranges::find_if(keys.seeds, may);
  if (found != keys.seeds.end()) std::swap(*found, keys.seeds.front());
}

Exit watch(const Options& options, cli::Output& out, const crypto::Signer& signer,
           const ledger::MineOptions& mine_options) {
  const store::Layout layout{options.ledger};
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  while (interrupted == 0) {
    std::vector<ledger::DroppedTransaction> dropped;
    const auto block = ledger::mine(layout, care::all_operations(), signer, out.world().now, mine_options, dropped,
                                    [](std::uint64_t) { return interrupted != 0; });
    if (block) {
      print_block(out, *block, ledger);
      out.flush();
      if (!block->sealed.empty()) continue;  // there may be more than a block holds
    }
    for (unsigned tenth = 0; tenth < 10 * options.watch && interrupted == 0; ++tenth)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return Exit::ok;
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  if (!store::is_directory(layout.blocks()))
    throw Error("there is no ledger in '" + layout.root + "'", "carechain init-ledger --solo -L " + layout.root);
  cli::OwnKeys keys = sealing_keys(options);
  sealer_first(keys, layout);
  std::vector<std::string> refusals;
  const auto lines = take_in(options, out, refusals);
  const ledger::MineOptions mine_options{options.threads == 0 ? hardware_threads() : options.threads,
                                         options.max_transactions, options.empty};
  if (options.watch > 0) return watch(options, out, keys.signer(), mine_options);
  std::vector<ledger::DroppedTransaction> dropped;
  const auto block =
      ledger::mine(layout, care::all_operations(), keys.signer(), out.world().now, mine_options, dropped, {});
  for (const auto& transaction : dropped)
    out.words("dropped {}: {}", encoding::hex(transaction.id.view()).substr(0, 16), transaction.reason);
  if (!lines.empty()) return pass_through(out, layout, lines, refusals) ? Exit::ok : Exit::no;
  if (!block)
    throw refusal(dropped.empty() ? "nothing is pending" : "everything that was pending was dropped",
                  "--empty seals a block all the same");
  print_block(out, *block, ledger::Ledger::open(layout, care::all_operations()).id());
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(mine, about, declare, run);
