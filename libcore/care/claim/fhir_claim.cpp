#include <algorithm>

#include "libcore/base/whole.hpp"
#include "libcore/care/claim/claim_source.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::care::claim {

using encoding::Array;
using Json = encoding::Value;

std::optional<std::int64_t> parse_cents(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  while (decimals.size() > 2 && decimals.back() == '0') decimals.remove_suffix(1);
  if (decimals.size() > 2 || (point < text.size() && decimals.empty())) return std::nullopt;
  std::string digits = point == 0 && !decimals.empty() ? std::string("0") : std::string(text.substr(0, point));
  while (digits.size() > 1 && digits[0] == '0') digits.erase(0, 1);
  const auto whole = parse_whole<std::int64_t>(digits, 0, 1'000'000'000'000);
  std::int64_t cents = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const char c = i < decimals.size() ? decimals[i] : '0';
    if (c < '0' || c > '9') return std::nullopt;
    cents = cents * 10 + (c - '0');
  }
  return whole ? std::optional(*whole * 100 + cents) : std::nullopt;
}

namespace {

// A place in a document: its path, and what is there (or nothing).
struct At {
  const Json* json = nullptr;
  std::string path;

  At operator[](const char* key) const {
    return {json == nullptr ? nullptr : json->find(key), path.empty() ? key : path + '.' + key};
  }
  At operator[](std::size_t index) const {
    const auto* const items = list();
    return {items != nullptr && index < items->size() ? &(*items)[index] : nullptr,
            path + '[' + std::to_string(index) + ']'};
  }
  const Array* list() const { return json == nullptr ? nullptr : std::get_if<Array>(json); }
  std::size_t size() const { return list() == nullptr ? 0 : list()->size(); }
  explicit operator bool() const { return json != nullptr; }
  [[noreturn]] void fail(const std::string& what) const { throw SourceFault(path, what); }

  std::string text() const {  // empty: nothing there
    if (json == nullptr) return {};
    const auto* const text = std::get_if<std::string>(json);
    if (text == nullptr) fail("a text belongs here");
    return *text;
  }
  std::string demanded() const {
    if (json == nullptr) fail("this is missing");
    return text();
  }
  std::string number() const {  // as written
    if (json == nullptr) fail("this is missing");
    if (const auto* const whole = std::get_if<std::uint64_t>(json)) return std::to_string(*whole);
    if (const auto* const whole = std::get_if<std::int64_t>(json)) return std::to_string(*whole);
    const auto* const text = std::get_if<std::string>(json);  // a decimal, kept as its text
    if (text == nullptr) fail("a number belongs here");
    return *text;
  }
  std::int64_t cents() const {
    const auto amount = parse_cents(number());
    if (!amount) fail("'" + number() + "' is not an amount of money in cents");
    return *amount;
  }
  std::uint64_t whole() const {
    std::string digits = number();
    const std::size_t point = digits.find('.');
    if (point != std::string::npos && digits.find_first_not_of('0', point + 1) == std::string::npos)
      digits.resize(point);
    const auto count = parse_whole<std::uint64_t>(digits, 0, 1'000'000'000);
    if (!count) fail("'" + digits + "' is not a whole number");
    return *count;
  }
  Time day() const {
    const std::string date = demanded();
    const auto time = date.size() < 10 ? std::nullopt : parse_time(date.substr(0, 10));
    if (!time) fail("'" + date + "' is not a date since 1970");
    return *time;
  }
};

// The first code of a CodeableConcept.
std::string code_of(const At& concept_at) {
  for (std::size_t i = 0; i < concept_at["coding"].size(); ++i)
    if (std::string code = concept_at["coding"][i]["code"].text(); !code.empty()) return code;
  return {};
}

class Reading {
 public:
  Reading(const Json& claim, const std::map<std::string, const Json*>& others, const Names& names)
      : at_{&claim, {}}, others_(others), names_(names) {}

  SourceClaim run(std::string_view written) {
    if (at_["status"].demanded() != "active") at_["status"].fail("only an active claim is submitted");
    made_.use = at_["use"].demanded();
    if (made_.use != "claim" && made_.use != "preauthorization" && made_.use != "predetermination")
      at_["use"].fail("'" + made_.use + "' is none of claim, preauthorization, predetermination");
    made_.type = code_of(at_["type"]);
    if (made_.type.empty()) at_["type"].fail("this is missing");
    made_.currency = names_.currency;
    made_.payer = names_.payer(id_of(at_["insurer"]));
    made_.member = names_.member(id_of(at_["patient"]));
    made_.provider = npi_of(at_["provider"]);
    days();
    lines();
    total();
    related();
    made_.accident = at_["accident"].json != nullptr;
    made_.document = names_.digest(written);
    return {std::move(made_), own_number()};
  }

