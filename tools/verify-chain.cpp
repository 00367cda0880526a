#include "libcore/base/parallel.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/vault_audit.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/verify.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "verify-chain",
    .summary = "check a chain from its first block to its head",
    .description =
        R"(Checks everything, offline, from the blocks alone: framing and encoding, links between blocks, proof of work and the
targets it had to meet, times, that each sealer was permitted at its height, sealers' and signers' signatures, Merkle
roots, that every signer was permitted, every operation replayed, the state digest after each block, and, where there is an
index, that it says the same. It needs no key, writes nothing, and works on read-only media. With - the segments are
read from stdin, one after the other, or what send-blocks writes.

Where the chain turned from one branch to another (adopt-blocks), the branch with most work is checked. The blocks left behind are
counted, and of them only seals and roots are checked. On stdin branches can't be told apart: that is exit 3, and send-blocks
--all writes the chain alone.

A chain that ends early looks sound to whoever doesn't know more. A pin, HEIGHT:HASH as show-chain --head prints it,
is what an auditor wrote down before: with --expect the chain must contain that block. With --from the blocks up to the
pinned one are replayed without checking their signatures again.

Legal holds in force at the head are reported.

With --vault the stored objects of this organisation's vault are checked too: present, and the ciphertext the chain names; of what
was erased, gone, and the certificate in the vault is the one whose digest the chain holds.)",
    .examples = R"($ verify-chain -L demo
