#pragma once
// Frames: how blocks lie in segments and transactions in the pool.
//
//   magic(4) || length u32 LE || crc32c u32 LE over length and bytes || bytes
//
// "CCF1" in segments (design of the chain), "CCP1" in pending.log, "CCD1" in dropped.log.

#include <optional>
#include <string_view>

#include "libcore/base/bytes.hpp"

namespace carechain::store {

inline constexpr std::size_t frame_head = 12;
Bytes frame(std::string_view magic, ByteView content);  // requires content.size() < 2^32
void append_frame(Bytes&, std::string_view magic, ByteView content);

struct FrameRead {
  enum Status {
    whole,       // content is good; next points behind it
    end,         // exactly nothing is left
    unfinished,  // a good beginning of a frame, but the bytes end before it does
    damaged,     // wrong magic, length over the limit, or checksum
  } status;
  ByteView content;  // whole; or the checksum is wrong: what it was computed over, for a report
  std::size_t next = 0;
  const char* why = "";
};
// Reads the frame at `offset` of data.
FrameRead read_frame(ByteView data, std::size_t offset, std::string_view magic, std::size_t max_length);

}  // namespace carechain::store
