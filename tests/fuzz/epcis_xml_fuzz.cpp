// Any bytes as XML: its events are read or refused, in bounded memory and depth.
#include <cstdlib>

#include "libcore/care/drug/read_event.hpp"

using namespace carechain;
using namespace carechain::care::drug;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    for (const ReadEvent& read : read_events(read_xml_document(text_of({data, size})), 1))
      if (read.fault.empty() && malformed(read.event)) std::abort();
  } catch (const EpcisFault&) {
  }
  return 0;
}
