#include <unistd.h>

#include "libcore/base/parallel.hpp"
#include "libcore/care/access_tables.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/cli/release_stream.hpp"
#include "libcore/cli/who.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

namespace {

using namespace carechain;

constexpr cli::About about{
    .name = "open-record",
    .summary = "decrypt what a custodian released",
    .description =
        R"(Reads from stdin what release-record wrote, checks that it answers a request of this key's owner and that the custodian
signed it, decrypts each record, and writes it out byte for byte as it was stored. Altered, cut or exchanged data is noticed.
No ledger is needed; where one is given with -L, the custodian's current key and the record's digest are taken from it.

One record goes to stdout, or to the file given with -o, which appears only when it is whole. Several need a directory (-O), where each
becomes a file named by its id, or --ndjson, which writes each FHIR resource on a line of its own without the blanks
between its parts.

The cipher's own tags show that nobody without the record's key touched the data. The digest on the chain shows besides that it is what
was stored then, and not something that a holder of the key encrypted later; --skip-digest leaves that out.)",
    .examples =
        R"($ request-access 1f0c2d3e -k dr-bob -L demo | release-record -k mercy -L demo | open-record -k dr-bob > bundle.json
$ open-record -k dr-bob -O records < released
$ open-record -k dr-bob --ndjson < released | jq -r .resourceType)",
    .exit_status =
        "1: the custodian refused at least one record, or what came does not fit. What was permitted was opened all "
        "the same.",
    .see_also = "request-access(1), release-record(1)"};

struct Options {
  std::string ledger, output, directory;
  cli::KeyChoice key;
  unsigned threads = 0;
  bool ndjson = false, skip_digest = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger).required(false);
  cli::add_key(set, options.key);
  set.add("-o,--output", options.output, "write the one record to this file").type_name("FILE");
  set.add("-O,--directory", options.directory, "write each record to a file of its own in this directory")
      .type_name("DIR");
  set.add_flag("--ndjson", options.ndjson, "write each record, which must be JSON, on a line of its own");
  set.add_flag("--skip-digest", options.skip_digest,
               "don't compute the recorded digest (several times faster); see above for what that leaves unchecked");
  set.add("--threads", options.threads, "threads to work with; default: one for each processor")
      .type_name("NUMBER")
      .check(cli::whole(1, 1024));
}

std::string suffix_of(const std::string& media) {
  if (media.ends_with("json")) return ".json";
  if (media == "application/pdf") return ".pdf";
  if (media == "application/dicom") return ".dcm";
  if (media == "text/plain") return ".txt";
  if (media.ends_with("xml")) return ".xml";
  return ".bin";
}

class Opening {
 public:
  Opening(const Options& options, cli::Output& out) : options_(options), out_(out), own_(cli::own_keys(options.key)) {
    if (!options.ledger.empty()) ledger_.emplace(ledger::Ledger::open({options.ledger}, care::all_operations()));
    if (!options.directory.empty()) store::make_directory(options.directory);
  }

  Exit run() {
    cli::ReleaseStream stream(cli::LineReader::open("-"));
    std::size_t lines = 0;
    while (const auto release = stream.next(own_.seeds, ledger_ ? &*ledger_ : nullptr)) {
      ++lines;
      if (!release->fields.permit || !release->fields.capsule || release->fields.bytes == 0) {
        refused(*release);
        continue;
      }
      if (++opened_ == 2 && options_.directory.empty() && !options_.ndjson)
        throw misuse("several records came", "-O DIR writes a file for each, --ndjson a line for each");
      open(stream, *release);
    }
    if (lines == 0) throw refusal("there is nothing on stdin", "request-access … | release-record … | open-record …");
    return all_given_ ? Exit::ok : Exit::no;
  }

 private:
  void refused(const care::CheckedRelease& release) {
    all_given_ = false;
    const std::string what =
        release.fields.record ? "record " + ledger::json_text(*release.fields.record).substr(0, 16) : "request";
    const std::string why(care::explain_reason(release.fields.reason));
    if (release.fields.permit)
      out_.error(what + " is permitted, but can't be given: " + why, "");
    else
      out_.error(what + " was refused: " + why, release.fields.reason == "no-grant" ? grant_hint(release) : "");
  }

  static std::string grant_hint(const care::CheckedRelease& release) {
    const std::string me = encoding::did_key(crypto::public_key(release.reader_seed));
    return "the patient can allow it: grant --to " + me + " --record " + ledger::json_text(*release.fields.record) +
           " --purpose " + release.request.purpose;
  }

  // A custodian signs the digest it released; a ledger at hand knows the one that was recorded.
  void check_against_ledger(const care::Release& fields) const {
    const auto record = care::records.get(ledger_->state(), *fields.record);
    if (!record) throw refusal("the ledger has no record " + ledger::json_text(*fields.record));
    if (record->digest != fields.digest) throw refusal("the custodian released another digest than the chain has");
  }

  void open(cli::ReleaseStream& stream, const care::CheckedRelease& release) {
    if (ledger_) check_against_ledger(release.fields);
    const auto decrypt = [&](const crypto::Sink& sink) {
      care::open_data(stream.ledger_id(), release, stream.data(), sink,
                      options_.threads == 0 ? hardware_threads() : options_.threads,
                      options_.skip_digest ? crypto::Digest::none : crypto::Digest::plain);
    };
    if (!options_.directory.empty()) {
      const std::string name = ledger::json_text(*release.fields.record) + suffix_of(release.fields.media.value_or(""));
      into_file(options_.directory + "/" + name, decrypt);
    } else if (options_.ndjson) {
      std::string text;
      decrypt([&](ByteView bytes) { text += text_of(bytes); });
      out_.line(encoding::compact_json(text));
    } else if (!options_.output.empty()) {
      into_file(options_.output, decrypt);
    } else {
      decrypt([&](ByteView bytes) { out_.raw(bytes); });
      out_.flush();
    }
  }

  // The file appears when it is whole.
  template <class Decrypt>
  void into_file(const std::string& path, const Decrypt& decrypt) {
    const std::string unfinished = path + ".part." + std::to_string(::getpid());
    try {
      {
        store::File file = store::File::create_new(unfinished, 0600);
        decrypt([&](ByteView bytes) { file.write(bytes); });
        file.sync();
      }
      store::rename_file(unfinished, path);
    } catch (...) {
      store::remove_file(unfinished);
      throw;
    }
    out_.words("wrote {}", path);
  }

  const Options& options_;
  cli::Output& out_;
  cli::OwnKeys own_;
  std::optional<ledger::Ledger> ledger_;
  std::size_t opened_ = 0;
  bool all_given_ = true;
};

Exit run(const Options& options, cli::Output& out) {
  if (int{!options.output.empty()} + int{!options.directory.empty()} + int{options.ndjson} > 1)
    throw misuse("-o, -O and --ndjson exclude one another");
  return Opening(options, out).run();
}

}  // namespace

CARECHAIN_PROGRAM(open_record, about, declare, run);
