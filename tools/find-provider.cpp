#include <set>

#include "libcore/care/operations.hpp"
#include "libcore/care/provider/provider_source.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/ledger.hpp"

namespace {

using namespace carechain;
using care::provider::Element;
using care::provider::Provider;

constexpr cli::About about{
    .name = "find-provider",
    .summary = "look a provider up: name, specialty, place, network",
    .description =
        R"(Finds directory entries by NPI, by words of the name, by specialty (NUCC taxonomy code), by place (city, state or postal code)
and by network; what is given must all fit. Each element is shown with its age in days, who said so and on what evidence, and
whether it is open, disputed or stale. --stale is the work list: entries with an element that nobody stood behind for 90 days.
--fhir prints Plan-Net-shaped Bundles.)",
    .examples = R"($ find-provider --name ratke --place MA -L demo
$ find-provider --specialty 207Q00000X --network example-network --fhir -L demo
$ find-provider --stale -L demo | jq -r .id | xargs attest-provider -k mercy -L demo)",
    .exit_status = "1: nobody fits.",
    .see_also = "register-provider(1), attest-provider(1)"};

struct Options {
  std::string ledger, npi, name, specialty, place, network;
  bool stale = false, fhir = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  set.add("npi", options.npi, "national provider identifier").type_name("TEXT");
  set.add("--name", options.name, "words of the name").type_name("TEXT");
  set.add("--specialty", options.specialty, "NUCC taxonomy code").type_name("TEXT");
  set.add("--place", options.place, "city, state or postal code").type_name("TEXT");
  set.add("--network", options.network, "in this network").type_name("NAME");
  set.add_flag("--stale", options.stale, "only entries with an element older than 90 days");
  set.add_flag("--fhir", options.fhir, "Plan-Net-shaped FHIR");
}

class Finding {
 public:
  Finding(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        ledger_(ledger::Ledger::open(store::Layout{options.ledger}, care::all_operations())) {
    const auto ask = [&](const char* path, const std::string& value) {
      if (value.empty()) return;
      for (std::string& word : care::provider::search_words(path, value)) words_.push_back(std::move(word));
    };
    ask("name", options.name);
    ask("taxonomy.1", options.specialty);
    ask("place.1", options.place);
    if (!options.network.empty()) ask(("network." + options.network).c_str(), "in");
  }

  bool run() {
    if (!options_.npi.empty())
      one(options_.npi);
    else if (!words_.empty())
      by_words();
    else
      ledger_.scan_state(care::provider::providers.key(), [&](std::string_view, std::string_view value) {
        show(encoding::decode_fields<Provider>(view_of(value)));
        return true;
      });
    return found_ > 0;
  }

 private:
  // The rarest word would be best; the longest is nearly as good and known at once.
  void by_words() {
    const auto longest = std::ranges::max(words_, {}, &std::string::size);
    std::set<std::string> seen;
    const std::string prefix = std::string(care::provider::directory_notes) + longest + '\0';
    ledger_.scan_notes(prefix, [&](std::string_view key, std::string_view) {
      const std::string npi(key.substr(prefix.size()));
      if (seen.insert(npi).second) one(npi);
      return true;
    });
  }
  void one(const std::string& npi) {
    if (const auto provider = care::provider::providers.get(ledger_.state(), npi)) show(*provider);
  }

  bool fits(const Provider& provider) const {
    std::set<std::string> has;
    for (const Element& element : provider.elements) {
      if (element.path.starts_with("network.") && element.value != "in") continue;
      for (std::string& word : care::provider::search_words(element.path, element.value)) has.insert(std::move(word));
    }
    return std::ranges::all_of(words_, [&](const std::string& word) { return has.contains(word); });
  }
  bool is_stale(const Element& element) const { return care::provider::is_stale(element, out_.world().now()); }

  void show(const Provider& provider) {
    if (!fits(provider)) return;
    if (options_.stale && std::ranges::none_of(provider.elements, [&](const Element& e) { return is_stale(e); }))
      return;
    ++found_;
    if (options_.fhir) return out_.line(care::provider::plan_net(provider));
    out_.json() ? envelope(provider) : text(provider);
  }

  std::string state_of(const Element& element) const {
    return !element.disputes.empty() ? "disputed"
           : is_stale(element)       ? "stale"
           : element.accepted        ? "accepted"
                                     : "open";
  }
  std::int64_t age_of(const Element& element) const {
    return (out_.world().now().seconds - element.verified.seconds) / day_seconds;
  }
  std::string who(const PublicKey& account) const {
    const auto identity = ledger::identities.get(ledger_.state(), account);
    return identity && identity->name ? *identity->name : encoding::did_key(account);
  }

  void text(const Provider& provider) {
    out_.line(provider.npi);
    std::vector<std::vector<std::string>> rows;
    for (const Element& element : provider.elements)
      rows.push_back({"  " + cli::clean(element.path), cli::clean(element.value), state_of(element),
                      std::to_string(age_of(element)), cli::clean(who(element.by)), element.evidence});
    out_.table({"  element", "value", "state", "days", "by", "evidence"}, rows);
  }

  void envelope(const Provider& provider) {
    encoding::JsonWriter json;
    json.begin_object().key("npi").value(provider.npi).key("elements").begin_array();
    for (const Element& element : provider.elements) {
      json.begin_object()
          .key("path")
          .value(element.path)
          .key("value")
          .value(element.value)
          .key("state")
          .value(state_of(element));
      json.key("age_days").value(age_of(element)).key("verified").value(to_text(element.verified));
      json.key("by").value(who(element.by)).key("evidence").value(element.evidence).key("weight").value(element.weight);
      json.key("disputes").begin_array();
      for (const auto& dispute : element.disputes)
        json.begin_object()
            .key("value")
            .value(dispute.value)
            .key("by")
            .value(who(dispute.by))
            .key("evidence")
            .value(dispute.evidence)
            .end_object();
      json.end_array().end_object();
    }
    json.end_array().end_object();
    out_.envelope({.type = "provider",
                   .id = provider.npi,
                   .ids = {provider.npi},
                   .status = "sealed",
                   .height = provider.registered,
                   .data = json.take()});
  }

  const Options& options_;
  cli::Output& out_;
  ledger::Ledger ledger_;
  std::vector<std::string> words_;
  std::size_t found_ = 0;
};

Exit run(const Options& options, cli::Output& out) {
  if (Finding(options, out).run()) return Exit::ok;
  out.words("nobody in the directory fits");
  return Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(find_provider, about, declare, run);
