#include "libcore/encoding/fields.hpp"

#include <doctest/doctest.h>

using namespace carechain;
using namespace carechain::encoding;

namespace sample {

enum class Purpose { care, research };
std::string_view to_text(Purpose p) { return p == Purpose::care ? "care" : "research"; }
bool parse(std::string_view text, Purpose& p) {
  if (text != "care" && text != "research" && text != "CARE") return false;  // generous: the codec is not
  p = text == "research" ? Purpose::research : Purpose::care;
  return true;
}

struct Item {
  std::string code;
  std::optional<std::uint64_t> amount;
  bool operator==(const Item&) const = default;
  template <class Visitor>
  void fields(Visitor& v) {
    v("code", code, "what it is");
    v("amount", amount, "in cents");
  }
};

struct Two {
  std::string a;
  Encoded bb;
  template <class Visitor>
  void fields(Visitor& v) {
    v("a", a, "a text");
    v("bb", bb, "anything");
  }
};

struct Grant {
  static constexpr std::string_view name = "access.grant";
  PublicKey patient;
  std::optional<Time> until;
  Purpose purpose = Purpose::care;
  std::vector<Item> items;
  Item first;
  std::vector<std::string> words;
  bool emergency = false;
  std::int64_t balance = 0;
  std::uint64_t amount = 0;
  std::uint32_t count = 0;
  Bytes blob;
  Hash record;
  std::optional<std::vector<Purpose>> purposes;
  bool operator==(const Grant&) const = default;
  template <class Visitor>
  void fields(Visitor& v) {
    v("patient", patient, "the patient's account");
    v("until", until, "last second of the grant; absent: open-ended");
    v("purpose", purpose, "what for");
    v("items", items, "the things");
    v("first", first, "one thing");
    v("words", words, "free");
    v("emergency", emergency, "in a hurry");
    v("balance", balance, "may be negative");
    v("amount", amount, "in cents");
    v("count", count, "how many");
    v("blob", blob, "anything");
    v("record", record, "which record");
    v("purposes", purposes, "several");
  }
};

struct Small {
  std::uint64_t b = 0;
  std::uint64_t aa = 0;
  std::optional<std::uint64_t> c;
  bool operator==(const Small&) const = default;
  template <class Visitor>
  void fields(Visitor& v) {
    v("aa", aa, "");
    v("c", c, "");
    v("b", b, "");
  }
};

struct Timed {
  Time at;
  template <class Visitor>
  void fields(Visitor& v) {
    v("at", at, "");
  }
};

struct Twins {
  bool a = false, b = false;
  template <class Visitor>
  void fields(Visitor& v) {
    v("a", a, "");
    v("a", b, "");
  }
};

Grant grant() {
  Grant g;
  g.patient.bytes.fill(1);
  g.until = Time{1795247100};
  g.purpose = Purpose::research;
  g.items = {{"x", 5}, {"y", std::nullopt}};
  g.first = {"z", 0};
  g.words = {"ä", ""};
  g.emergency = true;
  g.balance = -3;
  g.amount = UINT64_MAX;
  g.count = UINT32_MAX;
  g.blob = {0xAB};
  g.record.bytes.fill(2);
  g.purposes = std::vector{Purpose::care};
  return g;
}

}  // namespace sample
using namespace sample;

namespace {

std::string fields_problem(const Bytes& encoded, auto type) {
  try {
    decode_fields<decltype(type)>(encoded);
    return {};
  } catch (const CborFault& fault) {
    return fault.what();
  }
}
std::string fields_problem(const Value& value, auto type) { return fields_problem(encode(value), type); }

Value changed(const char* key, const std::optional<Value>& to) {
  Map map = std::get<Map>(decode(encode_fields(grant())));
  std::erase_if(map, [key](const auto& entry) { return entry.first == key; });
  if (to) map.emplace_back(key, *to);
  return map;
}

}  // namespace

TEST_CASE("keys stand in canonical order whatever the list's order, empty optionals are left out") {
  CHECK(hex(encode_fields(Small{1, 2, 3})) ==
        "a3616201616303626161"
        "02");
  CHECK(hex(encode_fields(Small{1, 2, {}})) ==
        "a26162016261"
        "6102");
}