 private:
  std::string own_number() const {
    const std::string number = at_["identifier"][std::size_t{0}]["value"].text();
    return number.empty() ? at_["id"].text() : number;
  }

  // What a reference points to: its identifier, or the reference as it is written.
  std::string id_of(const At& reference) const {
    if (!reference) return {};
    const std::string written = reference["reference"].text();
    return written.empty() ? reference["identifier"]["value"].text() : written;
  }

  // A provider's NPI: of the resource in the bundle, or what the reference itself says.
  std::string npi_of(const At& reference) const {
    if (!reference) reference.fail("this is missing");
    const std::string id = id_of(reference);
    if (const std::string mapped = names_.provider(id); mapped != id) return short_code(mapped);
    const auto found = others_.find(id);
    if (found != others_.end()) {
      const At identifiers = At{found->second, {}}["identifier"];
      for (std::size_t i = 0; i < identifiers.size(); ++i)
        if (identifiers[i]["system"].text().ends_with("us-npi"))
          return short_code(names_.provider(identifiers[i]["value"].text()));
    }
    const std::string own = reference["identifier"]["value"].text();
    return own.empty() ? std::string("none") : short_code(names_.provider(own));
  }
  static std::string short_code(const std::string& text) {
    std::string code;
    for (const char c : text)
      if (c > 0x20 && c < 0x7f && code.size() < 16) code += c;
    return code.empty() ? "none" : code;
  }

  void days() {
    const At period = at_["billablePeriod"];
    const bool has_period = period["start"] || period["end"];
    made_.from = has_period ? (period["start"] ? period["start"] : period["end"]).day() : first_line_day();
    made_.to = period["end"] ? period["end"].day() : std::max(made_.from, last_line_day(made_.from));
    if (made_.to < made_.from) period["end"].fail("the claim ends before it begins");
  }
  // serviced[x] of an item.
  static std::optional<Time> begin_of(const At& item) {
    if (item["servicedDate"]) return item["servicedDate"].day();
    return item["servicedPeriod"]["start"] ? std::optional(item["servicedPeriod"]["start"].day()) : std::nullopt;
  }
  static std::optional<Time> end_of(const At& item) {
    return item["servicedPeriod"]["end"] ? std::optional(item["servicedPeriod"]["end"].day()) : begin_of(item);
  }
  Time first_line_day() const {
    std::optional<Time> first;
    for (std::size_t i = 0; i < at_["item"].size(); ++i)
      if (const auto begin = begin_of(at_["item"][i]); begin && (!first || *begin < *first)) first = begin;
    return first ? *first : at_["created"].day();
  }
  Time last_line_day(Time from) const {
    Time last = from;
    for (std::size_t i = 0; i < at_["item"].size(); ++i)
      if (const auto end = end_of(at_["item"][i])) last = std::max(last, *end);
    return last;
  }

  void lines() {
    const At items = at_["item"];
    if (items.size() == 0) items.fail("a claim without items asks for nothing");
    for (std::size_t i = 0; i < items.size(); ++i) line(items[i]);
    std::ranges::sort(made_.lines, {}, &Line::number);
  }

  void line(const At& item) {
    Line line;
    line.number = item["sequence"].whole();
    line.code = code_of(item["productOrService"]);
    if (line.code.empty()) item["productOrService"].fail("a code is missing");
    for (std::size_t i = 0; i < item["modifier"].size(); ++i)
      if (const std::string modifier = code_of(item["modifier"][i]); !modifier.empty())
        line.modifiers.push_back(modifier);
    std::ranges::sort(line.modifiers);
    line.place = code_of(item["locationCodeableConcept"]);
    line.units = item["quantity"]["value"] ? std::max<std::uint64_t>(item["quantity"]["value"].whole(), 1) : 1;
    line.from = begin_of(item).value_or(made_.from);
    line.to = std::max(line.from, end_of(item).value_or(line.from));
    line.charge = charge_of(item, line.units);
    if (line.place == "23") made_.emergency = true;
    priced_.push_back(item["net"].json != nullptr || item["unitPrice"].json != nullptr);
    made_.lines.push_back(std::move(line));
  }

