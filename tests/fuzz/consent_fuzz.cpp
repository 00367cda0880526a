// Any JSON is a policy, or refused by the name of an element; a policy that was read is one the chain would take.

#include <cstdlib>

#include "libcore/base/error.hpp"
#include "libcore/care/consent_document.hpp"
#include "libcore/encoding/json.hpp"

using namespace carechain;
using namespace carechain::care;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte says how an untyped root provision is read.
  const std::optional<RootReading> readings[] = {{}, RootReading::base, RootReading::exception};
  const ConsentResolvers resolvers{[](const ConsentReference& reference) {
                                     if (reference.reference.empty()) throw refusal("nobody");
                                     return PublicKey();
                                   },
                                   [](const std::string&) { return ObjectRef(); }};
  try {
    const ConsentTerms terms = read_consent(encoding::parse_json(text_of(ByteView(data + 1, size - 1)), true),
                                            readings[data[0] % 3], resolvers);
    if (policy_fault(terms.policy)) std::abort();
  } catch (const Error&) {
  }
  return 0;
}
