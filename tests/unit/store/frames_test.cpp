#include "libcore/store/frames.hpp"

#include <doctest/doctest.h>

#include "libcore/crypto/hash.hpp"

using namespace carechain;
using namespace carechain::store;

TEST_CASE("a frame is exactly these bytes") {
  const Bytes bytes = frame("CCF1", view_of("123456789"));
  const Bytes covered = {9, 0, 0, 0, '1', '2', '3', '4', '5', '6', '7', '8', '9'};
  Bytes expected = {'C', 'C', 'F', '1', 9, 0, 0, 0, 0, 0, 0, 0};
  store_le(expected.data() + 8, crypto::crc32c(covered));
  append(expected, "123456789");
  CHECK(bytes == expected);
  CHECK(crypto::crc32c(view_of("123456789")) == 0xe3069283u);
}

TEST_CASE("frames are read one after the other") {
  Bytes bytes = frame("CCP1", view_of("one"));
  append(bytes, ByteView(frame("CCP1", {})));
  append(bytes, ByteView(frame("CCP1", view_of("three"))));
  const FrameRead one = read_frame(bytes, 0, "CCP1", 5);
  REQUIRE(one.status == FrameRead::whole);
  CHECK(text_of(one.content) == "one");
  const FrameRead two = read_frame(bytes, one.next, "CCP1", 5);
  REQUIRE(two.status == FrameRead::whole);
  CHECK(two.content.empty());
  const FrameRead three = read_frame(bytes, two.next, "CCP1", 5);
  REQUIRE(three.status == FrameRead::whole);
  CHECK(text_of(three.content) == "three");
  CHECK(read_frame(bytes, three.next, "CCP1", 5).status == FrameRead::end);
  CHECK(read_frame(bytes, bytes.size() + 9, "CCP1", 5).status == FrameRead::end);
}

TEST_CASE("a frame cut anywhere is unfinished") {
  const Bytes bytes = frame("CCF1", view_of("content"));
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(read_frame(ByteView(bytes).first(size), 0, "CCF1", 100).status == FrameRead::unfinished);
  }
  CHECK(read_frame({}, 0, "CCF1", 100).status == FrameRead::end);
}

TEST_CASE("no changed bit of a frame goes unnoticed") {
  const Bytes good = frame("CCF1", view_of("content"));
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    CAPTURE(bit);
    CHECK(read_frame(bad, 0, "CCF1", 100).status != FrameRead::whole);
  }
}

TEST_CASE("a frame of another kind, or over the limit, is damage") {
  const Bytes bytes = frame("CCP1", view_of("content"));
  CHECK(read_frame(bytes, 0, "CCF1", 100).status == FrameRead::damaged);
  CHECK(read_frame(bytes, 0, "CCP1", 7).status == FrameRead::whole);
  CHECK(read_frame(bytes, 0, "CCP1", 6).status == FrameRead::damaged);
  CHECK(read_frame(ByteView(bytes).first(2), 0, "XX", 6).status == FrameRead::damaged);
}
