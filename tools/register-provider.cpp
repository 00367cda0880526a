#include "libcore/care/claim/name_map.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/provider/provider_source.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"

namespace {

using namespace carechain;
using care::provider::RegisterProvider;

constexpr cli::About about{
    .name = "register-provider",
    .summary = "add to a provider's entry in the directory",
    .description =
        R"(Says what providers' directory entries should hold, element by element: --set PATH=VALUE for one NPI, or files: CSV in the layout of
the NPPES dissemination file, and FHIR Practitioner, PractitionerRole, Organization and Location (a resource or a Bundle).

A value counts once enough weight stands behind it: the word of whoever has authority for that element (payers for
networks and accepting patients, regulators for licences and sanctions, registrars for names, kinds, status and taxonomy, the
provider itself for its places and phone), the provider's own word with that of one member, or that of three members. What contradicts
an accepted value becomes a dispute.

Paths: name kind status phone taxonomy.N license.N place.N network.NAME accepting.NAME sanction.N)",
    .examples = R"($ register-provider nppes.csv --evidence nppes -k mercy -L demo
$ register-provider --npi 1234567893 --set network.example-network=in --evidence primary-source -k acme-health -L demo)",
    .exit_status = "1: an entry has no valid NPI, or the ledger's rules refuse it.",
    .see_also = "attest-provider(1), find-provider(1)"};

struct Options {
  std::string ledger, npi, evidence = "primary-source", map;
  cli::KeyChoice key;
  std::vector<std::string> files, set;
  bool offline = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("file", options.files, "NPPES CSV or FHIR; - is stdin").type_name("FILE");
  set.add("--npi", options.npi, "national provider identifier, for --set").type_name("TEXT");
  set.add("--set", options.set, "PATH=VALUE").type_name("TEXT");
  set.add("--evidence", options.evidence, "on what it rests")
      .check(cli::one_of({"nppes", "primary-source", "phone", "site", "portal", "claims"}));
  set.add("--map", options.map, "what identifiers mean (YAML: providers)").type_name("FILE");
  set.add_flag("--offline", options.offline, "sign and print only");
}

RegisterProvider given(const Options& options) {
  if (options.npi.empty()) throw misuse("--set needs --npi");
  RegisterProvider entry{options.npi, {}, options.evidence};
  for (const std::string& set : options.set) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos) throw misuse("--set takes PATH=VALUE, not '" + set + "'");
    entry.elements.push_back({set.substr(0, equals), set.substr(equals + 1)});
  }
  return entry;
}

Exit run(const Options& options, cli::Output& out) {
  if (options.files.empty() == options.set.empty()) throw misuse("give files, or --npi with --set");
  care::claim::NameMap map;
  if (!options.map.empty())
    map = care::claim::read_name_map(cli::read_all(options.map, std::size_t{4} << 20), options.map);
  const auto npi_of = [&](const std::string& identifier) {
    const auto found = map.providers.find(identifier);
    return found == map.providers.end() ? identifier : found->second;
  };
  std::vector<ledger::NewOperation> operations;
  bool rejected = false;
  if (!options.set.empty()) operations.push_back(ledger::operation(given(options)));
  for (const std::string& file : options.files) {
    const std::string content = cli::read_all(file, std::size_t{512} << 20);
    const std::size_t first = content.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    const bool json = first != std::string::npos && content[first] == '{';
    for (const auto& entry : json ? care::provider::entries_of_fhir(content, npi_of, options.evidence)
                                  : care::provider::entries_of_nppes(content, file, options.evidence)) {
      if (entry.problem.empty()) {
        operations.push_back(ledger::operation(entry.entry));
        continue;
      }
      rejected = true;
      out.error(file + ": " + cli::clean(entry.where) + ": " + cli::clean(entry.problem), {});
    }
  }
  const store::Layout layout{options.ledger};
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  if (!operations.empty())
    cli::sign_and_send(out, layout, ledger, cli::own_keys(options.key).signer(), operations, {options.offline, {}});
  return rejected ? Exit::no : Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(register_provider, about, declare, run);