TEST_CASE("what is written is what the general encoder writes, and is read back") {
  for (const Grant& g : {grant(), Grant{}}) {
    const Bytes encoded = encode_fields(g);
    CHECK(encode(decode(encoded)) == encoded);
    CHECK(decode_fields<Grant>(encoded) == g);
  }
  CHECK(decode_fields<Small>(encode_fields(Small{1, 2, {}})) == Small{1, 2, {}});
  const Value value = decode(encode_fields(grant()));
  CHECK(*value.find("purpose") == Value("research"));
  CHECK(*value.find("balance") == Value(std::int64_t{-3}));
  CHECK(std::get<Array>(*value.find("items")).size() == 2);
  CHECK(std::get<Array>(*decode(encode_fields(Grant{})).find("words")).empty());
  CHECK(decode(encode_fields(Grant{})).find("until") == nullptr);
}

TEST_CASE("a field is found in its encoding, and written again as it stands") {
  const Bytes whole = encode(Map{{"a", "first"}, {"bb", Array{std::uint64_t{1}, Map{{"c", nullptr}}}}, {"last", true}});
  CHECK(same(encoded_field(whole, "a"), encode("first")));
  CHECK(same(encoded_field(whole, "bb"), encode(Array{std::uint64_t{1}, Map{{"c", nullptr}}})));
  CHECK(same(encoded_field(whole, "last"), encode(true)));
  CHECK(encoded_field(whole, "c").empty());
  CHECK(encoded_field(encode(Map{}), "a").empty());

  const Bytes again = encode_fields(sample::Two{"first", {encoded_field(whole, "bb")}});
  CHECK(again == encode(Map{{"a", "first"}, {"bb", Array{std::uint64_t{1}, Map{{"c", nullptr}}}}}));
  CHECK(same(decode_fields<sample::Two>(again).bb.item, encoded_field(whole, "bb")));
  CHECK_THROWS_AS(decode_fields<sample::Two>(encode(Map{{"a", "first"}})), CborFault);
}

TEST_CASE("several maps are read one after the other") {
  Bytes both = encode_fields(Small{1, 2, 3});
  append(both, encode_fields(Small{4, 5, {}}));
  CborReader from(both);
  CHECK(decode_fields<Small>(from) == Small{1, 2, 3});
  CHECK(decode_fields<Small>(from) == Small{4, 5, {}});
  CHECK(from.at_end());
  CHECK(fields_problem(both, Small{}) == "CBOR at byte 11: 8 bytes too many");
}

TEST_CASE("unknown, missing, duplicate and misordered keys are refused by name") {
  CHECK(fields_problem(Value(Map{{"b", 1}, {"aa", 2}, {"d", 3}}), Small{}).ends_with("unknown key 'd'"));
  CHECK(fields_problem(Value(Map{{"a", 1}, {"b", 1}, {"aa", 2}}), Small{}).ends_with("unknown key 'a'"));
  CHECK(fields_problem(Value(Map{{"b", 1}, {"aa", 2}, {"zz", 3}}), Small{}).ends_with("unknown key 'zz'"));
  CHECK(fields_problem(Value(Map{{"b", 1}}), Small{}).ends_with("missing key 'aa'"));
  CHECK(fields_problem(Value(Map{{"aa", 1}}), Small{}).ends_with("missing key 'b'"));
  CHECK(fields_problem(Value(Map{{"aa", 1}, {"c", 1}}), Small{}).ends_with("missing key 'b'"));
  CHECK(fields_problem(Value(Map{}), Small{}) == "CBOR at byte 0: missing key 'b'");
  CHECK(fields_problem(parse_hex("a3616201616201626161"
                                 "02")
                           .value(),
                       Small{})
            .ends_with("duplicate key 'b'"));
  CHECK(fields_problem(parse_hex("a3616303616201626161"
                                 "02")
                           .value(),
                       Small{})
            .ends_with("misordered key 'b'"));
  CHECK(fields_problem(parse_hex("a262616102616201").value(), Small{}).ends_with("misordered key 'b'"));
  CHECK(fields_problem(parse_hex("a3616201626161"
                                 "02616303")
                           .value(),
                       Small{})
            .ends_with("misordered key 'c'"));
  CHECK(fields_problem(parse_hex("a2010262616102").value(), Small{})
            .ends_with("a key must be text, found unsigned integer"));
  CHECK(fields_problem(parse_hex("a278016201626161"
                                 "02")
                           .value(),
                       Small{})
            .ends_with("text not in its shortest form"));
}

TEST_CASE("a fault names the field it lies in, however deep") {
  const Value wrong_item(Array{Map{{"code", "x"}}, Map{{"code", 7}}});
  CHECK(fields_problem(changed("items", wrong_item), Grant{})
            .find("field 'items[1].code': text expected, found unsigned") != std::string::npos);
  CHECK(fields_problem(changed("items", Value(Array{Map{}})), Grant{}).find("field 'items[0]': missing key 'code'") !=
        std::string::npos);
  CHECK(fields_problem(changed("first", Value(Map{{"code", "x"}, {"amount", nullptr}})), Grant{})
            .find("field 'first.amount': unsigned integer expected, found null") != std::string::npos);
  CHECK(fields_problem(changed("until", std::nullopt), Grant{}).empty());
  CHECK(fields_problem(changed("patient", std::nullopt), Grant{}).ends_with("missing key 'patient'"));
}

