#include "libcore/care/provider/provider_source.hpp"

#include <algorithm>
#include <map>

#include "libcore/contract/document.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::care::provider {

using encoding::Array;
using Json = encoding::Value;

namespace {

void add(RegisterProvider& entry, std::string path, std::string value) {
  for (char& c : value)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  if (!value.empty()) entry.elements.push_back({std::move(path), value.substr(0, 256)});
}

// A row of a CSV file by the names of its columns.
class Row {
 public:
  Row(const std::vector<std::string>& head, const std::vector<std::string>& cells) : head_(head), cells_(cells) {}
  std::string operator[](std::string_view column) const {
    const auto found = std::ranges::find(head_, column);
    const auto at = static_cast<std::size_t>(found - head_.begin());
    return at < cells_.size() ? cells_[at] : std::string();
  }

 private:
  const std::vector<std::string>& head_;
  const std::vector<std::string>& cells_;
};

std::string place_of(const Row& row) {
  const std::string at = "Provider Business Practice Location Address ";
  const std::string street = row["Provider First Line Business Practice Location Address"];
  const std::string city = row[at + "City Name"], state = row[at + "State Name"], postal = row[at + "Postal Code"];
  return street.empty() && city.empty()
             ? std::string()
             : street + '|' + city + '|' + state + '|' + postal + '|' + row[at + "Country Code (If outside U.S.)"];
}

// "03/15/2024" of NPPES.
std::string inactive_since(const std::string& date) {
  return date.size() == 10 ? "inactive since " + date.substr(6) + '-' + date.substr(0, 2) + '-' + date.substr(3, 2)
                           : std::string();
}

RegisterProvider entry_of(const Row& row) {
  RegisterProvider entry;
  entry.npi = row["NPI"];
  const bool organisation = row["Entity Type Code"] == "2";
  const std::string person = row["Provider First Name"] + ' ' + row["Provider Last Name (Legal Name)"];
  add(entry, "kind", organisation ? "organisation" : "individual");
  add(entry, "name", organisation ? row["Provider Organization Name (Legal Business Name)"] : person);
  const std::string deactivated = inactive_since(row["NPI Deactivation Date"]);
  add(entry, "status", deactivated.empty() || !row["NPI Reactivation Date"].empty() ? "active" : deactivated);
  add(entry, "place.1", place_of(row));
  add(entry, "phone", row["Provider Business Practice Location Address Telephone Number"]);
  for (int i = 1; i <= 15; ++i) {
    const std::string number = std::to_string(i);
    add(entry, "taxonomy." + number, row["Healthcare Provider Taxonomy Code_" + number]);
    const std::string license = row["Provider License Number_" + number];
    if (!license.empty())
      add(entry, "license." + number, row["Provider License Number State Code_" + number] + ' ' + license);
  }
  return entry;
}

const Json* in(const Json* json, std::string_view key) { return json == nullptr ? nullptr : json->find(key); }
const Json* in(const Json* json, std::size_t index) {
  const auto* const items = json == nullptr ? nullptr : std::get_if<Array>(json);
  return items != nullptr && index < items->size() ? &(*items)[index] : nullptr;
}
std::string text(const Json* json) {
  const auto* const found = json == nullptr ? nullptr : std::get_if<std::string>(json);
  return found == nullptr ? std::string() : *found;
}
std::size_t size(const Json* json) {
  const auto* const items = json == nullptr ? nullptr : std::get_if<Array>(json);
  return items == nullptr ? 0 : items->size();
}

std::string address_text(const Json* address) {
  if (address == nullptr) return {};
  return text(in(in(address, "line"), 0)) + '|' + text(in(address, "city")) + '|' + text(in(address, "state")) + '|' +
         text(in(address, "postalCode")) + '|' + text(in(address, "country"));
}

class FhirReader {
 public:
  FhirReader(const NpiOf& npi_of, const std::string& evidence) : npi_of_(npi_of), evidence_(evidence) {}

  void resource(const Json& resource, const std::string& url) {
    const std::string type = text(resource.find("resourceType"));
    if (type == "Practitioner" || type == "Organization") whole(resource, type, url);
    if (type == "PractitionerRole" || type == "Location") later_.emplace_back(type, &resource);
  }
  std::vector<SourceEntry> take() {
    for (const auto& [type, json] : later_) type == "Location" ? location(*json) : role(*json);
    return std::move(entries_);
  }

