#include "libcore/base/nearest.hpp"

#include <doctest/doctest.h>

using carechain::nearest;

TEST_CASE("a typo finds the word that was meant") {
  const std::vector<std::string> words{"sealers", "salt", "created", "rules", "grant", "granted"};
  CHECK(nearest("sealer", words) == "sealers");
  CHECK(nearest("craeted", words) == "created");  // neighbours swapped count once
  CHECK(nearest("rule", words) == "rules");
  CHECK(nearest("slat", words) == "salt");
  CHECK(nearest("salt", words) == "salt");
}

TEST_CASE("the closest wins, the earlier of equals") {
  CHECK(nearest("grant", {"granted", "grant"}) == "grant");
  CHECK(nearest("cat", {"bat", "car"}) == "bat");
}

TEST_CASE("a word that is too far from all has no hint") {
  CHECK_FALSE(nearest("xyz", {"salt", "created"}));
  CHECK_FALSE(nearest("ab", {"cd"}));    // two changes; one is allowed
  CHECK(nearest("abcdef", {"abcdxy"}));  // two of six
  CHECK_FALSE(nearest("abcdef", {"abcxyz"}));
  CHECK_FALSE(nearest("word", {}));
  CHECK_FALSE(nearest("", {"ab"}));
  CHECK(nearest("", {"a"}) == "a");
  CHECK_FALSE(nearest(std::string(1 << 20, 'x'), {"salt"}));
}
