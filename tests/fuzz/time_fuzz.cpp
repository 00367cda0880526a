// A time that is read is within bounds and, written and read again, the same.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/base/time.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  const auto begin = parse_time(text);
  const auto end = parse_time(text, true);
  if (begin && (begin->seconds < 0 || begin->seconds > max_time_seconds)) std::abort();
  if (begin && parse_time(to_text(*begin)) != begin && to_text(*begin).size() == 20) std::abort();
  if (begin && (!end || *end < *begin)) std::abort();
  return 0;
}
