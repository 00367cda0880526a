#include "libcore/care/drug/operations.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/batch.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/ledger/pool.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "register-product",
    .summary = "put products, and whose company prefixes are whose, on the ledger",
    .description =
        R"(The owner of a GS1 company prefix registers a product: its GTIN of 14 digits, or an NDC of ten digits that the GTIN follows
from; its name, strength and dosage form. Registering again replaces what was said before. Only the owner of the prefix may
commission its serials.

With --prefix a registrar gives a company prefix (4 to 12 digits, as they stand in the GTIN behind its first digit and at the start of
a GLN), or a single location of 13 digits, to an organisation.)",
    .examples = R"($ register-product --prefix 030001 --holder acme -k mercy -L demo
$ register-product 00300010123455 --name Epcistra --ndc 0001-0123-45 --strength '100 mg' --form tablet -k acme -L demo)",
    .exit_status = "1: the ledger's rules refuse it, such as a GTIN of another company's prefix.",
    .see_also = "enroll-identity(1), capture-events(1), trace-drug(1)"};

struct Options {
  std::string ledger, batch, gtin, name, ndc, strength, form, contents, prefix, holder;
  cli::KeyChoice key;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  cli::add_batch(set, options.batch);
  set.add("gtin", options.gtin, "GTIN of the product, 8 to 14 digits").type_name("TEXT");
  set.add("--name", options.name, "the product's name").type_name("TEXT");
  set.add("--ndc", options.ndc, "National Drug Code, with hyphens").type_name("TEXT");
  set.add("--strength", options.strength, "strength").type_name("TEXT");
  set.add("--form", options.form, "dosage form").type_name("TEXT");
  set.add("--contents", options.contents, "net contents").type_name("TEXT");
  set.add("--prefix", options.prefix, "a company prefix, or a location's GLN").type_name("TEXT");
  set.add("--holder", options.holder, "the organisation that the prefix belongs to").type_name("WHO");
  set.add_flag("--offline", options.offline, "sign and print only");
}

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

ledger::NewOperation operation_of(const Options& options, const ledger::State& state) {
  if (options.prefix.empty() != options.holder.empty()) throw misuse("--prefix and --holder belong together");
  if (!options.prefix.empty())
    return ledger::operation(drug::RegisterPrefix{options.prefix, cli::account_of_who(options.holder, state)});
  if (options.name.empty()) throw misuse("the product's name is missing", "--name TEXT");
  drug::RegisterProduct product;
  product.gtin = options.gtin;
  if (product.gtin.empty() && !options.ndc.empty()) product.gtin = gs1::gtin_of_ndc(options.ndc).value_or("");
  if (product.gtin.empty())
    throw misuse("the GTIN is missing", "an NDC of 10 digits has one; others need it beside them");
  if (product.gtin.size() >= 8 && product.gtin.size() < 14) product.gtin.insert(0, 14 - product.gtin.size(), '0');
  product.title = options.name;
  product.ndc = given(options.ndc);
  product.strength = given(options.strength);
  product.form = given(options.form);
  product.contents = given(options.contents);
  return ledger::operation(product);
}

Exit run(const Options& options, cli::Output& out) {
  const store::Layout layout{options.ledger};
  const auto pool = ledger::Pool::look(layout, all_operations(), out.world().now());
  std::vector<ledger::NewOperation> operations;
  if (options.batch.empty())
    operations.push_back(operation_of(options, pool.pending_state()));
  else
    for (const Options& line : cli::read_batch(options.batch, out, declare))
      operations.push_back(operation_of(line, pool.pending_state()));
  cli::sign_and_send(out, layout, pool.ledger().id(), cli::own_keys(options.key).signer(), operations,
                     {options.offline, {}});
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(register_product, about, declare, run);
