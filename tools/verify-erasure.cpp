#include "libcore/care/erasure_check.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "verify-erasure",
    .summary = "check a certificate of erasure",
    .description =
        R"(Checks what erase-key certified, and claims only the levels it was given:

  certificate  the custodian's signature on it; always
  chain        with -L: the order, its certificate's digest, the records, and that every permit on the chain is named
  vault        with --vault: no epoch's master key, patient key or capsule there opens what was erased; everything is tried
  copy         with --copy DIR: the same for an old copy of the ledger directory, with the keys that are here now

The keys' directory ($CARECHAIN_KEYS) is the one that is searched. Whoever keeps a copy of an epoch's master key elsewhere
can't be found out by any program; register-copy puts those on the chain, and then the certificate is PARTIAL.)",
    .examples = R"($ verify-erasure certificate.json
$ verify-erasure -L demo --vault --copy /backup/demo certificate.json)",
    .exit_status = "1: the erasure is not what the certificate says. 3: the chain given ends too early to tell.",
    .see_also = "erase-key(1), verify-chain(1)"};

struct Options {
  std::string ledger;
  std::vector<std::string> certificates, copies;
  bool vault = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger).required(false);
  set.add("certificate", options.certificates, "what erase-key printed; - is stdin").type_name("FILE").required();
  set.add_flag("--vault", options.vault, "try to open it with everything in this ledger's vault");
  set.add("--copy", options.copies, "try to open it in this old copy of the ledger directory").type_name("DIR");
}

struct Level {
  std::string name;
  care::ErasureFindings findings;
};

// The worst of all levels.
Exit judge(const std::vector<Level>& levels) {
  Exit exit = Exit::ok;
  for (const Level& level : levels) {
    if (!level.findings.faults.empty()) return Exit::no;
    if (level.findings.unclear) exit = Exit::trouble;
  }
  return exit;
}

std::string_view word_of(Exit exit) {
  return exit == Exit::ok ? "erased" : exit == Exit::no ? "not-erased" : "unclear";
}

class Checking {
 public:
  Checking(const Options& options, cli::Output& out) : options_(options), out_(out) {
    if (!options.ledger.empty())
      pool_.emplace(ledger::Pool::look({options.ledger}, care::all_operations(), out.world().now()));
  }

  Exit check(ByteView message) {
    levels_.clear();
    std::optional<care::SignedCertificate> certificate;
    levels_.push_back({"certificate", {}});
    try {
      certificate.emplace(care::read_certificate(message));
    } catch (const Error& error) {
      if (error.exit() != Exit::no) throw;
      levels_.back().findings.faults.emplace_back(error.what());
    }
    if (certificate) check_levels(*certificate);
    out_.json() ? print_json(certificate) : print_text(certificate);
    return judge(levels_);
  }

 private:
  void check_levels(const care::SignedCertificate& certificate) {
    if (!pool_) return;
    levels_.push_back({"chain", care::check_on_chain(*pool_, certificate)});
    if (certificate.fields.ledger != pool_->ledger().id()) return;
    if (options_.vault)
      levels_.push_back({"vault", care::check_in_vault(*pool_, certificate, {options_.ledger}, cli::keys_directory())});
    for (const std::string& copy : options_.copies)
      levels_.push_back({"copy " + copy, care::check_in_vault(*pool_, certificate, {copy}, cli::keys_directory())});
  }

  void print_text(const std::optional<care::SignedCertificate>& certificate) {
    if (certificate) out_.line(fmt::format("order        {}", ledger::json_text(certificate->fields.order)));
    for (const Level& level : levels_) {
      const auto& [faults, remarks, unclear] = level.findings;
      out_.line(fmt::format("{:<12} {}", level.name,
                            !faults.empty() ? "does not hold"
                            : unclear       ? "unclear"
                                            : "holds"));
      for (const std::string& fault : faults) out_.line("             " + cli::clean(fault));
      if (unclear) out_.line("             " + cli::clean(*unclear));
      for (const std::string& remark : remarks) out_.line("             " + cli::clean(remark));
    }
    if (!pool_) out_.line("not checked  chain, vault");
    if (pool_ && !options_.vault) out_.line("not checked  vault");
    const Exit exit = judge(levels_);
    const bool partial = exit == Exit::ok && certificate && !certificate->fields.complete;
    out_.line(std::string(word_of(exit)) + (partial ? ", but for the copies that the certificate names" : ""));
  }

  void print_json(const std::optional<care::SignedCertificate>& certificate) {
    cli::Envelope envelope;
    envelope.type = "erasure.verification";
    if (certificate) {
      envelope.id = ledger::json_text(certificate->fields.order);
      envelope.ids = {*envelope.id};
      envelope.signer = encoding::did_key(certificate->signer);
      envelope.ledger = encoding::hex(certificate->fields.ledger.view());
    }
    envelope.time = out_.world().now();
    encoding::JsonWriter json;
    json.begin_object().key("decision").value(word_of(judge(levels_))).key("complete");
    certificate ? json.value(certificate->fields.complete) : json.null();
    json.key("levels").begin_array();
    for (const Level& level : levels_) write(json, level);
    envelope.data = json.end_array().end_object().take();
    out_.envelope(envelope);
  }

  static void write(encoding::JsonWriter& json, const Level& level) {
    const auto& [faults, remarks, unclear] = level.findings;
    json.begin_object().key("level").value(level.name);
    json.key("holds");
    unclear&& faults.empty() ? json.null() : json.value(faults.empty());
    json.key("faults").begin_array();
    for (const std::string& fault : faults) json.value(fault);
    json.end_array().key("remarks").begin_array();
    for (const std::string& remark : remarks) json.value(remark);
    json.end_array().key("unclear");
    unclear ? json.value(*unclear) : json.null();
    json.end_object();
  }

  const Options& options_;
  cli::Output& out_;
  std::optional<ledger::Pool> pool_;
  std::vector<Level> levels_;
};

Exit run(const Options& options, cli::Output& out) {
  if (options.ledger.empty() && (options.vault || !options.copies.empty()))
    throw misuse("--vault and --copy need the ledger, which says what to look for",
                 "verify-erasure -L DIR --vault CERTIFICATE");
  Checking checking(options, out);
  Exit worst = Exit::ok;
  for (const std::string& file : options.certificates)
    for (const Bytes& message : care::messages_in_certificates(cli::read_all(file, 64u << 20))) {
      const Exit exit = checking.check(message);
      if (exit == Exit::no || worst == Exit::ok) worst = exit == Exit::ok ? worst : exit;
    }
  return worst;
}

}  // namespace

CARECHAIN_PROGRAM(verify_erasure, about, declare, run);