  std::int64_t charge_of(const At& item, std::uint64_t units) {
    for (const char* const key : {"net", "unitPrice"})
      if (item[key]["currency"]) made_.currency = item[key]["currency"].text();
    if (item["net"]["value"]) return item["net"]["value"].cents();
    if (!item["unitPrice"]["value"]) return 0;
    const auto product = checked_multiply(item["unitPrice"]["value"].cents(), static_cast<std::int64_t>(units));
    if (!product) item["unitPrice"]["value"].fail("the price of all units is beyond all bounds");
    return *product;
  }

  // What a total exceeds its lines by belongs to the first line without a price of its own (an encounter); further
  // lines without a price ask for nothing and are left out.
  void total() {
    std::int64_t sum = 0;
    for (const Line& line : made_.lines) sum += line.charge;
    if (at_["total"]["currency"]) made_.currency = at_["total"]["currency"].text();
    made_.total = at_["total"]["value"] ? at_["total"]["value"].cents() : sum;
    const auto unpriced = std::ranges::find(priced_, false);
    if (made_.total > sum && unpriced != priced_.end())
      made_.lines[static_cast<std::size_t>(unpriced - priced_.begin())].charge = made_.total - sum;
    std::vector<Line> asking;
    for (std::size_t i = 0; i < made_.lines.size(); ++i)
      if (priced_[i] || made_.lines[i].charge > 0) asking.push_back(made_.lines[i]);
    if (!asking.empty()) made_.lines = std::move(asking);
  }

  void related() {
    const At insurances = at_["insurance"];
    for (std::size_t i = 0; i < insurances.size(); ++i)
      for (std::size_t j = 0; j < insurances[i]["preAuthRef"].size(); ++j) {
        const At number = insurances[i]["preAuthRef"][j];
        if (const auto ref = names_.claim(number.text())) made_.authorisations.push_back(*ref);
      }
    const At relations = at_["related"];
    for (std::size_t i = 0; i < relations.size(); ++i) {
      const std::string relation = code_of(relations[i]["relationship"]);
      if (relation != "prior" && relation != "replaces") continue;
      const std::string original = relations[i]["reference"]["value"].text();
      made_.original = original.empty() ? std::nullopt : names_.claim(original);
      if (made_.original) made_.frequency = 7;
    }
  }

  At at_;
  const std::map<std::string, const Json*>& others_;
  const Names& names_;
  SubmitClaim made_;
  std::vector<bool> priced_;
};

std::string type_of(const Json& resource) {
  const Json* const type = resource.find("resourceType");
  const auto* const text = type == nullptr ? nullptr : std::get_if<std::string>(type);
  return text == nullptr ? std::string() : *text;
}

SourceResult read_one(const Json& claim, const std::map<std::string, const Json*>& others, const Names& names,
                      std::string_view written) {
  SourceResult result;
  const Json* const id = claim.find("id");
  const auto* const text = id == nullptr ? nullptr : std::get_if<std::string>(id);
  result.where = "Claim/" + (text == nullptr ? std::string("?") : *text);
  try {
    result.claim = Reading(claim, others, names).run(written);
  } catch (const SourceFault& fault) {
    result.problem = fault.what();
  }
  return result;
}

}  // namespace

std::vector<SourceResult> claims_of_fhir(std::string_view json, const Names& names) {
  const Json document = encoding::parse_json(json, true);
  const std::string type = type_of(document);
  if (type == "Claim") return {read_one(document, {}, names, json)};
  if (type != "Bundle")
    throw refusal(type.empty() ? "this is not a FHIR resource" : "a " + type + " is neither a Claim nor a Bundle");
  std::map<std::string, const Json*> others;
  std::vector<const Json*> found;
  const Json* const entries = document.find("entry");
  const auto* const list = entries == nullptr ? nullptr : std::get_if<Array>(entries);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const Json* const resource = (*list)[i].find("resource");
    if (resource == nullptr) continue;
    const Json* const url = (*list)[i].find("fullUrl");
    if (url != nullptr && std::holds_alternative<std::string>(*url)) others[std::get<std::string>(*url)] = resource;
    if (type_of(*resource) == "Claim") found.push_back(resource);
  }
  std::vector<SourceResult> results;
  for (const Json* const claim : found) results.push_back(read_one(*claim, others, names, encoding::to_json(*claim)));
  return results;
}

}  // namespace carechain::care::claim
