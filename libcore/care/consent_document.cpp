#include "libcore/care/consent_document.hpp"

#include <algorithm>
#include <set>

#include "libcore/base/error.hpp"
#include "libcore/care/labels.hpp"
#include "libcore/care/purpose.hpp"

namespace carechain::care {
namespace {

using encoding::Array;
using encoding::Map;
using encoding::Value;

[[noreturn]] void refuse(const std::string& where, const std::string& why, const std::string& hint = "") {
  throw refusal("Consent." + where + ": " + why, hint);
}

const std::string* text_in(const Value& value) { return std::get_if<std::string>(&value); }

std::string text_at(const Value& parent, const char* key) {
  const Value* value = parent.find(key);
  const std::string* text = value != nullptr ? text_in(*value) : nullptr;
  return text != nullptr ? *text : std::string();
}

// The items of an element that may repeat; none when it is absent.
const Array& items_at(const Value& parent, const char* key, const std::string& where) {
  static const Array nothing;
  const Value* value = parent.find(key);
  if (value == nullptr) return nothing;
  const Array* items = std::get_if<Array>(value);
  if (items == nullptr || items->empty()) refuse(where + key, "a list with at least one item is needed");
  return *items;
}

void only(const Value& object, const std::string& where, const std::set<std::string, std::less<>>& known) {
  const Map* map = std::get_if<Map>(&object);
  if (map == nullptr) refuse(where, "an object is needed");
  for (const auto& [key, value] : *map)
    if (!known.contains(key) && !key.starts_with('_') && key != "extension" && key != "id")
      refuse(where.empty() ? key : where + '.' + key, "a rule on the chain can't express this element");
}

struct Coding {
  std::string system, code;
};

Coding coding_of(const Value& value, const std::string& where) {
  Coding coding{text_at(value, "system"), text_at(value, "code")};
  if (coding.code.empty()) refuse(where, "it has no code, and text does not go on the chain");
  return coding;
}

// The codings of a CodeableConcept; any of them means it.
std::vector<Coding> concept_of(const Value& value, const std::string& where) {
  std::vector<Coding> codings;
  for (const Value& coding : items_at(value, "coding", where + '.')) codings.push_back(coding_of(coding, where));
  if (codings.empty()) refuse(where, "it has no coding, and text does not go on the chain");
  return codings;
}

std::optional<Time> time_at(const Value* period, const char* key, const std::string& where) {
  const std::string text = period != nullptr ? text_at(*period, key) : "";
  if (text.empty()) return std::nullopt;
  const auto time = parse_time(text, std::string_view(key) == "end");
  if (!time) refuse(where + '.' + key, "'" + text + "' is not a time after 1970");
  return time;
}

constexpr std::string_view any_policy[] = {"OPTIN", "OPTOUT"};

class Reader {
 public:
  Reader(const std::optional<RootReading>& reading, const ConsentResolvers& resolvers)
      : reading_(reading), resolvers_(resolvers) {}

  ConsentTerms read(const Value& document) {
    if (text_at(document, "resourceType") != "Consent") throw refusal("the document is not a FHIR Consent");
    only(document, "",
         {"resourceType", "meta", "language", "text", "contained", "identifier", "status", "scope", "category",
          "patient", "dateTime", "performer", "organization", "sourceAttachment", "sourceReference", "policy",
          "policyRule", "verification", "provision"});
    check_head(document);
    const Value* root = document.find("provision");
    const auto base = base_of(document, root);
    if (root == nullptr) {
      if (!base) refuse("policyRule", "it says neither OPTIN nor OPTOUT, and there is no provision: it rules nothing");
      terms_.policy.base = base;
    } else {
      read_root(*root, base);
    }
    if (research_) limit_to_research();
    if (const auto fault = policy_fault(terms_.policy)) throw refusal("the Consent can't go on the chain: " + *fault);
    return std::move(terms_);
  }

 private:
  void check_head(const Value& document) {
    const std::string status = text_at(document, "status");
    if (status != "active")
      refuse("status", "it is '" + status + "': only an active consent is a rule", "revoke ends one that was granted");
    const Value* scope = document.find("scope");
    if (scope == nullptr) refuse("scope", "it is missing");
    for (const Coding& coding : concept_of(*scope, "scope")) {
      if (coding.code == "research") research_ = true;
      if (coding.code != "research" && coding.code != "patient-privacy")
        refuse("scope", "'" + coding.code + "' is not about who may read records");
    }
    const std::string patient = reference_at(document.find("patient"));
    for (const Value& performer : items_at(document, "performer", ""))
      if (reference_at(&performer) != patient)
        refuse("performer", "somebody else than the patient gives it; on the chain she signs herself");
  }

  static std::string reference_at(const Value* value) { return value != nullptr ? text_at(*value, "reference") : ""; }

