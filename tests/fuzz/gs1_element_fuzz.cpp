// An element string or scan that is read is written as one that reads the same.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/care/gs1/scan.hpp"

using namespace carechain;
using namespace carechain::care::gs1;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  try {
    const Elements elements = parse_element_string(text);
    if (parse_element_string(element_string(elements)) != elements) std::abort();
  } catch (const Gs1Fault&) {
  }
  try {
    const Elements elements = parse_bracketed(text);
    association_fault(elements);
    element_string(elements);
  } catch (const Gs1Fault&) {
  }
  try {
    read_any(text);
  } catch (const Gs1Fault&) {
  }
  return 0;
}
