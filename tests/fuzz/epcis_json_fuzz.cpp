// Any text: its events are read or refused, the same whether as a whole or one by one; what is read is well formed, and
// its EPCIS JSON reads the same.
#include <cstdlib>

#include "libcore/care/drug/read_event.hpp"
#include "libcore/care/drug/write_event.hpp"

using namespace carechain;
using namespace carechain::care::drug;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::vector<ReadEvent> read_apart(std::string_view text, std::string& fault) {
  try {
    return read_document_events(text, 1).events;
  } catch (const Error& error) {
    fault = error.what();
    return {};
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  std::string fault;
  const auto apart = read_apart(text, fault);
  try {
    const auto whole = read_events(read_document(text), 1);
    require(fault.empty() && apart.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      require(apart[i].fault == whole[i].fault && apart[i].number == whole[i].number);
      if (!whole[i].fault.empty()) continue;
      require(apart[i].event.hash == whole[i].event.hash && !malformed(whole[i].event));
      encoding::encode_fields(whole[i].event);
      hash_as_json(whole[i].event);
    }
  } catch (const Error& error) {
    require(fault == error.what());
  }
  return 0;
}