  std::optional<Effect> base_of(const Value& document, const Value* root) {
    std::optional<Effect> base;
    if (const Value* rule = document.find("policyRule")) {
      for (const Coding& coding : concept_of(*rule, "policyRule")) {
        if (std::ranges::find(any_policy, coding.code) == std::end(any_policy))
          refuse("policyRule", "'" + coding.code + "' is not known; OPTIN and OPTOUT are");
        base = coding.code == "OPTIN" ? Effect::permit : Effect::deny;
      }
    }
    const std::string type = root != nullptr ? text_at(*root, "type") : "";
    if (type.empty()) return base;
    Effect given = Effect::deny;
    if (!parse(type, given)) refuse("provision.type", "'" + type + "' is neither permit nor deny");
    if (base && *base != given)
      refuse("provision.type", "'" + type + "' contradicts policyRule, and FHIR R4 permits no type in the root");
    terms_.warnings.emplace_back("provision.type: FHIR R4 permits no type in the root; taken as the base rule");
    typed_root_ = true;
    return given;
  }

  void read_root(const Value& root, const std::optional<Effect>& base) {
    Provision provision = provision_of(root, "provision", true);
    const bool bare = !has_criteria(provision) && terms_.custodians.empty();
    if (!bare && !typed_root_ && !reading_)
      refuse("provision",
             "it has criteria and no type: they may limit where the base rule holds, or be an exception to it",
             "--root base or --root exception says which is meant");
    const bool exception = !typed_root_ && reading_ == RootReading::exception;
    if (!base) refuse("policyRule", "there is no base rule: neither OPTIN or OPTOUT nor provision.type");
    if (exception && !bare) {
      if (!terms_.custodians.empty())
        terms_.warnings.emplace_back("provision.actor: granted at the custodians it names; elsewhere it says nothing");
      provision.effect = *base == Effect::permit ? Effect::deny : Effect::permit;
      check_exceptions(provision, "provision");
      terms_.policy = {base, {std::move(provision)}};
    } else if (!has_criteria(provision)) {
      terms_.policy = {base, std::move(provision.provisions)};
    } else {
      provision.effect = *base;
      check_exceptions(provision, "provision");
      terms_.policy = {std::nullopt, {std::move(provision)}};
    }
  }

  static bool has_criteria(const Provision& p) {
    return p.from || p.until || p.actors || p.actions || p.purposes || p.types || p.media || p.codes || p.labels ||
           p.records || p.data_from || p.data_until;
  }

  // An exception without criteria of its own takes back the whole of the rule around it.
  static void check_exceptions(const Provision& around, const std::string& where) {
    for (std::size_t i = 0; i < around.provisions.size(); ++i)
      if (!has_criteria(around.provisions[i]) && around.provisions[i].effect != around.effect)
        refuse(where + ".provision[" + std::to_string(i) + ']',
               "it takes back all of the provision around it: the document contradicts itself");
  }

  Provision provision_of(const Value& value, const std::string& where, bool root) {
    only(value, where,
         {"type", "period", "actor", "action", "securityLabel", "purpose", "class", "code", "dataPeriod", "data",
          "provision"});
    Provision provision;
    if (!root) {
      const std::string type = text_at(value, "type");
      if (type.empty()) refuse(where + ".type", "it is missing; FHIR R4 requires permit or deny in nested provisions");
      if (!parse(type, provision.effect)) refuse(where + ".type", "'" + type + "' is neither permit nor deny");
    }
    provision.from = time_at(value.find("period"), "start", where + ".period");
    provision.until = time_at(value.find("period"), "end", where + ".period");
    provision.data_from = time_at(value.find("dataPeriod"), "start", where + ".dataPeriod");
    provision.data_until = time_at(value.find("dataPeriod"), "end", where + ".dataPeriod");
    read_actors(value, where, provision);
    read_codes(value, where, provision);
    for (std::size_t i = 0; i < items_at(value, "data", where + '.').size(); ++i)
      read_data(items_at(value, "data", where + '.')[i], where + ".data[" + std::to_string(i) + ']', provision);
    const Array& nested = items_at(value, "provision", where + '.');
    for (std::size_t i = 0; i < nested.size(); ++i)
      provision.provisions.push_back(provision_of(nested[i], where + ".provision[" + std::to_string(i) + ']', false));
    if (!root) check_exceptions(provision, where);
    return provision;
  }

  void read_actors(const Value& value, const std::string& where, Provision& provision) {
    const Array& actors = items_at(value, "actor", where + '.');
    for (std::size_t i = 0; i < actors.size(); ++i) {
      const std::string at = where + ".actor[" + std::to_string(i) + ']';
      const Value* role = actors[i].find("role");
      const Value* reference = actors[i].find("reference");
      if (role == nullptr || reference == nullptr) refuse(at, "an actor has a role and a reference");
      const std::string code = concept_of(*role, at + ".role").front().code;
      const PublicKey account = account_of(*reference, at + ".reference");
      if (code == "CST") {
        add_custodian(account, at, where == "provision");
      } else if (code == "IRCP" || code == "PRCP") {
        if (!provision.actors) provision.actors.emplace();
        provision.actors->push_back({account, {}});
      } else {
        refuse(at + ".role",
               "'" + code + "': the chain knows who receives a record (IRCP, PRCP) and who keeps it (CST)");
      }
    }
  }