$ verify-chain -L copy --expect 12:00a1…
$ cat copy/blocks/*.blk | verify-chain -)",
    .exit_status =
        "1: the chain is faulty; the report names segment, byte offset, height, transaction and reason. 3: nothing "
        "definite can be said: the last frame is unfinished and no --expect was given, or the chain uses a rule "
        "set newer than this program.",
    .see_also = "show-chain(1), rebuild-index(1), carechain-ledger(5)"};

struct Options {
  std::string ledger, input, expect, from;
  unsigned threads = 0;
  bool all = false, vault = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger).required(false);
  set.add("input", options.input, "- reads the segments from stdin").type_name("{-}").check(cli::one_of({"-"}));
  set.add("--expect", options.expect, "a block that must be on the chain").type_name("PIN");
  set.add("--from", options.from, "a block up to which signatures were checked before").type_name("PIN");
  set.add_flag("--all", options.all, "list every fault, not only the first");
  set.add_flag("--vault", options.vault, "check the vault's objects too");
  set.add("--threads", options.threads, "threads to work with; default: one for each processor")
      .type_name("NUMBER")
      .check(cli::whole(1, 1024));
}

std::optional<ledger::Pin> pin_of(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  const auto pin = ledger::parse_pin(text);
  if (!pin)
    throw misuse(std::string(option) + " '" + text + "' is not a pin", "HEIGHT:HASH, as show-chain --head prints it");
  return pin;
}

// Faults of the index, the vault and a pin lie in no frame.
bool has_place(const ledger::Fault& fault) {
  return fault.layer != ledger::Layer::index && fault.layer != ledger::Layer::vault &&
         fault.layer != ledger::Layer::pin;
}

std::string json_of(const ledger::Fault& fault) {
  encoding::JsonWriter json;
  json.begin_object().key("layer").value(to_text(fault.layer)).key("segment");
  has_place(fault) ? json.value(std::uint64_t{fault.position.segment}) : json.null();
  json.key("offset");
  has_place(fault) ? json.value(fault.position.offset) : json.null();
  json.key("height").value(fault.height).key("transaction");
  fault.transaction ? json.value(std::uint64_t{*fault.transaction}) : json.null();
  json.key("tx");
  fault.transaction_id ? json.value(encoding::hex(fault.transaction_id->view())) : json.null();
  return json.key("reason").value(fault.reason).end_object().take();
}

std::string words_of(const ledger::Fault& fault) {
  std::string words = fmt::format("block {}", fault.height);
  if (has_place(fault)) words += fmt::format(", segment {}, byte {}", fault.position.segment, fault.position.offset);
  if (fault.transaction) words += fmt::format(", transaction {}", *fault.transaction);
  if (fault.transaction_id) words += " (" + encoding::hex(fault.transaction_id->view()) + ")";
  return words + ": " + std::string(to_text(fault.layer)) + ": " + fault.reason;
}

struct Privacy {
  std::vector<std::pair<care::ObjectRef, care::PrivacyWatch::SeenHold>> holds;
  care::VaultAudit::Erased erased;
};

void print_privacy(cli::Output& out, const Privacy& privacy) {
  for (const auto& [ref, seen] : privacy.holds)
    out.line(fmt::format("legal hold  {}, {}, {}", ledger::json_text(ref), cli::clean(seen.hold.basis),
                         seen.hold.until ? "until " + to_text(*seen.hold.until) : "until it is lifted"));
  for (const auto& order : privacy.erased.in_order)
    out.line(fmt::format("erased      {}, certificate in order", ledger::json_text(order)));
  for (const auto& order : privacy.erased.waiting)
    out.line(fmt::format("erasing     {}, ordered and not certified yet", ledger::json_text(order)));
}

void write_privacy(encoding::JsonWriter& json, const Privacy& privacy) {
  json.key("holds").begin_array();
  for (const auto& [ref, seen] : privacy.holds) {
    json.begin_object().key("hold").value(ledger::json_text(ref)).key("basis").value(seen.hold.basis).key("until");
    seen.hold.until ? json.value(to_text(*seen.hold.until)) : json.null();
    json.end_object();
  }
  json.end_array();
  for (const auto& [key, orders] :
       {std::pair{"erased", &privacy.erased.in_order}, std::pair{"erasing", &privacy.erased.waiting}}) {
    json.key(key).begin_array();
    for (const auto& order : *orders) json.value(ledger::json_text(order));
    json.end_array();
  }
}

void print_text(cli::Output& out, const ledger::VerifyReport& report, const Privacy& privacy) {
  out.line(fmt::format("ledger      {}", encoding::hex(report.ledger.view())));
  if (!report.name.empty()) out.line(fmt::format("name        {}", cli::clean(report.name)));
  out.line(fmt::format("head        {}", to_text(report.head)));
  out.line(fmt::format("            {}", to_text(report.head_time)));
  out.line(fmt::format("checked     {} blocks, {} transactions, {} operations", report.blocks, report.transactions,
                       report.operations));
  for (const auto& [layer, count] : report.layers)
    out.line(fmt::format("  {:<10}{:>12}  {}", to_text(layer), count, describe(layer)));
  if (report.left_behind > 0)
    out.line(fmt::format("left behind {} {} of branches that this chain outweighs", report.left_behind,
                         report.left_behind == 1 ? "block" : "blocks"));
  print_privacy(out, privacy);
  for (const auto& fault : report.faults) out.line(fmt::format("FAULT       {}", words_of(fault)));
  if (report.unclear) out.line(fmt::format("UNCLEAR     {}", *report.unclear));
  out.line(report.faults.empty() ? report.unclear ? "not certain" : "sound" : "faulty");
}

void print_json(cli::Output& out, const ledger::VerifyReport& report, const Privacy& privacy) {
  cli::Envelope envelope;
  envelope.type = "verification";
  envelope.height = report.head.height;
  envelope.block = encoding::hex(report.head.hash.view());
  envelope.time = report.head_time;
  envelope.ledger = encoding::hex(report.ledger.view());
  if (!report.faults.empty())
    envelope.reason = words_of(report.faults.front());
  else if (report.unclear)
    envelope.reason = report.unclear;
  encoding::JsonWriter json;
  json.begin_object().key("decision").value(!report.faults.empty() ? "faulty" : report.unclear ? "unclear" : "sound");
  json.key("pin").value(to_text(report.head)).key("blocks").value(report.blocks);
  json.key("transactions")
      .value(report.transactions)
      .key("operations")
      .value(report.operations)
      .key("left_behind")
      .value(report.left_behind)
      .key("layers")
      .begin_object();
  for (const auto& [layer, count] : report.layers) json.key(to_text(layer)).value(count);
  json.end_object().key("faults").begin_array();
  for (const auto& fault : report.faults) json.raw(json_of(fault));
  json.end_array();
  write_privacy(json, privacy);
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

Exit run(const Options& options, cli::Output& out) {
  if (options.input == "-" && options.vault) throw misuse("--vault needs the ledger directory, not stdin");
  if (options.input != "-" && options.ledger.empty())
    throw misuse("-L/--ledger is missing", "verify-chain -L DIR, or segments on stdin: verify-chain -");
  ledger::VerifyOptions wanted;
  wanted.threads = options.threads == 0 ? hardware_threads() : options.threads;
  wanted.expect = pin_of(options.expect, "--expect");
  wanted.from = pin_of(options.from, "--from");
  wanted.all = options.all;
  const store::Layout layout{options.ledger};
  std::optional<care::VaultAudit> audit;
  if (options.vault) audit.emplace(layout);
  auto progress = out.progress("blocks", 0);
  const auto tick = [&](std::uint64_t blocks) { progress.reach(blocks); };
  care::PrivacyWatch watch;
  const ledger::OnBlock on_block = [&](const auto& block, const auto& transactions) {
    watch.see(block, transactions);
    if (audit) audit->see(block, transactions);
  };
  auto report = options.input == "-"
                    ? ledger::verify(store::File(0, "stdin"), care::all_operations(), wanted, tick, on_block)
                    : ledger::verify(layout, care::all_operations(), wanted, tick, on_block);
  Privacy privacy{watch.holds_in_force(report.head_time), {}};
  if (audit && (report.faults.empty() || options.all)) privacy.erased = audit->conclude(report, wanted.threads);
  out.json() ? print_json(out, report, privacy) : print_text(out, report, privacy);
  if (!report.faults.empty()) return Exit::no;
  return report.unclear ? Exit::trouble : Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(verify_chain, about, declare, run);
