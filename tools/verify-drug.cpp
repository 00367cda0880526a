#include "libcore/care/drug/verification.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "verify-drug",
    .summary = "answer whether a unit is what its label says",
    .description =
        R"(Compares GTIN and serial, and where given lot and expiry, with what the unit was commissioned with, and says whether it may be
handed on: in the words of GS1 Lightweight Messaging (No_match_GTIN_Serial, No_match_GTIN_Serial_Lot_Expiry, Not_for_re-distribution; Expired,
Recalled, Suspect, Illegitimate). Each answer is signed and says as of which block it holds.

With --check the answers on the input are checked instead, without asking what the ledger says now: the signature, who signed (--signer),
how old they are (--max-age). So a script at the counter can trust an answer that came through others' hands.)",
    .examples = R"($ verify-drug '(01)00300010123455(21)11(10)A123(17)270331' -k acme -L demo
$ verify-drug - -k acme -L demo < scans.txt > answers.jsonl
$ verify-drug --check answers.jsonl --signer acme --max-age 3600 -L copy)",
    .exit_status = "0: every unit is verified. 1: one is not, or an answer does not hold.",
    .see_also = "trace-drug(1), reconcile-stock(1), move-drug(1)"};

struct Options {
  std::string ledger, check, signer;
  std::vector<std::string> units;
  std::uint64_t max_age = 0;
  cli::KeyChoice key;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key).required(false);
  set.add("units", options.units, "what labels say; - reads lines from stdin").type_name("TEXT");
  set.add("--check", options.check, "check answers instead").type_name("FILE|-");
  set.add("--signer", options.signer, "with --check: who must have signed").type_name("WHO");
  set.add("--max-age", options.max_age, "with --check: how old an answer may be; 0: any age")
      .type_name("SECONDS")
      .check(cli::whole(0, 1'000'000'000));
}

cli::Envelope envelope_of(const drug::Verification& answer, const PublicKey& signer, const Hash& ledger) {
  cli::Envelope envelope;
  envelope.type = "drug.verify";
  envelope.height = answer.height;
  envelope.block = encoding::hex(answer.block.view());
  envelope.time = answer.time;
  envelope.signer = encoding::did_key(signer);
  envelope.ledger = encoding::hex(ledger.view());
  envelope.reason = answer.failure;
  encoding::JsonWriter json;
  encoding::json_fields(answer, json);
  envelope.data = json.take();
  return envelope;
}

void print(cli::Output& out, const drug::Verification& answer, const PublicKey& signer, const Hash& ledger,
           ByteView cose) {
  if (!out.json()) {
    std::string line = answer.thing + ": " + (answer.verified ? "verified" : cli::clean(answer.failure.value_or("")));
    for (const std::string& word : answer.information) line += ", " + word;
    return out.line(line);
  }
  cli::Envelope envelope = envelope_of(answer, signer, ledger);
  envelope.cose = encoding::base64url(cose);
  out.envelope(envelope);
}

Exit check(const Options& options, cli::Output& out) {
  const auto ledger = ledger::Ledger::open({options.ledger}, all_operations());
  std::optional<PublicKey> wanted;
  if (!options.signer.empty()) wanted = cli::account_of_who(options.signer, ledger.state());
  auto lines = cli::LineReader::open(options.check);
  bool fine = true;
  std::uint64_t count = 0;
  while (const auto line = lines.next()) {
    if (line->empty()) continue;
    const std::string where = lines.name() + ", line " + std::to_string(lines.line_number());
    const Bytes cose = cli::cose_of_line(*line, where);
    const auto opened = drug::open_verification(ledger.id(), cose);
    ++count;
    if (!opened) throw refusal(where + ": the signature does not hold on this ledger");
    const auto account = ledger::account_of(ledger.state(), opened->signer);
    if (wanted && account != *wanted) throw refusal(where + ": it was not signed by " + cli::clean(options.signer));
    const std::int64_t age = out.world().now().seconds - opened->answer.time.seconds;
    if (options.max_age > 0 && age > static_cast<std::int64_t>(options.max_age))
      throw refusal(where + ": the answer is " + std::to_string(age) + " seconds old", "ask again");
    print(out, opened->answer, opened->signer, ledger.id(), cose);
    fine = fine && opened->answer.verified;
  }
  if (count == 0) throw refusal("there are no answers to check");
  return fine ? Exit::ok : Exit::no;
}

std::vector<std::string> labels(const Options& options) {
  if (options.units != std::vector<std::string>{"-"}) return options.units;
  std::vector<std::string> all;
  auto lines = cli::LineReader::open("-");
  while (const auto line = lines.next())
    if (!line->empty()) all.emplace_back(*line);
  return all;
}

Exit run(const Options& options, cli::Output& out) {
  if (!options.check.empty()) return check(options, out);
  if (options.units.empty()) throw misuse("no unit is named", "verify-drug '(01)GTIN(21)SERIAL'");
  if (options.key.key.empty()) throw misuse("the key that signs the answers is missing", "-k NAME");
  const auto keys = cli::own_keys(options.key);
  const auto signer = keys.signer();
  const Time now = out.world().now();
  const auto pool = ledger::Pool::look({options.ledger}, all_operations(), now);
  const int year = std::stoi(to_text(now).substr(0, 4));
  bool fine = true;
  for (const std::string& label : labels(options)) {
    const drug::Named named = drug::read_name(label, year);
    if (!gs1::is_item(named.path))
      throw refusal("'" + cli::clean(label) + "' names no single unit: a serial is missing");
    const auto answer = drug::verify_unit(pool, named, now);
    print(out, answer, keys.key(), pool.ledger().id(), drug::sign_verification(pool.ledger().id(), signer, answer));
    fine = fine && answer.verified;
  }
  return fine ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(verify_drug, about, declare, run);