 private:
  void whole(const Json& resource, const std::string& type, const std::string& url) {
    const std::string reference = type + '/' + text(resource.find("id"));
    SourceEntry made{{npi_in(resource, url.empty() ? reference : url), {}, evidence_}, reference, {}};
    RegisterProvider& entry = made.entry;
    add(entry, "kind", type == "Organization" ? "organisation" : "individual");
    add(entry, "name", type == "Organization" ? text(resource.find("name")) : person(in(resource.find("name"), 0)));
    const Json* const active = resource.find("active");
    add(entry, "status", active != nullptr && *active == Json(false) ? "inactive since 1970-01-01" : "active");
    add(entry, "place.1", address_text(in(resource.find("address"), 0)));
    add(entry, "phone", phone(resource));
    if (!ledger::is_npi(entry.npi)) made.problem = "identifier: '" + entry.npi + "' is no NPI";
    places_[reference] = places_[url] = entries_.size();
    entries_.push_back(std::move(made));
  }
  std::string npi_in(const Json& resource, const std::string& reference) const {
    if (std::string mapped = npi_of_(reference); mapped != reference) return mapped;
    const Json* const identifiers = resource.find("identifier");
    for (std::size_t i = 0; i < size(identifiers); ++i)
      if (text(in(in(identifiers, i), "system")).ends_with("us-npi"))
        return npi_of_(text(in(in(identifiers, i), "value")));
    return "none";
  }
  static std::string person(const Json* name) {
    const std::string given = text(in(in(name, "given"), 0)), family = text(in(name, "family"));
    return given.empty() ? family : given + ' ' + family;
  }
  static std::string phone(const Json& resource) {
    const Json* const telecom = resource.find("telecom");
    for (std::size_t i = 0; i < size(telecom); ++i)
      if (text(in(in(telecom, i), "system")) == "phone") return text(in(in(telecom, i), "value"));
    return {};
  }
  SourceEntry* entry_at(const Json* reference) {
    const auto found = places_.find(text(in(reference, "reference")));
    return found == places_.end() ? nullptr : &entries_[found->second];
  }
  void role(const Json& resource) {
    SourceEntry* entry = entry_at(resource.find("practitioner"));
    if (entry == nullptr) entry = entry_at(resource.find("organization"));
    if (entry == nullptr) return;
    const Json* const specialties = resource.find("specialty");
    for (std::size_t i = 0; i < size(specialties); ++i)
      add(entry->entry, "taxonomy." + std::to_string(i + 1), text(in(in(in(in(specialties, i), "coding"), 0), "code")));
  }
  void location(const Json& resource) {
    SourceEntry* const entry = entry_at(resource.find("managingOrganization"));
    if (entry != nullptr) add(entry->entry, "place.2", address_text(resource.find("address")));
  }

  const NpiOf& npi_of_;
  const std::string& evidence_;
  std::vector<SourceEntry> entries_;
  std::map<std::string, std::size_t> places_;
  std::vector<std::pair<std::string, const Json*>> later_;
};

}  // namespace

std::vector<SourceEntry> entries_of_nppes(std::string_view csv, const std::string& file, const std::string& evidence) {
  const auto rows = contract::parse_csv(csv, file);
  if (rows.empty() || std::ranges::find(rows[0], "NPI") == rows[0].end())
    throw refusal(file + ":1: the first row has no column 'NPI'",
                  "give a file in the layout of the NPPES dissemination file");
  std::vector<SourceEntry> entries;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    SourceEntry made{entry_of(Row(rows[0], rows[i])), file + ":" + std::to_string(i + 1), {}};
    made.entry.evidence = evidence;
    if (!ledger::is_npi(made.entry.npi)) made.problem = "'" + made.entry.npi + "' is no NPI";
    entries.push_back(std::move(made));
  }
  return entries;
}

