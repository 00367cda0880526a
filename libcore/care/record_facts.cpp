#include "libcore/care/record_facts.hpp"

#include <algorithm>
#include <array>

#include "libcore/base/distinct.hpp"
#include "libcore/base/error.hpp"
#include "libcore/encoding/json.hpp"

namespace carechain::care {
namespace {

using encoding::Array;
using encoding::Value;

// Elements that hold a resource's clinically relevant time (FHIR R4), the best first; a Period or a dateTime.
constexpr std::array<std::string_view, 22> time_elements{"effectivePeriod",
                                                         "effectiveDateTime",
                                                         "effectiveInstant",
                                                         "performedPeriod",
                                                         "performedDateTime",
                                                         "onsetPeriod",
                                                         "onsetDateTime",
                                                         "occurrencePeriod",
                                                         "occurrenceDateTime",
                                                         "servicedPeriod",
                                                         "servicedDate",
                                                         "billablePeriod",
                                                         "period",
                                                         "started",
                                                         "authoredOn",
                                                         "whenHandedOver",
                                                         "dateTime",
                                                         "recordedDate",
                                                         "date",
                                                         "issued",
                                                         "created",
                                                         "birthDate"};

std::string text_at(const Value& parent, const char* key) {
  const Value* value = parent.find(key);
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  return text != nullptr ? *text : std::string();
}

template <class Visit>
void each_item(const Value* value, const Visit& visit) {  // of a list, or the one
  if (value == nullptr) return;
  if (const Array* items = std::get_if<Array>(value))
    for (const Value& item : *items) visit(item);
  else
    visit(*value);
}

void add_codings(const Value* concepts, Words& words) {
  words.emplace();
  each_item(concepts, [&](const Value& one) {
    each_item(one.find("coding"), [&](const Value& coding) {
      const std::string text = text_at(coding, "system") + '|' + text_at(coding, "code");
      const bool plain = std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
      if (text.back() != '|' && text.size() <= 256 && plain) words->push_back(text);
    });
  });
  sort_distinct(*words);
  if (words->size() > max_criterion_items) words.reset();  // unknown rather than half known
}

void add_time(const Value& resource, RecordFacts& facts) {
  for (const std::string_view element : time_elements) {
    const Value* value = resource.find(element);
    if (value == nullptr) continue;
    const auto* text = std::get_if<std::string>(value);
    const std::string start = text != nullptr ? *text : text_at(*value, "start");
    const std::string end = text != nullptr ? *text : text_at(*value, "end");
    facts.from = parse_time(start);
    facts.until = end.empty() ? facts.from : parse_time(end, true);
    if (!facts.from || !facts.until || *facts.until < *facts.from) facts.from.reset(), facts.until.reset();
    return;
  }
}

RecordFacts facts_of_resource(const Value& resource, const FactChoice& choice) {
  RecordFacts facts;
  if (choice.labels) {
    facts.labels.emplace();
    const Value* meta = resource.find("meta");
    each_item(meta != nullptr ? meta->find("security") : nullptr, [&](const Value& label) {
      if (const std::string code = text_at(label, "code"); is_code(code)) facts.labels->push_back(code);
    });
    sort_distinct(*facts.labels);
    if (facts.labels->size() > max_criterion_items) facts.labels.reset();
  }
  if (choice.categories) add_codings(resource.find("category"), facts.categories);
  if (choice.codes) {
    const char* element = "code";
    for (const char* other : {"vaccineCode", "medicationCodeableConcept"})
      if (resource.find(other) != nullptr) element = other;
    add_codings(resource.find(element), facts.codes);
  }
  if (choice.dates) add_time(resource, facts);
  return facts;
}

void keep_common(RecordFacts& all, const RecordFacts& one) {
  if (all.labels != one.labels) all.labels.reset();
  if (all.categories != one.categories) all.categories.reset();
  if (all.codes != one.codes) all.codes.reset();
  if (!one.from || !all.from) {
    all.from.reset(), all.until.reset();
    return;
  }
  all.from = std::min(*all.from, *one.from);  // the whole overlaps what any of them overlaps
  all.until = std::max(*all.until, *one.until);
}

}  // namespace

RecordFacts facts_of_fhir(std::string_view json, const FactChoice& choice) {
  try {
    const Value document = encoding::parse_json(json, true);
    if (text_at(document, "resourceType") != "Bundle") return facts_of_resource(document, choice);
    std::optional<RecordFacts> all;
    each_item(document.find("entry"), [&](const Value& entry) {
      const Value* resource = entry.find("resource");
      if (resource == nullptr) return;
      const RecordFacts one = facts_of_resource(*resource, choice);
      all ? keep_common(*all, one) : static_cast<void>(all = one);
    });
    return all.value_or(RecordFacts{});
  } catch (const Error&) {
    return {};
  }
}

}  // namespace carechain::care
