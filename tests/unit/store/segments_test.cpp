#include "libcore/store/segments.hpp"

#include <doctest/doctest.h>

#include "libcore/store/frames.hpp"
#include "unit/store/scratch.hpp"

using namespace carechain;
using namespace carechain::store;

namespace {

struct Blocks {
  Scratch dir;
  Layout layout{dir.root()};
  Blocks() { make_directory(layout.blocks()); }

  // Blocks "block 0" … in segments of at most 60 bytes: three blocks of 7 bytes each.
  std::vector<Position> write(int count) {
    SegmentWriter writer(layout, {}, 60);
    std::vector<Position> at;
    for (int i = 0; i < count; ++i) at.push_back(writer.append(view_of("block " + std::to_string(i))));
    return at;
  }
  void change(std::uint32_t segment, const std::function<void(std::string&)>& how) {
    std::string bytes = read_file(layout.segment(segment));
    how(bytes);
    put(layout.segment(segment), bytes);
  }
};

// "0:0 block 0" for a whole frame, "0:19 damaged: why" for another, with " (last)" when nothing valid is behind.
std::vector<std::string> told(SegmentReader reader) {
  std::vector<std::string> lines;
  while (const auto frame = reader.next()) {
    std::string line = std::to_string(frame->position.segment) + ":" + std::to_string(frame->position.offset) + " ";
    if (frame->status == SegmentFrame::whole) line += text_of(frame->block);
    if (frame->status == SegmentFrame::damaged) line += "damaged: " + frame->why;
    if (frame->status == SegmentFrame::unfinished) line += "unfinished: " + frame->why;
    lines.push_back(line + (frame->nothing_valid_behind ? " (last)" : ""));
  }
  return lines;
}
using Lines = std::vector<std::string>;

SegmentReader stream_of(const Blocks& blocks, const std::string& bytes) {
  put(blocks.dir / "stream", bytes);
  return SegmentReader(File::open_read(blocks.dir / "stream"));
}

}  // namespace

TEST_CASE("blocks come back in order, over segments") {
  Blocks blocks;
  const auto at = blocks.write(7);
  CHECK(at[2] == Position{0, 38});
  CHECK(at[3] == Position{1, 0});
  CHECK(at[6] == Position{2, 0});
  CHECK(told(SegmentReader(blocks.layout)) == Lines{"0:0 block 0", "0:19 block 1", "0:38 block 2", "1:0 block 3",
                                                    "1:19 block 4", "1:38 block 5", "2:0 block 6"});
  CHECK(told(SegmentReader(blocks.layout, {1, 38})) == Lines{"1:38 block 5", "2:0 block 6"});
  CHECK(told(SegmentReader(blocks.layout, {2, 19})).empty());
  CHECK(told(SegmentReader(blocks.layout, {3, 0})).empty());
  CHECK(text_of(read_block(blocks.layout, at[4])) == "block 4");
}

TEST_CASE("an empty folder holds no blocks, a missing one is an error") {
  Blocks blocks;
  CHECK(told(SegmentReader(blocks.layout)).empty());
  CHECK_THROWS_AS(SegmentReader(Layout{blocks.dir / "none"}), Error);
}

TEST_CASE("a stream of segments reads like the segments") {
  Blocks blocks;
  blocks.write(5);
  const std::string bytes = read_file(blocks.layout.segment(0)) + read_file(blocks.layout.segment(1));
  CHECK(told(stream_of(blocks, bytes)) ==
        Lines{"0:0 block 0", "0:19 block 1", "0:38 block 2", "0:57 block 3", "0:76 block 4"});
  CHECK(told(stream_of(blocks, bytes.substr(0, 80))).back() ==
        "0:76 unfinished: the frame ends within its head (last)");
  CHECK(told(stream_of(blocks, "")).empty());
}

