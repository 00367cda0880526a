#include "libcore/care/drug/commissioned.hpp"
#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/care/gs1/label.hpp"
#include "libcore/care/gs1/scan.hpp"
#include "libcore/care/operations.hpp"
#include "libcore/cli/options.hpp"
#include "libcore/cli/program.hpp"
#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/store/file.hpp"
#include "tools/label/picture.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

constexpr cli::About about{
    .name = "make-label",
    .summary = "draw the label of a unit, case or lot",
    .description =
        R"(Draws a GS1 DataMatrix, which holds an element string, and a QR code, which holds the Digital Link of the same, with what they say in
letters below: product, serial, lot, days of production and expiry, place and time of production, and the product's name, which is only
in letters.

What the label says comes from its first word (what a scanner sends, an element string as (01)…(21)…, a Digital Link, a GTIN), from the
options, and, with a ledger, from the commissioning of the unit or lot and the product's master data. What contradicts the ledger, and
things that no longer exist, get no label.

With -o the picture is written to a file, PNG or SVG by its name; the answer says what the symbols hold. Without, a terminal shows it in
blocks. Letters beyond Latin-1 are shown as ? in a PNG.)",
    .examples = R"($ make-label '(01)00300010123455(21)11' -L demo
$ make-label 00300010123455 --serial 11 --lot A123 --expiry 2027-03-31 --name Epcistra -o label.png
$ make-label '(01)00300010123455(21)11' -L demo --as svg > label.svg
$ make-label '(01)00300010123455(21)11' -L demo --format json | jq -r .data.digital_link)",
    .exit_status = "1: it is no valid label, the ledger knows no such thing, or it says otherwise.",
    .see_also = "register-product(1), move-drug(1), verify-drug(1)"};

enum class Codes { both, qr, datamatrix };

struct Options {
  std::string ledger, thing, serial, lot, expiry, made, at, name, output, as;
  std::optional<Time> time;
  Codes codes = Codes::both;
  unsigned pixels = 4;
  bool paper = false;
};

void declare(cli::OptionSet& set, Options& options) {
  cli::add_ledger(set, options.ledger).required(false);
  set.add("thing", options.thing, "a scan, an element string, a Digital Link, an EPC URN or a GTIN")
      .type_name("TEXT")
      .required();
  set.add("--serial", options.serial, "its serial").type_name("TEXT");
  set.add("--lot", options.lot, "its lot").type_name("TEXT");
  set.add("--expiry", options.expiry, "last day of use, YYYY-MM-DD").type_name("TEXT");
  set.add("--made", options.made, "day of production, YYYY-MM-DD").type_name("TEXT");
  set.add("--at", options.at, "GLN of where it was made").type_name("TEXT");
  set.add("--time", options.time, "when it was made").type_name("TIME").check(cli::time_value());
  set.add("--name", options.name, "the product's name").type_name("TEXT");
  set.add("-o,--output", options.output, "write the picture to this file").type_name("FILE");
  set.add("--as", options.as, "what kind of picture; default: by the file's name")
      .check(cli::one_of({"png", "svg", "blocks"}));
  set.add("--codes", options.codes, "which symbols")
      .check(cli::choice<Codes>({{"both", Codes::both}, {"qr", Codes::qr}, {"datamatrix", Codes::datamatrix}}));
  set.add("--pixels", options.pixels, "pixels for a module; default: 4").type_name("NUMBER").check(cli::whole(1, 64));
  set.add_flag("--paper", options.paper, "blocks for terminals with dark letters on a light ground");
}

// `said` becomes what is given; it must not be something else already.
void agree(std::string& said, const std::string& given, const char* what, const char* who) {
  if (given.empty()) return;
  if (!said.empty() && said != given)
    throw refusal(std::string(who) + " says " + what + " " + cli::clean(given) + ", the label " + cli::clean(said));
  said = given;
}
void agree(std::optional<std::string>& said, const std::string& given, const char* what, const char* who) {
  std::string text = said.value_or("");
  agree(text, given, what, who);
  if (!text.empty()) said = text;
}

gs1::Label label_of_options(const Options& options, int year) {
  const bool urn = options.thing.starts_with("urn:");
  const std::string link = urn ? "https://id.gs1.org/" + drug::read_name(options.thing, year).path : options.thing;
  const gs1::Elements elements = gs1::read_any(link);
  if (const auto fault = gs1::repeat_fault(elements)) throw gs1::Gs1Fault(*fault);
  gs1::Label label = gs1::label_of(elements, year);
  const char* who = "the command line";
  agree(label.serial, options.serial, "serial", who);
  agree(label.lot, options.lot, "lot", who);
  agree(label.expires, options.expiry, "expiry", who);
  agree(label.made, options.made, "production day", who);
  agree(label.place, options.at, "place", who);
  agree(label.time, options.time ? to_text(*options.time) : "", "time", who);
  label.name = options.name;
  return label;
}

