// A request that decodes has exactly these bytes, and comes back when it is signed; unsigned bytes are no request.
#include <cstdlib>

#include "libcore/care/request.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::Signer signer(SecretKey(Bytes(32, 1)));
  const ByteView input(data, size);
  try {
    if (care::read_request({}, input)) std::abort();
  } catch (const encoding::CborFault&) {
  }
  try {
    const auto request = encoding::decode_fields<care::Request>(input);
    if (!same(encoding::encode_fields(request), input)) std::abort();
    const auto read = care::read_request({}, care::sign_request({}, signer, request));
    if (!read || read->signer != signer.public_key() || !same(encoding::encode_fields(read->request), input))
      std::abort();
  } catch (const Error&) {
  }
  return 0;
}
