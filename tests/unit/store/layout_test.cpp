#include "libcore/store/layout.hpp"

#include <doctest/doctest.h>

using namespace carechain;
using namespace carechain::store;

TEST_CASE("segments are numbered with at least six digits") {
  const Layout layout{"demo"};
  CHECK(layout.segment(0) == "demo/blocks/000000.blk");
  CHECK(layout.segment(999999) == "demo/blocks/999999.blk");
  CHECK(layout.segment(4294967295u) == "demo/blocks/4294967295.blk");
  for (const std::uint32_t number : {0u, 7u, 123456u, 1000000u, 4294967295u}) {
    CHECK(Layout::segment_number(layout.segment(number).substr(12)) == number);
  }
}

TEST_CASE("only the names a segment is given are segments") {
  for (const char* name : {"", ".blk", "0.blk", "00000.blk", "0000000.blk", "0123456.blk", "000000.blk~", "000000.BLK",
                           "-00001.blk", "+00001.blk", "00000a.blk", "4294967296.blk", " 000000.blk", "000000"}) {
    CAPTURE(name);
    CHECK_FALSE(Layout::segment_number(name));
  }
}

TEST_CASE("vault files are spread over directories by their first two digits") {
  const Layout layout{"/l"};
  Hash hash;
  hash.bytes[0] = 0xab;
  const std::string digits = "ab" + std::string(62, '0');
  CHECK(layout.vault_object(hash) == "/l/vault/objects/ab/" + digits + ".ccs");
  CHECK(layout.vault_capsules(hash) == "/l/vault/capsules/ab/" + digits + ".cap");
  CHECK(layout.vault_patient_keys(1) == "/l/vault/keys-000001");
}
