// Any text: its events are read or refused; what is read is well formed, and its EPCIS JSON reads the same.
#include <cstdlib>

#include "libcore/care/drug/read_event.hpp"
#include "libcore/care/drug/write_event.hpp"

using namespace carechain;
using namespace carechain::care::drug;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    for (const ReadEvent& read : read_document_events(text_of({data, size}), 1).events) {
      if (!read.fault.empty()) continue;
      if (malformed(read.event)) std::abort();
      encoding::encode_fields(read.event);
      hash_as_json(read.event);
    }
  } catch (const Error&) {
  }
  return 0;
}
