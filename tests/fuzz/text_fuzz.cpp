// What a decoder accepts, its encoder writes; what an encoder writes, its decoder reads.
#include <cstdlib>

#include "libcore/encoding/json.hpp"
#include "libcore/encoding/text.hpp"

using namespace carechain;
using namespace carechain::encoding;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const std::string_view text = text_of(input);
  const auto check = [](bool right) { right ? void() : std::abort(); };
  if (const auto bytes = parse_base64(text)) check(base64(*bytes) == text);
  if (const auto bytes = parse_base64url(text)) check(base64url(*bytes) == text);
  if (const auto bytes = parse_base58(text)) check(base58(*bytes) == text);
  if (const auto key = parse_did_key(text)) check(did_key(*key) == text);
  if (const auto bytes = parse_hex(text)) check(parse_hex(hex(*bytes)) == bytes);
  check(same(parse_hex(hex(input)).value(), input));
  check(same(parse_base64(base64(input)).value(), input));
  check(same(parse_base64url(base64url(input)).value(), input));
  if (size < 180) check(same(parse_base58(base58(input)).value(), input));
  const Value shown = parse_json(JsonWriter().value(text).take());
  check(!is_utf8(input) || shown == Value(std::string(text)));
  return 0;
}
