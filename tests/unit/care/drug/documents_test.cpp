// Every EPCIS document of the shared data is read, or refused with its reason (../shared/data/supply/epcis).

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "libcore/care/drug/read_event.hpp"
#include "libcore/care/drug/write_event.hpp"
#include "unit/text.hpp"

namespace {

using carechain::test::content;

using namespace carechain;
using namespace carechain::care;
namespace fs = std::filesystem;

// How what is refused is refused; everything else is read.
const std::map<std::string, std::string> refused{
    {"1.2/XML/Capture/Documents/AggregationEvent_all_possible_fields.xml",
     "only object and transformation events carry persistent dispositions"},
    {"2.0/JSON/Capture/Invalid/Combination_of_events_with_missing_mandatory_fields.json", "the action is missing"},
    {"2.0/JSON/Capture/Invalid/Combination_of_non_standard_bizStep_and_disposition.json", "bizStep: 'transforming'"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_with_invalid_certificationInfo.json",
     "certificationInfo: 'wrong date format'"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.json", "'22-07-2026' is no instant"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_with_non_standard_bizStep.json", "bizStep: 'transforming'"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json", "bizStep: 'transforming'"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_with_non_standard_disposition.json", "disposition: 'in_transport'"},
    {"2.0/JSON/Capture/Invalid/ObjectEvent_without_identifier_list.json", "it names neither things nor quantities"},
    {"2.0/JSON/Query/Invalid/QueryDocument_with_invalid_action.json", "action: 'INVALIDACTION'"},
    {"2.0/JSON/Query/Invalid/QueryDocument_with_invalid_eventType.json", "type: there is no 'ObjectEventInvalid'"},
    {"2.0/JSON/Query/Queries/Invalid/Query_with_unknown_parameter.json", "this is a query"},
    {"2.0/JSON/Query/Queries/SimpleEventQuery.json", "this is a query"},
    {"2.0/XML/Capture/Invalid/ObjectEvent_bare_event_without_action.xml", "the action is missing"},
    {"2.0/XML/Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.xml", "'22-07-2026' is no instant"},
    {"2.0/XML/Capture/Invalid/ObjectEvent_with_near_miss_action.xml", "action: 'OBSERV'"},
    {"2.0/XML/Capture/Invalid/ObjectEvent_without_eventTime.xml", "eventTime is missing"},
    {"2.0/XML/Query/Invalid/QueryDocument_with_invalid_action.xml", "action: 'INVALIDACTION'"},
    {"2.0/XML/Query/Invalid/QueryDocument_with_invalid_eventType.xml", "type: there is no 'ObjectEventInvalid'"},
    {"2.0/XML/Query/Invalid/QueryDocument_with_missing_value.xml", "this is a query"},
    {"2.0/XML/Query/Queries/Invalid/Query_without_queryName.xml", "this is a query"},
    {"2.0/XML/Query/Queries/SimpleEventQuery.xml", "this is a query"}};

// Why a document is refused; empty: it is read, and `events` counts.
std::string fault_of(const fs::path& file, std::size_t& events) {
  try {
    const auto read = drug::read_events(drug::read_document(content(file)), 1);
    for (const auto& event : read)
      if (!event.fault.empty()) return event.fault;
    events += read.size();
    return read.empty() ? "it holds no events" : "";
  } catch (const drug::EpcisFault& fault) {
    return fault.what();
  }
}

}  // namespace

TEST_CASE("every document is read, or refused with the reason that is expected of it") {
  const fs::path root = fs::path(TEST_SHARED_DATA) / "supply/epcis";
  if (!fs::exists(root)) {
    MESSAGE("skipped: no " << root);
    return;
  }
  std::size_t documents = 0, events = 0, refusals = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension != ".xml" && extension != ".json" && extension != ".jsonld") continue;
    ++documents;
    const std::string name = fs::relative(entry.path(), root / "openepcis").string();
    CAPTURE(name);
    const std::string fault = fault_of(entry.path(), events);
    const auto expected = refused.find(name);
    if (expected == refused.end()) {
      CHECK(fault == "");
      continue;
    }
    ++refusals;
    CHECK(fault.find(expected->second) != std::string::npos);
  }
  CHECK(documents == 125);
  CHECK(refusals == refused.size());
  MESSAGE(documents << " documents, " << events << " events, " << refusals << " refused");
}

