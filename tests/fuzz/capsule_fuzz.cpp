// Capsules and deliveries decode to exactly these bytes or are refused; what nobody locked does not unlock.
#include <cstdlib>

#include "libcore/care/capsule.hpp"

using namespace carechain;

namespace {

template <class Fields>
std::optional<Fields> decoded(ByteView input) {
  try {
    Fields fields = encoding::decode_fields<Fields>(input);
    if (!same(encoding::encode_fields(fields), input)) std::abort();
    return fields;
  } catch (const encoding::CborFault&) {
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SecretKey key(Bytes(32, 1));
  const ByteView input(data, size);
  if (const auto capsule = decoded<care::Capsule>(input); capsule && care::unlock_capsule({}, key, *capsule))
    std::abort();
  decoded<care::CapsuleDelivery>(input);
  if (care::open_keys({}, key, input)) std::abort();
  return 0;
}