TEST_CASE("values of another type or out of bounds are refused") {
  const auto says = [](const char* key, const Value& to, const char* end) {
    CAPTURE(key);
    CHECK(fields_problem(changed(key, to), Grant{}).ends_with("field '" + std::string(key) + "': " + end));
  };
  says("patient", Bytes(31), "expected 32 bytes, found 31");
  says("patient", "text", "byte string expected, found text");
  says("until", Value(std::uint64_t{1} << 40), "time beyond 2^40 seconds");
  says("until", Value(-1), "unsigned integer expected, found negative integer");
  says("until", nullptr, "unsigned integer expected, found null");
  says("purpose", "fun", "unknown word 'fun'");
  says("purpose", "CARE", "unknown word 'CARE'");
  says("count", Value(std::uint64_t{1} << 32), "integer above 2^32 - 1");
  says("balance", Value(std::uint64_t{1} << 63), "integer above 2^63 - 1");
  says("amount", -1, "unsigned integer expected, found negative integer");
  says("emergency", nullptr, "boolean expected, found null");
  says("blob", Array{}, "byte string expected, found array");
  says("words", "one", "array expected, found text");
}

TEST_CASE("bytes cut anywhere are refused, bytes changed anywhere are refused or mean something else") {
  const Bytes encoded = encode_fields(grant());
  for (std::size_t size = 0; size < encoded.size(); ++size)
    CHECK_THROWS_AS(decode_fields<Grant>(ByteView(encoded).first(size)), CborFault);
  for (std::size_t i = 0; i < encoded.size(); ++i)
    for (int flip : {0x01, 0x20, 0x80, 0xFF}) {
      Bytes other = encoded;
      other[i] = static_cast<std::uint8_t>(other[i] ^ flip);
      std::optional<Grant> read;
      try {
        read = decode_fields<Grant>(other);
      } catch (const CborFault&) {
        continue;
      }
      CHECK(encode_fields(*read) == other);
      CHECK_FALSE(*read == grant());
    }
}

TEST_CASE("a list that claims more items than bytes is refused at once") {
  const Bytes encoded = parse_hex(
                            "a1657768617473"
                            "9affffffff")
                            .value();
  CHECK_FALSE(fields_problem(encoded, Grant{}).empty());
}

TEST_CASE("a time out of bounds and text that is no UTF-8 are not written") {
  CHECK_THROWS_AS(encode_fields(Timed{Time{-1}}), Error);
  CHECK_THROWS_AS(encode_fields(Timed{Time{max_time_seconds + 1}}), Error);
  CHECK(decode_fields<Timed>(encode_fields(Timed{Time{max_time_seconds}})).at.seconds == max_time_seconds);
  CHECK_THROWS_AS(encode_fields(Item{"\xFF", {}}), Error);
}

TEST_CASE("two fields of one name are a mistake that shows at first use") {
  CHECK_THROWS_AS(encode_fields(Twins{}), std::logic_error);
}

TEST_CASE("JSON shows the fields in the order of the list") {
  JsonWriter to;
  json_fields(grant(), to);
  CHECK(
      to.text() ==
      R"({"patient":"did:key:z6MkeXBLjYiSvqnhFb6D7sHm8yKm4jV45wwBFRaatf1cfZ76","until":"2026-11-21T07:45:00Z",)"
      R"("purpose":"research","items":[{"code":"x","amount":"5"},{"code":"y"}],"first":{"code":"z","amount":"0"},)"
      R"("words":["ä",""],"emergency":true,"balance":"-3","amount":"18446744073709551615","count":4294967295,)"
      R"("blob":"ab","record":"0202020202020202020202020202020202020202020202020202020202020202","purposes":["care"]})");
}

TEST_CASE("documentation lists every field with its type") {
  const auto docs = document_fields<Grant>();
  std::string types;
  for (const FieldDoc& doc : docs) types += doc.key + ':' + doc.type + ' ';
  CHECK(types ==
        "patient:32 bytes until:time? purpose:word items:list of map first:map words:list of text emergency:true or "
        "false balance:integer amount:whole number count:whole number blob:bytes record:32 bytes purposes:list of "
        "word? ");
  CHECK(docs[1].text == "last second of the grant; absent: open-ended");
}