namespace {

// What a reader makes of a document, as one text; or why it refuses it.
std::string whole(const std::string& bytes, bool apart) {
  try {
    std::string text;
    const auto events =
        apart ? drug::read_document_events(bytes, 2).events : drug::read_events(drug::read_document(bytes), 1);
    for (const auto& read : events) {
      const Bytes fields = read.fault.empty() ? encoding::encode_fields(read.event) : Bytes();
      text += std::to_string(read.number) + " " + read.fault + " " + std::string(text_of(fields)) + "\n";
    }
    return text;
  } catch (const drug::EpcisFault& fault) {
    return fault.what();
  }
}

}  // namespace

TEST_CASE("documents read event by event are those read as a whole, also when they are damaged") {
  std::string document =
      R"({"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"x":"https://x.example/"}],)"
      R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2023-01-02T00:00:00Z","x:said":"\"eventList\":[{",)"
      R"("epcisBody":{"eventList":[)";
  for (int i = 0; i < 3; ++i)
    document +=
        std::string(i > 0 ? " ,\n" : "") + R"({"type":"ObjectEvent","eventTime":"2023-01-01T08:00:0)" +
        std::to_string(9 - i) +
        R"(Z","eventTimeZoneOffset":"+00:00","epcList":["https://id.gs1.org/01/00300010123455/21/1]{\\"],)"
        R"("action":"OBSERVE","x:note":["a,b",{"eventList":[1]}],"@context":{"y":"https://y.example/"},"y:z":"\"}"})";
  document += " ] }}";
  REQUIRE(drug::read_document_events(document, 2).events.size() == 3);
  CHECK(drug::read_document_events(document, 2).created == "2023-01-02T00:00:00Z");
  CHECK(whole(document, true) == whole(document, false));
  for (std::size_t at = 0; at < document.size(); ++at)
    for (const std::string with : {"", "\"", "]", "}", ",", "{", "[", "\\", "0"}) {
      const std::string damaged = document.substr(0, at) + with + document.substr(at + 1);
      if (whole(damaged, true) != whole(damaged, false)) FAIL(damaged);
    }
  for (const char* bare : {R"({"eventList":[]})", "[]", "", R"({"epcisBody":{"eventList":[]}})",
                           R"({"epcisBody":{"eventList":[,]}})", R"({"epcisBody":{"eventList":[1,]}})"})
    CHECK(whole(bare, true) == whole(bare, false));
}

TEST_CASE("every published document is read the same both ways") {
  const fs::path root = fs::path(TEST_SHARED_DATA) / "supply/epcis";
  if (!fs::exists(root)) {
    MESSAGE("skipped: no " << root);
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    CAPTURE(entry.path());
    const std::string bytes = content(entry.path());
    CHECK(whole(bytes, true) == whole(bytes, false));
  }
}

TEST_CASE("what is read and written as EPCIS JSON reads the same again") {
  const fs::path file =
      fs::path(TEST_SHARED_DATA) / "supply/epcis/openepcis/1.2/XML/Capture/Documents/GS1_US_Pharma_Example_2_2_1_1.xml";
  if (!fs::exists(file)) {
    MESSAGE("skipped: no " << file);
    return;
  }
  for (const auto& read : drug::read_events(drug::read_document(content(file)), 2)) {
    REQUIRE(read.fault == "");
    auto again = drug::read_event(drug::read_json_document(drug::epcis_json(read.event, true)).events.at(0));
    again.hash = read.event.hash;  // extensions are not on the chain
    CHECK(encoding::encode_fields(again) == encoding::encode_fields(read.event));
  }
}
