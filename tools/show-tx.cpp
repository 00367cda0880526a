#include <chrono>
#include <thread>

#include "libcore/care/holdings.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "show-tx",
    .summary = "show a transaction, and what became of it",
    .description =
        R"(Prints a transaction by its id or the first 8 or more characters of it, with its status: sealed with height and block, pending,
or dropped with the reason. With --wait it waits so long for a pending one to be sealed or dropped.)",
    .examples = R"($ show-tx 1f0c2d3e -L demo
$ show-tx 1f0c2d3e --wait 60 -L demo && echo sealed)",
    .exit_status = "0: sealed. 1: dropped, or there is no such transaction. 3: not sealed yet.",
    .see_also = "submit-tx(1), mine(1), show-chain(1)"};

struct Options {
  std::string ledger, id;
  unsigned wait = 0;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("id", options.id, "the transaction").type_name("ID").required();
  set.add("--wait", options.wait, "wait so long for it to be sealed or dropped")
      .type_name("SECONDS")
      .check(cli::whole(0, 86400));
}

std::string digits_of(const std::string& text) {
  std::string digits = text.substr(0, text.find('.'));
  const auto odd = [](char c) { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')); };
  if (digits.size() < 8 || digits.size() > 64 || std::ranges::any_of(digits, odd))
    throw misuse("'" + text + "' is not the id of a transaction: 64 hex digits, or at least the first 8");
  return digits;
}

struct Found {
  cli::Envelope envelope;
  Exit exit;
};

// Sealed first: that needs no pool. One that is neither sealed, pending nor dropped is looked for once more, since it
// may have been sealed between the looks.
std::optional<Found> find(const store::Layout& layout, const std::string& digits, Time now) {
  const auto& table = care::all_operations();
  const auto ledger = ledger::Ledger::open(layout, table);
  const auto sealed = ledger.transactions_like(digits, 2);
  if (sealed.size() > 1) throw refusal("'" + digits + "' is not unique", "give more characters of the id");
  if (sealed.size() == 1)
    return Found{cli::envelope_of_sealed(ledger, *ledger.find_transaction(sealed.front())), Exit::ok};
  const auto pool = ledger::Pool::look(layout, table, now);
  for (const auto& pending : pool.pending())
    if (encoding::hex(pending.id.view()).starts_with(digits))
      return Found{cli::envelope_of(table, ledger.id(), pending.bytes), Exit::trouble};
  for (const auto& dropped : ledger::read_dropped(layout))
    if (encoding::hex(dropped.id.view()).starts_with(digits))
      return Found{cli::envelope_of(table, ledger.id(), dropped.bytes, {"dropped", {}, {}, dropped.reason}), Exit::no};
  const auto later = pool.ledger().transactions_like(digits, 1);
  if (later.empty()) return std::nullopt;
  return Found{cli::envelope_of_sealed(pool.ledger(), *pool.ledger().find_transaction(later.front())), Exit::ok};
}

Exit run(const Options& options, cli::Output& out) {
  const std::string digits = digits_of(options.id);
  const store::Layout layout{options.ledger};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(options.wait);
  for (;;) {
    const auto found = find(layout, digits, out.world().now());
    const bool waiting = (!found || found->exit == Exit::trouble) && std::chrono::steady_clock::now() < deadline;
    if (waiting) {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      continue;
    }
    if (!found)
      throw refusal("there is no transaction '" + digits + "' on this ledger", "show-chain --transactions lists them");
    out.envelope(found->envelope);
    return found->exit;
  }
}

}  // namespace

CARECHAIN_PROGRAM(show_tx, about, declare, run);
