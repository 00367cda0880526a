#include "libcore/care/operations.hpp"
#include "libcore/cli/chain_envelope.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/ledger/adoption.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "request-blocks",
    .summary = "say which blocks this copy has, for another to send the rest",
    .description =
        R"(Prints one line that names some blocks of this copy of the ledger, from its head down to block 0, in steps that double.
send-blocks, on the machine of another member, finds the last one that both copies have, and sends what follows it there;
adopt-blocks takes it in here. The line holds no secret: whoever has a copy knows all of it.)",
    .examples = "$ request-blocks -L mine | ssh south send-blocks -L south | adopt-blocks -L mine",
    .see_also = "send-blocks(1), adopt-blocks(1)"};

struct Options {
  std::string ledger;
};

void declare(cli::OptionSet& set, Options& options) { cli::add_ledger(set, options.ledger); }

Exit run(const Options& options, cli::Output& out) {
  const auto ledger = ledger::Ledger::open({options.ledger}, care::all_operations());
  const ledger::Pin head{ledger.tip().height, ledger.tip().hash};
  cli::Envelope envelope = cli::chain_envelope("blocks.request", ledger.id(), head, out.world().now());
  encoding::JsonWriter json;
  json.begin_object().key("have").begin_array();
  for (const ledger::Pin& pin : ledger::landmarks(ledger)) json.value(to_text(pin));
  envelope.data = json.end_array().end_object().take();
  out.envelope(envelope);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(request_blocks, about, declare, run);
