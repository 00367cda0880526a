#include <fmt/ranges.h>

#include <set>

#include "libcore/base/parallel.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/record_facts.hpp"
#include "libcore/care/store_record.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "put-record",
    .summary = "store a patient's record, encrypted, and anchor it",
    .description =
        R"(Encrypts files into this organisation's vault and makes the transaction that puts them on the chain: which patient, which
custodian, FHIR resource types, media type, digest and size of the ciphertext, and a keyed digest of the content. The data
itself never leaves the vault unencrypted, and comes out byte for byte as it went in. The keys are sealed to the patient
and to everyone whom a grant of hers covers already.

The patient is named by the account she shows to this custodian, a did:key (keygen --derive), or by her key file where
that is at hand.

FHIR resources are recognised by their content. With --split each resource of a FHIR Bundle becomes a record of its own, the
exact bytes of that entry, so that grants by resource type mean something. Security labels and categories of a resource go on the
chain with its type, codes and dates only with --index, since they say much about a patient: a rule that forbids by something the
chain doesn't know fits every record, one that allows by it fits none. With --external the file is read once for its digest
and not kept: the pointer is sealed into the keys, and release-record --fetch gets the data when it is released.

Where the constitution names jurisdictions, a record is under the law of one, and is kept and released only within those it
allows. Where it names retention classes, a record has one, and is not erased before its time.)",
    .examples = R"($ put-record --patient alice -k mercy -L demo bundle.json
$ put-record --patient did:key:z6Mk… --split -k mercy -L demo bundle.json
$ mri-export 4711 | put-record --patient alice --type ImagingStudy --media application/dicom -k mercy -L demo -)",
    .exit_status = "1: a file is not what an option says it is, or the ledger's rules refuse the record.",
    .see_also = "grant(1), request-access(1), release-record(1), mine(1)"};

struct Options {
  std::string ledger, patient, media, external, jurisdiction, retention;
  cli::KeyChoice key;
  std::vector<std::string> files, types, labels, index;
  std::optional<Time> keep_until;
  bool split = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("file", options.files, "files to store; - is stdin").type_name("FILE").required();
  set.add("--patient", options.patient, "whose record it is: a did:key, or a patient's key file")
      .type_name("WHO")
      .required();
  set.add("--type", options.types, "FHIR resource type, where the content does not tell").type_name("TYPE");
  set.add("--media", options.media, "media type; default: application/fhir+json for FHIR, else by its bytes")
      .type_name("MEDIA");
  set.add("--label", options.labels, "security label, such as R or PSY, besides those in the content")
      .type_name("WORD");
  set.add("--index", options.index,
          "what of a FHIR resource the chain may know, so that rules can speak of it; default: labels and categories")
      .check(cli::one_of({"none", "labels", "categories", "codes", "dates"}));
  set.add_flag("--split", options.split, "store each resource of a FHIR Bundle as a record of its own");
  set.add("--jurisdiction", options.jurisdiction, "whose law it is under; default: this custodian's").type_name("TEXT");
  set.add("--retention", options.retention, "retention class; default: the only one that fits").type_name("TEXT");
  set.add("--keep-until", options.keep_until, "keep it so long, if that is later than its class says")
      .type_name("TIME")
      .check(cli::time_value(true));
  set.add("--external", options.external, "the data stays where it lives; this is the pointer to it").type_name("URI");
}

constexpr std::size_t inspected = 256u << 20;  // JSON up to this size is looked into
constexpr std::uint64_t sniffed = 16u << 20;   // of a stream whose end is not known

// One piece of content: its bytes (memory), or what is left of a file behind its first bytes.
struct Content {
  std::string head;
  std::optional<store::File> rest;

  crypto::Source source() {
    return [this, at = std::size_t{0}](std::span<std::uint8_t> buffer) mutable {
      std::size_t size = std::min(buffer.size(), head.size() - at);
      std::copy_n(head.begin() + static_cast<std::ptrdiff_t>(at), size, buffer.begin());
      at += size;
      if (size < buffer.size() && rest) size += rest->read(buffer.subspan(size));
      return size;
    };
  }
};

