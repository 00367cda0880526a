#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/adoption.hpp"
#include "libcore/store/frames.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "send-blocks",
    .summary = "send the blocks that another copy lacks",
    .description =
        R"(Reads from stdin what request-blocks wrote on another member's machine, and writes to stdout the blocks of this chain that
follow the last one which both copies have, as they lie in the segments. With --all it reads nothing and writes the whole
chain, for a new copy or an auditor; blocks that the chain left behind are not in it.

It reads only: it may be run for anybody who may see the ledger, over ssh with a forced command for example.)",
    .examples = R"($ request-blocks -L mine | ssh south send-blocks -L south | adopt-blocks -L mine
$ ssh south send-blocks --all -L south | adopt-blocks --new -L mine
$ send-blocks --all -L mine | verify-chain -)",
    .exit_status = "1: the request is of another ledger. 0 also when there is nothing to send.",
    .see_also = "request-blocks(1), adopt-blocks(1), verify-chain(1)"};

struct Options {
  std::string ledger;
  bool all = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add_flag("--all", options.all, "the whole chain; reads no request");
}

std::vector<ledger::Pin> landmarks_of(std::string_view line, const Hash& ledger) {
  const auto request = encoding::parse_json(line);
  const auto text = [](const encoding::Value* value) {
    const auto* found = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return found == nullptr ? std::string() : *found;
  };
  if (text(request.find("type")) != "blocks.request")
    throw refusal("line 1: this is not what request-blocks writes", "request-blocks -L MINE | send-blocks -L DIR");
  if (text(request.find("ledger")) != encoding::hex(ledger.view()))
    throw refusal("line 1: the request is of another ledger");
  const auto* data = request.find("data");
  const auto* have = data == nullptr ? nullptr : data->find("have");
  const auto* pins = have == nullptr ? nullptr : std::get_if<encoding::Array>(have);
  if (pins == nullptr || pins->empty()) throw refusal("line 1: the request names no block (data.have)");
  std::vector<ledger::Pin> landmarks;
  for (const encoding::Value& pin : *pins) {
    const auto parsed = ledger::parse_pin(text(&pin));
    if (!parsed) throw refusal("line 1: data.have holds something that is not a pin, HEIGHT:HASH");
    landmarks.push_back(*parsed);
  }
  return landmarks;
}

Exit run(const Options& options, cli::Output& out) {
  const auto ledger = ledger::Ledger::open({options.ledger}, care::all_operations());
  std::uint64_t next = 0;
  if (!options.all) {
    auto lines = cli::LineReader::open("-");
    const auto line = lines.next();
    if (!line)
      throw refusal("there is no request on stdin",
                    "request-blocks -L MINE | send-blocks -L DIR, or send-blocks --all");
    const auto common = ledger::last_in_common(ledger, landmarks_of(*line, ledger.id()));
    if (!common) throw refusal("none of the blocks that the request names is on this chain");
    next = *common + 1;
  }
  const std::uint64_t first = next;
  auto progress = out.progress("blocks", ledger.tip().height + 1 - first);
  for (; next <= ledger.tip().height; ++next) {
    out.raw(store::frame("CCF1", ledger.block(next)));
    progress.reach(next - first);
  }
  out.flush();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(send_blocks, about, declare, run);