TEST_CASE("large blocks pass through the window, from files and streams") {
  Blocks blocks;
  std::vector<Bytes> large;
  for (const std::size_t size :
       {std::size_t{100}, max_block_bytes, std::size_t{3'000'000}, std::size_t{0}, max_block_bytes}) {
    large.emplace_back(size, static_cast<std::uint8_t>(size % 251));
  }
  SegmentWriter writer(blocks.layout, {}, default_segment_bytes);
  for (const Bytes& block : large) writer.append(block);
  CHECK(writer.end().segment == 0);
  SegmentReader reader(blocks.layout);
  SegmentReader stream(File::open_read(blocks.layout.segment(0)));
  for (const Bytes& block : large) {
    const auto one = reader.next();
    const auto two = stream.next();
    REQUIRE(one);
    REQUIRE(two);
    CHECK(same(one->block, block));
    CHECK(same(two->block, block));
  }
  CHECK_FALSE(reader.next());
  CHECK_THROWS_AS(writer.append(Bytes(max_block_bytes + 1)), Error);
}

TEST_CASE("a segment holds at least one frame, however small segments are") {
  Blocks blocks;
  SegmentWriter writer(blocks.layout, {}, 1);
  CHECK(writer.append(view_of("a")) == Position{0, 0});
  CHECK(writer.append(view_of("b")) == Position{1, 0});
}

TEST_CASE("a writer goes on where the last one stopped") {
  Blocks blocks;
  blocks.write(2);
  SegmentWriter writer(blocks.layout, {0, 38}, 60);
  CHECK(writer.append(view_of("block 2")) == Position{0, 38});
  CHECK(writer.append(view_of("block 3")) == Position{1, 0});
  CHECK(writer.end() == Position{1, 19});
  SegmentWriter full(blocks.layout, {1, 19}, 30);
  CHECK(full.append(view_of("block 4")) == Position{2, 0});
}

TEST_CASE("a writer refuses an end that is not the end") {
  Blocks blocks;
  blocks.write(4);
  CHECK_THROWS_AS(SegmentWriter(blocks.layout, {1, 0}, 60), Error);
  CHECK_THROWS_AS(SegmentWriter(blocks.layout, {1, 20}, 60), Error);
  CHECK_THROWS_AS(SegmentWriter(blocks.layout, {0, 57}, 60), Error);
  CHECK_THROWS_AS(SegmentWriter(blocks.layout, {2, 19}, 60), Error);
  put(blocks.layout.segment(2), "");
  CHECK(SegmentWriter(blocks.layout, {1, 19}, 30).append(view_of("x")) == Position{2, 0});
}

TEST_CASE("a torn tail is unfinished, with nothing behind it, wherever it is cut") {
  for (std::size_t left = 1; left < 19; ++left) {
    Blocks blocks;
    blocks.write(5);
    blocks.change(1, [&](std::string& bytes) { bytes.resize(19 + left); });
    CAPTURE(left);
    SegmentReader reader(blocks.layout, {1, 0});
    REQUIRE(reader.next());
    const auto torn = reader.next();
    REQUIRE(torn);
    CHECK(torn->status == SegmentFrame::unfinished);
    CHECK(torn->position == Position{1, 19});
    CHECK(torn->nothing_valid_behind);
    CHECK_FALSE(reader.next());
  }
}

TEST_CASE("a torn frame at the end of a segment that is not the last is damage") {
  Blocks blocks;
  blocks.write(4);
  blocks.change(0, [](std::string& bytes) { bytes.pop_back(); });
  CHECK(told(SegmentReader(blocks.layout)) ==
        Lines{"0:0 block 0", "0:19 block 1", "0:38 damaged: the frame ends early", "1:0 block 3"});
  put(blocks.layout.segment(1), "garbage");
  CHECK(told(SegmentReader(blocks.layout)) == Lines{"0:0 block 0", "0:19 block 1",
                                                    "0:38 damaged: the frame ends early (last)",
                                                    "1:0 damaged: there is no frame (last)"});
  put(blocks.layout.segment(1), "");
  CHECK(told(SegmentReader(blocks.layout)).back() == "0:38 unfinished: the frame ends early (last)");
}