std::vector<SourceEntry> entries_of_fhir(std::string_view json, const NpiOf& npi_of, const std::string& evidence) {
  const Json document = encoding::parse_json(json, true);
  const std::string type = text(document.find("resourceType"));
  if (type.empty()) throw refusal("this is not a FHIR resource");
  FhirReader reader(npi_of, evidence);
  if (type != "Bundle") reader.resource(document, {});
  const Json* const entries = document.find("entry");
  for (std::size_t i = 0; type == "Bundle" && i < size(entries); ++i)
    if (const Json* const resource = in(in(entries, i), "resource"))
      reader.resource(*resource, text(in(in(entries, i), "fullUrl")));
  return reader.take();
}

namespace {

std::vector<std::string> parts_of(const std::string& place) {
  std::vector<std::string> parts{""};
  for (const char c : place)
    if (c == '|')
      parts.emplace_back();
    else
      parts.back() += c;
  parts.resize(5);
  return parts;
}

void put_address(encoding::JsonWriter& json, const std::string& place) {
  const auto parts = parts_of(place);
  json.key("address").begin_object().key("line").begin_array().value(parts[0]).end_array();
  json.key("city").value(parts[1]).key("state").value(parts[2]).key("postalCode").value(parts[3]);
  if (!parts[4].empty()) json.key("country").value(parts[4]);
  json.end_object();
}

void put_specialties(encoding::JsonWriter& json, const Provider& provider) {
  json.key("specialty").begin_array();
  for (const Element& element : provider.elements)
    if (element.accepted && element.path.starts_with("taxonomy."))
      json.begin_object()
          .key("coding")
          .begin_array()
          .begin_object()
          .key("system")
          .value("http://nucc.org/provider-taxonomy")
          .key("code")
          .value(element.value)
          .end_object()
          .end_array()
          .end_object();
  json.end_array();
}

void put_networks(encoding::JsonWriter& json, const Provider& provider) {
  json.key("extension").begin_array();
  for (const Element& element : provider.elements) {
    if (!element.accepted || !element.path.starts_with("network.") || element.value != "in") continue;
    const std::string network = element.path.substr(8);
    const Element* const accepting = provider.find("accepting." + network);
    json.begin_object().key("url").value(
        "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference");
    json.key("valueReference").begin_object().key("display").value(network).end_object().end_object();
    json.begin_object().key("url").value(
        "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/newpatients");
    json.key("extension")
        .begin_array()
        .begin_object()
        .key("url")
        .value("acceptingPatients")
        .key("valueBoolean")
        .value(accepting != nullptr && accepting->value == "yes")
        .end_object()
        .end_array()
        .end_object();
  }
  json.end_array();
}

}  // namespace

std::string plan_net(const Provider& provider) {
  const auto value = [&](const char* path) {
    const Element* const element = provider.find(path);
    return element == nullptr ? std::string() : element->value;
  };
  const bool organisation = value("kind") == "organisation";
  const bool active = !value("status").starts_with("inactive");
  encoding::JsonWriter json;
  json.begin_object().key("resourceType").value("Bundle").key("type").value("collection").key("entry").begin_array();
  json.begin_object()
      .key("resource")
      .begin_object()
      .key("resourceType")
      .value(organisation ? "Organization" : "Practitioner");
  json.key("id").value(provider.npi).key("active").value(active).key("identifier").begin_array().begin_object();
  json.key("system").value("http://hl7.org/fhir/sid/us-npi").key("value").value(provider.npi).end_object().end_array();
  if (organisation)
    json.key("name").value(value("name"));
  else
    json.key("name").begin_array().begin_object().key("text").value(value("name")).end_object().end_array();
  json.end_object().end_object();
  json.begin_object()
      .key("resource")
      .begin_object()
      .key("resourceType")
      .value("PractitionerRole")
      .key("id")
      .value(provider.npi + "-role");
  put_networks(json, provider);
  json.key("active")
      .value(active)
      .key(organisation ? "organization" : "practitioner")
      .begin_object()
      .key("reference")
      .value((organisation ? "Organization/" : "Practitioner/") + provider.npi)
      .end_object();
  put_specialties(json, provider);
  json.end_object().end_object();
  for (const Element& element : provider.elements) {
    if (!element.path.starts_with("place.")) continue;
    json.begin_object().key("resource").begin_object().key("resourceType").value("Location");
    json.key("id").value(provider.npi + "-" + element.path.substr(6)).key("status").value("active");
    put_address(json, element.value);
    json.end_object().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace carechain::care::provider
