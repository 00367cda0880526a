// Every resource of a document is a slice that is JSON and says the type that was found.
#include <cstdlib>

#include "libcore/base/bytes.hpp"
#include "libcore/encoding/json.hpp"

using namespace carechain;
using namespace carechain::encoding;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  try {
    const auto document = inspect_fhir(text);
    if (!document) return 0;
    if (find_top_level_string(text, "resourceType") != document->type) std::abort();
    for (const FhirResource& found : document->entries) {
      const auto type = find_top_level_string(text.substr(found.begin, found.size), "resourceType");
      if (type.value_or("") != found.type) std::abort();
    }
  } catch (const JsonFault&) {
  }
  return 0;
}
