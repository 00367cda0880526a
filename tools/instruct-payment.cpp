#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/contract/effect_list.hpp"
#include "libcore/contract/instruction.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "instruct-payment",
    .summary = "sign the instructions to pay what contracts decided",
    .description =
        R"(Contracts cause payments: a claim that is paid, one that is taken back, a visit of a trial. Each is an effect (list effects).
Who owes it signs an instruction with this program: a transaction that says which effect, to whom and how much, for a bank or a
script to carry out. The ledger takes one for each effect and no second, and none that says anything else than the effect.

With - the effects come as lines of list effects: those that the signer owes and that were not instructed yet are signed, the others
are passed over.)",
    .examples = R"($ list effects --since 120 -L demo | instruct-payment - -k acme-health -L demo
$ instruct-payment 6ee97becb23c -k acme-health -L demo | jq -c .data
$ list effects --open -L demo)",
    .exit_status =
        "1: there is no such effect, it asks for no payment, somebody else owes it, or it was instructed before.",
    .see_also = "list(1), show-claim(1), export-remittance(1), trial-pay(1)"};

struct Options {
  std::string ledger;
  cli::KeyChoice key;
  std::vector<std::string> effects;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("effect", options.effects, "effects: the id or its beginning; - reads lines of list effects")
      .type_name("ID")
      .required();
  set.add_flag("--offline", options.offline, "sign and print only");
}

class Instructing {
 public:
  Instructing(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        layout_{options.ledger},
        pool_(ledger::Pool::look(layout_, care::all_operations(), out.world().now())),
        keys_(cli::own_keys(options.key)) {}

  void run() {
    for (const std::string& name : options_.effects) name == "-" ? from_lines() : add(named(name));
    if (operations_.empty()) return out_.words("nothing is owed that was not instructed");
    cli::sign_and_send(out_, layout_, pool_.ledger().id(), keys_.signer(), operations_, {options_.offline, {}});
  }

 private:
  void add(const contract::EffectId& id) {
    const auto effect = contract::find_effect(pool_.ledger().state(), id);
    const auto instruction = effect ? contract::instruction_of(id, *effect) : std::nullopt;
    if (!effect) throw refusal("there is no effect " + encoding::hex(id.view()), "list effects");
    if (!instruction) throw refusal("the effect asks for no payment: it is of the kind " + effect->kind);
    operations_.push_back(ledger::operation(*instruction));
  }

  contract::EffectId named(const std::string& text) const {
    std::vector<contract::EffectId> found;
    contract::effects_since(pool_.ledger(), 0, [&](const contract::EffectId& id, const contract::Effect&) {
      if (encoding::hex(id.view()).starts_with(text)) found.push_back(id);
      return found.size() < 2;
    });
    if (found.empty()) throw refusal("there is no effect " + cli::clean(text), "list effects");
    if (found.size() > 1) throw refusal("several effects begin with " + cli::clean(text), "give more of the id");
    return found.front();
  }

  void from_lines() {
    const auto me =
        ledger::account_of(pool_.pending_state(), keys_.signer().public_key()).value_or(keys_.signer().public_key());
    cli::LineReader lines = cli::LineReader::open("-");
    while (const auto line = lines.next()) {
      if (line->empty()) continue;
      const auto id = id_in(*line, lines.line_number());
      const auto effect = contract::find_effect(pool_.ledger().state(), id);
      const bool owed = effect && effect->from == me && contract::instruction_of(id, *effect);
      if (owed && !contract::instructions.has(pool_.pending_state(), id)) add(id);
    }
  }
  static contract::EffectId id_in(std::string_view line, std::uint64_t number) {
    const std::string where = "line " + std::to_string(number);
    try {
      const auto text = encoding::find_top_level_string(line, "id");
      const auto bytes = text ? encoding::parse_hex(*text) : std::nullopt;
      if (!bytes || bytes->size() != contract::EffectId::size)
        throw refusal(where + ": the line has no effect's id", "list effects");
      return contract::EffectId(*bytes);
    } catch (const encoding::JsonFault&) {
      throw refusal(where + ": this is not JSON", "give lines as list effects prints them");
    }
  }

  const Options& options_;
  cli::Output& out_;
  store::Layout layout_;
  ledger::Pool pool_;
  cli::OwnKeys keys_;
  std::vector<ledger::NewOperation> operations_;
};

Exit run(const Options& options, cli::Output& out) {
  Instructing(options, out).run();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(instruct_payment, about, declare, run);
