#include <doctest/doctest.h>

#include <filesystem>

#include "libcore/care/claim/claim_intake.hpp"

#include "unit/text.hpp"

using namespace carechain;
using namespace carechain::care::claim;

namespace {

using test::content;

Names plain_names() {
  Names names;
  names.member = [](const std::string&) { return PublicKey(); };
  names.payer = [](const std::string&) { return PublicKey(); };
  names.provider = [](const std::string& identifier) { return identifier; };
  names.claim = [](const std::string&) { return std::nullopt; };
  names.digest = [](std::string_view) { return DocumentDigest(); };
  return names;
}

std::vector<SourceResult> read(const std::string& text, std::size_t step = 1 << 20) {
  std::vector<SourceResult> all;
  std::size_t at = 0;
  const auto bytes = [&](std::span<std::uint8_t> buffer) {
    const std::size_t size = std::min({buffer.size(), step, text.size() - at});
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), size, buffer.begin());
    at += size;
    return size;
  };
  read_claims(bytes, plain_names(), [&](SourceResult&& result) { all.push_back(std::move(result)); });
  return all;
}

const std::filesystem::path data = std::filesystem::path(TEST_SHARED_DATA);

}  // namespace

TEST_CASE("amounts are cents to the letter") {
  CHECK(parse_cents("40") == 4000);
  CHECK(parse_cents("40.5") == 4050);
  CHECK(parse_cents("100.00") == 10000);
  CHECK(parse_cents("516.65") == 51665);
  CHECK(parse_cents("0.10") == 10);
  CHECK(parse_cents("1.500") == 150);
  CHECK(!parse_cents("1.505"));
  CHECK(!parse_cents("-1"));
  CHECK(!parse_cents("1e2"));
  CHECK(!parse_cents(""));
  CHECK(!parse_cents("1."));
}

TEST_CASE("an 837 is read with the separators of its ISA, a byte at a time") {
  const std::string x12 =
      "ISA|00|          |00|          |30|000000005      |30|12345          |131031|1147|^|00501|000000907|1|T|>!"
      "GS|HC|1|2|20131031|1147|1|X|005010X222A2!ST|837|0021|005010X222A2!HL|1||20|1!NM1|85|2|A|||||XX|1912301953!"
      "HL|2|1|22|0!SBR|P|18!NM1|IL|1|B|||||MI|JS001!NM1|PR|2|C|||||PI|999!CLM|2646|55.00|||11>B>1|Y!"
      "LX|1!SV1|HC>99213>59>25|40.00|UN|1.00|||1!DTP|472|D8|20061003!LX|2!SV1|HC>87070|15|UN|2!DTP|472|D8|20061004!"
      "SE|15|0021!GE|1|1!IEA|1|000000907!";
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
    const auto all = read(x12, step);
    REQUIRE(all.size() == 1);
    REQUIRE_MESSAGE(all[0].problem.empty(), all[0].problem);
    const SubmitClaim& claim = all[0].claim->claim;
    CHECK(claim.total == 5500);
    CHECK(claim.provider == "1912301953");
    REQUIRE(claim.lines.size() == 2);
    CHECK(claim.lines[0].modifiers == std::vector<std::string>{"25", "59"});
    CHECK(claim.lines[1].units == 2);
    CHECK(to_text(claim.from) == "2006-10-03T00:00:00Z");
    CHECK(to_text(claim.to) == "2006-10-04T00:00:00Z");
  }
}

TEST_CASE("what can't be submitted is named with segment and element, or its path") {
  const std::string head = "ISA*00* *00* *ZZ*A*ZZ*B*131031*1147*^*00501*1*1*T*:~ST*837*1*005010X222A2~";
  CHECK(read(head + "CLM*1*4O***11:B:1~LX*1~SV1*HC:1*4*UN*1~DTP*472*D8*20061003~SE*6*1~")[0].problem.find("CLM02") !=
        std::string::npos);
  CHECK(read(head + "CLM*1*4***11:B:1~LX*1~SV1*HC:1*4*UN*1~DTP*472*D8*20061399~SE*6*1~")[0].problem.find("DTP03") !=
        std::string::npos);
  CHECK(read(head + "CLM*1*4***11:B:1~SE*3*1~")[0].problem.find("service lines") != std::string::npos);
  const auto counted = read(head + "SE*9*1~");
  REQUIRE(counted.size() == 1);
  CHECK(counted[0].where == "segment 3, SE01");
  CHECK(read(head + "CLM*1*4")[0].problem.find("ends inside") != std::string::npos);
  const auto bad =
      read(R"({"resourceType":"Claim","status":"active","use":"claim","type":{"coding":[{"code":"oral"}]},)"
           R"("provider":{},"created":"2020-01-01","item":[{"sequence":1,"productOrService":{"coding":[{"code":"a"}]},)"
           R"("net":{"value":1.005}}]})");
  REQUIRE(bad.size() == 1);
  CHECK(bad[0].problem.starts_with("item[0].net.value: '1.005'"));
}

TEST_CASE("every claim of the shared data is read, or refused with its place") {
  if (!std::filesystem::exists(data)) {
    MESSAGE("skipped: the shared data is not there");
    return;
  }
  std::size_t good = 0, refused = 0;
  std::int64_t total = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data / "fhir" / "synthea"))
    for (const auto& result : read(content(entry.path()))) {
      if (!result.problem.empty()) {
        ++refused;
        continue;
      }
      ++good;
      total += result.claim->claim.total;
    }
  CHECK(good + refused == 329);
  if (refused == 0) CHECK(total == 103'187'950);
  MESSAGE(good, " Synthea claims read, ", refused, " refused");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data / "claims" / "x12")) {
    if (!entry.path().extension().string().starts_with(".837")) continue;
    for (const auto& result : read(content(entry.path())))
      CHECK_MESSAGE((result.claim.has_value() || !result.where.empty()), entry.path().string());
  }
}
