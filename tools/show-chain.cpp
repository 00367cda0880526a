#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "show-chain",
    .summary = "list blocks, or the transactions in them",
    .description =
        R"(Lists the blocks of the chain from the first to the last, or with --transactions what they hold, one after the other, as it is
read. With --head only the last block: its pin, HEIGHT:HASH, is what an auditor writes down to compare with later.)",
    .examples = R"($ show-chain -L demo
$ show-chain --head -L demo | jq -r .data.pin
$ show-chain --transactions --operation access.grant --since 2026-01-01 -L demo)",
    .see_also = "show-tx(1), verify-chain(1), list(1)"};

struct Options {
  std::string ledger, operation, signer;
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;
  std::optional<Time> since, until;
  bool transactions = false, head = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add_flag("--transactions", options.transactions, "list transactions instead of blocks");
  set.add_flag("--head", options.head, "only the last block, with its pin");
  set.add("--from", options.from, "first height").type_name("HEIGHT").check(cli::whole(0, 1ull << 62));
  set.add("--to", options.to, "last height").type_name("HEIGHT").check(cli::whole(0, 1ull << 62));
  set.add("--since", options.since, "blocks of this time or later").type_name("TIME").check(cli::time_value());
  set.add("--until", options.until, "blocks of this time or earlier").type_name("TIME").check(cli::time_value(true));
  set.add("--operation", options.operation, "transactions with this operation, such as access.grant").type_name("TEXT");
  set.add("--signer", options.signer, "transactions signed by this account").type_name("WHO");
}

cli::Envelope envelope_of_block(const ledger::BlockView& block, const Hash& ledger) {
  cli::Envelope envelope;
  envelope.type = "block";
  envelope.id = encoding::hex(block.hash.view());
  envelope.ids = {*envelope.id};
  envelope.status = "sealed";
  envelope.height = block.header.height;
  envelope.block = envelope.id;
  envelope.time = block.header.time;
  if (block.header.height > 0) envelope.signer = encoding::did_key(block.header.sealer);
  envelope.ledger = encoding::hex(ledger.view());
  encoding::JsonWriter json;
  json.begin_object().key("pin").value(ledger::to_text({block.header.height, block.hash}));
  json.key("transactions").value(std::uint64_t{block.transactions.size()});
  json.key("previous")
      .value(encoding::hex(block.header.previous.view()))
      .key("state")
      .value(encoding::hex(block.header.state.view()));
  json.key("target")
      .value(fmt::format("0x{:08x}", block.header.target))
      .key("nonce")
      .value(std::to_string(block.header.nonce));
  envelope.data = json.end_object().take();
  return envelope;
}

class Listing {
 public:
  Listing(const Options& options, cli::Output& out)
      : options_(options), out_(out), ledger_(ledger::Ledger::open({options.ledger}, care::all_operations())) {
    if (!options.signer.empty()) signer_ = cli::account_of_who(options.signer, ledger_.state());
  }

  void run() {
    const std::uint64_t last = std::min(options_.to.value_or(ledger_.tip().height), ledger_.tip().height);
    for (std::uint64_t height = options_.head ? last : options_.from; height <= last; ++height) show(height);
    if (!out_.json() && !rows_.empty()) out_.table({"height", "time", "transactions", "hash"}, rows_);
  }

 private:
  void show(std::uint64_t height) {
    const Bytes bytes = ledger_.block(height);
    const auto block = ledger::parse_block(bytes);
    if (options_.since && block.header.time < *options_.since) return;
    if (options_.until && *options_.until < block.header.time) return;
    if (options_.transactions) {
      for (const ByteView transaction : block.transactions) show(transaction, block);
    } else if (out_.json() || options_.head) {
      out_.envelope(envelope_of_block(block, ledger_.id()));
    } else {
      rows_.push_back({std::to_string(height), to_text(block.header.time), std::to_string(block.transactions.size()),
                       encoding::hex(block.hash.view())});
    }
  }

  void show(ByteView bytes, const ledger::BlockView& block) {
    const auto transaction = ledger::parse_transaction(ledger_.id(), bytes);
    const auto named = [&](const ledger::OperationView& operation) { return operation.name == options_.operation; };
    if (!options_.operation.empty() && std::ranges::none_of(transaction.operations, named)) return;
    if (signer_) {
      const auto use = ledger::keys.get(ledger_.state(), transaction.message.signer);
      if ((use ? use->account : transaction.message.signer) != *signer_) return;
    }
    out_.envelope(cli::envelope_of(ledger_.operations(), ledger_.id(), bytes,
                                   {"sealed", block.header.height, encoding::hex(block.hash.view()), {}}));
  }

  const Options& options_;
  cli::Output& out_;
  ledger::Ledger ledger_;
  std::optional<PublicKey> signer_;
  std::vector<std::vector<std::string>> rows_;
};

Exit run(const Options& options, cli::Output& out) {
  if (options.head && options.transactions) throw misuse("--head and --transactions exclude one another");
  const bool of_transactions = !options.operation.empty() || !options.signer.empty();
  if (of_transactions && !options.transactions) throw misuse("--operation and --signer go with --transactions");
  Listing(options, out).run();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(show_chain, about, declare, run);