  // Towards each custodian the patient signs with another account, so a document is about one's records, or any's.
  void add_custodian(const PublicKey& account, const std::string& where, bool root) {
    const bool known = std::ranges::find(terms_.custodians, account) != terms_.custodians.end();
    if (root && !known) terms_.custodians.push_back(account);
    if (!root && !known) refuse(where, "another custodian than the root provision's has a document of its own");
  }

  PublicKey account_of(const Value& value, const std::string& where) const {
    ConsentReference reference{text_at(value, "reference"), "", ""};
    if (const Value* identifier = value.find("identifier")) {
      reference.identifier_system = text_at(*identifier, "system");
      reference.identifier_value = text_at(*identifier, "value");
    }
    if (reference.reference.empty() && reference.identifier_value.empty())
      refuse(where, "it names nobody, and a display name does not go on the chain");
    try {
      return resolvers_.account(reference);
    } catch (const Error& error) {
      refuse(where, error.what(), error.hint());
    }
  }

  static void add(Words& words, const std::string& word) {
    if (!words) words.emplace();
    if (std::ranges::find(*words, word) == words->end()) words->push_back(word);
  }

  void warn_unknown(const std::string& where, const std::string& code, bool known) {
    if (!known)
      terms_.warnings.push_back(where + ": '" + code +
                                "' is not known; it fits where it forbids, not where it permits");
  }

  void read_codes(const Value& value, const std::string& where, Provision& provision) {
    for (const Value& action : items_at(value, "action", where + '.'))
      for (const Coding& coding : concept_of(action, where + ".action")) {
        warn_unknown(where + ".action", coding.code, is_consent_action(coding.code));
        add(provision.actions, coding.code);
      }
    for (const Value& label : items_at(value, "securityLabel", where + '.')) {
      const Coding coding = coding_of(label, where + ".securityLabel");
      warn_unknown(where + ".securityLabel", coding.code, confidentiality(coding.code) || is_sensitivity(coding.code));
      add(provision.labels, coding.code);
    }
    for (const Value& purpose : items_at(value, "purpose", where + '.')) {
      const Coding coding = coding_of(purpose, where + ".purpose");
      warn_unknown(where + ".purpose", coding.code, is_purpose(coding.code));
      add(provision.purposes, coding.code);
    }
    for (const Value& kind : items_at(value, "class", where + '.'))
      read_class(coding_of(kind, where + ".class"), where + ".class", provision);
    for (const Value& code : items_at(value, "code", where + '.'))
      for (const Coding& coding : concept_of(code, where + ".code"))
        add(provision.codes, coding.system.empty() ? coding.code : coding.system + '|' + coding.code);
    if (provision.types) std::ranges::sort(*provision.types);
    if (provision.types && provision.media)
      refuse(where + ".class", "resource types and media types in one list; a rule on the chain demands both");
  }

  static void read_class(const Coding& coding, const std::string& where, Provision& provision) {
    if (coding.system == "http://hl7.org/fhir/resource-types")
      add(provision.types, coding.code);
    else if (coding.system == "urn:ietf:bcp:13")
      add(provision.media, coding.code);
    else
      refuse(where, "'" + coding.system + '|' + coding.code + "' is neither a FHIR resource type nor a media type");
  }

  void read_data(const Value& data, const std::string& where, Provision& provision) {
    const std::string meaning = text_at(data, "meaning");
    if (meaning != "instance")
      refuse(where + ".meaning", "'" + meaning + "': the chain knows single records (instance)");
    const Value* reference = data.find("reference");
    if (!provision.records) provision.records.emplace();
    try {
      provision.records->push_back(resolvers_.record(reference_at(reference)));
    } catch (const Error& error) {
      refuse(where + ".reference", error.what(), error.hint());
    }
  }

  // A consent to research is about research only.
  void limit_to_research() {
    Provision research;
    research.effect = terms_.policy.base.value_or(Effect::permit);
    if (terms_.policy.base) {
      research.purposes = {{"HRESCH"}};
      research.provisions = std::move(terms_.policy.provisions);
      terms_.policy = {std::nullopt, {std::move(research)}};
    } else {
      for (Provision& provision : terms_.policy.provisions)
        if (!provision.purposes) provision.purposes = {{"HRESCH"}};
    }
  }

  const std::optional<RootReading>& reading_;
  const ConsentResolvers& resolvers_;
  ConsentTerms terms_;
  bool research_ = false, typed_root_ = false;
};

}  // namespace

ConsentTerms read_consent(const Value& document, const std::optional<RootReading>& reading,
                          const ConsentResolvers& resolvers) {
  return Reader(reading, resolvers).read(document);
}

}  // namespace carechain::care
