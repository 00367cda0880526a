#include "libcore/store/log_tail.hpp"

namespace carechain::store {

// LevelDB's log format: blocks of 32 KiB; records never cross a block, and are checksum(4) || length u16 LE || type;
// fewer than 7 bytes at a block's end are filler. A record of the user is one `full`, or `first`, `middle`…, `last`.
bool ends_with_whole_record(ByteView log) {
  constexpr std::size_t block = 32768, head = 7;
  constexpr std::uint8_t full = 1, last = 4;
  std::uint8_t type = full;
  std::size_t at = 0;
  while (at < log.size()) {
    const std::size_t room = block - at % block;
    if (room < head) {
      if (log.size() - at < room) return false;
      at += room;
      continue;
    }
    if (log.size() - at < head) return false;
    const std::size_t length = load_le<std::uint16_t>(log.data() + at + 4);
    type = log[at + 6];
    if (type < full || type > last || head + length > room) return false;
    at += head + length;
  }
  return at == log.size() && (type == full || type == last);
}

}  // namespace carechain::store
