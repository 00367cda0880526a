// GS1's own vectors, cut out of the unit tests of the GS1 Barcode Syntax Engine (../shared/data/supply/gs1).

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/lint.hpp"
#include "libcore/care/gs1/scan.hpp"
#include "libcore/encoding/json.hpp"

namespace {

using namespace carechain;
using namespace carechain::care;

std::string text(const encoding::Value* value) {
  const auto* found = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return found == nullptr ? std::string() : *found;
}
bool flag(const encoding::Value* value) {
  const auto* found = value == nullptr ? nullptr : std::get_if<bool>(value);
  return found != nullptr && *found;
}
bool option(const encoding::Value& vector, std::string_view name) {
  const encoding::Value* options = vector.find("options");
  const encoding::Value* found = options == nullptr ? nullptr : options->find(name);
  return flag(found) || text(found) == "true";
}

// Vectors write FNC1 as '^'.
std::string with_fnc1(std::string text) {
  std::ranges::replace(text, '^', gs1::fnc1);
  return text;
}

encoding::Array vectors(const std::string& name) {
  std::ifstream file(std::string(TEST_SHARED_DATA) + "/supply/gs1/" + name + ".json");
  if (!file) {
    MESSAGE("skipped: no ../shared/data/supply/gs1/" << name << ".json");
    return {};
  }
  std::stringstream all;
  all << file.rdbuf();
  const encoding::Value document = encoding::parse_json(all.str());
  return std::get<encoding::Array>(*document.find("vectors"));
}

// What a reader makes of text; "refused" when it throws.
template <class Reader>
std::string outcome(const Reader& reader) {
  try {
    return reader();
  } catch (const gs1::Gs1Fault& fault) {
    return "refused";
  }
}

constexpr gs1::Reading shape_only{.unknown = false, .content = false};

}  // namespace

TEST_CASE("every linter says what GS1's own says, and about the same characters") {
  for (const auto& vector : vectors("lint")) {
    const std::string name = text(vector.find("lint")), input = text(vector.find("input"));
    CAPTURE(name);
    CAPTURE(input);
    if (name == "gcppos1") continue;  // needs GS1's list of company prefixes, which is not public
    const auto fault = gs1::lint(name, input);
    CHECK(!fault == flag(vector.find("ok")));
    if (!fault || flag(vector.find("ok"))) continue;
    CHECK(fault->code == text(vector.find("error")));
    std::string marked = input;
    marked.insert(fault->begin + fault->size, "*").insert(fault->begin, "*");
    CHECK(marked == text(vector.find("marked")));
  }
}

TEST_CASE("element strings in brackets become what a scanner sends") {
  for (const auto& vector : vectors("ai_bracketed_parse")) {
    const std::string input = text(vector.find("input"));
    CAPTURE(input);
    const auto made = outcome([&] { return gs1::element_string(gs1::parse_bracketed(input, shape_only)); });
    CHECK(made == (flag(vector.find("ok")) ? with_fnc1(text(vector.find("elementString")).substr(1)) : "refused"));
  }
}

TEST_CASE("element strings are judged as GS1 judges them") {
  for (const auto& vector : vectors("ai_element_string_validate")) {
    const std::string input = text(vector.find("input"));
    CAPTURE(input);
    const std::string raw = with_fnc1(input);
    const auto made =
        outcome([&] { return gs1::bracketed(gs1::parse_element_string(raw.empty() ? raw : raw.substr(1))); });
    CHECK((made != "refused") == flag(vector.find("ok")));
  }
}

TEST_CASE("rules of association are applied one by one as GS1 applies them") {
  for (const auto& vector : vectors("ai_association_rules")) {
    const std::string rule = text(vector.find("rule")), input = text(vector.find("input"));
    CAPTURE(rule);
    CAPTURE(input);
    const auto elements = gs1::parse_bracketed(input, {.unknown = true, .content = false});
    const auto fault = rule == "validateAIrepeats"      ? gs1::repeat_fault(elements)
                       : rule == "validateAImutex"      ? gs1::exclusion_fault(elements)
                       : rule == "validateAIrequisites" ? gs1::requisite_fault(elements)
                                                        : gs1::signature_fault(elements);
    CHECK(!fault == flag(vector.find("ok")));
  }
}

TEST_CASE("Digital Links are read as GS1 reads them") {
  for (const auto& vector : vectors("dl_parse")) {
    const std::string uri = text(vector.find("uri"));
    CAPTURE(uri);
    const encoding::Value* options = vector.find("options");
    const bool unknown = options != nullptr && options->find("ValidationEnabled:UNKNOWN_AI_NOT_DL_ATTR") != nullptr;
    const gs1::LinkReading reading{option(vector, "ctx.permitConvenienceAlphas"),
                                   option(vector, "PermitZeroSuppressedGTINinDLuris"), unknown};
    const auto made = outcome([&] { return gs1::element_string(gs1::parse_digital_link(uri, reading)); });
    CHECK(made == (flag(vector.find("ok")) ? with_fnc1(text(vector.find("elementString")).substr(1)) : "refused"));
  }
}

TEST_CASE("Digital Links are written as GS1 writes them") {
  for (const auto& vector : vectors("dl_generate")) {
    const std::string input = text(vector.find("input")), stem = text(vector.find("stem"));
    CAPTURE(input);
    const encoding::Value* options = vector.find("options");
    const bool unknown = options != nullptr && options->find("ValidationEnabled:UNKNOWN_AI_NOT_DL_ATTR") != nullptr;
    const auto made = outcome([&] {
      const auto elements = gs1::parse_bracketed(input, {option(vector, "PermitUnknownAIs"), false});
      return gs1::digital_link(elements, stem.empty() ? gs1::canonical_stem : stem, {false, false, unknown});
    });
    CHECK(made == (flag(vector.find("ok")) ? text(vector.find("uri")) : "refused"));
  }
}

TEST_CASE("percent escapes are made and undone as in GS1's vectors") {
  for (const auto& vector : vectors("dl_percent")) {
    const std::string input = text(vector.find("input")), path = text(vector.find("path"));
    const std::string query = text(vector.find("query"));
    CAPTURE(input);
    if (text(vector.find("op")) == "escape") {
      CHECK(gs1::escape_path(input) == path);
      CHECK(gs1::escape_query(input) == query);
    } else {
      // JSON has the byte FF as the character U+00FF.
      const std::string byte = input == "A%ffB" ? "A\xff"
                                                  "B"
                                                : path;
      CHECK(gs1::unescape_path(input) == byte);
      CHECK(gs1::unescape_query(input) == (input == "A%ffB" ? byte : query));
    }
  }
}

TEST_CASE("what scanners send is read and written as GS1 does") {
  for (const auto& vector : vectors("scandata_process")) {
    const std::string scan = text(vector.find("scan"));
    CAPTURE(scan);
    const auto made = outcome([&] {
      const gs1::Scan read = gs1::parse_scan(scan);
      return read.symbology + " " + read.data;
    });
    const std::string wanted = text(vector.find("symbology")) + " " + text(vector.find("data"));
    CHECK(made == (flag(vector.find("ok")) ? wanted : "refused"));
  }
  for (const auto& vector : vectors("scandata_generate")) {
    const std::string symbology = text(vector.find("symbology")), data = text(vector.find("data"));
    CAPTURE(symbology);
    CAPTURE(data);
    const auto made = outcome([&] { return gs1::scan_of(symbology, data, option(vector, "AddCheckDigit")); });
    const std::string wanted = text(vector.find("scan"));
    CHECK(made == (wanted.empty() ? "refused" : wanted));
  }
}