bool looks_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != std::string_view::npos && text[first] == '{';
}

// Text is read whole (up to `inspected`), so that FHIR can be recognised; anything else is streamed.
Content read_content(const std::string& name) {
  Content content;
  store::File file = name == "-" ? store::File(0, "stdin") : store::File::open_read(name);
  const std::size_t limit = file.is_regular() && file.size() > sniffed ? inspected : sniffed;
  std::string start(std::size_t{64} << 10, '\0');
  const auto read = [&](std::string& into) {
    into.resize(file.read({reinterpret_cast<std::uint8_t*>(into.data()), into.size()}));
  };
  read(start);
  content.head = start;
  if (looks_like_json(start)) {
    std::string more(std::size_t{1} << 20, '\0');
    for (read(more); !more.empty() && content.head.size() < limit; read(more)) {
      content.head += more;
      more.resize(std::size_t{1} << 20);
    }
    content.head += more;
  }
  content.rest = std::move(file);
  return content;
}

std::vector<std::string> distinct_types(const encoding::FhirDocument& document) {
  std::set<std::string> types;
  for (const auto& entry : document.entries) types.insert(entry.type);
  if (types.empty()) types.insert(document.type);
  return {types.begin(), types.end()};
}

std::optional<encoding::FhirDocument> inspect(const Content& content, const std::string& name, bool must) {
  if (!looks_like_json(content.head)) {
    if (must) throw refusal("'" + name + "' is not a FHIR Bundle in JSON: it can't be split");
    return std::nullopt;
  }
  try {
    auto document = encoding::inspect_fhir(content.head);
    if (must && (!document || document->type != "Bundle"))
      throw refusal("'" + name + "' is not a FHIR Bundle: it can't be split");
    return document;
  } catch (const encoding::JsonFault& fault) {
    if (must) throw refusal("'" + name + "', " + fault.what());
    return std::nullopt;  // stored as it is, as no FHIR
  }
}

class Storing {
 public:
  Storing(const Options& options, cli::Output& out)
      : options_(options),
        out_(out),
        layout_{options.ledger},
        pool_(ledger::Pool::look(layout_, care::all_operations(), out.world().now())),
        keys_(cli::own_keys(options.key)),
        custodian_(own_account()),
        patient_(cli::patient_account(options.patient, pool_.pending_state(), pool_.ledger().id(), custodian_)),
        vault_(care::Vault::open_or_create(layout_, cli::keys_directory(), custodian_, out.world().random)),
        use_(vault_.use()) {}

  void store(const std::string& name) {
    Content content = read_content(name);
    const auto document = inspect(content, name, options_.split);
    if (options_.split) return split(content.head, *document, name);
    care::NewRecord fresh;
    fresh.types = document ? distinct_types(*document) : options_.types;
    std::ranges::sort(fresh.types);
    fresh.facts = document ? facts(content.head) : labelled({});
    fresh.media = !options_.media.empty() ? options_.media
                  : document              ? "application/fhir+json"
                                          : media_of(content.head);
    if (!options_.external.empty()) fresh.uri = options_.external;
    fresh.data = content.source();
    add(std::move(fresh));
  }

  void send() { cli::sign_and_send(out_, layout_, pool_.ledger().id(), keys_.signer(), operations_); }

 private:
  PublicKey own_account() const {
    const auto account = ledger::account_of(pool_.pending_state(), keys_.key());
    const auto identity = account ? ledger::identities.get(pool_.pending_state(), *account) : std::nullopt;
    if (!identity || identity->kind != ledger::Kind::organisation)
      throw refusal("only an enrolled organisation keeps records",
                    "list identities shows the organisations of this ledger");
    return *account;
  }

