#include "libcore/care/operations.hpp"
#include "libcore/cli/chain_envelope.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/ledger/adoption.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "adopt-blocks",
    .summary = "take in the blocks of another copy of the ledger",
    .description =
        R"(Reads blocks, from stdin what send-blocks wrote, or segments of another copy as files, checks every one of them in full, and
puts what is new behind this chain. Nothing is taken on trust: who sent the blocks doesn't matter.

Where two members sealed at the same time the copies part, and both go on from there with different blocks. The chain is then
the branch with most work, of two with the same work the one whose last block has the lower hash; so all copies come
to the same. When the other branch outweighs this one, it takes its place: the transactions of the blocks that are left behind
and that it does not hold are pending again, in front of what was pending, and the next mine seals them, or drops those that no
longer fit and says why. The blocks left behind stay in the segments, and nothing reads them. A branch that does not outweigh this
chain is not kept.

What was done because of a block that is left behind can't be undone here: scripts that pay or send something wait for a few
blocks (show-chain --head). A release that was decided on such a block is sealed again, as one without foundation (access-log
--unfounded), since its basis is no longer on the chain.

With --expect, a block that somebody wrote down (show-chain --head) stays on the chain whatever work is put against it.

With --new a copy is made where there is no ledger yet. It has no genesis.yaml; vault and pool are empty.)",
    .examples = R"($ request-blocks -L mine | ssh south send-blocks -L south | adopt-blocks -L mine
$ ssh south send-blocks --all -L south | adopt-blocks --new -L mine
$ adopt-blocks -L mine /media/stick/blocks/*.blk)",
    .exit_status =
        "1: a block is not valid, follows none of this ledger, or is not the one that a pin names. 3: the blocks that "
        "came are damaged. What came before was taken in. 0 also when nothing was new, or this chain outweighs the "
        "other.",
    .see_also = "request-blocks(1), send-blocks(1), verify-chain(1), carechain-ledger(5)"};

struct Options {
  std::string ledger;
  std::vector<std::string> files, expect;
  bool fresh = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("files", options.files, "segments, in their order; default: stdin").type_name("FILE");
  set.add("--expect", options.expect, "a block that must be on the chain").type_name("PIN");
  set.add_flag("--new", options.fresh, "make a copy where there is no ledger yet");
}

std::vector<ledger::Pin> pins_of(const std::vector<std::string>& words) {
  std::vector<ledger::Pin> pins;
  for (const std::string& word : words) {
    const auto pin = ledger::parse_pin(word);
    if (!pin) throw misuse("--expect '" + word + "' is not a pin", "HEIGHT:HASH, as show-chain --head prints it");
    pins.push_back(*pin);
  }
  return pins;
}

store::SegmentReader reader_of(const std::string& file) {
  return store::SegmentReader(file == "-" ? store::File(0, "stdin") : store::File::open_read(file));
}

// The directory of a new copy, with block 0: the first that comes.
void make_copy(const store::Layout& layout, store::SegmentReader& stream, const std::vector<ledger::Pin>& expect) {
  const auto first = stream.next();
  if (!first || first->status != store::SegmentFrame::whole)
    throw refusal("no block 0 came", "send-blocks --all -L OTHER | adopt-blocks --new -L " + layout.root);
  for (const ledger::Pin& pin : expect)
    if (pin.height == 0 && pin.hash != ledger::block_hash(first->block)) throw refusal("block 0 is not the pinned one");
  ledger::create_copy(layout, care::all_operations(), first->block);
}

cli::Envelope envelope_of(const ledger::AdoptReport& report, const Hash& ledger, Time now) {
  cli::Envelope envelope = cli::chain_envelope("blocks.adopted", ledger, report.head, now);
  const bool kept = report.added == 0 && report.not_kept > 0;
  if (kept) envelope.reason = "this chain outweighs the other branch";
  encoding::JsonWriter json;
  json.begin_object().key("decision");
  json.value(report.added > 0 ? "adopted" : kept ? "kept" : "known");
  json.key("pin").value(to_text(report.head)).key("added").value(report.added).key("known").value(report.known);
  json.key("not_kept").value(report.not_kept).key("fork");
  report.fork ? json.value(to_text(*report.fork)) : json.null();
  json.key("left_behind").value(report.left_behind).key("pending_again").value(report.returned);
  envelope.data = json.end_object().take();
  return envelope;
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto expect = pins_of(options.expect);
  std::vector<store::SegmentReader> streams;
  for (const std::string& file : options.files) streams.push_back(reader_of(file));
  if (streams.empty()) streams.push_back(reader_of("-"));
  if (options.fresh) {
    if (store::exists(layout.blocks()))
      throw refusal("there is a ledger in '" + layout.root + "' already", "leave out --new");
    make_copy(layout, streams.front(), expect);
  } else if (!store::is_directory(layout.blocks())) {
    throw Error("there is no ledger in '" + layout.root + "'", "--new makes a copy there");
  }
  ledger::Adoption adoption(layout, care::all_operations(), {out.world().now(), expect});
  auto progress = out.progress("blocks", 0);
  for (store::SegmentReader& stream : streams)
    adoption.take(std::move(stream), [&](std::uint64_t blocks) { progress.reach(blocks); });
  ledger::AdoptReport report = adoption.finish();
  if (options.fresh) ++report.added;  // block 0
  out.envelope(envelope_of(report, ledger::Ledger::open(layout, care::all_operations()).id(), out.world().now()));
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(adopt_blocks, about, declare, run);
