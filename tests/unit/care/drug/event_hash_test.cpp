// Published vectors of the EPCIS event hash (../shared/data/supply/epcis/event-hash and event-hash-equal).

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "libcore/care/drug/event_hash.hpp"

#include "unit/text.hpp"

namespace {

using carechain::test::content;

using namespace carechain::care;
namespace fs = std::filesystem;

std::vector<std::string> lines(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) all.push_back(line);
  return all;
}
std::vector<fs::path> files(const std::string& folder, const std::set<std::string>& extensions) {
  const fs::path path = fs::path(TEST_SHARED_DATA) / "supply/epcis" / folder;
  std::vector<fs::path> found;
  if (!fs::exists(path)) {
    MESSAGE("skipped: no " << path);
    return found;
  }
  for (const auto& entry : fs::directory_iterator(path))
    if (extensions.contains(entry.path().extension())) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("events have the hashes that are published for them, as JSON and as XML") {
  for (const auto& file : files("event-hash", {".jsonld", ".xml"})) {
    CAPTURE(file.filename());
    fs::path hashes = file, prehashes = file;
    const auto wanted = lines(hashes.replace_extension(".hashes"));
    const auto texts = lines(prehashes.replace_extension(".prehashes"));
    const auto document = drug::read_document(content(file));
    REQUIRE(document.events.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      CAPTURE(i);
      if (i < texts.size()) CHECK(drug::prehash(document.events[i]) == texts[i]);
      CHECK(drug::ni_uri(drug::event_hash(document.events[i])) == wanted[i]);
    }
  }
}

TEST_CASE("the ways of writing one event have one hash") {
  for (const auto& file : files("event-hash-equal", {".xml"})) {
    CAPTURE(file.filename());
    std::set<std::string> hashes;
    for (const auto& event : drug::read_document(content(file)).events) hashes.insert(drug::prehash(event));
    CHECK(hashes.size() == 1);
  }
}

TEST_CASE("instants are rounded to milliseconds, half up, and need a zone") {
  CHECK(drug::instant_of(drug::milliseconds_of("2023-02-02T12:04:03.1415+01:00")) == "2023-02-02T11:04:03.142Z");
  CHECK(drug::instant_of(drug::milliseconds_of("2023-02-02T12:04:03.1414999+01:00")) == "2023-02-02T11:04:03.141Z");
  CHECK(drug::instant_of(drug::milliseconds_of("2023-12-31T23:59:59.9999Z")) == "2024-01-01T00:00:00.000Z");
  CHECK(drug::instant_of(drug::milliseconds_of("2023-02-02T12:04:03Z")) == "2023-02-02T12:04:03.000Z");
  for (const auto* bad : {"2023-02-02T12:04:03", "2023-02-02", "22-07-2026", "", "2023-02-30T00:00:00Z"})
    CHECK_THROWS_AS(drug::milliseconds_of(bad), drug::EpcisFault);
}
