#include <unistd.h>

#include "libcore/care/challenge.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/care/release.hpp"
#include "libcore/cli/input.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/process.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/transactions.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "release-record",
    .summary = "answer requests for records, as their custodian",
    .description =
        R"(Reads signed requests from stdin, decides on each record by the patients' grants, and writes the answers: for each record
a signed JSON line, permit or refusal, and behind a permit the record's ciphertext as it lies in the vault. The decision is in the
pool, durable, before a byte goes out. A permit needs the sealed chain and what is pending to agree; a pending
revocation counts at once.

In an emergency the reason comes on a line ahead of its request. It is kept in the vault, under the patient's key, for the review.

Requests that are stale, were answered before, were altered, or are addressed to somebody else are refused and logged. What was
refused is kept nowhere but as the fact that it was.

Where the constitution demands it, a request answers a challenge: with --challenge one is printed, for request-access to read.
It is good once, for as long as the constitution says, five minutes at most.

For records whose data lives elsewhere, --fetch CMD runs a shell command for each, with the pointer on its stdin; its stdout is
checked against the chain before anything is released.)",
    .examples = R"($ request-access 1f0c2d3e -k dr-bob -L demo | release-record -k mercy -L demo | open-record -k dr-bob
$ release-record --challenge -k mercy -L demo | request-access --challenge - 1f0c2d3e -k dr-bob -L demo |
    release-record -k mercy -L demo | open-record -k dr-bob
$ release-record -k mercy -L demo --fetch 'xargs curl -fsS' < requests.jsonl > released)",
    .exit_status =
        "1: at least one record was refused, or permitted and can't be given. What was permitted was written all the "
        "same.",
    .see_also = "request-access(1), open-record(1), access-log(1)"};

struct Options {
  std::string ledger, fetch;
  cli::KeyChoice key;
  bool challenge = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger);
  cli::add_key(set, options.key);
  set.add("--fetch", options.fetch, "shell command that gets data which lives elsewhere").type_name("CMD");
  set.add_flag("--challenge", options.challenge, "print a challenge for a request to answer; reads nothing");
}

void print_challenge(cli::Output& out, const store::Layout& layout, const crypto::Signer& signer) {
  const auto pool = ledger::Pool::look(layout, care::all_operations(), out.world().now());
  const Hash& ledger = pool.ledger().id();
  const auto custodian = ledger::account_of(pool.pending_state(), signer.public_key());
  if (!custodian || !ledger::identities.has(pool.pending_state(), *custodian))
    throw refusal("the key " + encoding::did_key(signer.public_key()) + " is not that of an enrolled custodian");
  const auto seconds = care::demanded_challenge_seconds(pool.pending_state()).value_or(care::default_challenge_seconds);
  const Bytes message =
      care::make_challenge(ledger, signer, *custodian, seconds, out.world().now(), out.world().random);
  PublicKey unused;
  encoding::JsonWriter json;
  encoding::json_fields(care::read_challenge(ledger, message, unused), json);
  cli::Envelope envelope;
  envelope.type = "access.challenge";
  envelope.time = out.world().now();
  envelope.signer = encoding::did_key(signer.public_key());
  envelope.ledger = encoding::hex(ledger.view());
  envelope.data = json.take();
  envelope.cose = encoding::base64url(message);
  out.line(cli::to_json(envelope));
}

void print(cli::Output& out, const care::Released& released, const Hash& ledger, const crypto::Signer& custodian) {
  const care::Release& fields = released.fields;
  cli::Envelope envelope;
  envelope.type = "access.release";
  if (fields.decision) {
    envelope.id = ledger::json_text(*fields.decision);
    envelope.ids = {*envelope.id};
    envelope.tx = encoding::hex(ledger::id_of(*fields.decision).tx.view());
    envelope.status = "pending";
  }
  envelope.time = fields.time;
  envelope.signer = encoding::did_key(custodian.public_key());
  envelope.ledger = encoding::hex(ledger.view());
  if (!fields.permit || (fields.bytes == 0 && !fields.capsule))
    envelope.reason = std::string(care::explain_reason(fields.reason));
  encoding::JsonWriter json;
  json.begin_object()
      .key("decision")
      .value(care::decision_word(fields.permit, fields.reason))
      .key("reason")
      .value(fields.reason)
      .key("record");
  fields.record ? json.value(ledger::json_text(*fields.record)) : json.null();
  json.key("evidence");
  fields.grant ? json.value(ledger::json_text(*fields.grant)) : json.null();
  json.key("types").begin_array();
  for (const std::string& type : fields.types) json.value(type);
  json.end_array().key("media");
  fields.media ? json.value(*fields.media) : json.null();
  envelope.data = json.key("bytes").value(fields.bytes).end_object().take();
  envelope.cose = encoding::base64url(released.message);
  out.line(cli::to_json(envelope));
}