TEST_CASE("after damage reading goes on at the next whole frame") {
  Blocks blocks;
  blocks.write(4);
  blocks.change(0, [](std::string& bytes) { bytes[19 + 15] ^= 1; });
  CHECK(told(SegmentReader(blocks.layout)) ==
        Lines{"0:0 block 0", "0:19 damaged: the checksum is wrong", "0:38 block 2", "1:0 block 3"});
  CHECK_THROWS_AS(read_block(blocks.layout, {0, 19}), Error);
  CHECK_THROWS_AS(read_block(blocks.layout, {0, 57}), Error);
  blocks.change(0, [](std::string& bytes) { bytes[19 + 7] = 0x7f; });
  CHECK(told(SegmentReader(blocks.layout))[1] == "0:19 damaged: the frame's length is over the limit");
  blocks.change(0,
                [](std::string& bytes) { bytes[19 + 7] = 0, bytes[19 + 6] = 1; });  // a length beyond the segment's end
  CHECK(told(SegmentReader(blocks.layout))[1] == "0:19 damaged: the frame ends early");
  CHECK(told(SegmentReader(blocks.layout))[2] == "0:38 block 2");
}

TEST_CASE("a missing segment is damage") {
  Blocks blocks;
  blocks.write(10);
  remove_file(blocks.layout.segment(1));
  const Lines lines = told(SegmentReader(blocks.layout));
  CHECK(lines[3] == "1:0 damaged: blocks/000001.blk is missing");
  CHECK(lines[4] == "2:0 block 6");
  remove_file(blocks.layout.segment(0));
  CHECK(told(SegmentReader(blocks.layout))[0] == "0:0 damaged: blocks/000000.blk is missing");
  CHECK(told(SegmentReader(blocks.layout, {3, 5000})) == Lines{"3:5000 damaged: the segment ends before (last)"});
  CHECK(told(SegmentReader(blocks.layout, {9, 19})) == Lines{"9:19 damaged: blocks/000009.blk is missing (last)"});
}

TEST_CASE("a file full of frame heads costs no quadratic time") {
  Blocks blocks;
  std::string heads;
  for (int i = 0; i < 2'000'000; ++i) heads += std::string("CCF1\x00\x00\x80\x00oops", 12);
  put(blocks.layout.segment(0), heads);
  const Lines lines = told(SegmentReader(blocks.layout));
  CHECK(lines == Lines{"0:0 damaged: the checksum is wrong"});  // given up: what is behind is not known
  CHECK(told(SegmentReader(File::open_read(blocks.layout.segment(0)))) == lines);
}

TEST_CASE("a torn tail is kept aside, and the next block takes its place") {
  Blocks blocks;
  blocks.write(4);
  put(blocks.layout.segment(2), "");
  for (const char* tail : {"CCF1 torn", "CCF1 torn", "CCF1 torn otherwise"}) {
    File::open_append(blocks.layout.segment(1), false).write(view_of(tail));
    CHECK_THROWS_AS(SegmentWriter(blocks.layout, {1, 19}, 60), Error);
    move_torn_tail(blocks.layout, {1, 19});
    CHECK(read_file(blocks.layout.segment(1)).size() == 19);
  }
  CHECK_FALSE(exists(blocks.layout.segment(2)));
  CHECK(list_directory(blocks.layout.torn()) == Lines{"000001-19", "000001-19.2"});
  CHECK(read_file(blocks.layout.torn() + "/000001-19") == "CCF1 torn");
  CHECK(read_file(blocks.layout.torn() + "/000001-19.2") == "CCF1 torn otherwise");
  SegmentWriter(blocks.layout, {1, 19}, 60).append(view_of("block 4"));
  CHECK(told(SegmentReader(blocks.layout)).back() == "1:19 block 4");
  CHECK_THROWS_AS(move_torn_tail(blocks.layout, {0, 38}), Error);  // a later segment holds bytes
  CHECK(read_file(blocks.layout.segment(0)).size() == 57);
}
