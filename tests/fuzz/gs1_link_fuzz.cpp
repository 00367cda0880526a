// A Digital Link that is read has a path, and the link of that path has the same; EPC URNs likewise.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/care/gs1/digital_link.hpp"
#include "libcore/care/gs1/epc.hpp"

using namespace carechain;
using namespace carechain::care::gs1;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  try {
    digital_link(parse_digital_link(text));
  } catch (const Gs1Fault&) {
  }
  const auto path = path_of(text);
  if (path && path_of_link(std::string(canonical_stem) + "/" + *path) != path && looks_like_link(text)) std::abort();
  if (path) {
    is_item(*path);
    serial_of(*path);
    lot_of(*path);
    wrong_check_digit(*path);
  }
  return 0;
}
