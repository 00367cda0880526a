#include "libcore/store/frames.hpp"

#include <array>

#include "libcore/crypto/hash.hpp"

namespace carechain::store {
namespace {

FrameRead damaged(const char* why) { return {FrameRead::damaged, {}, 0, why}; }
FrameRead unfinished(const char* why) { return {FrameRead::unfinished, {}, 0, why}; }

}  // namespace

void append_frame(Bytes& bytes, std::string_view magic, ByteView content) {
  std::array<std::uint8_t, frame_head> head;
  std::ranges::copy(view_of(magic), head.begin());
  store_le(head.data() + 4, static_cast<std::uint32_t>(content.size()));
  store_le(head.data() + 8, crypto::crc32c({ByteView(head).subspan(4, 4), content}));
  append(bytes, head);
  append(bytes, content);
}

Bytes frame(std::string_view magic, ByteView content) {
  Bytes bytes;
  bytes.reserve(frame_head + content.size());
  append_frame(bytes, magic, content);
  return bytes;
}

FrameRead read_frame(ByteView data, std::size_t offset, std::string_view magic, std::size_t max_length) {
  const ByteView rest = data.subspan(std::min(offset, data.size()));
  if (rest.empty()) return {FrameRead::end, {}, offset, ""};
  const std::size_t begun = std::min(rest.size(), magic.size());
  if (text_of(rest.first(begun)) != magic.substr(0, begun)) return damaged("there is no frame");
  if (rest.size() < frame_head) return unfinished("the frame ends within its head");
  const auto length = load_le<std::uint32_t>(rest.data() + 4);
  if (length > max_length) return damaged("the frame's length is over the limit");
  if (rest.size() - frame_head < length) return unfinished("the frame ends early");
  const ByteView content = rest.subspan(frame_head, length);
  const std::uint32_t sum = crypto::crc32c({rest.subspan(4, 4), content});
  if (sum != load_le<std::uint32_t>(rest.data() + 8)) return {FrameRead::damaged, content, 0, "the checksum is wrong"};
  return {FrameRead::whole, content, offset + frame_head + length, ""};
}

}  // namespace carechain::store