void stream(cli::Output& out, care::Released& released) {
  if (!released.data) return;
  Bytes buffer(std::size_t{1} << 20);
  std::uint64_t left = released.fields.bytes;
  while (left > 0) {
    const std::size_t got =
        released.data->read({buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()))});
    if (got == 0) throw Error("the stored object ended early: " + released.data->path(), "verify-chain --vault -L DIR");
    out.raw({buffer.data(), got});
    left -= got;
  }
}

bool answer(const Options& options, cli::Output& out, const care::ReleaseDesk& desk, const Hash& ledger,
            ByteView request) {
  Bytes transaction;
  bool all_given = true;
  for (care::Released& released : care::release(desk, request, transaction)) {
    const bool given = released.fields.permit && (released.data || released.fields.capsule);
    all_given = all_given && given;
    if (!given && released.fields.reason == "data-elsewhere" && options.fetch.empty())
      out.words("a record's data lives elsewhere: --fetch CMD gets it");
    if (!given)
      out.words("{}: {}",
                released.fields.record ? ledger::json_text(*released.fields.record).substr(0, 16) : "request refused",
                care::explain_reason(released.fields.reason));
    print(out, released, ledger, desk.custodian);
    stream(out, released);
  }
  out.flush();
  return all_given;
}

Exit run(const Options& options, cli::Output& out) {
  if (::isatty(1) != 0 && !options.challenge)
    throw misuse("released records are binary: send them to open-record, or to a file");
  const store::Layout layout{options.ledger};
  const cli::OwnKeys own = cli::own_keys(options.key);
  const crypto::Signer custodian = own.signer();
  if (options.challenge) {
    print_challenge(out, layout, custodian);
    return Exit::ok;
  }
  const Hash ledger = ledger::Ledger::open(layout, care::all_operations()).id();
  std::optional<care::Vault> vault;
  if (care::Vault::exists(layout)) vault.emplace(care::Vault::open(layout, cli::keys_directory()));
  care::Fetch fetch;
  if (!options.fetch.empty()) fetch = [&](const std::string& uri) { return cli::output_of(options.fetch, uri + "\n"); };
  auto reader = cli::LineReader::open("-");
  bool all_given = true;
  std::size_t requests = 0;
  std::optional<care::StatedReason> reason;  // that came ahead of the next request
  while (const auto line = reader.next()) {
    if (line->empty()) continue;
    const Bytes message = cli::cose_of_line(*line, "line " + std::to_string(reader.line_number()));
    if (encoding::find_top_level_string(*line, "type") == "access.reason") {
      reason = care::read_reason_message(ledger, message, own.seeds);
      continue;
    }
    ++requests;
    std::optional<store::Lock> use;
    if (vault) use.emplace(vault->use());
    const care::ReleaseDesk desk{layout,
                                 care::all_operations(),
                                 vault ? &*vault : nullptr,
                                 custodian,
                                 own.seeds,
                                 out.world().now(),
                                 out.world().random,
                                 fetch,
                                 std::exchange(reason, {})};
    all_given = answer(options, out, desk, ledger, message) && all_given;
  }
  if (requests == 0) throw refusal("there is no request on stdin", "request-access … | release-record …");
  return all_given ? Exit::ok : Exit::no;
}

}  // namespace

CARECHAIN_PROGRAM(release_record, about, declare, run);