std::string path_of(const gs1::Label& label) {
  if (!label.sscc.empty()) return "00/" + label.sscc;
  if (label.gtin.empty()) return gs1::path_of_link(gs1::digital_link(gs1::elements_of(label))).value_or("");
  if (!label.serial.empty()) return gs1::unit_path(label.gtin, label.serial);
  if (!label.lot.empty()) return gs1::lot_path(label.gtin, label.lot);
  return "01/" + label.gtin;
}

void complete(gs1::Label& label, const Options& options, const ledger::Pool& pool) {
  const std::string path = path_of(label);
  const auto known = drug::commissioned(pool, path);
  const auto product = drug::products.get(pool.pending_state(), label.gtin);
  if (label.name.empty() && product) label.name = product->title;
  if (!known) {
    if (label.lot.empty() || !label.expires)
      throw refusal("the ledger knows no " + path, "--lot and --expiry for a unit that is still to be commissioned");
    return;
  }
  if (known->status && (*known->status == drug::Status::destroyed || *known->status == drug::Status::decommissioned))
    throw refusal(path + " is " + std::string(to_text(*known->status)) + ": it gets no label again");
  const char* who = "the ledger";
  agree(label.lot, known->lot.value_or(""), "lot", who);
  agree(label.expires, known->expires.value_or(""), "expiry", who);
  agree(label.made, known->made.value_or(""), "production day", who);
  if (options.at.empty() && label.place.empty()) label.place = known->place;
  if (!label.time && known->time && known->time->seconds > 0) label.time = to_text(*known->time);
}

std::string kind_of(const Options& options) {
  if (!options.as.empty()) return options.as;
  const std::string& file = options.output;
  if (file.ends_with(".png")) return "png";
  if (file.ends_with(".svg")) return "svg";
  if (file.ends_with(".txt")) return "blocks";
  if (!file.empty()) throw misuse("'" + file + "' doesn't say what kind of picture it is", "--as png");
  return "";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::string> shown(const label::Picture& picture, bool paper) {
  auto lines = label::blocks(picture, paper);
  for (const std::string& line : picture.lines) lines.push_back(std::string(label::quiet_zone, ' ') + cli::clean(line));
  return lines;
}

Bytes file_of(const label::Picture& picture, const std::string& kind, const Options& options) {
  if (kind == "png") return label::png(picture, options.pixels);
  const std::string text = kind == "svg" ? label::svg(picture, options.pixels) : joined(shown(picture, options.paper));
  return Bytes(text.begin(), text.end());
}

void print_json(cli::Output& out, const gs1::Label& label, const gs1::Elements& elements, const std::string& file) {
  cli::Envelope envelope;
  envelope.type = "drug.label";
  encoding::JsonWriter json;
  json.begin_object().key("thing").value(path_of(label)).key("name").value(label.name);
  json.key("elements").value(gs1::bracketed(elements)).key("element_string").value(gs1::element_string(elements));
  json.key("digital_link").value(gs1::digital_link(elements)).key("file");
  file.empty() ? json.null() : json.value(file);
  envelope.data = json.end_object().take();
  out.envelope(envelope);
}

Exit run(const Options& options, cli::Output& out) {
  const std::string kind = kind_of(options);
  const Time now = out.world().now();
  gs1::Label label = label_of_options(options, std::stoi(to_text(now).substr(0, 4)));
  if (!options.ledger.empty()) complete(label, options, ledger::Pool::look({options.ledger}, all_operations(), now));
  const gs1::Elements elements = gs1::elements_of(label);
  label::Picture picture{{}, gs1::lines_of(label)};
  if (options.codes != Codes::datamatrix) picture.symbols.push_back(label::qr_code(gs1::digital_link(elements)));
  if (options.codes != Codes::qr) picture.symbols.push_back(label::gs1_data_matrix(elements));
  const bool to_stdout = options.output.empty() || options.output == "-";
  if (!kind.empty()) {
    const Bytes file = file_of(picture, kind, options);
    if (to_stdout) {
      out.raw(file);
      return Exit::ok;
    }
    store::replace_file(options.output, file);
  }
  if (out.json())
    print_json(out, label, elements, options.output);
  else
    for (const std::string& line : to_stdout ? shown(picture, options.paper) : picture.lines) out.line(line);
  return Exit::ok;
}

}  // namespace

CARECHAIN_PROGRAM(make_label, about, declare, run);
