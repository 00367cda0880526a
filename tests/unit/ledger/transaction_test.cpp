#include "libcore/ledger/transaction.hpp"

#include <doctest/doctest.h>

#include "libcore/crypto/hash.hpp"
#include "libcore/encoding/text.hpp"
#include "libcore/ledger/accounts.hpp"
#include "unit/ledger/little_chain.hpp"
#include "unit/text.hpp"

namespace carechain::ledger {
namespace {

using test::contains;

using encoding::CborFault;
using encoding::CborWriter;
using testing::person_called;

Hash ledger_id() {
  Hash id;
  for (std::uint8_t i = 0; i < 32; ++i) id.bytes[i] = i;
  return id;
}

// The key of RFC 8032's first test.
crypto::Signer rfc_signer() {
  return crypto::Signer(
      SecretKey(*encoding::parse_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
}

Random counting_from(std::uint8_t first) {
  return [first](std::span<std::uint8_t> out) mutable {
    for (std::uint8_t& byte : out) byte = first++;
  };
}

Suspend some_operation() {
  Suspend suspend;
  suspend.account.bytes.fill(0x11);
  suspend.lift = true;
  return suspend;
}

Bytes some_transaction() {
  return sign_transaction(ledger_id(), rfc_signer(), {operation(some_operation())}, {1'700'000'000},
                          counting_from(0xa0));
}

// Computed with another CBOR and Ed25519 implementation (Python's cbor2 and cryptography).
constexpr std::string_view expected =
    "845826a20127045820d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511aa0586aa3636f7073818270696465"
    "6e746974792e73757370656e64a2646c696674f5676163636f756e74582011111111111111111111111111111111111111111111111111"
    "111111111111116474696d651a6553f100656e6f6e636550a0a1a2a3a4a5a6a7a8a9aaabacadaeaf58405fa0dba61bf9e302d26c77e9cd"
    "ed6a850157d0bd6040d1352d554ff3843f40c3a16979505ea3fcbbd0382e0de453c882856ac7a14f8523294e3d2f86e7add30c";
constexpr std::string_view expected_id = "2d96c14e71cd27dcec18e781559d6dab45f76068bf77d4eaaf1435e22ef88371";

// A transaction signed over whatever payload.
Bytes with_payload(ByteView payload) { return sign_message(Word::tx, ledger_id(), rfc_signer(), payload); }

// A payload of parts, each already encoded; an empty one is left out.
struct Parts {
  Bytes ops, time, nonce, until, extra_key;
};
Bytes encoded(const std::function<void(CborWriter&)>& write) {
  Bytes bytes;
  CborWriter writer(bytes);
  write(writer);
  return bytes;
}
Bytes operations_of(std::size_t count) {
  return encoded([&](CborWriter& w) {
    w.array(count);
    for (std::size_t i = 0; i < count; ++i) {
      w.array(2);
      w.text("x");
      w.map(0);
    }
  });
}
Parts good_parts() {
  return {operations_of(1),
          encoded([](CborWriter& w) { w.unsigned_integer(1'700'000'000); }),
          encoded([](CborWriter& w) { w.bytes(Bytes(16, 7)); }),
          {},
          {}};
}
Bytes payload_of(const Parts& parts) {
  return encoded([&](CborWriter& w) {
    const std::vector<std::pair<const char*, const Bytes*>> all{{"ops", &parts.ops},
                                                                {"time", &parts.time},
                                                                {"nonce", &parts.nonce},
                                                                {"until", &parts.until},
                                                                {"while", &parts.extra_key}};
    w.map(static_cast<std::size_t>(std::ranges::count_if(all, [](const auto& part) { return !part.second->empty(); })));
    for (const auto& [key, value] : all) {
      if (value->empty()) continue;
      w.text(key);
      w.raw(*value);
    }
  });
}

std::string fault_of(ByteView transaction) {
  try {
    parse_transaction(ledger_id(), transaction);
  } catch (const CborFault& fault) {
    CHECK(fault.exit() == Exit::no);
    return fault.what();
  }
  return "";
}
std::string fault_with(const std::function<void(Parts&)>& change) {
  Parts parts = good_parts();
  change(parts);
  return fault_of(with_payload(payload_of(parts)));
}
bool holds(ByteView transaction) {
  try {
    return parse_verified_transaction(ledger_id(), transaction).has_value();
  } catch (const CborFault&) {
    return false;
  }
}
}  // namespace

TEST_CASE("a transaction has the bytes that any COSE library would give it") {
  const Bytes transaction = some_transaction();
  CHECK(encoding::hex(transaction) == expected);
  CHECK(encoding::hex(parse_transaction(ledger_id(), transaction).id.view()) == expected_id);
}

TEST_CASE("a transaction comes back as it went") {
  const Bytes bytes = sign_transaction(ledger_id(), rfc_signer(), {operation(some_operation()), operation(Rotate{})},
                                       {1'700'000'000}, counting_from(0), Time{1'700'000'600});
  const auto transaction = parse_verified_transaction(ledger_id(), bytes);
  REQUIRE(transaction);
  REQUIRE(transaction->operations.size() == 2);
  CHECK(transaction->operations[0].name == "identity.suspend");
  CHECK(encoding::decode_fields<Suspend>(transaction->operations[0].fields).account == some_operation().account);
  CHECK(transaction->operations[1].name == "identity.rotate");
  CHECK(transaction->time == Time{1'700'000'000});
  CHECK(transaction->until == Time{1'700'000'600});
  CHECK(transaction->message.signer == rfc_signer().public_key());
  CHECK(same(transaction->message.bytes, bytes));
}

TEST_CASE("a signature holds for one ledger, one word and one signer only") {
  const Bytes bytes = some_transaction();
  CHECK(parse_verified_transaction(ledger_id(), bytes));
  CHECK_FALSE(parse_verified_transaction(Hash{}, bytes));
  CHECK(parse_transaction(Hash{}, bytes).id != parse_transaction(ledger_id(), bytes).id);
  const SignedMessage message = parse_message(bytes);
  for (const Word word : {Word::request, Word::release, Word::capsule, Word::certificate}) {
    CHECK_FALSE(check_message(word, ledger_id(), message).signature_holds);
    const Bytes other = sign_message(word, ledger_id(), rfc_signer(), message.payload);
    CHECK_FALSE(parse_verified_transaction(ledger_id(), other));
    CHECK(check_message(word, ledger_id(), parse_message(other)).signature_holds);
  }
  Bytes of_another = bytes;  // the same signature under another kid
  const PublicKey other = person_called("other").key;
  std::ranges::copy(other.bytes, of_another.begin() + 9);
  CHECK_FALSE(parse_verified_transaction(ledger_id(), of_another));
}

TEST_CASE("what is signed is the Sig_structure of RFC 9052, for every word") {
  const PublicKey signer = rfc_signer().public_key();
  Bytes header = {0xa2, 0x01, 0x27, 0x04, 0x58, 0x20};  // {1: -8, 4: kid}
  append(header, signer.view());
  const std::pair<Word, std::string> words[] = {{Word::tx, "tx"},
                                                {Word::request, "request"},
                                                {Word::release, "release"},
                                                {Word::capsule, "capsule"},
                                                {Word::reason, "reason"},
                                                {Word::certificate, "certificate"},
                                                {Word::challenge, "challenge"}};
  for (const auto& [word, text] : words)
    for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 23, 24, 255, 256, 70'000}) {
      const Bytes payload(size, 0xA5);
      const Bytes aad = encoding::encode(encoding::Array{"carechain/" + text + "/1", copy_of(ledger_id().view())});
      const Bytes whole = encoding::encode(encoding::Array{"Signature1", header, aad, payload});
      CHECK(signed_bytes(word, ledger_id(), signer, payload) == whole);
    }
}

TEST_CASE("no bit of a transaction can be changed") {
  const Bytes good = some_transaction();
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1u << (bit % 8));
    CHECK_FALSE_MESSAGE(holds(bad), bit);
  }
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_THROWS_AS(parse_transaction(ledger_id(), ByteView(good).first(size)), CborFault);
  Bytes longer = good;
  longer.push_back(0);
  CHECK(contains(fault_of(longer), "too many"));
}

TEST_CASE("the envelope has exactly one form") {
  const Bytes bytes = some_transaction();
  const SignedMessage good = parse_message(bytes);
  const auto assembled = [&](ByteView header, const Bytes& unprotected, ByteView signature, std::size_t parts = 4) {
    return encoded([&](CborWriter& w) {
      w.array(parts);
      w.bytes(header);
      w.raw(unprotected);
      w.bytes(good.payload);
      if (parts > 3) w.bytes(signature);
    });
  };
  const Bytes header(bytes.begin() + 3, bytes.begin() + 3 + 38);
  const Bytes empty_map{0xa0};
  const Bytes signature = copy_of(good.signature.view());
  CHECK(assembled(header, empty_map, signature) == bytes);

  const std::string_view wrong_header = "the protected header must be exactly {1: -8, 4: kid}";
  CHECK(contains(fault_of(assembled({}, empty_map, signature)), wrong_header));
  Bytes es256 = header;
  es256[2] = 0x26;  // alg -7
  CHECK(contains(fault_of(assembled(es256, empty_map, signature)), wrong_header));
  Bytes other_order = encoded([&](CborWriter& w) {
    w.map(2);
    w.unsigned_integer(4);
    w.bytes(good.signer.view());
    w.unsigned_integer(1);
    w.integer(-8);
  });
  CHECK(contains(fault_of(assembled(other_order, empty_map, signature)), wrong_header));
  Bytes third = header;
  third[0] = 0xa3;
  append(third, Bytes{0x05, 0x40});  // 5: h''
  CHECK(contains(fault_of(assembled(third, empty_map, signature)), wrong_header));
  Bytes short_kid = header;
  short_kid.pop_back();
  CHECK(contains(fault_of(assembled(short_kid, empty_map, signature)), wrong_header));

  CHECK(contains(fault_of(assembled(header, {0xa1, 0x61, 0x61, 0x01}, signature)), "unprotected header must be empty"));
  CHECK(contains(fault_of(assembled(header, {0xa1, 0x04, 0x40}, signature)), "unprotected header must be empty"));
  CHECK(contains(fault_of(assembled(header, {0x80}, signature)), "map expected"));
  CHECK(contains(fault_of(assembled(header, empty_map, Bytes(63, 1))), "a signature has 64 bytes"));
  CHECK(contains(fault_of(assembled(header, empty_map, Bytes(65, 1))), "a signature has 64 bytes"));
  CHECK(contains(fault_of(assembled(header, empty_map, {}, 3)), "a COSE_Sign1 has four parts"));

  Bytes tagged{0xd2};  // COSE_Sign1_Tagged
  append(tagged, ByteView(bytes));
  CHECK(contains(fault_of(tagged), "a tag is not allowed"));
  Bytes indefinite = bytes;
  indefinite[0] = 0x9f;
  indefinite.push_back(0xff);
  CHECK(contains(fault_of(indefinite), "indefinite length"));
  Bytes long_head{0x98, 0x04};
  append(long_head, ByteView(bytes).subspan(1));
  CHECK(contains(fault_of(long_head), "shortest form"));
}

TEST_CASE("the payload has exactly one form") {
  CHECK(fault_with([](Parts&) {}) == "");
  CHECK(fault_with([](Parts& p) { p.until = p.time; }) == "");
  CHECK(contains(fault_with([](Parts& p) { p.ops.clear(); }), "{ops, time, nonce, ? until}"));
  CHECK(contains(fault_with([](Parts& p) {
                   p.time.clear();
                   p.until = Bytes{0x01};
                 }),
                 "expected the key 'time'"));
  CHECK(contains(fault_with([](Parts& p) {
                   p.nonce.clear();
                   p.until = Bytes{0x01};
                 }),
                 "expected the key 'nonce'"));
  CHECK(contains(fault_with([](Parts& p) { p.extra_key = Bytes{0x01}; }), "expected the key 'until'"));
  CHECK(contains(fault_with([](Parts& p) { p.until = p.extra_key = Bytes{0x01}; }), "{ops, time, nonce, ? until}"));
  CHECK(contains(fault_of(with_payload(Bytes{0x80})), "map expected"));
  CHECK(contains(fault_of(with_payload({})), "ends where"));
  Bytes longer = payload_of(good_parts());
  longer.push_back(0xf6);
  CHECK(contains(fault_of(with_payload(longer)), "too many"));
}

TEST_CASE("a transaction has 1 to 1000 operations") {
  CHECK(fault_with([](Parts& p) { p.ops = operations_of(1000); }) == "");
  CHECK(contains(fault_with([](Parts& p) { p.ops = operations_of(0); }), "1 to 1000 operations"));
  CHECK(contains(fault_with([](Parts& p) { p.ops = operations_of(1001); }), "1 to 1000 operations"));
  const auto sign = [](std::size_t count) {
    return sign_transaction(ledger_id(), rfc_signer(), std::vector(count, operation(some_operation())), {1},
                            counting_from(0));
  };
  CHECK_THROWS_AS(sign(0), Error);
  CHECK_THROWS_AS(sign(1001), Error);
  CHECK(parse_verified_transaction(ledger_id(), sign(1000))->operations.size() == 1000);
}

TEST_CASE("an operation is a name and a map of deterministic CBOR") {
  const auto with_operation = [](const Bytes& bytes) {
    return fault_with([&](Parts& p) {
      p.ops = Bytes{0x81};
      append(p.ops, ByteView(bytes));
    });
  };
  const auto with_fields = [&](const std::string& hex) {
    Bytes bytes{0x82, 0x61, 'x'};
    append(bytes, ByteView(*encoding::parse_hex(hex)));
    return with_operation(bytes);
  };
  CHECK(with_fields("a0") == "");
  CHECK(contains(with_operation({0x81, 0x61, 'x'}), "[name, {fields}]"));
  CHECK(contains(with_operation({0x83, 0x61, 'x', 0xa0, 0xa0}), "[name, {fields}]"));
  CHECK(contains(with_operation({0x82, 0x01, 0xa0}), "text expected"));
  CHECK(contains(with_fields("80"), "an operation's fields are a map"));
  CHECK(contains(with_fields("a16161fb3ff0000000000000"), "a floating-point number is not allowed"));
  CHECK(contains(with_fields("a16161f93c00"), "a floating-point number is not allowed"));
  CHECK(contains(with_fields("a16161c101"), "a tag is not allowed"));
  CHECK(contains(with_fields("a16161f7"), "undefined is not allowed"));
  CHECK(contains(with_fields("bf616101ff"), "indefinite length is not allowed"));
  CHECK(contains(with_fields("a161615f4101ff"), "indefinite length is not allowed"));
  CHECK(contains(with_fields("a161611801"), "shortest form"));
  CHECK(contains(with_fields("a2616201616101"), "misordered key"));
  CHECK(contains(with_fields("a2616101616101"), "duplicate key"));
  CHECK(contains(with_fields("a10101"), "a key must be text"));
  CHECK(contains(with_fields("a1616161ff"), "UTF-8"));
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "a16161";
  CHECK(contains(with_fields(deep + "f6"), "nested deeper than 16"));
}

TEST_CASE("times and nonces have their bounds") {
  CHECK(contains(fault_with([](Parts& p) { p.nonce = encoded([](CborWriter& w) { w.bytes(Bytes(15, 1)); }); }),
                 "a nonce has 16 bytes"));
  CHECK(contains(fault_with([](Parts& p) { p.nonce = encoded([](CborWriter& w) { w.bytes(Bytes(17, 1)); }); }),
                 "a nonce has 16 bytes"));
  const Bytes last = encoded([](CborWriter& w) { w.unsigned_integer((std::uint64_t{1} << 40) - 1); });
  const Bytes late = encoded([](CborWriter& w) { w.unsigned_integer(std::uint64_t{1} << 40); });
  CHECK(fault_with([&](Parts& p) { p.time = p.until = last; }) == "");
  CHECK(contains(fault_with([&](Parts& p) { p.time = late; }), "below 2^40"));
  CHECK(contains(fault_with([&](Parts& p) { p.until = late; }), "below 2^40"));
  CHECK(contains(fault_with([](Parts& p) { p.time = Bytes{0x20}; }), "unsigned integer expected"));
}

TEST_CASE("a transaction has at most 1 MiB") {
  const auto of_size = [](std::size_t fields) {
    Bytes big = encoded([&](CborWriter& w) {
      w.map(1);
      w.text("x");
      w.bytes(Bytes(fields, 0x55));
    });
    return sign_transaction(ledger_id(), rfc_signer(), {{"x", std::move(big)}}, {1}, counting_from(0));
  };
  const std::size_t overhead = of_size(1 << 19).size() - (1 << 19);
  const Bytes largest = of_size(max_message_bytes - overhead);
  CHECK(largest.size() == max_message_bytes);
  CHECK(parse_verified_transaction(ledger_id(), largest));
  CHECK_THROWS_WITH_AS(of_size(max_message_bytes - overhead + 1), doctest::Contains("larger than 1 MiB"), Error);
  Bytes larger = largest;
  larger.push_back(0);
  CHECK(contains(fault_of(larger), "at most 1 MiB"));
}

TEST_CASE("objects are named by their transaction and their place in it") {
  ObjectId id;
  id.tx.bytes.fill(0xab);
  id.operation = 999;
  const std::string text = to_text(id);
  CHECK(text == std::string(64, 'x').replace(0, 64, [] {
    std::string hex;
    for (int i = 0; i < 32; ++i) hex += "ab";
    return hex;
  }()) + ".999");
  CHECK(parse_object_id(text) == id);
  CHECK(id_of(ref_of(id)) == id);
  CHECK(json_text(ref_of(id)) == text);
  for (const std::string& bad :
       {std::string(), text.substr(0, 64), text.substr(0, 65), text.substr(1), text + "0", text.substr(0, 65) + "01",
        text.substr(0, 65) + "-1", text.substr(0, 65) + "1000", "g" + text.substr(1)})
    CHECK_MESSAGE(!parse_object_id(bad), bad);
}

}  // namespace carechain::ledger