  // The class that was given, or the only one for records under this law.
  std::optional<std::string> retention() const {
    if (!options_.retention.empty()) return options_.retention;
    const auto& privacy = pool_.ledger().constitution().privacy;
    if (!privacy) return std::nullopt;
    const auto own = ledger::jurisdiction_of(pool_.pending_state(), custodian_);
    const auto law = options_.jurisdiction.empty() ? own : std::optional(options_.jurisdiction);
    std::vector<std::string> fitting;
    for (const auto& retention : privacy->retention)
      if (!retention.jurisdiction || retention.jurisdiction == law) fitting.push_back(retention.name);
    if (fitting.size() > 1)
      throw misuse("the record needs a retention class", fmt::format("--retention {}", fmt::join(fitting, " or ")));
    return fitting.empty() ? std::nullopt : std::optional(fitting.front());
  }

  static std::string media_of(std::string_view head) {
    if (head.starts_with("%PDF-")) return "application/pdf";
    if (head.size() > 132 && head.substr(128, 4) == "DICM") return "application/dicom";
    if (looks_like_json(head)) return "application/json";
    const bool text = encoding::is_utf8(view_of(head.substr(0, 512))) && head.find('\0') == std::string_view::npos;
    return text && !head.empty() ? "text/plain" : "application/octet-stream";
  }

  care::RecordFacts facts(const std::string& json) const {
    const auto has = [&](const char* word) { return std::ranges::find(options_.index, word) != options_.index.end(); };
    const bool given = !options_.index.empty();
    return labelled(
        care::facts_of_fhir(json, {!given || has("labels"), !given || has("categories"), has("codes"), has("dates")}));
  }

  care::RecordFacts labelled(care::RecordFacts facts) const {
    if (options_.labels.empty()) return facts;
    std::set<std::string> all(options_.labels.begin(), options_.labels.end());
    if (facts.labels) all.insert(facts.labels->begin(), facts.labels->end());
    facts.labels.emplace(all.begin(), all.end());
    return facts;
  }

  void split(const std::string& text, const encoding::FhirDocument& bundle, const std::string& name) {
    if (bundle.entries.empty()) throw refusal("the Bundle in '" + name + "' holds no resources");
    auto progress = out_.progress("records", bundle.entries.size());
    for (const auto& entry : bundle.entries) {
      Content content{text.substr(entry.begin, entry.size), std::nullopt};
      care::NewRecord fresh{patient_, {entry.type}, "application/fhir+json", facts(content.head), {}, content.source()};
      add(std::move(fresh));
      progress.advance();
    }
  }

  void add(care::NewRecord fresh) {
    fresh.patient = patient_;
    if (!options_.jurisdiction.empty()) fresh.jurisdiction = options_.jurisdiction;
    fresh.retention = retention();
    fresh.keep_until = options_.keep_until;
    const unsigned threads = options_.split ? 1 : hardware_threads();
    care::Desk desk{pool_, vault_, custodian_, out_.world().now(), out_.world().random, threads};
    operations_.push_back(ledger::operation(care::store_record(desk, fresh)));
  }

  const Options& options_;
  cli::Output& out_;
  store::Layout layout_;
  ledger::Pool pool_;
  cli::OwnKeys keys_;
  PublicKey custodian_, patient_;
  care::Vault vault_;
  store::Lock use_;  // until what was stored is in the pool: who destroys keys has to know of it
  std::vector<ledger::NewOperation> operations_;
};

Exit run(const Options& options, cli::Output& out) {
  if (options.split && !options.external.empty()) throw misuse("--split and --external exclude one another");
  if (!options.external.empty() && options.files.size() != 1) throw misuse("--external takes exactly one file");
  for (const std::string& file : options.files)
    if (file != "-" && !store::exists(file)) throw Error("cannot open '" + file + "': No such file or directory");
  Storing storing(options, out);
  for (const std::string& file : options.files) storing.store(file);
  storing.send();
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(put_record, about, declare, run);
