// What parses is written as JSON that parses to the same value; the quick search finds what the tree holds.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/encoding/json.hpp"

using namespace carechain;
using namespace carechain::encoding;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  std::optional<Value> value;
  try {
    value = parse_json(text, true);
  } catch (const JsonFault&) {
  }
  if (value && parse_json(to_json(*value)) != *value) std::abort();
  try {
    const auto found = find_top_level_string(text, "a");
    const Value* held = value.value().find("a");
    const std::string* string = held == nullptr ? nullptr : std::get_if<std::string>(held);
    if (found && (string == nullptr || *string != *found)) std::abort();
  } catch (const JsonFault&) {
    if (value) std::abort();
  }
  return 0;
}
