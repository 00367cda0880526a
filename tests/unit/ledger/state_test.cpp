#include "libcore/ledger/state.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "libcore/crypto/hash.hpp"
#include "libcore/crypto/system_random.hpp"
#include "libcore/ledger/chain_rules.hpp"
#include "libcore/ledger/state_digest.hpp"

namespace carechain::ledger {

TEST_CASE("changes show themselves and leave what is below alone") {
  MemoryState below;
  below.put("a", "1");
  below.put("b", "2");
  Changes changes(below);
  changes.put("a", "one");
  changes.erase("b");
  changes.put("c", "three");
  CHECK(changes.get("a") == "one");
  CHECK_FALSE(changes.get("b"));
  CHECK(changes.get("c") == "three");
  CHECK(below.get("a") == "1");
  CHECK(below.get("b") == "2");
  CHECK_FALSE(below.get("c"));
  CHECK(changes.entries().at("a").before == "1");
  CHECK(changes.entries().at("b").after == std::nullopt);
  CHECK(changes.entries().at("c").before == std::nullopt);
}

TEST_CASE("changes go back to any mark, in whatever order they were made") {
  MemoryState below;
  below.put("a", "1");
  Changes changes(below);
  changes.put("a", "2");
  changes.note("n", "first");
  const auto mark = changes.mark();
  changes.erase("a");
  changes.put("a", "3");
  changes.put("b", "x");
  const auto inner = changes.mark();
  changes.erase("b");
  changes.note("n2", "second");
  changes.roll_back(inner);
  CHECK(changes.get("b") == "x");
  CHECK(changes.notes().size() == 1);
  changes.roll_back(mark);
  CHECK(changes.get("a") == "2");
  CHECK_FALSE(changes.get("b"));
  CHECK(changes.notes().front().second == "first");
  changes.roll_back({0, 0});
  CHECK(changes.get("a") == "1");
  for (const auto& [key, entry] : changes.entries()) CHECK(entry.before == entry.after);
}

TEST_CASE("a place stands for its key: what is read and written there is what the key has") {
  MemoryState below;
  below.put("a", "1");
  Changes changes(below);
  const Changes::Place a = changes.touch("a"), b = changes.touch("b");
  CHECK(changes.get(a) == "1");
  CHECK_FALSE(changes.get(b));
  for (const auto& [key, entry] : changes.entries()) CHECK(entry.before == entry.after);  // only looked for
  const auto mark = changes.mark();
  changes.put(b, "x");
  changes.erase("a");
  for (int i = 0; i < 1000; ++i) changes.put(std::to_string(i), "many more");
  CHECK(changes.touch("b") == b);
  CHECK(changes.get("b") == "x");
  CHECK(changes.get(b) == "x");
  CHECK_FALSE(changes.get(a));
  changes.roll_back(mark);
  CHECK(changes.get(a) == "1");
  CHECK_FALSE(changes.get("b"));
}

TEST_CASE("changes behave like a copied map under random deeds") {
  std::mt19937 random(5);
  MemoryState below;
  std::map<std::string, std::string> model;
  const auto some_key = [&] { return std::string(1, static_cast<char>('a' + random() % 12)); };
  for (int i = 0; i < 6; ++i) below.put(model.emplace(some_key(), "0").first->first, "0");
  Changes changes(below);
  std::vector<std::pair<Changes::Mark, std::map<std::string, std::string>>> marks;
  for (int i = 0; i < 5000; ++i) {
    const std::string key = some_key();
    switch (random() % 8) {
      case 0:
        marks.emplace_back(changes.mark(), model);
        break;
      case 1:
        if (marks.empty()) break;
        changes.roll_back(marks.back().first);
        model = marks.back().second;
        marks.pop_back();
        break;
      case 2:
      case 3:
        changes.erase(key);
        model.erase(key);
        break;
      default:
        changes.put(key, std::to_string(i));
        model[key] = std::to_string(i);
    }
    const auto held = changes.get(key);
    CHECK((held ? std::string(std::string_view(*held)) : "-") == (model.contains(key) ? model[key] : "-"));
  }
}

TEST_CASE("a state in memory behaves like a map, also when it has grown and many hashes share their end") {
  std::mt19937 random(7);
  MemoryState state;
  std::map<std::string, std::string> model;
  for (int i = 0; i < 20000; ++i) {
    const std::string key = "key " + std::to_string(random() % 4000);
    if (random() % 5 == 0) {
      state.erase(key);
      model.erase(key);
    } else {
      state.put(key, std::to_string(i));
      model[key] = std::to_string(i);
    }
  }
  CHECK(state.size() == model.size());
  for (int i = 0; i < 5000; ++i) {
    const std::string key = "key " + std::to_string(i);
    const auto held = state.get(key);
    REQUIRE(held.has_value() == model.contains(key));
    if (held) CHECK(*held == model[key]);
  }

  KeyIndex index;
  std::vector<std::uint32_t> hashes;
  index.reserve(100);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    hashes.push_back(i % 3 == 0 ? i << 20 : i % 3 == 1 ? i : 0xffff0000 | i);
    const auto same = [&](std::uint32_t place) { return place == i; };
    CHECK(index.find(hashes.back(), same) == KeyIndex::none);
    index.add(hashes.back(), i);
  }
  for (std::uint32_t i = 0; i < 3000; ++i)
    CHECK(index.find(hashes[i], [&](std::uint32_t place) { return place == i; }) == i);
}

