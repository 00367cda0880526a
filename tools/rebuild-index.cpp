#include "libcore/care/operations.hpp"
#include "libcore/cli/chain_envelope.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "rebuild-index",
    .summary = "make the index anew from the blocks",
    .description =
        R"(The index holds nothing that the blocks do not: it is made anew from them alone, every signature and every operation checked on
the way. The old one serves readers until the new one takes its place. A program that writes does this by itself when there
is no index.)",
    .examples = "$ rebuild-index -L demo",
    .exit_status = "3: the blocks are damaged; nothing was changed.",
    .see_also = "verify-chain(1), carechain-ledger(5)"};

struct Options {
  std::string ledger;
};

void declare(cli::OptionSet& set, Options& options) { cli::add_ledger(set, options.ledger); }

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  auto progress = out.progress("blocks", 0);
  const auto rebuilt = ledger::LedgerWriter::rebuild(layout, care::all_operations(),
                                                     [&](std::uint64_t blocks) { progress.reach(blocks); });
  const auto ledger = ledger::Ledger::open(layout, care::all_operations());
  const ledger::Pin head{ledger.tip().height, ledger.tip().hash};
  cli::Envelope envelope = cli::chain_envelope("index", ledger.id(), head, out.world().now());
  encoding::JsonWriter json;
  envelope.data = json.begin_object()
                      .key("blocks")
                      .value(rebuilt.blocks)
                      .key("transactions")
                      .value(rebuilt.transactions)
                      .end_object()
                      .take();
  out.envelope(envelope);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(rebuild_index, about, declare, run);
