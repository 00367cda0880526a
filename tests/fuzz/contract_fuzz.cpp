// Any text is a contract document or refused with a place; one that is accepted comes back from its bytes the same.

#include <cstdlib>

#include "libcore/care/contract_kinds.hpp"
#include "libcore/contract/contract_operations.hpp"

using namespace carechain;
using namespace carechain::contract;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto read = read_document({reinterpret_cast<const char*>(data), size}, "fuzz.yaml",
                                    [](const std::string&) { return std::string("code,allowed\n1,2\n"); });
    const Bytes bytes = encoding::encode_fields(read.document);
    if (encoding::encode_fields(encoding::decode_fields<Document>(bytes)) != bytes) std::abort();
    document_fault(read.document, care::all_contract_kinds());
  } catch (const Error& refused) {
    if (refused.exit() == Exit::usage) std::abort();
  }
  return 0;
}