TEST_CASE("what a state has taken stays, whatever becomes of the changes and however large they were") {
  std::mt19937 random(11);
  MemoryState state;
  std::map<std::string, std::string> model;
  Changes changes(state);
  for (int block = 0; block < 60; ++block) {
    const int deeds = block % 3 == 0 ? 4000 : block % 3 == 1 ? 1000 : 20;
    const unsigned different = block % 2 == 0 ? 6000 : 40;  // many keys, or few of which each is written often
    for (int i = 0; i < deeds; ++i) {
      const std::string key = "a key with number " + std::to_string(random() % different);
      if (random() % 6 == 0) {
        changes.erase(key);
        model.erase(key);
      } else {
        const std::string value(random() % 200, static_cast<char>('a' + i % 26));
        changes.put(key, value);
        model[key] = value;
      }
    }
    state.take(changes);
    changes.start_over();
    CHECK(changes.entries().size() == 0);
    REQUIRE(state.size() == model.size());
  }
  for (int i = 0; i < 6000; ++i) {
    const std::string key = "a key with number " + std::to_string(i);
    const auto held = state.get(key);
    REQUIRE(held.has_value() == model.contains(key));
    if (held) CHECK(*held == model[key]);
  }
}

namespace {

// LtHash as its definition reads.
Hash slow_digest(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::vector<unsigned> lanes(1024, 0);
  for (const auto& [key, value] : entries) {
    std::string bytes;
    for (std::size_t i = 0; i < 4; ++i) bytes += static_cast<char>(key.size() >> (8 * i) & 0xff);
    bytes += key + value;
    Bytes stream(2048);
    crypto::keystream(crypto::sha256(view_of(bytes)).bytes, stream);
    for (std::size_t i = 0; i < 1024; ++i) lanes[i] = (lanes[i] + stream[2 * i] + 256u * stream[2 * i + 1]) % 65536;
  }
  Bytes sum;
  for (const unsigned lane : lanes) {
    sum.push_back(static_cast<std::uint8_t>(lane % 256));
    sum.push_back(static_cast<std::uint8_t>(lane / 256));
  }
  return crypto::sha256(sum);
}

std::vector<std::pair<std::string, std::string>> some_entries(std::size_t count) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (std::size_t i = 0; i < count; ++i) entries.emplace_back("key" + std::to_string(i), std::string(i % 40, 'v'));
  return entries;
}

}  // namespace

TEST_CASE("the state digest is the one its definition gives") {
  CHECK(StateDigest().digest() == crypto::sha256(Bytes(2048, 0)));
  StateDigest digest;
  const auto entries = some_entries(60);
  for (const auto& [key, value] : entries) digest.add(key, value);
  CHECK(digest.digest() == slow_digest(entries));
  CHECK(StateDigest::load(digest.save()).digest() == digest.digest());
  CHECK(digest.save().size() == 2048);
}

TEST_CASE("the state digest does not depend on the order of what happened") {
  auto entries = some_entries(50);
  const Hash expected = slow_digest(entries);
  std::mt19937 random(6);
  for (int round = 0; round < 5; ++round) {
    std::ranges::shuffle(entries, random);
    StateDigest digest, delta;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      digest.remove("gone" + std::to_string(i), "x");
      (i % 2 == 0 ? digest : delta).add(entries[i].first, entries[i].second);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) delta.add("gone" + std::to_string(i), "x");
    digest.merge(delta);
    CHECK(digest.digest() == expected);
  }
}

TEST_CASE("the state digest tells where a key ends and its value begins") {
  StateDigest one, other;
  one.add("ab", "c");
  other.add("a", "bc");
  CHECK(one.digest() != other.digest());
  other.remove("a", "bc");
  CHECK(other.digest() == StateDigest().digest());
}

TEST_CASE("what changed brings the digest up to date") {
  MemoryState state;
  state.put("kept", "1");
  state.put("changed", "1");
  state.put("gone", "1");
  StateDigest digest;
  for (const char* key : {"kept", "changed", "gone"}) digest.add(key, "1");
  Changes changes(state);
  changes.put("changed", "2");
  changes.erase("gone");
  changes.put("fresh", "3");
  changes.put("fleeting", "4");
  changes.erase("fleeting");
  changes.note("beside", "5");  // not part of the state
  digest_changes(changes, digest);
  CHECK(digest.digest() == slow_digest({{"kept", "1"}, {"changed", "2"}, {"fresh", "3"}}));
}

namespace {

struct Row {
  std::uint64_t value = 0;
  template <class V>
  void fields(V& v) {
    v("value", value, "a value");
  }
};

}  // namespace

TEST_CASE("the keys of a table sort as their numbers do") {
  constexpr Table<Row> table{"row"};
  CHECK(table.key(std::uint64_t{255}) < table.key(std::uint64_t{256}));
  CHECK(table.key(std::uint32_t{1}) == std::string("row/\0\0\0\1", 8));
  CHECK(table.key() == "row/");
  MemoryState below;
  Changes state(below);
  table.put(state, {7}, std::string_view("name"));
  CHECK(table.get(state, std::string_view("name"))->value == 7);
  CHECK(table.has(state, std::string_view("name")));
  table.erase(state, std::string_view("name"));
  CHECK_FALSE(table.get(state, std::string_view("name")));
}

}  // namespace carechain::ledger
