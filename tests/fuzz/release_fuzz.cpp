// What a custodian signs as a release decodes to exactly these bytes or is refused, and opens nothing by itself.
#include <cstdlib>

#include "libcore/care/opening.hpp"

using namespace carechain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::Signer custodian(SecretKey(Bytes(32, 1)));
  static const auto anybody = [](const PublicKey&, const PublicKey&) { return true; };
  static const Bytes request = care::sign_request({}, custodian, {});
  std::vector<SecretKey> seeds;
  seeds.emplace_back(Bytes(32, 1));
  const ByteView input(data, size);
  try {
    auto release = encoding::decode_fields<care::Release>(input);
    if (!same(encoding::encode_fields(release), input)) std::abort();
    release.request = request;
    const Bytes message = ledger::sign_message(ledger::Word::release, {}, custodian, encoding::encode_fields(release));
    if (care::check_release({}, message, seeds, anybody).fields.reason != release.reason) std::abort();
    care::keys_of({}, care::check_release({}, message, seeds, anybody));
    std::abort();  // the fuzzer can't seal
  } catch (const Error&) {
  }
  try {
    care::check_release({}, input, seeds, anybody);
    std::abort();  // nor sign
  } catch (const Error&) {
  }
  return 0;
}
