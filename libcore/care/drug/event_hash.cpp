#include "libcore/care/drug/event_hash.hpp"

#include <algorithm>
#include <array>

#include "libcore/base/time.hpp"
#include "libcore/care/drug/vocabulary.hpp"
#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/epc.hpp"
#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"

namespace carechain::care::drug {
namespace {

using std::string;
using std::string_view;

// How the value of a field is written.
enum class Form {
  plain,
  instant,
  uri,
  number,
  voc,
  step,
  disposition,
  paper,
  party,
  component,
  epcs,        // a list of identifiers
  quantities,  // a list of quantityElement
  identified,  // {"id": …}
  typed,       // a list of {"type", value}
  persistent,  // {"set": […], "unset": […]}
  sensors,
  certification,
  master
};
struct Field {
  string_view name;
  Form form;
};

constexpr Field event_fields[] = {{"eventTime", Form::instant},
                                  {"eventTimeZoneOffset", Form::plain},
                                  {"certificationInfo", Form::certification},
                                  {"parentID", Form::uri},
                                  {"epcList", Form::epcs},
                                  {"inputEPCList", Form::epcs},
                                  {"childEPCs", Form::epcs},
                                  {"quantityList", Form::quantities},
                                  {"childQuantityList", Form::quantities},
                                  {"inputQuantityList", Form::quantities},
                                  {"outputEPCList", Form::epcs},
                                  {"outputQuantityList", Form::quantities},
                                  {"action", Form::plain},
                                  {"transformationID", Form::uri},
                                  {"bizStep", Form::step},
                                  {"disposition", Form::disposition},
                                  {"persistentDisposition", Form::persistent},
                                  {"readPoint", Form::identified},
                                  {"bizLocation", Form::identified},
                                  {"bizTransactionList", Form::typed},
                                  {"destinationList", Form::typed},
                                  {"sourceList", Form::typed},
                                  {"sensorElementList", Form::sensors},
                                  {"ilmd", Form::master}};
constexpr Field quantity_fields[] = {{"epcClass", Form::uri}, {"quantity", Form::number}, {"uom", Form::plain}};
constexpr Field metadata_fields[] = {{"time", Form::instant},
                                     {"startTime", Form::instant},
                                     {"endTime", Form::instant},
                                     {"deviceID", Form::uri},
                                     {"deviceMetadata", Form::uri},
                                     {"rawData", Form::uri},
                                     {"dataProcessingMethod", Form::uri},
                                     {"bizRules", Form::uri}};
constexpr Field report_fields[] = {{"type", Form::voc},
                                   {"exception", Form::voc},
                                   {"deviceID", Form::uri},
                                   {"deviceMetadata", Form::uri},
                                   {"rawData", Form::uri},
                                   {"dataProcessingMethod", Form::uri},
                                   {"time", Form::instant},
                                   {"microorganism", Form::uri},
                                   {"chemicalSubstance", Form::uri},
                                   {"value", Form::number},
                                   {"component", Form::component},
                                   {"stringValue", Form::plain},
                                   {"booleanValue", Form::plain},
                                   {"hexBinaryValue", Form::plain},
                                   {"uriValue", Form::uri},
                                   {"minValue", Form::number},
                                   {"maxValue", Form::number},
                                   {"meanValue", Form::number},
                                   {"sDev", Form::number},
                                   {"percRank", Form::number},
                                   {"percValue", Form::number},
                                   {"uom", Form::plain},
                                   {"coordinateReferenceSystem", Form::uri}};
// Not part of what happened.
constexpr string_view left_out[] = {"type", "eventID", "recordTime", "errorDeclaration", "@context", "id"};

using Texts = std::vector<string>;

string joined_sorted(Texts texts) {
  std::ranges::sort(texts);
  string all;
  for (const string& text : texts) all += text;
  return all;
}

// 26.0 and 26, 0.100 and 0.1 are one number.
string number(string_view text) {
  if (text.find('.') == string_view::npos || text.find_first_of("eE") != string_view::npos) return string(text);
  text = text.substr(0, text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return string(text);
}

string web_vocabulary(string_view text) {
  if (text.starts_with("gs1:")) return "https://gs1.org/voc/" + string(text.substr(4));
  return text.find(':') == string_view::npos ? "https://gs1.org/voc/" + string(text) : string(text);
}

string written_term(Vocabulary vocabulary, string_view text) {
  const auto word = term(vocabulary, text);
  return word ? term_uri(vocabulary, *word) : string(text);
}

string scalar(Form form, const Tree& tree) {
  switch (form) {
    case Form::instant:
      return instant_of(milliseconds_of(tree.text));
    case Form::uri:
      return canonical_uri(tree.text);
    case Form::number:
      return number(tree.text);
    case Form::voc:
      return web_vocabulary(tree.text);
    case Form::step:
      return written_term(Vocabulary::step, tree.text);
    case Form::disposition:
      return written_term(Vocabulary::disposition, tree.text);
    case Form::paper:
      return written_term(Vocabulary::paper, tree.text);
    case Form::party:
      return written_term(Vocabulary::party, tree.text);
    case Form::component:
      return written_term(Vocabulary::component, tree.text);
    default:
      return tree.kind == Tree::Kind::number ? number(tree.text) : tree.text;
  }
}

// Fields of extensions: sorted on every level.
void extension(const Tree& tree, string_view name, Texts& to) {
  if (tree.kind == Tree::Kind::list) {
    for (const Tree& part : tree.parts) extension(part, name, to);
    return;
  }
  if (tree.kind != Tree::Kind::object) {
    to.push_back(string(name) + "=" + scalar(Form::plain, tree));
    return;
  }
  Texts parts;
  for (const Tree& part : tree.parts) extension(part, part.name, parts);
  to.push_back(string(name) + joined_sorted(std::move(parts)));
}

template <std::size_t N>
string extensions(const Tree& tree, const Field (&known)[N]) {
  Texts texts;
  for (const Tree& part : tree.parts)
    if (std::ranges::find(known, string_view(part.name), &Field::name) == std::end(known) &&
        std::ranges::find(left_out, string_view(part.name)) == std::end(left_out))
      extension(part, part.name, texts);
  return joined_sorted(std::move(texts));
}

template <std::size_t N>
string fields(const Tree& tree, const Field (&known)[N]) {
  string text;
  for (const Field& field : known)
    if (const Tree* value = tree.find(field.name); value != nullptr && value->kind != Tree::Kind::nothing)
      text += string(field.name) + "=" + scalar(field.form, *value);
  return text;
}

string identifiers(const Tree& list) {
  Texts texts;
  for (const Tree& item : list.parts) texts.emplace_back("epc=" + canonical_uri(item.text));
  return joined_sorted(std::move(texts));
}
string quantities(const Tree& list) {
  Texts texts;
  for (const Tree& item : list.parts) texts.emplace_back("quantityElement" + fields(item, quantity_fields));
  return joined_sorted(std::move(texts));
}
// Places and parties are keys with their extension or not, and never lots.
string typed(const Tree& list, string_view name) {
  const bool paper = name == "bizTransactionList";
  const string_view member = paper ? "bizTransaction" : name.substr(0, name.size() - 4);
  Texts texts;
  for (const Tree& item : list.parts) {
    string text;
    if (const Tree* type = item.find("type")) text = "type=" + scalar(paper ? Form::paper : Form::party, *type);
    text += string(member) + "=" + canonical_uri(item.text_of(member));
    texts.push_back(std::move(text));
  }
  return joined_sorted(std::move(texts));
}
string persistent(const Tree& tree) {
  string text;
  for (const string_view name : {"set", "unset"})
    if (const Tree* list = tree.find(name)) {
      Texts texts;
      for (const Tree& item : list->parts) texts.push_back(string(name) + "=" + scalar(Form::disposition, item));
      text += joined_sorted(std::move(texts));
    }
  return text;
}
string sensors(const Tree& list) {
  Texts elements;
  for (const Tree& element : list.parts) {
    string text = "sensorElement";
    if (const Tree* metadata = element.find("sensorMetadata"))
      text += "sensorMetadata" + fields(*metadata, metadata_fields) + extensions(*metadata, metadata_fields);
    Texts reports;
    if (const Tree* all = element.find("sensorReport"))
      for (const Tree& report : all->parts) {
        Texts own;
        for (const Tree& part : report.parts)
          if (std::ranges::find(report_fields, string_view(part.name), &Field::name) == std::end(report_fields))
            extension(part, part.name, own);
        reports.emplace_back("sensorReport" + fields(report, report_fields) + joined_sorted(std::move(own)));
      }
    text += joined_sorted(std::move(reports));
    Texts own;
    for (const Tree& part : element.parts)
      if (part.name != "sensorMetadata" && part.name != "sensorReport") extension(part, part.name, own);
    elements.push_back(text + joined_sorted(std::move(own)));
  }
  return joined_sorted(std::move(elements));
}

string place(const Tree& tree) {
  Texts own;
  for (const Tree& part : tree.parts)
    if (part.name != "id") extension(part, part.name, own);
  return "id=" + canonical_uri(tree.text_of("id")) + joined_sorted(std::move(own));
}

// A field with its name in front; empty lists are left out.
string field_text(const Field& field, const Tree& value) {
  const string name(field.name);
  switch (field.form) {
    case Form::epcs:
      return value.parts.empty() ? string() : name + identifiers(value);
    case Form::quantities:
      return value.parts.empty() ? string() : name + quantities(value);
    case Form::typed:
      return value.parts.empty() ? string() : name + typed(value, field.name);
    case Form::identified:
      return name + place(value);
    case Form::persistent:
      return name + persistent(value);
    case Form::sensors:
      return value.parts.empty() ? string() : name + sensors(value);
    case Form::certification:
    case Form::master: {
      Texts texts;
      if (field.form == Form::certification)
        extension(value, name, texts);
      else
        for (const Tree& part : value.parts) extension(part, part.name, texts);
      return (field.form == Form::master ? name : string()) + joined_sorted(std::move(texts));
    }
    default:
      return name + "=" + scalar(field.form, value);
  }
}

}  // namespace

std::string prehash(const Tree& event) {
  string text = "eventType=" + string(event.text_of("type"));
  for (const Field& field : event_fields)
    if (const Tree* value = event.find(field.name); value != nullptr && value->kind != Tree::Kind::nothing)
      text += field_text(field, *value);
  return text + extensions(event, event_fields);
}

Hash event_hash(const Tree& event) { return crypto::sha256(view_of(prehash(event))); }

std::string ni_uri(const Hash& hash) { return "ni:///sha-256;" + encoding::hex(hash.view()) + "?ver=CBV2.0"; }

std::string canonical_uri(std::string_view text) {
  const auto path = gs1::path_of(text);
  return path ? string(gs1::canonical_stem) + "/" + *path : string(text);
}

std::int64_t milliseconds_of(std::string_view text) {
  const auto wrong = [&] {
    return EpcisFault("'" + string(text.substr(0, 40)) +
                      "' is no instant with a time zone: 2026-03-04T11:00:30.000+01:00");
  };
  const auto seconds = parse_time(text);
  const bool zoned = text.size() > 19 && (text.ends_with('Z') || text.find_last_of("+-") > 10);
  if (!seconds || !zoned) throw wrong();
  std::int64_t thousandths = 0;
  if (text[19] == '.') {
    std::int64_t weight = 100;
    for (std::size_t at = 20; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, weight /= 10) {
      if (weight == 0) {
        thousandths += text[at] >= '5' ? 1 : 0;
        break;
      }
      thousandths += (text[at] - '0') * weight;
    }
  }
  return seconds->seconds * 1000 + thousandths;
}

std::string instant_of(std::int64_t milliseconds) {
  string text = to_text(Time{milliseconds / 1000});
  const std::int64_t thousandths = milliseconds % 1000;
  text.insert(text.size() - 1,
              {'.', static_cast<char>('0' + thousandths / 100), static_cast<char>('0' + thousandths / 10 % 10),
               static_cast<char>('0' + thousandths % 10)});
  return text;
}

}  // namespace carechain::care::drug
